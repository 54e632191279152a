"""The overview and the results of a round whose questions are no longer those of new rounds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import streamlit as st

from assessment.services.content import loaded
from assessment.store import Store
from questionnaires.phrases import day
from tests.support.assessments import opened
from tests.support.content_files import change, copied_content, install
from tests.support.publishing import published
from tests.support.screens import screen, words

OTHERS = (
    f"This round asks the questions as they were on {day(date.today())}; the content has changed "
    "since. New rounds use the new content."
)
SCREENS = ("overview",)


@pytest.fixture
def name(store: Store) -> str:
    """A round with something to show."""
    found = opened(store).id
    with store.write() as work:
        work.agreed.put(found, "fit.pay", "paid", "", after=0, on=date.today())
        work.agreed.put(found, "supervision.cover", "partly", "", after=0, on=date.today())
        work.commit()
    return found


def test_nothing_is_said_of_content_that_is_still_the_same(name: str) -> None:
    for page in SCREENS:
        assert "New rounds use the new content" not in words(screen(page, assessment=name))


def test_that_new_rounds_ask_something_else_is_said_with_the_day(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = copied_content(tmp_path / "later")
    change(content.reference / "groups.yaml", 'title: "Staff"', 'title: "Employees"')
    install(content, monkeypatch)
    for page in SCREENS:
        assert OTHERS in words(screen(page, assessment=name))


def test_what_cannot_be_read_is_said_with_what_to_do_and_never_an_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = copied_content(tmp_path / "later")
    change(content.reference / "groups.yaml", 'title: "Staff"', 'title: "Employees"')
    install(content, monkeypatch)
    monkeypatch.setattr(loaded, "_earlier", type(loaded._earlier)())
    monkeypatch.setattr(loaded, "_read", lambda *_: {}["what a model needs now"])
    for page in SCREENS:
        app = screen(page, assessment=name)
        assert not app.exception
        said = words(app)
        assert "open a copy of the database with the version of the tool" in said
        assert OTHERS not in said


def test_results_stand_as_they_were_published_whatever_can_be_read_now(
    store: Store, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.read() as work:
        record = work.assessments.get(name)
    assert record is not None
    published(store, record)
    before = words(screen("results", assessment=name))
    assert "What can I take away?" in before
    content = copied_content(tmp_path / "later")
    change(content.reference / "groups.yaml", 'title: "Staff"', 'title: "Employees"')
    install(content, monkeypatch)
    monkeypatch.setattr(loaded, "_earlier", type(loaded._earlier)())
    monkeypatch.setattr(loaded, "_read", lambda *_: {}["what a model needs now"])
    st.cache_resource.clear()
    assert words(screen("results", assessment=name)) == before
