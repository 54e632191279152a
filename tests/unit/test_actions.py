"""Actions: a gap is answered by the action that brings that very practice, and by no other."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assessment.report import Block, Detail
from assessment.report.blocks.actions import all_actions, listed_by_domain
from questionnaires.content_files.yaml_files import ContentError
from questionnaires.phrases import lower
from scoring.profile import Profile
from scoring.rules.loading import GUIDANCE, load_guidance
from scoring.rules.model import Action, Condition
from tests.content_files import file_with
from tests.organisations import evaluated, guidance, library, merged
from tests.reports import block, group, harbour_house, told
from tests.unit.test_scenarios import FILES, base

#: What a practitioner would do about each gate, written by hand: gate, practice, action. A gate
#: without practices rests on facts, on a score or on who was heard.
EXPECTED: dict[str, dict[str, str]] = {
    "named_supervisor": {
        "supervision.named_supervisor": "name_a_supervisor",
        "supervision.agreed_intervals": "book_supervision_ahead",
        "supervision.cover": "plan_cover_for_gaps",
    },
    "agreement_signed": {
        "contract.written_agreement": "write_the_agreement",
        "performance.grievance_route": "explain_grievance_and_discipline",
    },
    "team_told": {"team_preparation.staff_trained": "train_staff_first"},
    "pay_decided": {"payment_and_costs.pay_agreed": "decide_pay_with_peers"},
    "basic_training": {"training.basic_before_start": "book_basic_training"},
    "confidentiality_protocol": {"confidentiality.protocol": "write_the_confidentiality_protocol"},
    "boundaries_written": {"boundaries.discussed_and_written": "hold_the_boundary_conversation"},
    "role_description": {"role_design.written_description": "design_and_write_the_role"},
    "no_coercive_tasks": {"role_design.no_clinical_tasks": "write_what_is_out_of_scope"},
    "costs_met": {"payment_and_costs.costs_met": "agree_how_costs_are_paid"},
    "debriefing": {"supervision.debriefing": "debrief_before_leaving"},
    "personal_support_plan": {"personal_support.support_plan": "make_personal_support_plans"},
    "safeguarding_route": {
        "policies.safeguarding_route": "write_a_safeguarding_card",
        "policies.life_in_danger": "agree_what_to_do_when_a_life_is_in_danger",
    },
    "insurance_and_safety": {
        "policies.health_and_safety": "check_health_and_safety",
        "policies.insurance": "ask_the_insurer",
    },
    "culture_above_groundwork": {},
    "lived_experience_heard": {},
    "separate_line_manager": {
        "role_design.separate_line_manager": "separate_line_manager_and_key_worker"
    },
    "benefits_advice": {"payment_and_costs.benefits_advice": "arrange_benefits_advice"},
    "papers_early": {"voice_in_improvement.equal_information": "send_papers_early_in_plain_words"},
    "disclosure_plan": {"boundaries.disclosure_choice": "plan_what_to_share"},
    "travel_covered": {"payment_and_costs.costs_met": "agree_how_costs_are_paid"},
    "session_planning": {"supervision.session_planning": "put_planning_in_the_rota"},
    "group_room": {"space.group_room": "book_a_group_room"},
    "suitable_place": {"space.suitable_place": "find_a_place_that_suits"},
    "distress_protocol": {"policies.distress_protocol": "write_a_distress_protocol"},
    "cofacilitator_present": {},
    "facilitation_training": {"training.facilitation": "train_facilitators"},
    "proven_co_leading": {},
    "online_devices_and_hours": {
        "space.technology": "lend_devices_for_the_work",
        "space.online_platform": "choose_an_online_place",
    },
    "online_emergency": {"policies.online_emergency": "plan_for_danger_online"},
    "private_room": {"space.private_room": "find_a_private_room"},
    "free_choice": {"role_design.voluntary_for_people": "make_peer_support_a_choice"},
    "clinical_oversight": {
        "supervision.clinical_input": "find_a_clinician_to_oversee",
        "training.therapeutic": "secure_special_training",
    },
    "clinical_lead": {"supervision.clinical_input": "find_a_clinician_to_oversee"},
    "mentoring_after_success": {},
    "experienced_people": {},
    "mentoring_training": {"training.mentoring": "train_mentors"},
    "code_of_conduct": {"contract.code_of_conduct": "adapt_the_code_of_conduct"},
    "contact_limits": {"boundaries.contact_limits": "set_contact_limits"},
    "relapse_plan": {"personal_support.relapse_plan": "write_the_relapse_plan"},
    "child_protection": {"training.child_protection": "book_child_protection_training"},
    "ill_on_the_way": {"policies.ill_on_the_way": "agree_what_to_do_when_somebody_falls_ill"},
    "outreach_accompanied": {"role_design.never_beyond_training": "keep_tasks_within_training"},
    "outreach_training": {"training.outreach": "train_for_outreach"},
    "outreach_policy": {"policies.outreach_policy": "write_the_outreach_policy"},
    "lone_working": {"policies.lone_working": "write_lone_working_rules"},
    "street_protocols": {"policies.street_protocols": "write_street_protocols"},
    "naloxone_in_team": {"training.naloxone_in_team": "put_naloxone_in_each_team"},
    "specialist_harm_reduction": {
        "training.safer_injecting": "train_in_safer_injecting",
        "training.overdose_response": "train_in_overdose_response",
        "role_design.never_beyond_training": "keep_tasks_within_training",
    },
    "overdose_trainer": {"training.overdose_response": "train_in_overdose_response"},
    "overdose_experience": {},
    "accompanied_first": {},
    "phone_cover": {"supervision.reachable": "keep_someone_reachable"},
    "welcome_scripts": {"role_design.scripts": "collect_answers_to_hard_questions"},
    "cultural_training": {"training.cultural": "learn_to_work_across_cultures"},
    "research_lead": {},
    "power_plan": {"voice_in_improvement.power_talked_about": "hold_a_power_conversation"},
    "research_training": {"training.research": "train_peer_researchers"},
}
#: The same for what lowers a risk and is no gate.
SAFEGUARDS: dict[str, str] = {
    "supervision.peer_supervision": "arrange_peer_supervision",
    "supervision.skilled_supervisors": "prepare_supervisors",
    "boundaries.scenarios_practised": "practise_tricky_situations",
    "personal_support.outside_support": "agree_support_outside_the_role",
    "training_and_reflection.reflective_time": "protect_reflective_time",
    "peer_values.drift_watched": "look_out_for_drift",
    "support_capacity.supporters_supported": "support_the_supporters",
    "personal_support.adjustments": "offer_wellbeing_plans_to_all",
    "boundaries.changed_relationships": "name_the_changed_roles",
    "confidentiality.told_to_people": "tell_people_what_stays_private",
    "personal_support.peer_network": "join_a_peer_network",
    "space.private_connection": "make_online_talks_private",
}
EVERYTHING = {i.id: "in_place" for i in library().items.values() if i.kind == "practice"}


def practices_of(needs: Condition) -> list[str]:
    return [leaf.practice for leaf in needs.leaves() if leaf.practice]


def action(name: str) -> Action:
    return guidance().actions[name]


def titles(of: Block) -> list[str]:
    return [detail.title for detail in of.details]


def organisation(**missing: str) -> tuple[Profile, Any]:
    """Everything is in place but for some practices; two groups have answered."""
    agreed = EVERYTHING | {name.replace("__", "."): code for name, code in missing.items()}
    return told({"agreed": agreed, "groups": {"service_user": group(), "staff": group()}})


# -- what answers a gap ----------------------------------------------------------------------------


def test_the_table_names_every_gate() -> None:
    assert list(EXPECTED) == list(guidance().gates)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_practice_of_a_gate_leads_to_the_action_that_brings_it(name: str) -> None:
    found = {
        practice: brings.id if (brings := guidance().action_that_brings(practice)) else None
        for practice in practices_of(guidance().gates[name].needs)
    }
    assert found == EXPECTED[name]


def test_each_safeguard_leads_to_the_action_that_brings_it() -> None:
    in_gates = {practice for gate in EXPECTED.values() for practice in gate}
    for safeguard in guidance().risk.safeguards:
        for practice in practices_of(safeguard.missing):
            brings = guidance().action_that_brings(practice)
            assert brings is not None
            if practice not in in_gates:
                assert brings.id == SAFEGUARDS[practice]


def test_every_practice_that_we_ask_for_has_exactly_one_action_that_brings_it() -> None:
    count = Counter(practice for found in guidance().actions.values() for practice in found.brings)
    assert count == dict.fromkeys(EVERYTHING, 1)


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
    told_ = titles(block(of, "actions"))
    for fix in profile.next[0][1]:
        if fix.kind == "raise":
            brings = guidance().action_that_brings(fix.id)
            assert brings is not None and brings.title in told_


def test_a_weak_dimension_is_not_answered_by_work_that_is_far_off() -> None:
    # In the demonstration outreach training is not in place, and no outreach is near.
    profile, of = harbour_house()
    assert profile.evidence.practices["training.outreach"].score == 0
    assert action("train_for_outreach").title not in titles(block(of, "actions"))


def test_a_weak_dimension_is_not_answered_by_what_nobody_was_asked() -> None:
    # Two rooms are missing; of online work nothing was asked, and nothing is known to be missing.
    agreed = dict.fromkeys(("space.suitable_place", "space.peer_space"), "in_place")
    agreed |= dict.fromkeys(("space.group_room", "space.private_room"), "not_in_place")
    says = {"frequency": "often", "practice": "in_place"}
    groups = {"service_user": group(**says), "staff": group(**says)}
    profile, of = told({"agreed": agreed, "groups": groups})
    assert profile.dimensions["space"].basis == "agreed"
    told_ = {d.title for d in block(of, "actions").details if "Space is at" in d.texts[0]}
    assert told_ and told_ <= {
        action("book_a_group_room").title,
        action("find_a_private_room").title,
    }


# -- how much work it is ---------------------------------------------------------------------------


def test_work_that_takes_long_says_so() -> None:
    # A rota and peer supervision take months; an insurer takes weeks to answer.
    of = guidance().effort_of
    assert (of("supervision.reachable"), of("supervision.peer_supervision")) == (4, 4)
    assert of("policies.insurance") == 3
    assert of("an_organisations.own") is None


# -- what the report says -------------------------------------------------------------------------


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
    whole = all_actions(listed_by_domain(profile, guidance()))
    assert whole is not None and whole.first_details == 0 and whole.more
    found = ticks(whole)
    assert str(len(found)) in whole.finding
    domains = {domain.title for domain in library().domains.values()}
    assert {detail.title.rsplit(": ", 1)[0] for detail in whole.details} <= domains
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
    profile, _ = told({})
    assert all_actions(listed_by_domain(profile, guidance())) is None


# -- the words -------------------------------------------------------------------------------------


def sentences() -> list[tuple[str, str]]:
    return [
        (
            found.id,
            " ".join((found.title, found.how, found.who, found.who_else or "", found.reason)),
        )
        for found in guidance().actions.values()
    ]


def test_peer_workers_have_one_name() -> None:
    for name, said in sentences():
        assert not re.search(r"\bpeers\b|\bpeer (?:staff member|employee)s?\b", said, re.I) or (
            # "All staff, peer staff included" is what the guide says of them.
            name == "sign_the_same_agreement"
        ), (name, said)


def test_advice_promises_nothing_and_spells_as_the_rest_does() -> None:
    wrong = re.compile(
        r"\b(guarantee\w*|ensures?|makes? sure that nobody|destroys?|always works?|organiz\w+|"
        r"programs|behavior\w*|counselor\w*|center|color)\b",
        re.I,
    )
    found = [(name, wrong.findall(said)) for name, said in sentences() if wrong.search(said)]
    assert not found


def test_who_else_is_somebody() -> None:
    for found in guidance().actions.values():
        if found.who_else:
            assert found.who_else.startswith("or"), found.id
            assert not found.who_else.endswith((".", ":")), found.id


# -- mistakes --------------------------------------------------------------------------------------

BRINGS = "brings: [supervision.named_supervisor]"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "actions",
            BRINGS,
            "helps: [supervision.named_supervisor]",
            "gates/every_offer.yaml:LINE: gate named_supervisor asks for practice "
            "'supervision.named_supervisor', and no action in actions brings it; found under "
            "'helps' of: name_a_supervisor; allowed: exactly one action that names it under "
            "'brings'",
        ),
        (
            "actions",
            "brings: [supervision.cover]",
            "brings: [supervision.cover, supervision.named_supervisor]",
            "actions/support/supervision.yaml:LINE: action plan_cover_for_gaps: practice "
            "'supervision.named_supervisor' is brought by 'name_a_supervisor' on line LINE; "
            "allowed: one action that brings it, write it under 'helps' in the other",
        ),
        (
            "actions",
            BRINGS,
            f"{BRINGS}\n    helps: [supervision.named_supervisor]",
            "action name_a_supervisor: practice 'supervision.named_supervisor' stands here twice",
        ),
        (
            "actions",
            BRINGS,
            "brings: [supervision.named_supervisr]",
            "there is no item 'supervision.named_supervisr' (did you mean",
        ),
        (
            "actions",
            BRINGS,
            f"{BRINGS}\n    resources: [white_ethic]",
            "there is no resource 'white_ethic' (did you mean 'white_ethics'?)",
        ),
        ("actions", 'who_else: "or, ', 'who_else: "', "who_else"),
        (
            "resources",
            "- id: jigsaw_peer_education",
            "- id: jigsaw",
            "resource jigsaw: no action names it, so nobody would see it",
        ),
    ],
    ids=lambda value: None,
)
def test_a_mistake_is_named_with_its_line(
    file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    copy = tmp_path / "guidance"
    shutil.copytree(GUIDANCE, copy)
    path = file_with(old, copy, file)
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load_guidance(library(), folder=copy, deep=True)
    problems = [
        re.sub(r"line \d+", "line LINE", re.sub(r":\d+: ", ":LINE: ", problem)).replace(
            f"{copy}/", ""
        )
        for problem in map(str, raised.value.problems)
    ]
    assert any(said in problem for problem in problems), problems


def test_nothing_is_wrong_as_it_stands() -> None:
    assert load_guidance(library(), deep=True).actions
