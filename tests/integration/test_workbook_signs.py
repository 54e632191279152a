"""What a person may type comes back from a workbook as it was, and so does what we wrote."""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from assessment.exchange.answer_workbook.reading import read_workbook
from assessment.exchange.answer_workbook.writing import template
from assessment.exchange.answers.cell_values import text_of
from assessment.exchange.xlsx.cells import plain, read_cells
from assessment.exchange.xlsx.writing import put
from questionnaires.library import Library, load
from scoring.answers.signs import cleaned, comparable
from tests.support.filling_in import fill
from tests.support.libreoffice import Office
from tests.support.typed import TYPED

#: French with its no-break spaces, Persian and Hindi with their joiners, emoji with theirs.
WORDS = (
    "Est-ce que c’est vrai\u00a0? Au moins 1\u202f000\u00a0%…",
    "می\u200cخواهم اینجا بمانم",
    "क्\u200dष, שלום\u200f!",
    "👩🏽\u200d🔧 and 🏳️\u200d🌈",
    "co\u00adpro\u00adduc\u00adtion, Zoe\u0308, ﬁne, ½",
    "_x0041_ and _x000D_ are words, too",
    "two  blanks\u2003and an em blank",
)


def written(texts: Sequence[str]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert isinstance(book.active, Worksheet)
    for row, text in enumerate(texts, start=1):
        put(book.active.cell(row, 1), text)
    book.save(out)
    return out.getvalue()


def came_back(content: bytes, count: int) -> list[str]:
    (sheet,) = read_cells(content, "a.xlsx")
    return [text_of(sheet.cell(row, 1)) for row in range(1, count + 1)]


@settings(max_examples=60)
@given(st.lists(TYPED, min_size=1, max_size=30))
@example(
    ["_x0041_", "_x005F_x0041_", "__x000d__", "=1+1", "\t=1", "'a", " a\u00a0", "\u00a0\u200d"]
)
@example(list(WORDS))
def test_every_text_that_a_person_may_type_comes_back(texts: list[str]) -> None:
    assert came_back(written(texts), len(texts)) == [cleaned(text) for text in texts]


def test_every_single_sign_of_unicode_comes_back() -> None:
    """Many in each cell; control signs and what no file can carry aside."""
    step, texts = 4000, []
    for first in range(0x20, 0x110000, step):
        signs = map(chr, range(first, min(first + step, 0x110000)))
        texts.append(
            "".join(sign for sign in signs if unicodedata.category(sign) not in ("Cc", "Cs"))
        )
    expected = [cleaned(text) for text in texts]
    assert sum(map(len, expected)) > 1_109_000  # of 1,114,112, of which 2,048 are halves of pairs
    assert came_back(written(texts), len(texts)) == expected


SOURCE = [{"document": "doing-peer-work", "section": "1.3", "lines": "217-235"}]
CHOICES = ("Oui\u00a0!", "می\u200cخواهم", "👩🏽\u200d🔧", "Non\u202f?")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A questionnaire with all these signs in its title, its questions and its answers."""
    folder = tmp_path_factory.mktemp("own")
    options = [{"code": f"c{n}", "label": label} for n, label in enumerate(CHOICES)]
    texts = [{"id": f"signs.text{n}", "kind": "text", "text": text} for n, text in enumerate(WORDS)]
    questions = [
        {"id": f"signs.choice{n}", "kind": "choices", "text": text, "options": options}
        for n, text in enumerate(WORDS)
    ]
    content = {
        "id": "own-signs",
        "version": 1,
        "title": "Vrai\u00a0? می\u200cخواهم",
        "description": "Signs.",
        "groups": ["service_user", "staff"],
        "sections": [
            {
                "id": "signs",
                "title": WORDS[0],
                "items": [item | {"source": SOURCE} for item in (*texts, *questions)],
            }
        ],
    }
    file = folder / "signs.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return load([folder])


#: Excel writes out what looks like one of its signs; what fills these workbooks in does not.
VALUES = {f"signs.text{n}": text.replace("_x", "x") for n, text in enumerate(WORDS)} | {
    f"signs.choice{n}": f"c{n % len(CHOICES)}" for n in range(len(WORDS))
}


def values_of(content: bytes, own: Library) -> dict[str, str]:
    book = read_workbook("a.xlsx", content, own)
    assert (book.doubts, book.beside) == ((), ())
    return book.answers


def test_our_own_workbook_with_any_signs_in_it_is_not_changed(own: Library) -> None:
    assert values_of(fill(template(own, "staff"), own, VALUES), own) == VALUES


def test_our_own_workbook_with_any_signs_in_it_is_not_changed_by_libreoffice(
    own: Library, tmp_path: Path, office: Office
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(fill(template(own, "staff"), own, VALUES))
    (tmp_path / "saved").mkdir()
    assert values_of(office(file, "xlsx", tmp_path / "saved").read_bytes(), own) == VALUES


@pytest.mark.parametrize(
    "program",
    [
        lambda text: text.replace("\u00a0", " ").replace("\u202f", " "),
        lambda text: text.replace("\u200c", "").replace("\u200d", "").replace("\u00ad", ""),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=["blanks", "joiners", "accents", "lines"],
)
def test_signs_that_a_program_drops_do_not_make_a_workbook_another(
    own: Library, program: Callable[[str], str]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fill(template(own, "staff"), own, VALUES)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_col=2):
            for cell in row:
                if isinstance(cell.value, str) and sheet.title not in ("form", "lists"):
                    cell.value = program(cell.value)
    out = io.BytesIO()
    book.save(out)
    found = values_of(out.getvalue(), own)
    assert {item: comparable(value) for item, value in found.items()} == {
        item: comparable(value) for item, value in VALUES.items()
    }


def test_workbooks_that_were_handed_out_before_are_still_read(own: Library) -> None:
    """They carry marks in which every sign but blanks counted."""
    book = openpyxl.load_workbook(io.BytesIO(fill(template(own, "staff"), own, VALUES)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_col=2):
            key = str(row[0].value)
            if " #" in key:
                text = " ".join(plain(str(row[1].value)).split())
                row[0].value = f"{key.rpartition(' #')[0]} #{zlib.crc32(text.encode()):08x}"
    out = io.BytesIO()
    book.save(out)
    assert values_of(out.getvalue(), own) == VALUES
