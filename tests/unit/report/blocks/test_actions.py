"""Actions: a gap is answered by the action that brings that very practice, and by no other."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assessment.report.blocks.actions import all_actions, listed_by_domain
from assessment.report.model import Block, Detail
from questionnaires.phrases import lower
from scoring.profile import Profile
from scoring.rules.model import Action
from tests.support.actions import EVERYTHING, EXPECTED, SAFEGUARDS
from tests.support.organisations import evaluated, guidance, library, merged
from tests.support.reports import block, group, harbour_house, reported
from tests.support.scenarios import FILES, base


def action(name: str) -> Action:
    return guidance().actions[name]


def titles(of: Block) -> list[str]:
    return [detail.title for detail in of.details]


def organisation(**missing: str) -> tuple[Profile, Any]:
    """Everything is in place but for some practices; two groups have answered."""
    agreed = EVERYTHING | {name.replace("__", "."): code for name, code in missing.items()}
    return reported({"agreed": agreed, "groups": {"service_user": group(), "staff": group()}})


@pytest.mark.parametrize(
    ("gate", "practice"),
    [
        (gate.id, practice)
        for gate in guidance().every_offer_gates
        for practice in EXPECTED[gate.id]
    ],
)
def test_a_basic_that_is_missing_is_the_first_thing_to_do(gate: str, practice: str) -> None:
    profile, of = organisation(**{practice.replace(".", "__"): "not_in_place"})
    assert not profile.gates[gate].met
    first = block(of, "actions").details[0]
    assert first.title == action(EXPECTED[gate][practice]).title
    assert re.match(r"Every offer( but advice)? needs this: ", first.texts[0])
    assert first.texts[0].endswith(f"{lower(guidance().gates[gate].title)}.")


def test_three_missing_parts_of_one_gate_are_three_things_to_do() -> None:
    _, of = organisation(
        supervision__named_supervisor="not_in_place",
        supervision__agreed_intervals="planned",
        supervision__cover="partly",
    )
    assert titles(block(of, "actions"))[:3] == [
        action(name).title
        for name in ("name_a_supervisor", "book_supervision_ahead", "plan_cover_for_gaps")
    ]


def reference() -> list[Any]:
    """The reference organisations, each as it would answer."""
    written = FILES["reference_organisations"]["scenarios"]
    return [merged(base(of["starts_from"]), of) for of in written if "id" in of]


def test_the_fixes_of_the_next_offers_name_the_right_actions() -> None:
    known = {practice: name for gate in EXPECTED.values() for practice, name in gate.items()}
    known |= SAFEGUARDS
    seen = set()
    for profile in [harbour_house()[0], *map(evaluated, reference())]:
        for _, needed in profile.next:
            for practice in [fix.id for fix in needed if fix.kind == "raise"][:3]:
                brings = guidance().action_that_brings(practice)
                assert brings is not None and brings.id == known[practice]
                seen.add(practice)
    assert len(seen) >= 10


def test_the_nearest_offer_is_opened_by_the_actions_that_its_fixes_name() -> None:
    profile, of = harbour_house()
    assert profile.next
    action_titles = titles(block(of, "actions"))
    for fix in profile.next[0][1]:
        if fix.kind == "raise":
            brings = guidance().action_that_brings(fix.id)
            assert brings is not None and brings.title in action_titles


def test_a_weak_dimension_is_not_answered_by_work_that_is_far_off() -> None:
    # In the demonstration outreach training is not in place, and no outreach is near.
    profile, of = harbour_house()
    assert profile.evidence.practices["training.outreach"].score == 0
    assert action("train_for_outreach").title not in titles(block(of, "actions"))


def test_a_weak_dimension_is_not_answered_by_what_nobody_was_asked() -> None:
    # Two rooms are missing; of online work nothing was asked, and nothing is known to be missing.
    agreed = dict.fromkeys(("space.suitable_place", "space.peer_space"), "in_place")
    agreed |= dict.fromkeys(("space.group_room", "space.private_room"), "not_in_place")
    by_kind = {"frequency": "often", "practice": "in_place"}
    groups = {"service_user": group(**by_kind), "staff": group(**by_kind)}
    profile, of = reported({"agreed": agreed, "groups": groups})
    assert profile.dimensions["space"].basis == "agreed"
    action_titles = {d.title for d in block(of, "actions").details if "Space is at" in d.texts[0]}
    assert action_titles and action_titles <= {
        action("book_a_group_room").title,
        action("find_a_private_room").title,
    }


def test_an_action_says_who_else_and_what_to_read() -> None:
    _, of = organisation(contract__written_agreement="not_in_place")
    first = block(of, "actions").details[0]
    assert first.title == "Write an agreement that fits the kind of role"
    assert first.chips[0] == (
        "Who: human resources and line manager with the peer worker; or, without human resources: "
        "the manager with the peer worker"
    )
    assert [point.text.split(" (")[0] for point in first.points] == [
        "Peer Manual: a guide for peer workers and agencies"
    ]
    assert "Where: www.harmreductionnetwork.mb.ca/docs/thrtf.pdf" in first.points[0].text
    assert first.points[0].sources and "To read or use:" in first.texts


def ticks(of: Block) -> dict[str, Detail]:
    return {point.text: detail for detail in of.details for point in detail.points}


def test_the_whole_list_stands_by_domain_and_leaves_out_what_is_in_place() -> None:
    profile, _ = harbour_house()
    everything = all_actions(listed_by_domain(profile, guidance()))
    assert everything is not None and everything.first_details == 0 and everything.more
    found = ticks(everything)
    assert str(len(found)) in everything.finding
    domains = {domain.title for domain in library().domains.values()}
    assert {detail.title.rsplit(": ", 1)[0] for detail in everything.details} <= domains
    for brings in guidance().actions.values():
        moves = brings.brings or brings.helps
        known = [profile.evidence.practices.get(practice) for practice in moves]
        done = bool(known) and all(k is not None and k.score == 100 for k in known)
        listed = [text for text in found if text.startswith(f"☐ {brings.title}. Who: ")]
        assert len(listed) == (0 if done else 1), brings.id
        for text in listed:
            domain = library().domains[library().dimensions[brings.dimension].domain]
            assert found[text].title == f"{domain.title}: {len(found[text].points)}"


def test_nothing_is_listed_where_nobody_has_answered() -> None:
    profile, _ = reported({})
    assert all_actions(listed_by_domain(profile, guidance())) is None


def test_what_comes_first_says_in_short_too_who_does_it_where_a_service_is_small() -> None:
    _, of = organisation(supervision__debriefing="not_in_place", policies__insurance="partly")
    done = {one.title: one for one in guidance().actions.values()}
    first = next(message.tasks for message in of.key_messages if message.tasks)
    named = [(task.who, done[task.what]) for task in first if task.what in done]
    assert any(action.who_else for _, action in named)
    for who, action in named:
        assert who == "; ".join(filter(None, (action.who, action.who_else)))
