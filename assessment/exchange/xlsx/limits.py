"""Opening a workbook that somebody gives us: only what a workbook of answers needs, and no more.

A workbook is a ZIP archive of XML files. It is unpacked within limits that count what really
comes out, whatever the archive says of itself; nothing in it is run, followed or fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from assessment.exchange.problems import InputError

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

NOTHING_CHANGED = "Nothing was read from it and nothing was changed"
SAVE_AS = "Open it in Excel or LibreOffice and save it as 'Excel Workbook (.xlsx)'"

#: What is read: the list of sheets, the texts, the formats (for dates) and the sheets.
CONTENT_TYPES = "[content_types].xml"
READ = re.compile(
    r"\[content_types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedstrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml",
)
#: What no workbook of answers holds, by the name of the part, and what to do about it.
REFUSED: tuple[tuple[str, str], ...] = (
    (
        r"vbaproject|vbadata|/macrosheets/|/dialogsheets/|customui/",
        "it holds macros, which are small programs. Save it as 'Excel Workbook (.xlsx)', without "
        "macros",
    ),
    (
        r"/externallinks/|connections\.xml|/querytables/|/model/|/webextensions/",
        "it draws data from other files or from the internet. In Excel choose 'Data', 'Edit "
        "links', 'Break link', and save it again",
    ),
    (
        r"/embeddings/|/activex/|/ctrlprops/|oleobject",
        "it holds other files or controls inside. Take them out and save it again",
    ),
    (r"workbook\.bin$", f"it is a binary workbook (.xlsb). {SAVE_AS}"),
    (r"/word/", "it is a Word document, not a workbook"),
    (r"/ppt/", "it is a presentation, not a workbook"),
)
Attributes = dict[str, str]


class DamagedError(Exception):
    """A part of the file is not as it must be; says so in words."""


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """Unpack the parts of a workbook that hold its cells.

    Returns:
        The parts by their names in small letters.

    Raises:
        InputError: the file is too large, is no workbook, or holds what is not allowed.
    """
    try:
        return _unpacked(content)
    except DamagedError as problem:
        raise InputError.of(name, f"{problem}. {NOTHING_CHANGED}") from None
    # The archive is a stranger's: zipfile and zlib raise many kinds of errors on a broken one.
    except Exception:
        raise InputError.of(
            name,
            "the file is damaged and cannot be opened. Ask for it once more, or open it in Excel "
            f"or LibreOffice and save it again. {NOTHING_CHANGED}",
        ) from None


def _unpacked(content: bytes) -> dict[str, bytes]:
    _looks_like_one(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = [entry.filename.replace("\\", "/").lower() for entry in entries]
        _allowed(entries, names)
        parts: dict[str, bytes] = {}
        room = LARGEST_UNPACKED
        for entry, part in zip(entries, names, strict=True):
            needed = part == CONTENT_TYPES or READ.fullmatch(part) or part.endswith(".rels")
            unpacked, size = _part(archive, entry, min(room, LARGEST_PART), keep=bool(needed))
            room -= size
            if needed:
                parts[part] = unpacked
    for part, unpacked in parts.items():
        if part.endswith(".rels"):
            _no_links(unpacked)
    if "xl/workbook.xml" not in parts:
        raise DamagedError(f"there is no workbook inside. {SAVE_AS}")
    if b"macroenabled" in parts[CONTENT_TYPES].lower():
        raise DamagedError(REFUSED[0][1])
    return {part: unpacked for part, unpacked in parts.items() if READ.fullmatch(part)}


def _looks_like_one(content: bytes) -> None:
    if len(content) > LARGEST:
        raise DamagedError(
            f"the file has more than {LARGEST // MEGABYTE} MB, which is the most that is read. "
            "Take out pictures and sheets that are no answers; very many answers go into a CSV file"
        )
    if not content.strip():
        raise DamagedError("the file is empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DamagedError(
            "it is protected with a password, or it has the old format of Excel (.xls). Open it, "
            "take the password away, and save it as 'Excel Workbook (.xlsx)'"
        )
    if not content.startswith(b"PK\x03\x04"):
        raise DamagedError(
            "this is no Excel workbook, whatever its name. Answers as text go into a file whose "
            "name ends in .csv"
        )


def _allowed(entries: list[zipfile.ZipInfo], names: list[str]) -> None:
    """Refuse by what an archive says of itself; what it hides is counted later."""
    if len(entries) > MAX_PARTS:
        raise DamagedError(
            f"it has {len(entries)} parts inside; a workbook has at most {MAX_PARTS}"
        )
    if len(set(names)) < len(names):
        raise DamagedError(f"two parts inside have the same name. {SAVE_AS}")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise DamagedError("it is locked with a password. Take the password away and save it again")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise DamagedError(_too_much())
    if "content.xml" in names and "mimetype" in names:
        raise DamagedError(f"it is an OpenDocument file (.ods), whatever its name. {SAVE_AS}")
    for pattern, words in REFUSED:
        if any(re.search(pattern, f"/{part}") for part in names):
            raise DamagedError(words)
    if CONTENT_TYPES not in names:
        raise DamagedError(f"it is a ZIP archive and no workbook. {SAVE_AS}")


def _part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, *, keep: bool
) -> tuple[bytes, int]:
    """One part, and how many bytes came out of it; never more than there is room for."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DamagedError(f"it is packed in a way that no workbook is. {SAVE_AS}")
    pieces, size = [], 0
    most_by_ratio = max(RATIO_COUNTS_FROM, entry.compress_size * LARGEST_RATIO)
    with archive.open(entry) as source:
        while piece := source.read(CHUNK):
            size += len(piece)
            if size > min(room, most_by_ratio):
                raise DamagedError(_too_much())
            if keep:
                pieces.append(piece)
    return b"".join(pieces), size


def _too_much() -> str:
    return (
        f"unpacked it has more than {LARGEST_UNPACKED // MEGABYTE} MB, or far more than its size "
        "suggests, as no workbook of answers does"
    )


def _no_links(content: bytes) -> None:
    """Refuse parts that lie outside the file. A web address that somebody wrote is just text."""

    def start(name: str, attributes: Attributes) -> None:
        outside = attributes.get("TargetMode", "").lower() == "external"
        if outside and not attributes.get("Type", "").lower().endswith("/hyperlink"):
            raise DamagedError(REFUSED[1][1])

    parse(content, start=start, most=20_000)


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
        DamagedError: it is not well-formed, too deep, has too many elements or a document type.
    """
    level = count = 0
    local: dict[str, str] = {}

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal level, count
        level, count = level + 1, count + 1
        if level > MAX_LEVELS:
            raise DamagedError(f"more than {MAX_LEVELS} levels stand within each other in a sheet")
        if count > most:
            raise DamagedError("it holds more rows, cells or formats than any workbook of answers")
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
        raise DamagedError(f"it holds definitions that no workbook has. {SAVE_AS}")

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
        raise DamagedError(
            "the file is damaged: a part of it cannot be read. Ask for it once more, or open it "
            "in Excel or LibreOffice and save it again"
        ) from None
