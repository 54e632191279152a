"""Copies of one workbook, each with a random number of its own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from assessment.exchange.xlsx.packing import DAY

#: What the number of a copy looks like: 128 random bits.
NUMBER = re.compile("[0-9a-f]{32}")


def copies(content: bytes, number: str, others: Iterable[str]) -> Iterator[bytes]:
    """A workbook with other numbers in the place of its own.

    Args:
        content: as from ``template``.
        number: the number that it has.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    for other in others:
        yield _zipped((name, part.replace(number.encode(), other.encode())) for name, part in parts)


def folder(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files in one archive, without an hour."""
    return _zipped(files)


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, DAY.timetuple()[:6])
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
