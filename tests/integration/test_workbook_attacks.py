"""Workbooks that were made to harm: each is refused in calm words, soon, and nothing is changed.

Sizes in the attacks are far above the limits, so that a missing limit shows as a test that hangs
or eats the memory, and not only as a missing message.
"""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.exchange.answer_workbook.reading import printable, read_workbooks
from assessment.exchange.answer_workbook.writing import template
from assessment.exchange.xlsx.cells import LONGEST_CELL, MAX_CELLS, MAX_ELEMENTS, read_cells
from assessment.exchange.xlsx.limits import LARGEST, LARGEST_UNPACKED, MAX_PARTS
from questionnaires.library import Library
from questionnaires.problems import ProblemsError
from tests.support.files import run
from tests.support.filling_in import fill
from tests.support.organisations import with_own_words

Parts = dict[str, bytes]
SHEET, BOOK, TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
TYPES, LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def library() -> Library:
    return with_own_words()


@cache
def good() -> bytes:
    values = {"valued_input.listened_to": "often", "words.anything": "Who pays?"}
    return fill(template(library(), "staff"), library(), values)


def parts() -> Parts:
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def packed(content: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def small(sheet: str, **others: bytes) -> bytes:
    """A workbook with one sheet of this XML."""
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{RELATION}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    )
    content = {TYPES: b"<Types/>", BOOK: book.encode(), LINKS: links.encode()}
    return packed({**content, SHEET: sheet.encode(), **others})


def rows(xml: str, before: str = "", after: str = "") -> str:
    return f"{OPEN}{before}<sheetData>{xml}</sheetData>{after}</worksheet>"


def refused(content: bytes) -> str:
    """What is said, in one line and without a word of the computer's."""
    with pytest.raises(ProblemsError) as caught:
        read_workbooks([("a.xlsx", content)], library())
    (line,) = caught.value.lines()
    assert line.startswith("a.xlsx")
    for word in ("Traceback", "Error", "Exception", "zipfile", "expat", "None,"):
        assert word not in line, line
    return line


def memory_used(task: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        task()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_good_workbook_is_read() -> None:
    assert len(read_workbooks([("a.xlsx", good())], library())) == 2
    assert len(read_workbooks([("a.xlsx", packed(parts()))], library())) == 2
    assert len(read_workbooks([("a.xlsx", packed(parts(), zipfile.ZIP_STORED))], library())) == 2


# -- what is no workbook -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"respondent,group\n", "this is no Excel workbook, whatever its name"),
        (b"<html><table></table></html>", "this is no Excel workbook"),
        (b"%PDF-1.7", "this is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it is protected with a password, or"),
        (b"PK\x03\x04", "the file is damaged and cannot be opened"),
        (b"PK\x03\x04" + bytes(1000), "the file is damaged and cannot be opened"),
        (b"PK\x05\x06" + bytes(18), "this is no Excel workbook"),
        (packed({"letter.txt": b"Hello"}), "it is a ZIP archive and no workbook"),
        (packed({"word/document.xml": b"<x/>", TYPES: b"<x/>"}), "it is a Word document"),
        (packed({"ppt/presentation.xml": b"<x/>"}), "it is a presentation"),
        (packed({"mimetype": b"x", "content.xml": b"<x/>"}), "it is an OpenDocument file (.ods)"),
        (packed({"xl/workbook.bin": b"x", TYPES: b"<x/>"}), "it is a binary workbook (.xlsb)"),
        (packed({TYPES: b"<x/>"}), "there is no workbook inside"),
        (packed({TYPES: b"<x/>", BOOK: b""}), "the file is damaged"),
        (packed({TYPES: b"<x/>", BOOK: b"<workbook/>"}), "the file is damaged"),
    ],
    ids=lambda value: None,
)
def test_what_is_no_workbook_is_named(content: bytes, expected: str) -> None:
    line = refused(content)
    assert expected in line
    assert line.endswith("Nothing was read from it and nothing was changed")


