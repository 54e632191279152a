"""Questions that are others than those that were answered, as where a round's snapshot cannot be
read, or agreed answers come along from an older round: that is never an error. What does not fit is
left out, with a flag beside the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.report.build import build_report
from assessment.report.wording.flags import flag_in_words
from assessment.services.content import loaded
from assessment.services.respondents import answering
from assessment.services.respondents.answering import hand_in, save
from assessment.services.results import round_results
from assessment.services.working_group.agreed_answers import agreed, as_asked_now, change
from assessment.services.working_group.verdict import verdict
from assessment.store import Store, open_store
from assessment.store.records import NO_ANSWER, AssessmentRecord
from questionnaires.library import Library, load
from questionnaires.model import WORKING_GROUP
from scoring.answers.fitting import fitting
from scoring.answers.validation import check
from scoring.result import Result
from tests.support.assessments import group_plan, opened
from tests.support.databases import new_file
from tests.support.organisations import answers_table, library
from tests.support.respondents import begun, draft_of
from tests.support.working_group import round_of

PACK = """\
id: own-bicycles
version: 1
title: Bicycles
description: Whether peer workers can get about.
groups: [working_group, staff, manager]
domains:
  - {id: getting_about, title: Getting about, description: How peer workers travel.}
dimensions:
  - {id: bicycles, domain: getting_about, title: Bicycles, description: Bicycles to lend.}
scales:
  - id: bicycle_steps
    options:
      - {code: none_yet, label: None yet, score: 0}
      - {code: some, label: Some, score: 50}
      - {code: for_all, label: For everybody, score: 100}
sections:
  - id: lending
    title: Lending
    items:
      - id: bicycles.lent
        kind: frequency
        dimension: bicycles
        groups: [staff, manager]
        text: Bicycles are lent here.
        offers: [dont_know]
        source: [{document: doing-peer-work, section: "2.3", lines: "414"}]
      - id: bicycles.mended
        kind: practice
        dimension: bicycles
        groups: [working_group]
        scale: bicycle_steps
        text: Somebody mends the bicycles.
        steps: {none_yet: Nobody does., some: Sometimes., for_all: A named person does.}
        offers: [dont_know]
        source: [{document: doing-peer-work, section: "2.3", lines: "414"}]
      - id: bicycles.owned
        kind: number
        groups: [working_group]
        minimum: 0
        maximum: 400
        text: How many bicycles are there?
        offers: [dont_know]
        source: [{document: doing-peer-work, section: "2.3", lines: "414"}]
"""

Use = Callable[[str], None]


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Ask the built-in questions and a questionnaire of one's own, as it now stands."""

    def use(pack: str) -> None:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        (folder / "own-bicycles.yaml").write_text(pack, encoding="utf-8")
        asked = load([folder])
        monkeypatch.setattr(loaded, "library", lambda ladder=None: asked)

    use(PACK)
    return use


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opening = open_store(new_file(tmp_path / "store.sqlite"))
    yield opening
    opening.close()


def changed(old: str, new: str) -> str:
    assert old in PACK
    return PACK.replace(old, new)


#: Lending, asked as a choice of other words.
OTHER_KIND = changed("kind: frequency\n", "kind: agreement\n")
WITHOUT_LENT = (
    PACK[: PACK.index("      - id: bicycles.lent")]
    + PACK[PACK.index("      - id: bicycles.mended") :]
)


def answered(store: Store, people: int, heads: int = 12) -> AssessmentRecord:
    """A round in which staff have said "often" about lending and nothing else, and the working
    group has agreed on mending and counted the bicycles."""
    groups = (group_plan("staff", heads), group_plan("manager"))
    record = opened(store, groups=groups)
    for _ in range(people):
        token = begun(store, record)
        draft = draft_of(store, token)
        others = [q for q in draft.questions.values() if q.item.kind == "frequency"][:3]
        save(store, draft, {q.item.id: q.choices[-2].code for q in others})
        save(store, draft, {"bicycles.lent": "often"})
        assert hand_in(store, token)
    round_ = round_of(store, record)
    change(store, round_, "bicycles.mended", seen=NO_ANSWER, value="some", note="Robin does")
    change(store, round_, "bicycles.owned", seen=NO_ANSWER, value="300")
    return record


def flags(result: Result) -> dict[str, str]:
    """What is said of answers that are left out, by flag."""
    found = [flag for flag in result.profile.quality if flag.flag.endswith("left_out")]
    return {flag.flag: flag_in_words(flag, result.profile) for flag in found}


def results(store: Store, record: AssessmentRecord) -> Result:
    """The results, of which a report can be made."""
    found = round_results.result(store, record)
    build_report(found, round_results.round_of(store, record))
    return found


def test_nothing_is_said_where_nothing_has_changed(store: Store, use: Use) -> None:
    assert flags(results(store, answered(store, 7))) == {}


CHANGED = "the questions they belong to were changed or removed after they were given"
#: What is said where the pack becomes this, of seven of staff.
CHANGES = {
    "a question of another kind": (OTHER_KIND, {"answers_left_out": "About 5"}),
    "a question that is gone": (WITHOUT_LENT, {"answers_left_out": "About 5"}),
    "a question for others": (
        changed(
            "groups: [staff, manager]\n        text: Bicycles are",
            "groups: [manager]\n        text: Bicycles are",
        ),
        {"answers_left_out": "About 5"},
    ),
    "an option by another name": (
        PACK.replace("code: some,", "code: a_few,").replace("some: Sometimes", "a_few: Sometimes"),
        {"agreed_left_out": "One"},
    ),
    "a smaller range": (changed("maximum: 400", "maximum: 200"), {"agreed_left_out": "One"}),
    "a fact that is gone": (
        PACK[: PACK.index("      - id: bicycles.owned")],
        {"agreed_left_out": "One"},
    ),
}


