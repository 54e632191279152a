"""The load test measures what it says: a few people, for two seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import sqlalchemy as sa

from assessment.store import open_store
from assessment.store.tables import draft_answer
from tests.performance.load.__main__ import HEADS, figures, told
from tests.performance.load.measures import Log, milliseconds, table
from tests.performance.load.respondents import LightRespondent
from tests.performance.load.run import Outcome, Plan, compare, run
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of
from tests.support.running_app import running_app


def test_answers_in_both_forms_are_confirmed_measured_and_found_again(tmp_path: Path) -> None:
    plan = Plan({"light": 3, "full": 2}, ramp=0.2, steady=2, every=0.25, turns=True, before=4)
    command = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.port")
    with running_app(tmp_path, command=command) as app:
        outcome = run(app, plan)
    assert (outcome.failed, outcome.lost) == ([], [])
    for form, people in plan.people.items():
        assert len(outcome.logs[form].arrivals) == people
        assert len(outcome.logs[form].answers["steady"]) >= people
    assert outcome.checked >= sum(plan.people.values())
    assert plan.with_codes == 4 and outcome.used["half gone"].memory > 50e6
    rows = [dict(zip(HEADS, row, strict=True)) for row in figures(outcome)]
    assert [row[""] for row in rows] == [
        "light, ramp",
        "full, ramp",
        "light, steady",
        "full, steady",
    ]
    assert all(float(row["CPU ms"]) > 0 and float(row["memory MB"]) > 50 for row in rows[2:])
    assert f"lost 0 of {outcome.checked} answers; not confirmed 0" in list(told(outcome))


def test_an_answer_that_was_confirmed_and_is_not_there_is_lost(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    record = opened(store)
    one = LightRespondent("http://nowhere", "", Log())
    one._line.cookies["session"] = token = begun(store, record)
    question, other = draft_of(store, token).pages[0].questions[:2]
    one.confirmed = {question.item.id: question.choices[0].code, other.item.id: "never"}
    one.unsure = {other.item.id: other.choices[0].code}
    with store.write() as work:
        draft = draft_of(store, token)
        # Sent, kept, and never confirmed.
        work.drafts.put(draft.id, draft.key, one.confirmed | one.unsure)
        work.commit()
    outcome = Outcome()
    compare(store, record, [one], outcome)
    assert (outcome.checked, outcome.lost) == (2, [])
    with store.engine.begin() as connection:
        connection.execute(sa.delete(draft_answer))
    compare(store, record, [one], outcome)
    assert len(outcome.lost) == 2
    store.close()


def test_shares_of_a_hundred_and_the_table_are_as_counted_by_hand() -> None:
    assert milliseconds(n / 1000 for n in range(101)) == [50, 95, 99]
    assert table(("", "p50"), [("light", "7"), ("full", "12")]) == (
        "       p50\nlight    7\nfull    12"
    )
