"""The dashboard under the app tester: what it says, in which order, and for whose answers."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

import pandas as pd
import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from assessment.exchange.answer_workbook.writing import template
from assessment.render.result_json import result_json
from assessment.report.build import build_report
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.screens.results.explained import domains_explained
from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from questionnaires.library import load
from tests.support.actions import EVERYTHING
from tests.support.organisations import evaluated
from tests.support.reports import group, reported
from tests.support.screens import screen, words

#: What a manager comes for, in the order of the page on a narrow screen.
QUESTIONS = (
    "What may we start?",
    "What holds us back?",
    "Who sees it differently?",
    "What comes first?",
    "How do we get from here to what we hope for?",
    "What do the other offers wait for?",
    "What does each kind of peer work ask for on top?",
    "What do the scores say?",
    "Where exactly?",
    "How does each group see it?",
    "What did people answer?",
    "How much say do people have?",
    "Where do we draw the line?",
    "How do we hear peer workers?",
    "What do we do first, and who?",
    "What else would help?",
    "What worries people, and what answers it?",
    "What did the working group decide?",
    "Who answered?",
    "What should we keep in mind?",
    "For the careful",
    "What can I take away?",
)


def opened(name: str) -> AppTest:
    st.cache_resource.clear()
    return screen(name)


@pytest.fixture(scope="module")
def demo() -> AppTest:
    return opened("demonstration")


def test_the_demonstration_is_labelled_as_invented(demo: AppTest) -> None:
    assert not demo.exception
    assert "Demonstration: Harbour House is invented." in words(demo)
    assert '<a href="/set-up" target="_self">Start your own</a>' in words(demo)


def test_the_headline_says_what_may_begin_and_what_not_yet(demo: AppTest) -> None:
    text = words(demo)
    assert "Ready to start with peer workers welcoming people in-house, alongside staff." in text
    assert "Not yet ready for one-to-one work." in text
    assert text.count("<h1") == 1


def test_every_block_names_its_question(demo: AppTest) -> None:
    text = words(demo)
    assert [question for question in QUESTIONS if question not in text] == []


def test_headings_leave_no_level_out(demo: AppTest) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", words(demo))]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1


def test_the_contents_lead_to_what_is_on_the_page(demo: AppTest) -> None:
    text = words(demo)
    links = re.findall(r'href="#([\w-]+)"', text)
    assert len(links) > 8
    assert [link for link in links if f'id="{link}"' not in text] == []


def test_every_figure_has_words_and_no_id_stands_twice(demo: AppTest) -> None:
    charts = re.findall(r'<div class="pw-points[^"]*" role="img" aria-label="([^"]*)"', words(demo))
    assert len(charts) == 4 and all(charts)
    ids = re.findall(r' id="([\w-]+)"', words(demo))
    assert len(ids) == len(set(ids))


def test_the_small_group_is_hidden_and_named(demo: AppTest) -> None:
    assert "Not shown: peer workers" in words(demo)
    assert "not shown: fewer than 5 replies" in words(demo)


def test_every_number_opens_into_its_explanation() -> None:
    """Those of the domains stand on the page; a dimension's comes with the choice of it."""
    app = opened("demonstration")
    demo = demonstration(load())
    profile = evaluate(demo.table, demo.context, name="demonstration").profile
    library = profile.evidence.library

    def opens(title: str, score: int) -> bool:
        return bool(re.search(rf"<summary>.{{0,120}}{title}: [^<]*{score}", words(app)))

    for name, result_ in profile.domains.items():
        if result_.score is not None:
            assert opens(library.domains[name].title, result_.score), name
    for name, result_ in profile.dimensions.items():
        if result_.score is not None:
            app.selectbox[0].set_value(name).run()
            assert opens(library.dimensions[name].title, result_.score), name
            assert not app.exception


def test_choosing_a_dimension_and_a_group_shows_their_answers() -> None:
    app = opened("demonstration")
    box = app.selectbox[0]
    assert box.value == "shared_decisions"  # the largest gap between groups
    box.set_value("appetite").run()
    app.selectbox[1].set_value("staff").run()
    assert not app.exception
    html = next(
        body
        for body in (str(element.proto.body) for element in app.get("html"))
        if "pw-spread-row" in body and "Appetite" in body
    )
    html = html.split('<span class="pw-mark"')[0]  # the explanation below names every group
    assert "of staff say" in html
    assert "Staff" in html and "Managers" not in html


def test_the_same_numbers_can_be_taken_away() -> None:
    demo = demonstration(load())
    report = build_report(evaluate(demo.table, demo.context, name="demonstration"))
    dashboard = Dashboard(report)
    assert json.loads(dashboard.json()) == json.loads(
        json.dumps(result_json(report.result, report.round))
    )
    book = load_workbook(io.BytesIO(dashboard.workbook()))
    assert "Profile" in book.sheetnames


# -- a file of answers ---------------------------------------------------------------------------


def answers() -> bytes:
    return demonstration(load()).table.to_csv(index=False).encode()


def give(app: AppTest, place: int, name: str, content: bytes, kind: str) -> AppTest:
    app.get("file_uploader")[place].upload(name, content, kind).run()
    return app


