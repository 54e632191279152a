"""What a form sends, read as the store keeps it."""

from __future__ import annotations

import pytest

from assessment.services.respondents.posted_answers import (
    NotTakenError,
    answered_to_all,
    answers_in,
    to_all,
    unseen,
)
from questionnaires.library import Library
from questionnaires.question_text import Question, Reader, question_of
from tests.support.organisations import with_own_words

READER = Reader("service_user", "lived_experience", "service_user")


def questions(library: Library, kind: str) -> list[Question]:
    return [
        question_of(library, item, READER)
        for item in library.items.values()
        if item.kind == kind and "service_user" in library.groups_of(item)
    ]


@pytest.fixture(scope="module")
def asked() -> dict[str, list[Question]]:
    library = with_own_words()
    kinds = ("frequency", "concern", "choices", "number", "text")
    return {kind: questions(library, kind) for kind in kinds}


def test_of_a_scale_the_point_that_is_chosen_counts(asked: dict[str, list[Question]]) -> None:
    question = asked["frequency"][0]
    item = question.item.id
    assert answers_in((question,), {item: ["often"]}, {}) == {item: "often"}
    assert answers_in((question,), {}, {item: "often"}) == {item: ""}


def test_several_choices_stand_in_their_own_order(asked: dict[str, list[Question]]) -> None:
    question = asked["choices"][0]
    item, codes = question.item.id, [c.code for c in question.choices if not c.exclusive][:2]
    assert answers_in((question,), {item: codes[::-1]}, {}) == {item: ";".join(codes)}


def test_what_stands_alone_has_nothing_beside_it(asked: dict[str, list[Question]]) -> None:
    question = asked["choices"][0]
    alone = next(choice for choice in question.answers if choice.exclusive)
    other = next(choice for choice in question.answers if not choice.exclusive)
    with pytest.raises(NotTakenError) as told:
        answers_in((question,), {question.item.id: [other.code, alone.code]}, {})
    assert alone.label in str(told.value) and other.label in str(told.value)


def test_a_number_is_read_as_people_write_it_or_asked_for_again(
    asked: dict[str, list[Question]],
) -> None:
    question = asked["number"][0]
    item = question.item.id
    assert answers_in((question,), {item: ["7,5"]}, {}) == {item: "7.5"}
    with pytest.raises(NotTakenError):
        answers_in((question,), {item: ["12.500"]}, {})
    box = question.off_scale[0].code
    assert answers_in((question,), {item: [""], f"{item}:box": [box]}, {}) == {item: box}
    with pytest.raises(NotTakenError, match="also ticked"):
        answers_in((question,), {item: ["3"], f"{item}:box": [box]}, {})


def test_a_text_keeps_its_lines_and_no_blanks_around(asked: dict[str, list[Question]]) -> None:
    question = asked["text"][0]
    item = question.item.id
    assert answers_in((question,), {item: [" one\r\ntwo "]}, {}) == {item: "one\ntwo"}
    with pytest.raises(NotTakenError):
        answers_in((question,), {item: ["a" * 4001]}, {})


def test_of_a_list_every_line_is_answered_as_soon_as_one_is(
    asked: dict[str, list[Question]],
) -> None:
    lines = tuple(asked["concern"])
    first, second, *others = (line.item.id for line in lines)
    given = answers_in(lines, {first: ["some"], second: ["some", "serious"]}, {})
    assert given == {first: "some", second: "serious"} | dict.fromkeys(others, "not_a_concern")
    nothing = answers_in(lines, {f"{first}:nothing": ["yes"]}, {})
    assert set(nothing.values()) == {"not_a_concern"}
    assert set(answers_in(lines, {}, {first: "some"}).values()) == {""}
    with pytest.raises(NotTakenError, match="None of these"):
        answers_in(lines, {first: ["some"], f"{first}:nothing": ["yes"]}, {})


def test_a_list_as_a_whole_can_be_answered_with_i_dont_know(
    asked: dict[str, list[Question]],
) -> None:
    lines = tuple(asked["concern"])
    first = lines[0].item.id
    assert [choice.code for choice in to_all(lines)] == ["dont_know", "prefer_not"]
    given = answers_in(lines, {f"{first}:nothing": ["dont_know"]}, {})
    assert set(given.values()) == {"dont_know"} and answered_to_all(lines, given) == "dont_know"
    # Its box is unticked again: nothing is answered. To a few lines there is no such box.
    assert set(answers_in(lines, {}, given).values()) == {""}
    assert answers_in(lines, {}, {first: "dont_know"})[first] == "dont_know"
    for also in ({first: ["some"]}, {f"{first}:nothing": ["dont_know", "yes"]}):
        with pytest.raises(NotTakenError, match="keep one of them"):
            answers_in(lines, {f"{first}:nothing": ["dont_know"]} | also, {})


def test_what_a_page_showed_already_says_nothing_new() -> None:
    """An old window shows no answer where one was given since; it takes nothing back."""
    fields = {"a:seen": [""], "b:seen": ["often"], "c:seen": ["never"]}
    given = {"a": "", "b": "always", "c": ""}
    assert unseen(given, fields) == {"b": "always", "c": ""}
