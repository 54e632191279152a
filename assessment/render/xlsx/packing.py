"""The workbook as bytes: the same for the same results, with words for each chart.

openpyxl stamps the hour into what it saves and cannot give a chart a description. Both are mended
in the packed file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook

#: A file knows no earlier day; nothing of when an assessment was made is in it.
DAY = datetime(1980, 1, 1)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
FRAME = re.compile(r'<(xdr:)?cNvPr id="(\d+)" name="(Chart [^"]*)"\s*/>')


def packed(workbook: Workbook, alts: Sequence[Sequence[str]]) -> bytes:
    """The workbook's bytes.

    Args:
        alts: for each sheet with charts, in order, the description of each of its charts.
    """
    raw = io.BytesIO()
    workbook.save(raw)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(raw) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                stamp = DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            elif found := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", entry.filename):
                content = _described(content.decode("utf-8"), alts[int(found[1]) - 1]).encode()
            name = zipfile.ZipInfo(entry.filename, (DAY.year, DAY.month, DAY.day, 0, 0, 0))
            name.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(name, content)
    return out.getvalue()


def _described(drawing: str, alts: Sequence[str]) -> str:
    waiting = iter(alts)

    def named(found: re.Match[str]) -> str:
        text = quoteattr(next(waiting))
        return f'<{found[1] or ""}cNvPr id="{found[2]}" name="{found[3]}" descr={text} />'

    described = FRAME.sub(named, drawing)
    if next(waiting, None) is not None:
        raise ValueError("a description belongs to no chart")
    return described
