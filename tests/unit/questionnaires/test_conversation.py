"""The conversation sheet: what it shows, what it promises, and which mistakes in it are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import escape

from assessment.report.basics import with_peer_workers
from assessment.screens.respondent.conversation_sheet import on_paper
from assessment.services.content.conversation import conversation
from questionnaires.content_folder import INSTALLED
from questionnaires.conversation import Room, load_conversation
from questionnaires.problems import ProblemsError
from tests.support.organisations import evaluated, guidance, library
from tests.support.reports import group


def raw() -> dict[str, Any]:
    return yaml.safe_load(INSTALLED.conversation.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [
        ({"groups": {"staff": group()}}, False),
        ({"groups": {"staff": group(), "peer_worker": group()}}, True),
        ({"groups": {"staff": group(), "peer_worker": group(2)}}, True),
        ({"groups": {"staff": group()}, "context": {"eligible": {"peer_worker": 3}}}, True),
        ({"groups": {"staff": group()}, "facts": {"fit.number_of_peers": 2}}, True),
        ({"groups": {"staff": group()}, "facts": {"fit.already_running": ["buddying"]}}, True),
    ],
)
def test_results_lead_to_it_where_there_are_peer_workers_or_are_to_be(
    organisation: dict[str, Any], expected: bool
) -> None:
    assert with_peer_workers(evaluated(organisation), guidance()) is expected


def test_it_shows_every_practice_and_situation_that_peer_workers_are_asked() -> None:
    talk, asked = conversation(), list(library().items_for("peer_worker"))
    practices = [item for item in asked if item.kind == "practice"]
    assert [practice.id for practice in talk.practices] == [item.id for item in practices]
    for on_sheet, item in zip(talk.practices, practices, strict=True):
        assert on_sheet.text == item.text.for_group("peer_worker", "lived_experience")
        assert on_sheet.steps == tuple(item.steps_for("peer_worker").values())
    boundaries = [item for item in asked if item.kind == "boundary"]
    fixed = [item for item in boundaries if item.scale == "boundary_confirm"]
    assert [text for text, _ in talk.fixed] == [
        item.text.for_group("peer_worker", "lived_experience") for item in fixed
    ]
    situation_ids = [entry.id for group in talk.situations for entry in group.entries]
    wanted = dict.fromkeys(item.situation for item in boundaries if item not in fixed)
    assert situation_ids == list(wanted)
    own = {item.situation for item in boundaries if item.aspect == "mine"}
    assert {e.id for group in talk.situations for e in group.entries if e.mine} == own


def test_a_situation_is_answered_for_oneself_and_for_the_rule() -> None:
    part = conversation().sheet.boundaries
    assert [option.label for option in part.answers] == ["all right", "it depends", "not for me"]
    assert conversation().rule_answers == ("Always OK", "Sometimes OK", "Not OK")


def test_there_are_three_open_questions_and_a_closing_on_what_may_be_passed_on() -> None:
    sheet = conversation().sheet
    assert [room.id for room in sheet.questions.entries] == [
        "stay_well",
        "colleagues_know",
        "change_first",
    ]
    assert all(room.lines for room in sheet.questions.entries)
    assert [room.id for room in sheet.closing.entries] == ["passed_on", "to_whom", "whose_words"]
    assert "nothing" in [option.code for option in sheet.closing.entries[2].answers]


def test_it_promises_choice_no_price_an_ally_privacy_and_its_limits() -> None:
    promises = {line.id: line.text for line in conversation().sheet.opening}
    assert list(promises) == [
        *("your_choice", "nothing_depends", "your_ally", "who_sees", "when_in_danger"),
        *("small_team", "if_it_hurts"),
    ]
    assert "keeps nothing" in promises["who_sees"]


def test_on_paper_every_situation_stands_once_and_says_what_is_for_the_rule_alone() -> None:
    talk = conversation()
    sheet = on_paper(talk, "Willow <Street>", "Sam & Lee")
    assert "Willow &lt;Street&gt;" in sheet and "Sam &amp; Lee" in sheet
    entries = [entry for group in talk.situations for entry in group.entries]
    for entry in entries:
        assert sheet.count(f"<span>{escape(entry.text)}</span>") == 1
    boxes = sum(6 if entry.mine else 3 for entry in entries)
    boxes += 4 * len(talk.practices) + len(talk.sheet.closing.entries[2].answers)
    assert sheet.count('class="pw-box"') == boxes
    first = sheet.index(escape(talk.situations[0].title))
    assert all(sheet.index(escape(group.title)) >= first for group in talk.situations)


def test_its_outcome_goes_where_the_working_group_answers() -> None:
    sheet = conversation().sheet
    assert sheet.recorded_in == ("fit.conversation", "fit.conversation_outcome")


def test_every_piece_has_a_source_and_a_reason_and_says_what_is_our_judgement() -> None:
    for _, piece in conversation().sheet.pieces():
        assert piece.source and piece.reason
        assert piece.judgement == ("judgement" in piece.reason), piece.id


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        ({"group": "peer_wroker"}, "group", "there is no group 'peer_wroker' (did you mean"),
        ({"group": "board"}, "group", "board is asked no item of kind 'practice'"),
        ({"recorded_in": ["fit.talk"]}, "recorded_in", "asked no item 'fit.talk'"),
        (
            {"recorded_in": ["concern.effective"]},
            "recorded_in",
            "asked no item 'concern.effective'",
        ),
        ({"tilte": "A talk"}, "tilte", "there is no field 'tilte' (did you mean 'title'?)"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, change: dict[str, Any], place: str, expected: str
) -> None:
    file = tmp_path / "sheet.yaml"
    file.write_text(yaml.safe_dump({**raw(), **change}, sort_keys=False), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_conversation(library(), file)
    problem = caught.value.problems[0]
    assert expected in problem.message
    assert problem.place.line and file.read_text("utf-8").splitlines()[
        problem.place.line - 1
    ].strip("- ").startswith((place, str(change.get(place, [""])[0])))


def test_ids_stand_once_and_references_lead_somewhere(tmp_path: Path) -> None:
    wrong = raw()
    wrong["opening"][1]["id"] = wrong["opening"][0]["id"]
    wrong["opening"][2]["source"][0]["lines"] = "1-99999"
    file = tmp_path / "sheet.yaml"
    file.write_text(yaml.safe_dump(wrong), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_conversation(library(), file)
    message = str(caught.value)
    assert "stands twice on the sheet" in message and "which has 1 to 122" in message


def test_a_question_has_room_or_answers() -> None:
    entry = raw()["closing"]["entries"][0]
    with pytest.raises(ValueError, match="one of the two"):
        Room.model_validate({**entry, "lines": 0})
    with pytest.raises(ValueError, match="one of the two"):
        Room.model_validate({**entry, "answers": [{"code": "a", "label": "A"}]})
