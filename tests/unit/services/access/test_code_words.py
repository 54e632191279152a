"""Codes of six words: how they are drawn, typed, and told from all others."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.access import code_words
from assessment.services.access.code_words import BEGINNING, FILE, NUMBER, by_beginning
from assessment.services.access.codes import ALPHABET, LENGTH, as_written, new_code
from assessment.web.log_lines import clean

WORDS = FILE.read_text(encoding="ascii").split()
CODE = "apple-river-lemon-museum-yellow-boat"
#: Pairs that sound alike in most of Britain, of which a list may have neither.
SOUND_ALIKE = """
bare bear beach beech blue blew board bored break brake cereal serial flour flower
grate great hair hare knight night mail male meat meet pair pear peace piece plain
plane right write sail sale scene seen stair stare steal steel tale tail waist waste
weak week wood would
"""


def test_the_list_has_what_it_says() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2048
    assert sorted(WORDS) == WORDS
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in WORDS)
    assert len({word[:BEGINNING] for word in WORDS}) == len(WORDS)
    assert not set(SOUND_ALIKE.split()) & set(WORDS)
    assert NUMBER * math.log2(len(WORDS)) == 66


def test_no_two_beginnings_look_alike_in_print() -> None:
    """rn and m, cl and d, nn and m, l and i."""
    seen = set()
    for word in WORDS:
        look = word[:BEGINNING]
        for one, other in (("rn", "m"), ("cl", "d"), ("nn", "m"), ("l", "i")):
            look = look.replace(one, other)
        assert look not in seen, word
        seen.add(look)


def test_a_code_is_drawn_from_all_words() -> None:
    drawn = [word for _ in range(2000) for word in code_words.new_code().split("-")]
    # Of 12,000 draws each word misses all with a chance of e^-5.9: about six of 2,048 do.
    assert len(set(drawn)) > 2048 - 30


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.upper(),
        CODE.replace("-", " "),
        " Apple  River, lemon – museum.yellow\nBOAT ",
        "appl rive lemo muse yell boat",
        "apple river lem museum yellow boat".replace("lem ", "lemon "),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert as_written(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "app river lemon museum yellow boat",  # three letters may be several words
        "applx river lemon museum yellow boat",
        "apple river lemon museum yellow",
        "apple river lemon museum yellow boat boat",
        "apples river lemon museum yellow boat",
        "apple river lemon museum yellow b0at",
    ],
)
def test_what_is_no_code_of_words_is_not_taken_for_one(typed: str) -> None:
    assert code_words.as_written(typed) is None
    assert as_written(typed) != CODE


@given(st.lists(st.sampled_from(WORDS), min_size=NUMBER, max_size=NUMBER), st.data())
def test_every_code_comes_back_from_beginnings_of_its_words(
    words: list[str], data: st.DataObject
) -> None:
    begun = [word[: data.draw(st.integers(BEGINNING, len(word)))] for word in words]
    separator = data.draw(st.sampled_from(["-", " ", "  ", ", "]))
    assert as_written(separator.join(begun)) == "-".join(words)


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_no_code_of_letters_is_taken_for_one_of_words(signs: str) -> None:
    assert code_words.as_written(signs) is None
    written = as_written(signs)
    assert written == as_written(written.lower()) and code_words.as_written(written) is None


def test_both_kinds_are_written_as_they_are_drawn() -> None:
    for code in (new_code(), code_words.new_code()):
        assert as_written(code) == code
    assert set(by_beginning().values()) == set(WORDS)


def test_no_log_line_has_a_code_of_words() -> None:
    for typed in (CODE, CODE.replace("-", " "), CODE.replace("-", "+").upper()):
        assert "museum" not in clean(f"somebody came with {typed} today".lower(), 500)
    sentence = "what nobody reads stays there until somebody comes"
    assert clean(sentence, 500) == sentence