def test_a_file_of_answers_is_reported_in_the_same_way() -> None:
    app = give(opened("score_file"), 0, "answers.csv", answers(), "text/csv")
    assert not app.exception
    assert "Ready to start with peer workers welcoming people in-house" in words(app)
    assert "Demonstration:" not in words(app)
    assert words(app).count("<h1") == 1


def test_a_file_with_a_mistake_says_where_and_what_is_allowed() -> None:
    content = (
        b"respondent,group,questionnaire,item,value\n"
        b"a,staff,coproduction-principles,valued_input.listened_to,offen\n"
    )
    app = give(opened("score_file"), 0, "answers.csv", content, "text/csv")
    assert not app.exception
    assert "Nothing was stored or changed" in words(app)
    assert "answers.csv, line 2" in words(app) and "often" in words(app)
    assert 'role="alert"' in words(app)


def test_how_a_file_was_read_and_what_of_it_does_not_count_is_said() -> None:
    table = demonstration(load()).table
    staff = table[table["group"] == "staff"]
    bad = staff.iloc[[0]].assign(respondent="new", value="offen")
    content = pd.concat([table, bad]).to_csv(index=False, sep=";").encode("utf-16")
    app = give(opened("score_file"), 0, "answers.csv", content, "text/csv")
    assert not app.exception
    assert "Read as semicolons, UTF-16." in words(app)
    assert f"Left out: 1 of {len(table) + 1} answers. Everything else counts." in words(app)
    assert f"answers.csv, line {len(table) + 2}: value:" in words(app)
    assert "Ready to start with peer workers welcoming people in-house" in words(app)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("survey.csv", "no line names the columns that are needed"),
        ("survey.xlsx", "no row names the columns"),
    ],
)
def test_columns_that_nobody_knows_are_chosen_by_hand(name: str, said: str) -> None:
    item = load().items["valued_input.listened_to"]
    question = next(iter(item.text.variants().values()))
    rows = [("2024", str(n), "Staff", "Often") for n in range(6)]
    survey, out = pd.DataFrame(rows, columns=["When", "Who", "Role", question]), io.BytesIO()
    (survey.to_csv if name.endswith("csv") else survey.to_excel)(out, index=False)
    app = give(opened("score_file"), 0, name, out.getvalue(), "application/octet-stream")
    assert not app.exception
    assert said in words(app)
    boxes = {box.label.partition(" (such as")[0]: box for box in app.selectbox}
    assert boxes[question].value == item.id
    boxes["Who answered"].set_value("Who")
    boxes["Their group"].set_value("Role")
    (read,) = (button for button in app.button if button.label == "Read the file like this")
    read.click().run()
    assert not app.exception
    assert "Read as one row a person, with 1 question." in words(app)
    assert "Left out 1 column: &#39;When&#39;." in words(app)
    assert "Staff" in words(app)


def test_a_workbook_that_is_none_is_refused_in_words() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    app = give(opened("score_file"), 0, "staff.xlsx", b"not a workbook", kind)
    assert not app.exception
    assert "staff.xlsx" in words(app) and "Nothing was stored or changed" in words(app)


def test_what_is_not_read_in_workbooks_is_named_above_the_results() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = load_workbook(io.BytesIO(template(load(), "staff")))
    sheet = book["How we work together here"]
    sheet["C5"].value, sheet["D5"].value = "Often", "It depends"
    out = io.BytesIO()
    book.save(out)
    app = give(opened("score_file"), 0, "staff.xlsx", out.getvalue(), kind)
    assert not app.exception
    assert "How the file was read" in words(app)
    assert "cell D5: something is written here beside the answers, and is not read" in words(app)


def test_names_from_outside_are_never_markup() -> None:
    bad = b"organisation: <script>alert(1)</script>"
    app = give(opened("score_file"), 1, "context.yaml", bad, "text/yaml")
    app = give(app, 0, "answers.csv", answers(), "text/csv")
    assert "&lt;script&gt;alert" in words(app) and "<script>alert" not in words(app)


def test_the_numbers_of_a_quick_look_open_though_it_has_none_overall() -> None:
    staff = {"people": 6, "by_kind": {"frequency": "often"}}
    text = domains_explained(evaluated({"groups": {"staff": staff}, "context": {"form": "quick"}}))
    assert "Co-production principles: 75 of 100" in text
    assert "Overall" not in text
    assert domains_explained(evaluated({"groups": {}})) == ""


def test_on_paper_each_thing_that_holds_us_back_stands_once() -> None:
    agreed = EVERYTHING | {"supervision.debriefing": "planned", "policies.insurance": "partly"}
    groups = {"service_user": group(), "staff": group()}
    _, report = reported({"agreed": agreed, "groups": groups})
    page = str(Dashboard(report).drawn.before_answers)
    on_paper = page[page.index('<div class="pw-on-paper">') :]
    again = on_paper[: on_paper.index("</div>")]
    assert "Of what every start needs, two things are not in place" in again
    assert "see “What holds us back?” below" in again
    for gate in ("Insurance confirmed", "A talk after each session or shift"):
        assert gate not in again
        assert gate in on_paper
