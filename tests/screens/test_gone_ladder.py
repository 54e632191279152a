"""Screens of an assessment whose participation ladder is there no more."""

from __future__ import annotations

import pytest
from streamlit.runtime.context import ContextProxy

from assessment.services.respondents.answering import hand_in
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from tests.support.assessments import opened, without_its_ladder
from tests.support.publishing import published
from tests.support.respondents import answer_all, begun, draft_of, entered
from tests.support.screens import screen, words


@pytest.fixture
def record(store: Store) -> AssessmentRecord:
    """Five of staff have handed in."""
    record = opened(store)
    for _ in range(5):
        token = begun(store, record)
        answer_all(store, draft_of(store, token))
        assert hand_in(store, token)
    return without_its_ladder(store, record)


def test_results_are_shown_and_say_what_is_not_counted(
    store: Store, record: AssessmentRecord
) -> None:
    page = screen("results", assessment=published(store, record).id)
    assert not page.exception
    text = words(page)
    assert "“twelve_step”, is not part of this tool any more" in text
    assert "What do the scores say?" in text
    assert "How much say do people have?" not in text


def test_whoever_answers_and_whoever_runs_it_can_go_on(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = screen("overview", assessment=record.id)
    assert not overview.exception and "5 of about 12 handed in" in words(overview)
    team = entered(store, record.working_group.code)
    monkeypatch.setattr(ContextProxy, "cookies", {"team": team.token})
    together = screen("working_group")
    assert not together.exception and "187 questions in 9 sittings" in words(together)
