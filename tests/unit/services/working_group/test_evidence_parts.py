"""An evidence note has parts, and is one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.working_group.evidence_parts import EvidenceParts, parts_of

LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))).filter(
    lambda text: not text.startswith(("Where:", "Date:"))
)


def test_a_note_is_kept_as_one_text_that_anybody_can_read() -> None:
    parts = EvidenceParts("Minutes of the team meeting", "Shared drive, Peers", "March 2026")
    assert parts.text == (
        "Minutes of the team meeting\nWhere: Shared drive, Peers\nDate: March 2026"
    )
    assert parts_of(parts.text) == parts
    assert EvidenceParts("The rota").text == "The rota"
    assert EvidenceParts(date="May").text == "Date: May"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "The rota of May",
        "First line\nSecond line",
        "Where: it began\nand how it went on",  # no part: more follows
    ],
)
def test_an_older_note_stays_as_it_is(note: str) -> None:
    assert parts_of(note) == EvidenceParts(note)
    assert parts_of(note).text == note


def test_of_two_lines_of_one_kind_the_last_is_the_part_and_none_is_lost() -> None:
    note = "The rota\nDate: April\nDate: May"
    assert parts_of(note) == EvidenceParts("The rota\nDate: April", "", "May")
    assert parts_of(note).text == note


def test_two_notes_are_put_together_part_by_part() -> None:
    mine, theirs = EvidenceParts("The rota", "Office", "May"), EvidenceParts("Minutes", "Office")
    assert theirs.beside(mine) == EvidenceParts("Minutes\nThe rota", "Office", "May")


@given(LINE, LINE, LINE)
def test_whatever_is_written_is_read_again(what: str, where: str, date: str) -> None:
    parts = EvidenceParts(what, where, date)
    assert parts_of(parts.text) == parts
    assert parts_of(parts_of(parts.text).text).text == parts.text
