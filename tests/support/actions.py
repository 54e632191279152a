"""Which action answers which gap, as a practitioner would say it: written by hand."""

from __future__ import annotations

from tests.support.organisations import library

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