@pytest.mark.parametrize("pack", CHANGES)
def test_what_no_longer_fits_is_left_out_and_said(store: Store, use: Use, pack: str) -> None:
    record = answered(store, 7)
    before = results(store, record)
    use(CHANGES[pack][0])
    after = results(store, record)
    said = flags(after)
    assert said.keys() == CHANGES[pack][1].keys()
    for flag, begins in CHANGES[pack][1].items():
        assert said[flag].startswith(begins) and CHANGED in said[flag]
    assert after.profile.respondents == before.profile.respondents
    # Other answers count as before.
    others = before.profile.dimensions.keys() - {"bicycles"}
    assert {name: after.profile.dimensions[name] for name in others} == {
        name: before.profile.dimensions[name] for name in others
    }


def test_a_questionnaire_that_is_gone_ends_nobodys_results(
    store: Store, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = ("own-bicycles", "coproduction-principles")
    record = answered(store, 7)
    record = replace(record, questionnaires=dict.fromkeys(some, 1))
    built_in = load()
    monkeypatch.setattr(loaded, "library", lambda ladder=None: built_in)
    found = results(store, record)
    assert flags(found)["answers_left_out"].startswith("About 5")
    assert flags(found)["agreed_left_out"].startswith("2 of the working group's")


@pytest.mark.parametrize("people", [4, 5])
def test_of_a_hidden_group_nothing_is_said(store: Store, use: Use, people: int) -> None:
    record = answered(store, people)
    use(OTHER_KIND)
    assert ("answers_left_out" in flags(results(store, record))) == (people == 5)


@pytest.mark.parametrize(("people", "said"), [(7, "About 5"), (8, "About 10"), (12, "About 10")])
def test_how_many_is_told_to_the_nearest_five(
    store: Store, use: Use, people: int, said: str
) -> None:
    record = answered(store, people)
    use(WITHOUT_LENT)
    assert flags(results(store, record))["answers_left_out"].startswith(said)


def test_one_reply_over_the_head_count_is_a_flag_and_everybody_counts(
    store: Store, use: Use
) -> None:
    found = results(store, answered(store, 7, heads=6))
    more = [flag for flag in found.profile.quality if flag.flag == "more_than_eligible"]
    assert [(flag.people, flag.head_count) for flag in more] == [(7, 6)]
    (group,) = found.profile.partition.groups
    assert (group.n, group.head_count) == (7, 7)


def test_a_draft_asks_again_what_no_longer_fits_and_can_be_handed_in(
    store: Store, use: Use
) -> None:
    record = answered(store, 6)
    token = begun(store, record)
    save(store, draft_of(store, token), {"bicycles.lent": "often"})
    use(OTHER_KIND)
    draft = draft_of(store, token)
    assert "bicycles.lent" not in draft.saved
    answering.reload(store, draft)
    assert "bicycles.lent" not in draft.saved
    save(store, draft, {"bicycles.lent": draft.questions["bicycles.lent"].choices[0].code})
    assert hand_in(store, token)
    # Of seven, one has given it anew.
    assert flags(results(store, record))["answers_left_out"].startswith("About 5")


def test_the_working_group_answers_again_what_no_longer_fits(store: Store, use: Use) -> None:
    record = answered(store, 1)
    use(changed("maximum: 400", "maximum: 200"))
    round_ = round_of(store, record)
    now = as_asked_now(round_, agreed(store, record.id))
    assert verdict(round_, agreed(store, record.id)) == verdict(round_, now)
    owned = now["bicycles.owned"]
    assert (owned.value, now["bicycles.mended"].value) == ("", "some")
    change(store, round_, "bicycles.owned", seen=owned, value="150")
    assert flags(results(store, record)) == {}


def test_a_fact_that_no_longer_fits_is_none(store: Store, use: Use) -> None:
    record = answered(store, 1)
    assert "bicycles.owned" in round_of(store, record).applies.facts
    use(changed("maximum: 400", "maximum: 200"))
    assert "bicycles.owned" not in round_of(store, record).applies.facts


MISTAKES = st.sampled_from(["", "nonsense", "often;often", "-1", "1e9", "dont_know", "prefer_not"])


@given(st.data())
def test_whatever_is_stored_can_be_scored_once_what_does_not_fit_is_left_out(
    data: st.DataObject,
) -> None:
    asked: Library = library()
    people = {"people": 3, "items": {}}
    table = answers_table({"groups": {"staff": people, "manager": people}}, asked)
    names = [*asked.items, "gone.item"]
    groups = ["staff", "manager", WORKING_GROUP]
    rows = data.draw(
        st.lists(st.tuples(st.sampled_from(groups), st.sampled_from(names), MISTAKES), max_size=20)
    )
    of = {name: q.id for name, q in asked.questionnaire_of.items()}
    for number, (group, item, value) in enumerate({(g, i): (g, i, v) for g, i, v in rows}.values()):
        person = "team" if group == WORKING_GROUP else f"late-{group}"
        table.loc[f"late-{number}"] = [person, group, of.get(item, ""), item, value]
    table = table.astype("str").reset_index(drop=True)
    context = round_results.Context()
    kept = table[fitting(table, asked, context)].reset_index(drop=True)
    assert check(kept, asked, context) == []
