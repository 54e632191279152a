"""Which signs of what people write are kept, and what becomes of the others.

The one place for all that takes in words: files of answers, workbooks, and what is typed or pasted
in the app. So what comes in by one way is the same as what comes in by another, and what one side
writes the other reads as it was.

Kept as they are: every letter, mark and sign of every script; blanks that hold words together, as
French has them before "?" and between thousands; the joiners and direction marks by which Persian,
Arabic, Hindi and emoji are written.

Changed: whatever ends a line or a page becomes one line break; tabs and other control signs, which
word processors leave behind, become blanks; the hyphens of old word processors become hyphens; what
no file can carry becomes the sign for a sign that is lost. A byte order mark vanishes, and so do
blanks at both ends. What is left of nothing but invisible signs is nothing.
"""

from __future__ import annotations

import re
import unicodedata

#: Signs that end a line: the carriage return, the line break within a paragraph and the page break
#: of word processors, "next line", the line and the paragraph separator.
LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
#: What stands for a sign that cannot be told any more.
LOST = "\ufffd"

_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
_BECOMES: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS, " "),
    ord("\n"): "\n",
    **dict.fromkeys(map(ord, LINE_ENDS), "\n"),
    # The hyphen that does not break, and the one that shows only where a line ends.
    0x1E: "\u2011",
    0x1F: "\u00ad",
    0xFEFF: None,
    # Halves of a pair go into no file; the last two go into no workbook.
    **dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], LOST),
}
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_VARIANTS = re.compile("[\ufe00-\ufe0f]")


def cleaned(text: str) -> str:
    """What is kept of a text that somebody wrote; cleaning it again changes nothing."""
    if text.isascii() and text.isprintable():
        return text.strip()
    # A program that knows no pairs of 16 bits leaves two halves, which are one sign.
    if not text.isprintable():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = text.replace("\r\n", "\n").translate(_BECOMES).strip()
    return "" if all(is_invisible(sign) for sign in kept) else kept


def is_invisible(sign: str) -> bool:
    """Whether a sign by itself shows nothing: a blank, a joiner, a mark of direction."""
    return sign.isspace() or unicodedata.category(sign) == "Cf"


def comparable(text: str) -> str:
    """A text without what makes no difference to whoever reads it, to compare it with another.

    That is: case, how many blanks and of what kind, line breaks, invisible signs, the form of an
    apostrophe, and whether an accent is a sign of its own.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()).casefold()
    folded = unicodedata.normalize("NFKC", cleaned(text)).translate(_APOSTROPHES)
    seen = (sign for sign in _VARIANTS.sub("", folded) if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).split()).casefold()