# -- too large ---------------------------------------------------------------------------------


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(50_000_000)
    content = packed({**parts(), "xl/media/image1.png": noise}, zipfile.ZIP_STORED)
    assert "the file has more than 5 MB, which is the most that is read" in refused(content)
    (tmp_path / "a.xlsx").write_bytes(content)
    result = run("evaluate", tmp_path, "--json", tmp_path / "out.json")
    assert result.exit_code == 2
    assert "a.xlsx: the file has more than 5 MB" in result.stderr
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("name", [SHEET, TEXTS, "xl/media/image1.png", "docProps/app.xml"])
def test_a_part_that_unpacks_to_a_gigabyte_is_refused_before_it_is_unpacked(name: str) -> None:
    content = packed({**parts(), name: bytes(1_000_000_000)})
    assert len(content) < LARGEST
    assert "unpacked it has more than 50 MB" in refused(content)
    assert memory_used(lambda: refused(content)) < 60_000_000


def test_many_parts_that_are_large_together_are_refused() -> None:
    noise = random.Random(2).randbytes(20_000) * 150
    content = {**parts(), **{f"xl/media/image{n}.png": noise for n in range(20)}}
    assert 20 * len(noise) > LARGEST_UNPACKED
    assert len(packed(content)) < LARGEST
    assert "unpacked it has more than 50 MB" in refused(packed(content))


def test_a_part_that_says_it_is_small_is_counted_all_the_same() -> None:
    """Both headers claim ten bytes; the data unpack to a hundred megabytes."""
    content = {**parts(), SHEET: bytes(100_000_000)}
    raw = bytearray(packed(content))
    size = (100_000_000).to_bytes(4, "little")
    assert raw.count(size) == 2
    lying = bytes(raw).replace(size, (10).to_bytes(4, "little"))
    assert memory_used(lambda: refused(lying)) < 60_000_000


def test_small_parts_with_a_monstrous_ratio_are_refused() -> None:
    content = {**parts(), "xl/media/image1.png": bytes(40_000_000)}
    assert "far more than its size suggests" in refused(packed(content))


