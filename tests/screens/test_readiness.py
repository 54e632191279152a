"""The first screen under the app tester: what it says, and that it says it calmly."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessment.services.demo import demonstration
from questionnaires.library import load

MAIN = Path(__file__).parents[2] / "assessment" / "main.py"


@pytest.fixture
def app() -> AppTest:
    st.cache_resource.clear()
    return AppTest.from_file(str(MAIN), default_timeout=30).run()


def words(app: AppTest) -> str:
    """All text of ours on the page."""
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_demonstration_is_labelled_as_invented(app: AppTest) -> None:
    assert not app.exception
    assert "Demonstration." in words(app) and "invented" in words(app)


def test_the_headline_says_what_may_begin_and_what_not_yet(app: AppTest) -> None:
    assert "Ready to start with peers welcoming people in-house" in words(app)
    assert "Not yet ready for one-to-one work" in words(app)


def test_every_block_names_its_question(app: AppTest) -> None:
    for question in (
        "What may we start?",
        "What comes next?",
        "What holds us back?",
        "Where do we see it differently?",
        "Where exactly?",
        "What blocks the rest?",
        "What must be there first?",
        "What should we keep in mind?",
    ):
        assert question in words(app)


def test_the_small_group_is_not_shown(app: AppTest) -> None:
    assert "Not shown: peer workers" in words(app)


def test_a_file_of_answers_is_told_in_the_same_way(app: AppTest) -> None:
    made = demonstration(load())
    app.radio[0].set_value("A file of answers").run()
    content = made.table.to_csv(index=False).encode()
    app.get("file_uploader")[0].upload("answers.csv", content, "text/csv").run()
    assert not app.exception
    assert "This organisation" in words(app)
    assert "Ready to start with peers welcoming people in-house" in words(app)
    assert "Demonstration." not in words(app)


def test_a_file_with_a_mistake_says_where_and_what_is_allowed(app: AppTest) -> None:
    app.radio[0].set_value("A file of answers").run()
    content = (
        b"respondent,group,questionnaire,item,value\n"
        b"a,staff,coproduction-principles,valued_input.listened_to,offen\n"
    )
    app.get("file_uploader")[0].upload("answers.csv", content, "text/csv").run()
    assert not app.exception
    assert "Nothing was stored or changed" in words(app)
    assert "answers.csv, line 2" in words(app)
    assert "often" in words(app)


def test_names_from_outside_are_never_markup(app: AppTest) -> None:
    made = demonstration(load())
    app.radio[0].set_value("A file of answers").run()
    app.get("file_uploader")[1].upload(
        "context.yaml", b"organisation: <script>alert(1)</script>", "text/yaml"
    )
    app.get("file_uploader")[0].upload(
        "answers.csv", made.table.to_csv(index=False).encode(), "text/csv"
    ).run()
    assert "&lt;script&gt;alert" in words(app) and "<script>alert" not in words(app)
