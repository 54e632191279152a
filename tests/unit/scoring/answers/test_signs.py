"""Signs: what counts is kept, whatever the script; what no text means becomes blanks and lines."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.answers.signs import cleaned, comparable, is_invisible
from tests.support.typed import TYPED


@pytest.mark.parametrize(
    "text",
    [
        "C’est vrai\u00a0?",
        "10\u202f000 personnes",
        "می\u200cخواهم",
        "👩🏽\u200d🔧 🏳️\u200d🌈",
        "क्\u200dष",
        "שלום\u200f!",
        "ภาษา\u200bไทย",
        "one\ntwo\n\nthree",
        "co\u2011production",
        "Zoë, Zoe\u0308",
    ],
)
def test_what_counts_in_some_script_is_kept(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\x0btwo\x0cthree\x85four", "one\ntwo\nthree\nfour"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("one\ttwo\x07three\x9ffour", "one two three four"),
        ("co\x1eproduction, super\x1fvision", "co\u2011production, super\u00advision"),
        ("\ufeffone\ufeff", "one"),
        (" \u00a0one\u3000\n", "one"),
        ("\ud83e\udd1d", "🤝"),
        ("half \ud83e", "half \ufffd"),
        ("\uffff", "\ufffd"),
        ("\x00", ""),
        (" \u200b\u200d\u200f ", ""),
    ],
)
def test_what_a_program_left_behind_becomes_what_it_means(given_: str, kept: str) -> None:
    assert cleaned(given_) == kept


@given(st.text(st.characters(codec=None)))
@example("\ud83e\ufeff\udd1d")
@example("\r\ufeff\n")
def test_cleaning_again_changes_nothing_and_every_file_can_carry_it(text: str) -> None:
    kept = cleaned(text)
    assert cleaned(kept) == kept
    assert kept.encode() is not None
    assert not {sign for sign in kept if unicodedata.category(sign) == "Cc"} - {"\n"}


@given(TYPED)
def test_what_a_person_types_is_kept_but_for_blanks_at_the_ends(text: str) -> None:
    assert cleaned(text) == ("" if all(map(is_invisible, text)) else text.strip())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I don't know", "i don’t  know"),
        ("Vrai\u00a0?", "Vrai ?"),
        ("Zoë", "Zoe\u0308"),
        ("می\u200cخواهم", "میخواهم"),
        ("In place", "In\nplace "),
        ("❤\ufe0f", "❤"),
    ],
)
def test_what_a_reader_cannot_tell_apart_is_alike(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_what_a_reader_can_tell_apart_is_not_alike() -> None:
    assert len({comparable(text) for text in ("Partly", "Party", "Part ly", "")}) == 4
