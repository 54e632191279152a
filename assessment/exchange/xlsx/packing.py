"""A workbook as bytes: the same for the same content, with words for each chart.

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
STAMP = b"1980-01-01T00:00:00Z"
DATE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
FRAME = re.compile(r'<(xdr:)?cNvPr id="(\d+)" name="(Chart [^"]*)"\s*/>')


def packed(
    workbook: Workbook, charts: Sequence[Sequence[str]] = (), *, private: bool = False
) -> bytes:
    """The workbook's bytes.

    Args:
        charts: for each sheet with charts, in order, the description of each of its charts.
        private: leave dates out, and ask Excel to keep its user's name out when it saves.
    """
    workbook.properties.created = DAY
    raw, out = io.BytesIO(), io.BytesIO()
    workbook.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                content = DATE.sub(b"" if private else rb"\g<1>" + STAMP + rb"\g<3>", content)
            elif entry.filename == "xl/workbook.xml" and private:
                content = content.replace(b"<workbookPr ", b'<workbookPr filterPrivacy="1" ', 1)
            elif found := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", entry.filename):
                content = _described(content.decode("utf-8"), charts[int(found[1]) - 1]).encode()
            name = zipfile.ZipInfo(entry.filename, DAY.timetuple()[:6])
            after.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _described(drawing: str, descriptions: Sequence[str]) -> str:
    waiting = iter(descriptions)

    def named(found: re.Match[str]) -> str:
        text = quoteattr(next(waiting))
        return f'<{found[1] or ""}cNvPr id="{found[2]}" name="{found[3]}" descr={text} />'

    described = FRAME.sub(named, drawing)
    if next(waiting, None) is not None:
        raise ValueError("a description belongs to no chart")
    return described
