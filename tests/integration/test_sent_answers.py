"""Answers that the light form sends one by one, on both databases: kept before they are confirmed,
and judged by what is asked at that very moment."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from assessment.services.access import sessions
from assessment.services.content import loaded
from assessment.services.respondents import asked as asked_module
from assessment.services.respondents.answering import CLOSED, NOT_ASKED, hand_in
from assessment.services.respondents.asked import asked_of
from assessment.services.respondents.sent_answers import SentAnswer, save_sent
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import assessment
from tests.integration.test_two_at_once import TIMES, handed_in, together
from tests.support import loops
from tests.support.assessments import opened
from tests.support.organisations import with_own_words
from tests.support.respondents import begun, draft_of
from tests.support.working_group import know


def give(store: Store, token: str, item: str, value: str) -> str:
    """What is said of an answer to a question; nothing where it is stored."""
    sent = loops.run(save_sent(store, token, item, {"question": [item], item: [value]}))
    assert sent is not None
    return sent.problem


def first(store: Store, token: str) -> tuple[str, str, str]:
    """The first question, and its first two answers."""
    question = draft_of(store, token).pages[0].questions[0]
    return question.item.id, question.choices[0].code, question.choices[1].code


def test_an_answer_is_stored_changed_and_taken_back(store: Store, record: AssessmentRecord) -> None:
    token = begun(store, record)
    item, one, other = first(store, token)
    for value in (one, other):
        assert give(store, token, item, value) == ""
        assert draft_of(store, token).saved == {item: value}
    assert give(store, token, item, "") == ""
    assert draft_of(store, token).saved == {}


def test_what_the_question_does_not_offer_or_nobody_asks_is_refused(
    store: Store, record: AssessmentRecord
) -> None:
    token = begun(store, record)
    item, one, _ = first(store, token)
    assert "not one of those" in give(store, token, item, "perhaps")
    for name in ("fit.needs", "no.such", ""):
        assert give(store, token, name, one) == NOT_ASKED
    assert draft_of(store, token).saved == {}


def test_a_session_that_was_left_or_handed_in_writes_nothing(
    store: Store, record: AssessmentRecord
) -> None:
    token, other = begun(store, record), begun(store, record)
    item, one, _ = first(store, token)
    assert give(store, token, item, one) == ""
    assert hand_in(store, token)
    sessions.leave(store, other)
    for gone in (token, other, "", "nobody’s"):
        assert loops.run(save_sent(store, gone, item, {item: [one]})) is None
    assert len(handed_in(store, record)) == 1


@pytest.mark.parametrize(
    "days", [{"closes_on": date.today() - timedelta(days=3)}, {"opens_on": date(2999, 1, 1)}]
)
def test_a_round_that_is_not_open_any_more_takes_nothing_at_once(
    store: Store, record: AssessmentRecord, days: dict[str, date]
) -> None:
    token = begun(store, record)
    item, one, other = first(store, token)
    assert give(store, token, item, one) == ""
    draft = draft_of(store, token)
    with store.engine.begin() as connection:
        connection.execute(sa.update(assessment).values(**days))
    assert give(store, token, item, other) == CLOSED
    with store.read() as work:
        assert work.drafts.answers(draft.id, draft.key) == {item: one}


def test_what_the_working_group_changes_is_seen_by_the_very_next_answer(
    store: Store, record: AssessmentRecord
) -> None:
    token = begun(store, record)
    item, one, other = first(store, token)
    assert give(store, token, item, one) == ""
    before = set(asked_of(store, record, "staff").questions)
    # Staff are asked what they see at work once peer work is known to run.
    know(store, record, organisation_experience="running")
    seen = asked_of(store, record, "staff")
    more = sorted(set(seen.questions) - before)
    assert more
    code = seen.questions[more[0]].choices[0].code
    assert give(store, token, more[0], code) == ""
    know(store, record, organisation_experience="none")
    assert give(store, token, more[0], code) == NOT_ASKED
    assert give(store, token, item, other) == ""
    know(store, record, organisation_experience="running")
    assert give(store, token, more[0], "") == ""


def test_other_questions_in_the_same_process_are_seen_at_once(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = begun(store, record, "service_user")
    assert give(store, token, "words.anything", "Tea") == NOT_ASKED
    changed = with_own_words()
    monkeypatch.setattr(loaded, "library", lambda ladder=None: changed)
    wider = opened(store)
    other = begun(store, wider, "service_user")
    assert give(store, other, "words.anything", "Tea") == ""


def test_questions_are_put_together_once_as_long_as_nothing_changes(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    make = asked_module._made
    monkeypatch.setattr(asked_module, "_made", lambda *of: made.append(of) or make(*of))
    token, other = begun(store, record), begun(store, record)
    item, one, two = first(store, token)
    for who, value in ((token, one), (other, one), (token, two)):
        assert give(store, who, item, value) == ""
    assert len(made) == 1


def test_a_line_of_a_list_keeps_what_has_no_box_as_long_as_nothing_is_ticked(
    store: Store, record: AssessmentRecord
) -> None:
    token = begun(store, record)
    draft = draft_of(store, token)
    answer = next(a for page in draft.pages for a in page.answers if a[0].item.kind == "concern")
    head, line = answer[0].item.id, answer[1]
    least, ticked = line.choices[0].code, line.choices[1].code
    sent = loops.run(save_sent(store, token, head, {line.item.id: [ticked]}))
    assert sent is not None and sent.problem == ""
    stored = draft_of(store, token).saved
    assert stored[line.item.id] == ticked and stored[head] == least
    assert len(stored) == len(answer)
    sent = loops.run(save_sent(store, token, head, {}))
    assert sent is not None and draft_of(store, token).saved == {}
    sent = loops.run(
        save_sent(store, token, head, {line.item.id: [ticked], f"{head}:nothing": ["yes"]})
    )
    assert sent is not None and "None of these" in sent.problem


def test_an_answer_confirmed_in_the_moment_of_handing_in_is_in_what_is_handed_in(
    store: Store, record: AssessmentRecord
) -> None:
    seen: set[str] = set()
    for _ in range(TIMES):
        token = begun(store, record)
        one, two = draft_of(store, token).pages[0].questions[:2]
        assert give(store, token, one.item.id, one.choices[0].code) == ""
        late = {two.item.id: [two.choices[0].code]}
        confirmed, _ = together(
            lambda: loops.run(save_sent(store, token, two.item.id, late)),  # noqa: B023
            lambda: hand_in(store, token),  # noqa: B023
        )
        rows = [row for row in handed_in(store, record) if row[0] not in seen]
        seen |= {name for name, _ in rows}
        items = [one.item.id, two.item.id] if confirmed else [one.item.id]
        assert sorted(item for _, item in rows) == sorted(items)


def test_many_who_answer_at_once_are_all_kept(store: Store, record: AssessmentRecord) -> None:
    tokens = [begun(store, record) for _ in range(40)]
    item, *values = first(store, tokens[0])

    async def answer_all() -> list[SentAnswer | None]:
        return await asyncio.gather(
            *(
                save_sent(store, token, item, {item: [values[at % 2]]})
                for at, token in enumerate(tokens)
            )
        )

    told = loops.run(answer_all())
    assert [one and one.problem for one in told] == [""] * len(tokens)
    for at, token in enumerate(tokens):
        assert draft_of(store, token).saved == {item: values[at % 2]}
