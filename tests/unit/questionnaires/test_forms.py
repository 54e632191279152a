"""The two lengths: short as promised, one within the other, and checked where they are written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from assessment.exchange import item_list
from questionnaires.burden import PACE, TAP, burden_of
from questionnaires.checks import lengths
from questionnaires.checks.length_limits import limits
from questionnaires.content_files.yaml_files import Document, build, parse
from questionnaires.content_folder import INSTALLED
from questionnaires.forms import FORMS, Form, FormsFile
from questionnaires.model import WORKING_GROUP
from questionnaires.problems import ProblemsError
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.skip_logic import Applies
from scoring.rules.checks.quick_look import quick_looks
from tests.support.organisations import guidance, library

# -- as short as promised ----------------------------------------------------------------------

#: The promise: most answers and most minutes. The working group's quick look is one sitting of
#: about 75 minutes; what it is asked depends on its facts.
PROMISED: dict[Form, dict[str, tuple[int | None, float]]] = {
    "quick": {
        "service_user": (14, 4),
        "peer_worker": (14, 4),
        "staff": (16, 4),
        "manager": (16, 4),
        "board": (10, 4),
        "working_group": (None, 80),
    },
    "full": {
        "service_user": (36, 10),
        "peer_worker": (36, 10),
        "staff": (65, 12),
        "manager": (75, 14),
        "board": (40, 8),
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_the_file_promises_what_was_promised(form: Form) -> None:
    forms = library().forms.file
    assert forms is not None
    limits_ = forms.length(form).limits
    found = {group: (limit.answers, limit.minutes) for group, limit in limits_.items()}
    assert found == PROMISED[form]


def test_every_set_keeps_its_limit_where_peer_work_runs_and_where_none_does() -> None:
    assert limits(library()) == []


def test_reading_is_counted_at_200_words_a_minute_and_4_seconds_an_answer() -> None:
    assert (PACE, TAP) == (200, 4.0)


def test_a_working_group_is_told_how_long_it_talks() -> None:
    practice, fact = "supervision.cover", "fit.needs"
    of = burden_of(library(), WORKING_GROUP, [practice, fact])
    # Two and a half minutes for a practice, one for a fact.
    assert (of.answers, of.minutes) == (2, 3.5)


def test_a_quick_look_of_the_working_group_is_one_sitting_of_about_75_minutes() -> None:
    forms = library().forms.file
    assert forms is not None
    for situation in forms.situations:
        asked = Applies(library(), situation.as_facts, "quick").items_for(WORKING_GROUP)
        minutes = burden_of(library(), WORKING_GROUP, [item.id for item in asked]).minutes
        assert 70 <= minutes <= 80, situation.title


def test_the_concerns_of_a_group_are_one_answer_whatever_their_number() -> None:
    for group in GROUP_SIDES:
        concerns = [item.id for item in library().items_for(group) if item.kind == "concern"]
        assert len(concerns) >= 5
        assert burden_of(library(), group, concerns).answers == 1


# -- which questions ---------------------------------------------------------------------------


def asked(form: Form, group: str) -> set[str]:
    return {item.id for item in Applies(library(), {}, form).items_for(group)}


@pytest.mark.parametrize("group", [*GROUP_SIDES, WORKING_GROUP])
def test_a_full_round_asks_all_that_a_quick_look_asks(group: str) -> None:
    assert asked("quick", group) < asked("full", group)


def test_people_with_lived_experience_are_asked_the_same() -> None:
    for form in FORMS:
        assert asked(form, "peer_worker") == asked(form, "service_user")


def test_peer_workers_are_not_surveyed_about_boundaries_or_their_own_support() -> None:
    for form in FORMS:
        kinds = {library().items[item].kind for item in asked(form, "peer_worker")}
        assert not kinds & {"boundary", "practice"}


def test_both_sides_answer_the_same_questions_on_the_principles() -> None:
    def principles(group: str) -> set[str]:
        found = asked("quick", group)
        return {item for item in found if library().items[item].kind == "frequency"}

    assert principles("service_user") == principles("staff") == principles("manager")
    assert len(principles("staff")) == 8
    assert principles("board") < principles("staff")


def test_a_quick_look_asks_what_a_start_hangs_on() -> None:
    assert not list(quick_looks(guidance(), library()))


def test_of_several_needs_the_main_one_decides_which_gates_are_asked() -> None:
    def practices(**facts: set[str]) -> set[str]:
        known = {f"fit.{name}": frozenset(codes) for name, codes in facts.items()}
        found = Applies(library(), known, "quick").items_for(WORKING_GROUP)
        return {item.id for item in found if item.kind == "practice"}

    basics = practices()
    several = practices(needs={"arriving", "stigma"})
    one = practices(needs={"arriving", "stigma"}, main_need={"stigma"})
    assert several - basics == {"role_design.scripts", "boundaries.disclosure_choice"}
    assert one - basics == {"boundaries.disclosure_choice"}


def test_other_programs_learn_who_is_asked_in_which_length() -> None:
    entries = {entry["item"]: entry for entry in json.loads(item_list.as_json(library()))}
    listened = entries["valued_input.listened_to"]
    assert listened["forms"]["quick"] == ["service_user", "peer_worker", "staff", "manager"]
    assert set(listened["forms"]["full"]) == set(listened["groups"])
    assert listened["asked_if"] is None
    benefits = entries["payment_and_costs.benefits_advice"]
    assert benefits["asked_if"]["fact"] == "fit.pay"
    assert "manager" in benefits["groups"] and "manager" not in benefits["forms"]["full"]
    assert "staff" in benefits["asked_if_of"]
    for form in FORMS:
        for group in (*GROUP_SIDES, WORKING_GROUP):
            listed = {name for name, entry in entries.items() if group in entry["forms"][form]}
            assert asked(form, group) <= listed


# -- mistakes in the file ----------------------------------------------------------------------


def faults(change: Callable[[str], str]) -> list[tuple[int | None, str]]:
    """The line and the words of each mistake in the file once it is changed."""
    text = INSTALLED.forms.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    document: Document = parse(changed.encode(), INSTALLED.forms)
    built_in = {q.id: q for q in library().questionnaires}
    try:
        forms = build(FormsFile, document.content, document)
    except ProblemsError as error:
        return [(problem.place.line, problem.message) for problem in error.problems]
    found = lengths.lengths(forms, document, built_in, library())
    return [(problem.place.line, problem.message) for problem in found]


def replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            replacing("- valued_input.listened_to", "- valued_input.listend_to"),
            "there is no item 'valued_input.listend_to' (did you mean 'valued_input.listened_to'?)",
        ),
        (
            replacing("- belief_in_peers.lived_helpful", "- belief_in_peers.unique_value"),
            "'belief_in_peers.unique_value' is not asked of 'service_user'; asked of: staff",
        ),
        (
            replacing("- new_relationships.respect", "- valued_input.listened_to"),
            "'valued_input.listened_to' is listed twice for 'service_user': keep one",
        ),
        (replacing("{as: service_user}", "{as: visitors}"), "'as' names a group with a list"),
        (
            replacing("all: participation-ladder", "all: participation-latter"),
            "there is no questionnaire 'participation-latter' (did you mean 'participation-ladder'",
        ),
        (
            replacing("is_one_of: [isolation]", "is_one_of: [isolaton]"),
            "'isolaton' is no answer to 'fit.main_need' (did you mean 'isolation'?)",
        ),
        (replacing("        concerns: all\n", "        concerns: some\n"), "allowed: 'all'"),
        (
            replacing("        concerns: all\n", "        concerns: all\n        all: buy-in\n"),
            "name exactly one of: items, all (a questionnaire), concerns",
        ),
        (
            replacing("          - fit.needs\n", "          - fit.needs\n          - fit.moon\n"),
            "there is no item 'fit.moon'",
        ),
        (
            replacing("    board: {answers: 10, minutes: 4}", "    boards: {minutes: 4}"),
            "there is no group 'boards' (did you mean 'board'?)",
        ),
        (
            replacing("        all: programme-fit\n", "        items: [fit.needs]\n"),
            "'working_group' is asked 'fit.already_running' in a quick look and not in a full",
        ),
    ],
)
def test_a_mistake_is_named_with_the_way_out(change: Callable[[str], str], expected: str) -> None:
    found = faults(change)
    assert any(expected in words and line for line, words in found), found


def test_a_group_that_is_left_out_is_named() -> None:
    def without_the_board(text: str) -> str:
        start = text.index("    board:\n", text.index("quick:"))
        end = text.index("    working_group:\n", start)
        return text[:start] + text[end:]

    message = (
        "say what 'board' is asked: add it, such as 'board: {as: staff}', or write 'asked_like'"
    )
    assert f"{message} in groups.yaml" in [words for _, words in faults(without_the_board)]


def test_a_set_that_grew_too_long_is_named() -> None:
    text = INSTALLED.forms.read_text(encoding="utf-8")
    tight = text.replace("staff: {answers: 65, minutes: 12}", "staff: {answers: 20, minutes: 3}")
    document = parse(tight.encode(), INSTALLED.forms)
    forms = build(FormsFile, document.content, document)
    known = library()
    found = limits(replace(known, forms=replace(known.forms, file=forms)), document)
    assert [problem.message.split(".")[0] for problem in found] == [
        "staff, full, where no peer work runs: 65 answers, and at most 20 are allowed and 10",
        "staff, full, where some peer work runs: 61 answers, and at most 20 are allowed and 11",
    ]
