"""Opening a workbook that somebody gives us: only what a workbook of answers needs, and no more.

A workbook is a ZIP archive of XML files. It is unpacked within limits that count what really
comes out, whatever the archive says of itself; nothing in it is run, followed or fetched. So what
is not read, such as macros, links and parts of other programs, does not stop a workbook either.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from questionnaires.problems import Place, ProblemsError

MEGABYTE = 1024 * 1024
#: A workbook that one person fills in has less than 0.1 MB; one in long form with a hundred
#: thousand answers about 3 MB, and 25 MB unpacked.
LARGEST = 5 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
LARGEST_PART = 40 * MEGABYTE
#: How often smaller the packed file may be. XML of real sheets shrinks to a tenth or a fortieth.
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = MEGABYTE
MAX_PARTS = 500
MAX_LEVELS = 40
CHUNK = 64 * 1024

#: What is read: the list of sheets, the texts, the formats (for dates and for what is struck out),
#: the sheets, and what lies on them: comments, and where drawings stand.
CONTENT_TYPES = "[content_types].xml"
READ = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedstrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.xml\.rels"
    r"|xl/(threaded)?comments[^/]*\.xml|xl/(threaded)?comments/[^/]+\.xml"
    r"|xl/drawings/[^/]+\.xml",
)
#: What is another kind of file, by the names of its parts.
OTHER_KINDS = {
    r"/xl/workbook\.bin$": "binary_workbook",
    r"^/word/": "word_document",
    r"^/ppt/": "presentation",
}
Attributes = dict[str, str]


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """Unpack the parts of a workbook that hold its cells.

    Returns:
        The parts by their names in small letters.

    Raises:
        ProblemsError: the file is too large, is no workbook, or holds what is not allowed.
    """
    try:
        return _unpacked(content)
    except ProblemsError as error:
        raise ProblemsError(error.at(Place(name))) from None
    # The archive is a stranger's: zipfile and zlib raise many kinds of errors on a broken one.
    except Exception:
        raise ProblemsError.of("damaged", name) from None


def _unpacked(content: bytes) -> dict[str, bytes]:
    _looks_like_one(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = [entry.filename.replace("\\", "/").lower() for entry in entries]
        _allowed(entries, names)
        parts: dict[str, bytes] = {}
        room = LARGEST_UNPACKED
        for entry, part in zip(entries, names, strict=True):
            needed = READ.fullmatch(part) is not None
            unpacked, size = _part(archive, entry, min(room, LARGEST_PART), keep=needed)
            room -= size
            if needed:
                parts[part] = unpacked
    if "xl/workbook.xml" not in parts:
        raise ProblemsError.of("no_workbook_part")
    return parts


def _looks_like_one(content: bytes) -> None:
    if len(content) > LARGEST:
        raise ProblemsError.of("workbook_too_large", allowed=LARGEST // MEGABYTE)
    if not content.strip():
        raise ProblemsError.of("workbook_empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ProblemsError.of("old_or_protected")
    if not content.startswith(b"PK\x03\x04"):
        raise ProblemsError.of("no_workbook")


def _allowed(entries: list[zipfile.ZipInfo], names: list[str]) -> None:
    """Refuse by what an archive says of itself; what it hides is counted later."""
    if len(entries) > MAX_PARTS:
        raise ProblemsError.of("too_many_parts", found=len(entries), allowed=MAX_PARTS)
    if len(set(names)) < len(names):
        raise ProblemsError.of("repeated_part")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ProblemsError.of("locked")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise _too_much()
    if "content.xml" in names and "mimetype" in names:
        raise ProblemsError.of("open_document")
    for pattern, code in OTHER_KINDS.items():
        if any(re.search(pattern, f"/{part}") for part in names):
            raise ProblemsError.of(code)
    if CONTENT_TYPES not in names:
        raise ProblemsError.of("other_archive")


def _part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, *, keep: bool
) -> tuple[bytes, int]:
    """One part, and how many bytes came out of it; never more than there is room for."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ProblemsError.of("other_packing")
    pieces, size = [], 0
    most_by_ratio = max(RATIO_COUNTS_FROM, entry.compress_size * LARGEST_RATIO)
    with archive.open(entry) as source:
        while piece := source.read(CHUNK):
            size += len(piece)
            if size > min(room, most_by_ratio):
                raise _too_much()
            if keep:
                pieces.append(piece)
    return b"".join(pieces), size


def _too_much() -> ProblemsError:
    return ProblemsError.of("unpacked_too_large", allowed=LARGEST_UNPACKED // MEGABYTE)


def parse(
    content: bytes,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    most: int,
) -> None:
    """Read XML as a stream, names without their namespaces.

    A document type is refused, and with it every entity of one's own.

    Args:
        most: so many elements are read.

    Raises:
        ProblemsError: it is not well-formed, too deep, has too many elements or a document type.
    """
    level = count = 0
    local: dict[str, str] = {}

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal level, count
        level, count = level + 1, count + 1
        if level > MAX_LEVELS:
            raise ProblemsError.of("sheet_too_deep", allowed=MAX_LEVELS)
        if count > most:
            raise ProblemsError.of("too_many_elements")
        known = local.get(name)
        if known is None:
            known = local[name] = name.rpartition(" ")[2]
        start(known, attributes)

    def on_end(name: str) -> None:
        nonlocal level
        level -= 1
        if end is not None:
            end(local[name])

    def on_document_type(*_: object) -> None:
        raise ProblemsError.of("own_definitions")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.StartDoctypeDeclHandler = on_document_type
    parser.EntityDeclHandler = on_document_type
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        # In one go: in pieces, old versions of expat read a long text again and again.
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise ProblemsError.of("damaged_part") from None
