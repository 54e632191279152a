"""What somebody answered is shown before it is handed in: in words, as it will be kept."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.services.content import loaded
from assessment.services.respondents.answering import save
from assessment.services.respondents.given_answers import GivenAnswer, GivenPart, given_parts
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import group_plan, opened
from tests.support.organisations import with_own_words
from tests.support.respondents import answer_all, begun, draft_of

LISTEN = "Staff listen to what I have to say."
WORRIES = "What may worry you"
HELPS, COST = "What would help you?", "How much does it cost you a year to get here?"
WORDS = "Is there anything else that you want to say?"


def given(
    store: Store, record: AssessmentRecord, values: Mapping[str, str], group: str = "service_user"
) -> list[GivenPart]:
    """What a person of a group is shown who has answered so."""
    token = begun(store, record, group)
    save(store, draft_of(store, token), values)
    return given_parts(draft_of(store, token))


@pytest.mark.parametrize(
    ("values", "asked", "said"),
    [
        ({"valued_input.listened_to": "often"}, LISTEN, ("Often",)),
        ({"valued_input.listened_to": "prefer_not"}, LISTEN, ("I would rather not say",)),
        ({"helpful.what": "talking;training"}, HELPS, ("Talking about it", "Training")),
        ({"helpful.what": "dont_know"}, HELPS, ("I don't know",)),
        ({"travel.cost": "1"}, COST, ("1 pound a year",)),
        ({"travel.cost": "dont_know"}, COST, ("I don't know",)),
        ({"words.anything": "Ring me:\n0123 456789"}, WORDS, ("Ring me:\n[number]",)),
    ],
)
def test_each_kind_of_answer_is_told_in_the_words_in_which_it_was_offered(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, str],
    asked: str,
    said: tuple[str, ...],
) -> None:
    monkeypatch.setattr(loaded, "library", lambda ladder=None: with_own_words())
    (part,) = given(store, opened(store), values)
    assert part.answers == (GivenAnswer(asked, said),)


@pytest.mark.parametrize(
    ("ticked", "rest", "said"),
    [
        (
            {"kept_private": "serious", "pushed": "some"},
            "not_a_concern",
            (
                "A peer worker might tell others what I say: Worries me a lot",
                "A peer worker might push me to do things their way: Worries me a bit",
            ),
        ),
        ({}, "not_a_concern", ("None of these",)),
        ({}, "dont_know", ("I don't know",)),
    ],
)
def test_of_a_list_only_what_is_ticked_is_told(
    store: Store,
    record: AssessmentRecord,
    ticked: dict[str, str],
    rest: str,
    said: tuple[str, ...],
) -> None:
    draft = draft_of(store, begun(store, record, "service_user"))
    lines = [name for name, question in draft.questions.items() if question.item.kind == "concern"]
    values = {name: ticked.get(name.split(".")[1], rest) for name in lines}
    (part,) = given(store, record, values)
    assert part.answers == (GivenAnswer(WORRIES, said),)


def test_parts_keep_their_numbers_and_those_without_an_answer_are_left_out(
    store: Store, record: AssessmentRecord
) -> None:
    assert given(store, record, {}) == []
    draft = draft_of(store, begun(store, record, "service_user"))
    values = {
        page.questions[0].item.id: page.questions[0].choices[0].code
        for number, page in enumerate(draft.pages, 1)
        if number in (2, 5)
    }
    found = given(store, record, values)
    assert [part.number for part in found] == [2, 5]
    assert [part.title for part in found] == [draft.pages[at].parts[0].title for at in (1, 4)]


@pytest.mark.parametrize("group", ["service_user", "peer_worker", "staff", "manager", "board"])
def test_nobody_reads_a_code_where_an_answer_stands(store: Store, group: str) -> None:
    token = begun(store, opened(store, groups=(group_plan(group, 12),)), group)
    draft = draft_of(store, token)
    answer_all(store, draft)
    parts = given_parts(draft)
    codes = {choice.code for asked in draft.questions.values() for choice in asked.answers}
    said = [line for part in parts for one in part.answers for line in one.said]
    assert len(said) >= len([q for q in draft.questions.values() if q.choices])
    assert not codes & {code for line in said for code in (line, line.rpartition(": ")[2])}