def test_parts_that_share_the_same_data_are_refused() -> None:
    """A quine of a bomb: a hundred entries of the list point at one piece of data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
        archive.writestr("xl/media/a0.png", random.Random(3).randbytes(1000) * 900)
        entry = archive.getinfo("xl/media/a0.png")
        for number in range(1, 100):
            copy = zipfile.ZipInfo(f"xl/media/a{number}.png")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(copy, field, getattr(entry, field))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    assert refused(out.getvalue())


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    content = {f"xl/media/{n}": b"" for n in range(20_000)}
    assert f"a workbook has at most {MAX_PARTS}" in refused(packed({**parts(), **content}))


def test_two_parts_of_one_name_are_refused() -> None:
    assert "two parts inside have the same name" in refused(packed({**parts(), SHEET.upper(): b""}))


def test_other_ways_of_packing_are_refused() -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert "packed in a way that no workbook is" in refused(packed(parts(), method))


def test_a_locked_archive_is_refused() -> None:
    raw = bytearray(packed(parts()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + offset] |= 1
            place = raw.find(mark, place + 1)
    assert "locked with a password" in refused(bytes(raw))


# -- what is not allowed inside ----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "xl/vbaProject.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/dialogsheets/sheet1.xml",
        "customUI/customUI.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl\\externalLinks\\externalLink1.xml",
        "xl/connections.xml",
        "xl/queryTables/queryTable1.xml",
        "xl/model/item.data",
        "xl/webextensions/webextension1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.xml",
        "xl/ctrlProps/ctrlProp1.xml",
    ],
)
def test_what_is_never_read_or_run_stops_no_workbook(name: str) -> None:
    assert len(read_workbooks([("a.xlsx", packed({**parts(), name: b"x"}))], library())) == 2


def test_a_workbook_with_macros_is_read_like_any_other() -> None:
    types = parts()[TYPES] + b"<!-- application/vnd.ms-excel.sheet.macroEnabled.main+xml -->"
    content = packed({**parts(), TYPES: types})
    assert len(read_workbooks([("a.xlsx", content)], library())) == 2


def relation(kind: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="x" Type="{RELATION}/{kind}" Target="http://example.org/" '
        'TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    "kind", ["externalLinkPath", "attachedTemplate", "image", "drawing", "comments", "worksheet"]
)
def test_parts_outside_the_file_are_never_looked_for(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = packed({**parts(), "xl/worksheets/_rels/sheet1.xml.rels": relation(kind)})
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it went outside"))
    assert len(read_workbooks([("a.xlsx", content)], library())) == 2


@pytest.mark.parametrize(
    "others",
    [
        {"xl/worksheets/_rels/sheet1.xml.rels": relation("hyperlink")},
        {"xl/printerSettings/printerSettings1.bin": b"x"},
        {"xl/media/image1.png": b"x", "xl/drawings/drawing1.xml": b"<not xml"},
        {"docMetadata/LabelInfo.xml": b"<x/>", "customXml/item1.xml": b"<x/>"},
        {"xl/comments1.xml": b"<x/>", "xl/persons/person.xml": b"<x/>"},
    ],
    ids=["web address", "printer", "picture", "label", "comments"],
)
def test_what_office_programs_add_does_no_harm(others: Parts) -> None:
    assert len(read_workbooks([("a.xlsx", packed({**parts(), **others}))], library())) == 2


# -- XML ---------------------------------------------------------------------------------------

LAUGHS = "".join(
    f'<!ENTITY l{n} "{("&l" + str(n - 1) + ";") * 10}">' if n else '<!ENTITY l0 "ha">'
    for n in range(10)
)


@pytest.mark.parametrize("part", [SHEET, BOOK, TEXTS, "xl/styles.xml", LINKS])
@pytest.mark.parametrize(
    "prologue",
    [
        f"<!DOCTYPE a [{LAUGHS}]>",
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/"> %b;]>',
        "<!DOCTYPE a>",
    ],
    ids=["billion laughs", "outside", "a file", "a parameter", "nothing"],
)
def test_document_types_are_refused_in_every_part(part: str, prologue: str) -> None:
    content = {**parts(), part: f"{prologue}<a>&b;&l9;</a>".encode()}
    assert "it holds definitions that no workbook has" in refused(packed(content))


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet>",
        "<worksheet></sheet>",
        "&nbsp;",
        "\x00",
        OPEN + "<sheetData><row r='1'><c r='A1'><v>1</v></c></row>",
        rows("<row r='1'><c r='A1' t='s'><v>5</v></c></row>"),
        rows("<row r='1'><c r='A1' t='s'><v>-1</v></c></row>"),
        rows("<row r='1'><c r='A1' t='s'><v>x</v></c></row>"),
        rows("<row r='1'><c r='A0'><v>1</v></c></row>"),
        rows("<row r='1'><c r='XFE1'><v>1</v></c></row>"),
        rows("<row r='1'><c r='A1048577'><v>1</v></c></row>"),
        rows("<row r='1'><c r='AAAAAAA1'><v>1</v></c></row>"),
        rows("<row r='1'><c r='A99999999999999999999'><v>1</v></c></row>"),
        rows("<row r='99999999999'><c><v>1</v></c></row>"),
        rows("<row r='-5'><c><v>1</v></c></row>"),
        rows("<c><v>1</v></c>"),
        rows("<row r='1'><c r='A1'><v>1e999999</v></c></row>"),
        rows("<row r='1'><c r='A1'><v>nan</v></c></row>"),
        rows("<row r='1'><c r='A1'><v>" + "9" * 30_000 + "</v></c></row>"),
        rows("<row r='1'><c r='A1' s='x'><v>1</v></c></row>"),
        rows("<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>"),
    ],
    ids=lambda value: None,
)
def test_a_damaged_sheet_is_refused(sheet: str) -> None:
    assert "damaged" in refused(small(sheet)) or "same place" in refused(small(sheet))


def test_a_sheet_that_claims_to_be_huge_is_read_at_once() -> None:
    last = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    first = "<row r='1'><c r='A1' t='inlineStr'><is><t>Hello</t></is></c></row>"
    sheet = rows(first + last, '<dimension ref="A1:XFD1048576"/>')
    (found,) = read_cells(small(sheet), "a.xlsx")
    assert found.rows.keys() == {1, 1_048_576}
    assert "neither a workbook made with 'template' nor answers" in refused(small(sheet))


def test_very_many_merged_cells_cost_no_memory() -> None:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 200_001))
    content = small(rows("", after=f"<mergeCells>{merged}</mergeCells>"))
    assert memory_used(lambda: refused(content)) < 50_000_000


def test_merged_cells_of_a_whole_sheet_cost_nothing() -> None:
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 1000
    content = {**parts()}
    content[SHEET] = content[SHEET].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode()
    )
    assert len(read_workbooks([("a.xlsx", packed(content))], library())) == 2


def test_more_cells_than_are_read_are_refused() -> None:
    draw = random.Random(4)
    some = "".join(f"<c><v>{draw.randrange(10**6)}</v></c>" for _ in range(5_000))
    sheet = rows(f"<row>{some}</row>" * (MAX_CELLS // 5_000 + 1))
    assert f"more than {MAX_CELLS} filled cells" in refused(small(sheet))


def test_empty_cells_without_end_are_refused() -> None:
    draw = random.Random(5)
    some = "".join(f'<c s="{draw.randrange(100)}"/>' for _ in range(5_000))
    sheet = rows(f"<row>{some}</row>" * (MAX_ELEMENTS // 5_000 + 1))
    assert "more rows, cells or formats than any workbook of answers" in refused(small(sheet))


def test_elements_within_elements_are_refused() -> None:
    deep = rows("<row>" * 50_000 + "</row>" * 50_000)
    assert "levels stand within each other" in refused(small(deep))


def test_a_text_longer_than_a_cell_is_refused_wherever_it_stands() -> None:
    text = random.Random(6).randbytes(10_000).hex() * 1500
    inline = rows(f"<row><c t='inlineStr'><is><t>{text}</t></is></c></row>")
    shared = f"<sst><si><t>{text}</t></si></sst>".encode()
    runs = "<sst><si>" + f"<r><t>{'x' * 1000}</t></r>" * 40 + "</si></sst>"
    one = rows("<row><c t='s'><v>0</v></c></row>")
    for content in (
        small(inline),
        small(one, **{TEXTS: shared}),
        small(one, **{TEXTS: runs.encode()}),
    ):
        assert f"more than {LONGEST_CELL} characters" in refused(content)


def test_one_long_text_in_very_many_cells_costs_no_memory() -> None:
    text = f"<sst><si><t>{'x' * 30_000}</t></si></sst>".encode()
    sheet = rows("<row>" + "<c t='s'><v>0</v></c>" * 10_000 + "</row>")
    content = small(sheet, **{TEXTS: text})
    assert len(read_cells(content, "a.xlsx")[0].rows[1]) == 10_000
    assert memory_used(lambda: read_cells(content, "a.xlsx")) < 60_000_000


def test_very_many_formats_and_texts_are_refused() -> None:
    one = rows("<row><c><v>0</v></c></row>")
    draw = random.Random(7)
    some = "".join(f'<xf a="{draw.randrange(100)}"/>' for _ in range(5_000)).encode()
    formats = b"<styleSheet><cellXfs>%b</cellXfs></styleSheet>" % (some * 100)
    texts = b"<sst>%b</sst>" % (some.replace(b"xf", b"si") * (MAX_ELEMENTS // 5_000 + 1))
    for others in ({"xl/styles.xml": formats}, {TEXTS: texts}):
        assert "more rows, cells or formats than any" in refused(small(one, **others))


def test_long_names_and_headers_take_no_time() -> None:
    """Names and headers are matched with patterns in openpyxl; these take minutes there."""
    content = {**parts()}
    name = f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"$" * 300_000}</definedName>'
    content[BOOK] = content[BOOK].replace(
        b"</workbook>", f"<definedNames>{name}</definedNames></workbook>".encode()
    )
    content[SHEET] = content[SHEET].replace(
        b"</sheetData>",
        b"</sheetData><headerFooter><oddHeader>"
        + b"&amp;L" * 100_000
        + b"</oddHeader></headerFooter>",
    )
    assert len(read_workbooks([("a.xlsx", packed(content, zipfile.ZIP_STORED))], library())) == 2


# -- formulas and texts ------------------------------------------------------------------------


def test_the_claimed_result_of_a_formula_is_never_taken() -> None:
    cell = "<c r='E2' t='str'><f>WEBSERVICE(\"http://example.org\")</f><v>often</v></c>"
    header = "".join(
        f"<c t='inlineStr'><is><t>{name}</t></is></c>"
        for name in ("respondent", "group", "questionnaire", "item", "value")
    )
    first = "".join(
        f"<c t='inlineStr'><is><t>{name}</t></is></c>"
        for name in ("p", "staff", "coproduction-principles", "valued_input.listened_to")
    )
    xml = rows(f"<row>{header}</row><row r='2'>{first}{cell}</row>")
    assert "cell E2: a formula stands here" in refused(small(xml))
    for formula in ("<f/>", '<f t="shared" si="0"/>', '<f t="array" ref="E2">1</f>'):
        xml = rows(f"<row>{header}</row><row>{first}<c>{formula}<v>1</v></c></row>")
        assert "cell E2: a formula stands here" in refused(small(xml))


def test_other_names_of_elements_are_read_the_same() -> None:
    """Some programs write every name with a prefix."""
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="B1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    (found,) = read_cells(small(sheet), "a.xlsx")
    assert found.text(1, 2) == "a"


def test_numbers_are_read_as_they_were_typed() -> None:
    """Excel writes 7.1 and 0.3 with seventeen digits."""
    typed = {"7.0999999999999996": "7.1", "0.29999999999999999": "0.3", "12": "12", "3.0": "3",
             "1E3": "1000", "-0.5": "-0.5", "1E-5": "0.00001", "0.1": "0.1"}  # fmt: skip
    cells = "".join(f"<c><v>{raw}</v></c>" for raw in typed)
    (found,) = read_cells(small(rows(f"<row>{cells}</row>")), "a.xlsx")
    assert [cell.text for cell in found.rows[1].values()] == list(typed.values())


def test_signs_that_excel_writes_out_are_read_back() -> None:
    text = "<row><c t='inlineStr'><is><t>a_x000D_\nb_x005F_x0041__x0007_</t></is></c></row>"
    (found,) = read_cells(small(rows(text)), "a.xlsx")
    assert found.text(1, 1) == "a\nb_x0041_\x07"


def test_the_name_of_a_file_cannot_steer_a_screen() -> None:
    assert printable("C:\\x\\\x1b[2Ja\n.xlsx") == "?[2Ja?.xlsx"
    assert printable("../../etc/passwd.xlsx") == "passwd.xlsx"
    assert printable("") == "workbook.xlsx"


# -- anything ----------------------------------------------------------------------------------


def read_or_refused(content: bytes) -> None:
    try:
        read_workbooks([("a.xlsx", content)], library())
    except ProblemsError as error:
        assert all(line.startswith("a.xlsx") for line in error.lines())


@given(st.binary(max_size=200))
def test_any_bytes_end_in_words(noise: bytes) -> None:
    read_or_refused(noise)
    read_or_refused(b"PK\x03\x04" + noise)


@settings(max_examples=150)
@given(st.data())
def test_a_workbook_with_any_bytes_changed_ends_in_answers_or_words(data: st.DataObject) -> None:
    raw = bytearray(good())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(raw)[: data.draw(st.integers(1, len(raw)))])


@settings(max_examples=150)
@given(
    part=st.sampled_from([SHEET, BOOK, LINKS, "xl/styles.xml", "xl/worksheets/sheet2.xml"]),
    places=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), min_size=1),
)
def test_a_part_with_any_bytes_changed_ends_in_answers_or_words(
    part: str, places: list[tuple[int, bytes]]
) -> None:
    """The archive is whole, so that what is read is the changed part."""
    content = parts()
    raw = bytearray(content[part])
    for place, noise in places:
        start = place % len(raw)
        raw[start : start + len(noise)] = noise
    read_or_refused(packed({**content, part: bytes(raw)}))


def test_what_comes_out_of_a_broken_stream_is_words() -> None:
    raw = packed(parts())
    squeezed = zlib.compress(b"x" * 100)[2:-4]
    place = raw.find(b"PK\x03\x04", 10)
    read_or_refused(raw[:place] + squeezed + raw[place + len(squeezed) :])
