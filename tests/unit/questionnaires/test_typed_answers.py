"""What people type as an answer: what is stored of it, and what is said where nothing is."""

from __future__ import annotations

import pytest

from questionnaires.library import load
from questionnaires.question_text import Question, Reader, question_of
from questionnaires.typed_answers import LONGEST_TEXT, Refusal, in_words, text_refusal, typed_value

READER = Reader("working_group", None, "working_group")


def question(item: str) -> Question:
    return question_of(load(), load().items[item], READER)


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        ("fit.hours_for_support", "7,5", "7.5"),
        ("fit.hours_for_support", "  ", ""),
        ("fit.hours_for_support", "dont_know", "dont_know"),
        ("fit.budget", "€ 12 500", "12500"),
        ("fit.number_of_peers", "2.0", "2"),
    ],
)
def test_what_was_typed_is_stored_in_one_form(item: str, text: str, value: str) -> None:
    assert typed_value(question(item), text) == value


@pytest.mark.parametrize(
    ("item", "text", "sentence"),
    [
        (
            "fit.budget",
            "12.500",
            "Do you mean 12500 or 12.5? Please write it in one of these two ways.",
        ),
        ("fit.number_of_peers", "2,5", "Please write a whole number, such as 12."),
        ("fit.number_of_peers", "1.200", "Please write 200 or less."),
        (
            "fit.number_of_peers",
            "about 3",
            "Please write one number in digits, without words beside it, such as 12. A good guess "
            "will do.",
        ),
        ("fit.hours_for_support", "-1", "Please write 0 or more."),
    ],
)
def test_what_is_not_taken_is_answered_with_what_to_do(item: str, text: str, sentence: str) -> None:
    assert typed_value(question(item), text) == Refusal(sentence)


def test_a_number_is_repeated_with_what_it_counts() -> None:
    items = load().items
    assert in_words(items["fit.number_of_peers"], "1") == "1 peer worker"
    assert in_words(items["fit.number_of_peers"], "3") == "3 peer workers"
    assert (
        in_words(items["fit.hours_for_support"], "1200") == "1\N{NO-BREAK SPACE}200 hours a month"
    )
    assert in_words(items["fit.budget"], "12500.5") == "12\N{NO-BREAK SPACE}500.5"


def test_a_text_says_how_much_of_it_is_too_long() -> None:
    assert text_refusal(" " + "a" * LONGEST_TEXT + "\n") is None
    assert text_refusal("a" * (LONGEST_TEXT + 412)) == Refusal(
        "This is too long by 412: at most 4,000 letters and signs fit here. Please make it shorter."
    )
