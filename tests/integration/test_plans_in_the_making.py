"""Plans in the making, on both databases: kept field by field, opened once, deleted for good."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from assessment.services.access.codes import new_id
from assessment.services.content import loaded
from assessment.services.rounds.plan import open_assessment
from assessment.services.rounds.plans_in_the_making import (
    LARGEST,
    PlanGoneError,
    PlanTooLargeError,
    delete,
    going_on_from,
    keep,
    plans,
    typed_in,
)
from assessment.store import Store, open_store
from tests.support.assessments import plan

DAY, LATER = date(2026, 3, 3), date(2026, 3, 4)


def begun(store: Store, name: str = "", **typed: object) -> str:
    name = name or new_id()
    keep(store, name, typed, begin=True, today=DAY)
    return name


def rows(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.execute(sa.text('select count(*) from "plan"')).scalar_one()


def test_what_was_typed_comes_back_as_it_was(store: Store, url: str) -> None:
    typed = {
        "organisation": "Beacon <b>Street</b> ",
        "head_count-staff": "about 12",
        "asks-staff": True,
        "members_paid": False,
        "own": [1, 3],
        "opens_on": DAY,
        "own_title-3": 'x\x00y "é" \ud800',
    }
    name = begun(store, **typed)
    store.close()
    again = open_store(url)
    assert typed_in(again, name) == typed
    again.close()


def test_of_two_windows_each_changes_what_was_changed_in_it(store: Store) -> None:
    name = begun(store, organisation="Willow", title="One", setting="x")
    keep(store, name, {"organisation": "Willow Street"}, begin=False, today=DAY)
    keep(store, name, {"title": "Two"}, ["setting"], begin=False, today=LATER)
    assert typed_in(store, name) == {"organisation": "Willow Street", "title": "Two"}
    keep(store, name, {"title": "Three"}, begin=False, today=LATER)
    assert typed_in(store, name) == {"organisation": "Willow Street", "title": "Three"}
    assert rows(store) == 1


def test_two_windows_at_once_lose_no_field_and_make_one_plan(store: Store) -> None:
    name, together = new_id(), Barrier(2)

    def window(number: int) -> None:
        together.wait()
        for at in range(10):
            keep(store, name, {f"f{number}-{at}": at}, begin=True, today=DAY)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(window, range(2)))
    assert typed_in(store, name) == {f"f{n}-{at}": at for n in range(2) for at in range(10)}
    assert rows(store) == 1


def test_the_list_names_plans_as_they_were_typed_the_last_change_first(store: Store) -> None:
    first = begun(store, organisation=" Willow ", title="Autumn")
    second = begun(store)
    keep(store, second, {"members": "3"}, begin=False, today=LATER)
    assert [(p.id, p.organisation, p.title, p.changed_on) for p in plans(store)] == [
        (second, "", "", LATER),
        (first, "Willow", "Autumn", DAY),
    ]


def test_a_plan_that_was_deleted_takes_nothing_more(store: Store) -> None:
    name = begun(store, title="Autumn")
    delete(store, name)
    delete(store, name)
    with pytest.raises(PlanGoneError):
        keep(store, name, {"title": "Winter"}, begin=False, today=DAY)
    assert typed_in(store, name) is None
    assert rows(store) == 0


def test_opening_deletes_the_plan_with_the_same_commit_and_happens_once(store: Store) -> None:
    name, other, together = begun(store, title="Autumn"), begun(store), Barrier(2)

    def window(_: int) -> str:
        together.wait()
        return open_assessment(store, loaded.library(), plan(), name)

    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(window, range(2))) == {name}
    with store.read() as work:
        assert [record.id for record in work.assessments.all()] == [name]
    assert [p.id for p in plans(store)] == [other]
    # A window that still shows the plan brings it back to nothing.
    for begin in (True, False):
        with pytest.raises(PlanGoneError):
            keep(store, name, {"title": "Winter"}, begin=begin, today=DAY)
    assert rows(store) == 1


def test_a_plan_that_could_not_be_opened_is_still_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = begun(store, title="Autumn")

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("assessment.store.assessments.Assessments.add", fail)
    with pytest.raises(ZeroDivisionError):
        open_assessment(store, loaded.library(), plan(), name)
    assert typed_in(store, name) == {"title": "Autumn"}


def test_more_than_a_plan_can_hold_is_refused_and_what_was_kept_stays(store: Store) -> None:
    name = begun(store, title="Autumn")
    with pytest.raises(PlanTooLargeError):
        keep(store, name, {"title": "x" * LARGEST}, begin=False, today=DAY)
    assert typed_in(store, name) == {"title": "Autumn"}


def test_the_plan_that_deepens_a_quick_look_is_found_again(store: Store) -> None:
    assert going_on_from(store, "q1") is None
    name = begun(store, follows="q1")
    begun(store, title="Another")
    assert going_on_from(store, "q1") == name


VALUES = st.one_of(
    st.text(max_size=30), st.booleans(), st.integers(0, 10**6), st.dates(), st.lists(st.integers())
)


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    """A store for all examples of a search: each has a plan of its own."""
    opening = open_store("sqlite://")
    yield opening
    opening.close()


@given(
    changes=st.lists(st.tuples(st.sampled_from("abcd"), st.one_of(VALUES, st.none())), max_size=12)
)
def test_whatever_is_typed_the_last_of_each_field_stands(
    one_store: Store, changes: list[tuple[str, object]]
) -> None:
    store, expected = one_store, {}
    name = begun(store)
    for field, value in changes:
        changed = {} if value is None else {field: value}
        keep(store, name, changed, [] if changed else [field], begin=False, today=DAY)
        expected |= changed
        if not changed:
            expected.pop(field, None)
    assert typed_in(store, name) == expected
