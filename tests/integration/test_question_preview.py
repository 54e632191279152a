"""What coordinators read of the questions is what people are asked, in their words."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.services.content import loaded
from assessment.services.content.question_pages import Page
from assessment.services.rounds.plan import with_those_typed
from assessment.services.rounds.question_preview import (
    preview_of_round,
    previews_of_plan,
    titles,
)
from assessment.services.working_group.sittings import sittings
from assessment.store import Store
from questionnaires.model import WORKING_GROUP
from questionnaires.own_questions import OwnQuestion
from tests.support.assessments import group_plan, opened, plan
from tests.support.respondents import begun, draft_of
from tests.support.working_group import round_of

GROUPS = ("service_user", "peer_worker", "staff", "manager", "board")
OWN = OwnQuestion(text="Do you feel safe here at night?", kind="yes_no", asked=("service_user",))


def words(pages: tuple[Page, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (question.text, tuple(choice.label for choice in question.answers))
        for page in pages
        for question in page.questions
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_is_asked_what_was_read_before(store: Store, group: str) -> None:
    record = opened(store, groups=tuple(group_plan(name) for name in GROUPS), own_questions=(OWN,))
    preview = preview_of_round(store, record, group)
    draft = draft_of(store, begun(store, record, group))
    assert words(preview.pages) == words(draft.pages)
    assert (preview.questions, preview.texts) == draft.asked.counted
    assert (OWN.text in dict(words(preview.pages))) == (group == "service_user")


def test_the_working_group_is_asked_what_was_read_before(store: Store) -> None:
    record = opened(store)
    preview = preview_of_round(store, record, WORKING_GROUP)
    together = [
        question.item.id
        for sitting in sittings(round_of(store, record))
        for question in sitting.questions
    ]
    read = [question.item.id for page in preview.pages for question in page.questions]
    assert sorted(read) == sorted(together)


def test_what_hangs_on_the_working_group_says_so_until_it_has_answered(store: Store) -> None:
    record = opened(store, groups=(group_plan("service_user"), group_plan("staff")))
    assert preview_of_round(store, record, "staff").waits
    with store.write() as work:
        for fact in ("fit.already_running", "fit.organisation_experience"):
            work.agreed.put(record.id, fact, "none", "", after=0, on=date(2026, 1, 2))
        work.commit()
    assert not preview_of_round(store, record, "staff").waits


def test_a_plan_is_read_as_the_round_asks_it_once_it_is_open(store: Store) -> None:
    planned = plan(groups=tuple(group_plan(name) for name in GROUPS), own_questions=(OWN,))
    library, values = with_those_typed(loaded.library(planned.ladder), planned.model_dump())
    record = opened(store, groups=planned.groups, own_questions=(OWN,))
    before = {preview.title: preview for preview in previews_of_plan(library, values)}
    assert set(before) == set(titles(record).values())
    for name, title in titles(record).items():
        after = preview_of_round(store, record, name)
        if name in ("service_user", "peer_worker"):  # what others are asked hangs on facts
            assert words(before[title].pages) == words(after.pages)
            assert before[title].minutes == after.minutes
