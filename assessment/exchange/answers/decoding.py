"""The text of a file, whatever program wrote it: which encoding it has, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from questionnaires.problems import Place, ProblemsError

_MARK_OF_UTF8 = b"\xef\xbb\xbf"
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
#: Signs of several bytes, as UTF-8 has them.
_UTF8_SIGNS = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Text:
    """The text of a file, and what its encoding is called."""

    content: str
    encoding: str

    def lines(self, start: int = 0) -> Iterator[str]:
        """The lines with their ends, from a sign on; CR, LF and CRLF end one."""
        return (match.group() for match in _LINES.finditer(self.content, start))


def decoded(content: bytes, name: str) -> Text:
    """The text of a file, without byte order marks; ``name`` is what messages call it.

    UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        ProblemsError: the file is a workbook, is damaged, or has an encoding that cannot be told.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ProblemsError.of("csv_is_workbook", name)
    if content.startswith(_MARKS_OF_UTF16):
        text = _utf16(content, name)
    else:
        text = _of_bytes(content, name)
    if (at := text.content.find("\0")) >= 0:
        raise ProblemsError.of("csv_zero_byte", Place(name, _line(text.content[:at])))
    return text


def _utf16(content: bytes, name: str) -> Text:
    try:
        return Text(content.decode("utf-16").lstrip("\ufeff"), "UTF-16")
    except UnicodeDecodeError:
        raise ProblemsError.of("csv_not_utf16", name) from None


def _of_bytes(content: bytes, name: str) -> Text:
    while content.startswith(_MARK_OF_UTF8):
        content = content[len(_MARK_OF_UTF8) :]
    try:
        return Text(content.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        at = error.start
    # A damaged UTF-8 file has more signs that are UTF-8 than bytes that are none.
    signs = _UTF8_SIGNS.findall(content)
    others = len(_HIGH_BYTES.findall(content)) - sum(map(len, signs))
    try:
        if len(signs) <= others:
            return Text(content.decode("cp1252"), "Windows-1252")
    except UnicodeDecodeError as error:
        at = error.start
    line = _line(content[:at].decode("latin-1"))
    raise ProblemsError.of("csv_not_utf8", Place(name, line), f"{content[at]:02x}")


def _line(before: str) -> int:
    """The line that follows a text."""
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1
