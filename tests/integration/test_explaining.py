"""``explain ID``: what hangs on a thing is what the data says, for each kind of thing.

What is expected is read from the YAML files themselves, not through the program.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from assessment.services.content.explaining import content, lookup, printed
from tests.support.files import run
from tests.support.places import PACKS, ROOT, data

KEYS = {
    *("id", "kind", "title", "stands_in", "properties", "text", "help", "steps", "options"),
    *("reason", "force", "judgement", "sources", "parts"),
}


def guidance(name: str, key: str | None = None) -> dict[str, dict[str, Any]]:
    """The entries of a guidance file, or of a folder of them, by id."""
    folder = "questionnaires/reference" if name == "sources" else "data/guidance"
    return {entry["id"]: entry for entry in entries(f"{folder}/{name}", key or name)}


def entries(name: str, key: str) -> list[dict[str, Any]]:
    """What stands under a key in a file, or in the files of a folder as its index lists them."""
    if not (ROOT / name).is_dir():
        return data(f"{name}.yaml")[key]
    files = data(f"{name}/index.yaml")["files"]
    return [entry for file in files for entry in data(f"{name}/{file}.yaml")[key]]


def items(pack: str) -> dict[str, dict[str, Any]]:
    folder = f"questionnaires/packs/{pack}"
    if (ROOT / folder).is_dir():
        files = data(f"{folder}/questionnaire.yaml")["sections"]
        sections = [data(f"{folder}/{file}.yaml") for file in files]
    else:
        sections = data(f"{folder}.yaml")["sections"]
    return {item["id"]: item for section in sections for item in section["items"]}


def explained(name: str, *arguments: str | Path) -> dict[str, Any]:
    """What ``explain --json`` prints of the one thing with an id."""
    done = run("explain", name, "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert len(result) == 1
    assert result[0].keys() == KEYS
    assert result[0]["id"] == name
    return result[0]


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


def leaves(condition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    parts = condition.get("all") or condition.get("any")
    if parts is None:
        yield condition
    for part in parts or ():
        yield from leaves(part)


def named(entries: list[dict[str, Any]], kind: str) -> dict[str, list[str]]:
    """Every entry of a kind, at any depth, with the ids below it."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry["kind"] == kind:
            found[entry["id"]] = ids(entry["below"])
        found |= named(entry["below"], kind)
    return found


def moving(field: str, practice: str) -> list[str]:
    """The actions that name a practice in a field."""
    return [a["id"] for a in guidance("actions").values() if practice in a.get(field, ())]


# -- rules and advice ------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", ["named_supervisor", "boundaries_written", "lone_working"])
def test_the_table_from_gate_to_practice_to_action_is_that_of_the_data(gate: str) -> None:
    asked = [leaf["practice"] for leaf in leaves(guidance("gates")[gate]["needs"])]
    table = {
        practice: [*moving("brings", practice), *moving("helps", practice)] for practice in asked
    }
    assert all(len(moving("brings", practice)) == 1 for practice in asked)
    needs = explained(gate)["parts"]["needs"]
    assert named(needs, "practice") == table
    for entry in needs:
        assert entry["below"][0]["how"].startswith("brings it to in place; effort ")
        assert all(action["how"].startswith("helps; ") for action in entry["below"][1:])
    # The text prints the same ids in the same order, each with its title.
    output = run("explain", gate).stdout
    printed = re.findall(r"^ +([a-z_.]+): ", output.partition("What it needs")[2], re.MULTILINE)
    rows = [name for practice, helps in table.items() for name in (practice, *helps)]
    assert printed[: len(rows)] == rows


def test_a_gate_of_every_start_names_them_all() -> None:
    entry = explained("named_supervisor")
    offers = list(guidance("offers"))
    assert entry["kind"] == "gate"
    assert ids(entry["parts"]["offers"]) == [o for o in offers if o != "build_involvement"]
    assert entry["properties"] == {"every_offer": True, "caps_band_at": "groundwork"}
    assert (entry["force"], entry["judgement"]) == ("must", True)
    assert entry["sources"] == guidance("gates")["named_supervisor"]["source"]
    assert "crucial" in entry["reason"]


def test_a_gate_that_depends_on_a_fact_says_on_which() -> None:
    entry = explained("benefits_advice")
    raw = guidance("gates")["benefits_advice"]
    assert set(ids(entry["parts"]["when"])) == {leaf["fact"] for leaf in leaves(raw["when"])}
    listing = [
        o["id"] for o in guidance("offers").values() if "benefits_advice" in o.get("gates", ())
    ]
    assert ids(entry["parts"]["offers"]) == listing


def test_an_offer_shows_its_gates_with_practices_and_actions_its_risk_and_its_fit() -> None:
    found, raw = explained("peer_led_group"), guidance("offers")["peer_led_group"]
    gates = guidance("gates")
    every = [
        name
        for name, gate in gates.items()
        if gate.get("every_offer") and raw["role_level"] not in gate.get("except_role_levels", ())
    ]
    parts = found["parts"]
    assert ids(parts["gates"]) == [*every, *raw["gates"]]
    for entry in parts["gates"]:
        needs = [leaf for leaf in leaves(gates[entry["id"]]["needs"]) if "practice" in leaf]
        assert list(named(entry["below"], "practice")) == [leaf["practice"] for leaf in needs]
    assert set(ids(parts["safeguards"])) == set(raw["safeguards"])
    letters = {e["id"]: e["letter"] for e in guidance("risk", "exposures").values()}
    assert [letters[name] for name in ids(parts["exposures"])] == list(raw["exposes"])
    assert ids(parts["fits"]) == [fit["when"]["fact"] for fit in raw["fits"]]
    assert len(parts["needs"]) == len(raw["needs"])
    combined = explained("integrated_programme")
    assert ids(combined["parts"]["combines"]) == guidance("offers")["integrated_programme"]["parts"]
    assert "integrated_programme" in ids(explained("buddying")["parts"]["part_of"])
    assert found["properties"]["role_level"] == raw["role_level"]


def test_no_gate_holds_the_fallback_back() -> None:
    assert explained("build_involvement")["parts"]["gates"] == []


def test_an_action_shows_what_it_moves_and_who_needs_that() -> None:
    raw = guidance("actions")["plan_cover_for_gaps"]
    entry = explained("plan_cover_for_gaps")
    assert entry["kind"] == "action"
    assert ids(entry["parts"]["brings"]) == raw["brings"]
    assert ids(entry["parts"]["helps"]) == raw.get("helps", [])
    assert "named_supervisor" in named(entry["parts"]["brings"], "practice")["supervision.cover"]
    assert ids(entry["parts"]["dimensions"]) == [raw["dimension"]] == ["supervision"]
    assert entry["properties"]["effort"] == raw["effort"]
    assert entry["text"]["who"] == raw["who"]


def test_an_action_and_a_resource_name_each_other() -> None:
    action = next(a for a in guidance("actions").values() if a.get("resources"))
    assert ids(explained(action["id"])["parts"]["resources"]) == action["resources"]
    resource = explained(action["resources"][0])
    assert resource["kind"] == "resource"
    assert action["id"] in ids(resource["parts"]["actions"])
    assert set(resource["text"]) == {"made_by", "find", "good_for"}


def test_a_safeguard_shows_when_it_is_missing_and_whose_risk_it_lowers() -> None:
    entry = explained("peer_supervision")
    assert entry["kind"] == "safeguard"
    assert named(entry["parts"]["missing"], "practice").keys() == {"supervision.peer_supervision"}
    offers = guidance("offers").values()
    wanted = [offer["id"] for offer in offers if "peer_supervision" in offer.get("safeguards", ())]
    assert ids(entry["parts"]["offers"]) == wanted


def test_an_exposure_shows_in_which_way_each_offer_exposes_people() -> None:
    found = explained("crisis")
    wanted = {
        o["id"]: o["exposes"]["C"]
        for o in guidance("offers").values()
        if "C" in o.get("exposes", {})
    }
    assert {entry["id"]: entry["how"] for entry in found["parts"]["offers"]} == wanted


def test_a_response_and_a_conflict_show_what_they_answer() -> None:
    response = explained("answer_effective")
    assert ids(response["parts"]["concerns"]) == ["concern.effective"]
    promising = next(r for r in guidance("concerns").values() if r.get("needs"))
    assert ids(explained(promising["id"])["parts"]["needs"]) == promising["needs"]
    promised = explained(promising["needs"][0])["parts"]["responses"]
    assert promising["id"] in ids(promised)
    conflict = explained("own_service")
    assert ids(conflict["parts"]["facts"]) == ["fit.own_service"]
    assert len(conflict["text"]) == len(
        guidance("sources", "conflicts")["own_service"]["positions"]
    )


# -- items -----------------------------------------------------------------------------------------


def test_a_practice_shows_its_words_its_steps_and_all_that_needs_it() -> None:
    name = "supervision.cover"
    raw, found = items("organisational-foundations")[name], explained(name)
    assert found["kind"] == "practice"
    assert found["steps"] == {"everyone": raw["steps"]}
    assert found["text"]["default"] == raw["text"]
    scored = {option["code"]: option["score"] for option in found["options"]}
    assert scored == {
        "not_in_place": 0,
        "planned": 15,
        "partly": 50,
        "in_place": 100,
        "dont_know": None,
    }
    assert ids(found["parts"]["asked_of"]) == raw["groups"]
    gates = [
        gate["id"]
        for gate in guidance("gates").values()
        if name in [leaf.get("practice") for leaf in leaves(gate["needs"])]
    ]
    assert ids(found["parts"]["gates"]) == gates == ["named_supervisor"]
    actions = [*moving("brings", name), *moving("helps", name)]
    assert ids(found["parts"]["actions"]) == actions
    fix = found["parts"]["fixes"][0]
    assert (fix["title"], len(fix["below"])) == ("Raise it to: In place", 19)
    assert found["sources"] == raw["source"]
    file, _, line = found["stands_in"].rpartition(":")
    assert file == "questionnaires/packs/organisational-foundations/supervision.yaml"
    text = (ROOT / file).read_text("utf-8")
    assert f"id: {name}" in text.splitlines()[int(line) - 1]


def test_a_practice_that_peer_workers_read_has_their_words_and_is_on_the_conversation_sheet() -> (
    None
):
    raw, found = items("organisational-foundations"), explained("payment_and_costs.costs_met")
    steps = raw["payment_and_costs.costs_met"]["steps"]
    own = steps.pop("peer_worker")
    assert found["steps"] == {"everyone": steps, "peer_worker": own}
    assert [entry["kind"] for entry in found["parts"]["sheet"]] == ["sheet"]
    assert explained("boundary.gifts.mine")["parts"]["sheet"]
    assert explained("fit.conversation_outcome")["parts"]["sheet"][0]["how"].startswith("what may")
    assert explained("supervision.cover")["parts"]["sheet"] == []


def test_it_says_in_which_length_each_group_is_asked_and_on_which_facts() -> None:
    groups = {e["id"]: e for e in explained("supervision.named_supervisor")["parts"]["asked_of"]}
    assert groups["working_group"]["how"] == "in a quick look and a full round"
    assert groups["manager"]["how"] == "may answer, is not asked"
    # Staff are asked practices only where some peer work is known to run.
    staff = {e["id"]: e for e in explained("policies.safeguarding_route")["parts"]["asked_of"]}[
        "staff"
    ]
    assert "fit.already_running" in json.dumps(staff["below"])
    name, raw = next((n, i) for n, i in items("programme-fit").items() if "asked_if" in i)
    conditions = explained(name)["parts"]["asked_if"]
    facts = [leaf["fact"] for leaf in leaves(raw["asked_if"])]
    assert list(dict.fromkeys(re.findall(r'"id": "(fit[^"]*)"', json.dumps(conditions)))) == facts
    assert name in ids(explained(facts[0])["parts"]["decides"])


def test_a_practice_shows_the_rungs_that_it_is_evidence_for() -> None:
    name = "voice_in_improvement.in_own_support"
    known = entries("questionnaires/reference/ladders", "evidence")
    evidence = [entry for entry in known if name in entry["practices"]]
    rungs = explained(name)["parts"]["rungs"]
    assert [rung["how"] for rung in rungs] == [entry["reason"] for entry in evidence] != []
    assert rungs[0]["title"].startswith("Own support: Co-designing (step 6 of seven_step)")


def test_a_fact_shows_the_gates_fits_choices_and_conflicts_that_read_it() -> None:
    found = explained("fit.own_service")
    assert found["kind"] == "fact"
    assert ids(found["parts"]["conflicts"]) == ["own_service"]
    offers = guidance("offers").values()
    for fact, points in (("fit.needs", "+15"), ("fit.main_need", "+60")):
        fits = explained(fact)["parts"]["fits"]
        assert ids(fits) == [offer["id"] for offer in offers for _ in offer.get("needs", ())]
        assert {entry["how"].split()[0] for entry in fits} == {points}
    wants = explained("fit.wants")["parts"]["fits"]
    assert ids(wants) == [
        offer["id"]
        for offer in offers
        for fit in offer.get("fits", ())
        for leaf in leaves(fit["when"])
        if leaf.get("fact") == "fit.wants"
    ]
    assert explained("fit.risk_appetite")["parts"]["choice"][0]["title"] == "Appetite for risk"
    roles = explained("fit.staff_roles")["parts"]
    assert "cofacilitator_present" in ids(roles["gates"])
    assert "Answer it with: Somebody to lead research" in [fix["title"] for fix in roles["fixes"]]


def test_a_concern_shows_its_responses() -> None:
    entry = explained("concern.effective")
    wanted = [
        response["id"]
        for response in guidance("concerns").values()
        if response["concern"] == "concern.effective"
    ]
    assert entry["kind"] == "concern"
    assert ids(entry["parts"]["responses"]) == wanted


def test_any_other_question_shows_its_wordings_and_who_is_asked() -> None:
    name = "valued_input.listened_to"
    raw, found = items("coproduction-principles")[name], explained(name)
    assert found["kind"] == "item"
    assert found["properties"]["answered_as"] == "frequency"
    assert found["text"] == raw["text"]
    assert "service_user" in ids(found["parts"]["asked_of"])
    boundary = explained("boundary.gifts.mine")
    assert (boundary["properties"]["situation"], boundary["properties"]["aspect"]) == (
        "gifts",
        "mine",
    )


def test_a_question_of_ones_own_is_explained_beside_the_built_in_ones(tmp_path: Path) -> None:
    shutil.copy(PACKS / "practice.yaml", tmp_path)
    own = data("tests/packs/practice.yaml")["sections"][0]["items"][0]["id"]
    entry = explained(own, "--questionnaires", tmp_path)
    assert entry["stands_in"].startswith((tmp_path / "practice.yaml").as_posix())
    assert entry["parts"]["gates"] == []


# -- what is measured ------------------------------------------------------------------------------


def test_a_dimension_shows_its_questions_its_rules_and_its_actions() -> None:
    entry = explained("supervision")
    assert entry["kind"] == "dimension"
    measuring = [
        name
        for name, item in items("organisational-foundations").items()
        if item.get("dimension") == "supervision"
    ]
    assert set(measuring) <= set(ids(entry["parts"]["items"]))
    actions = [a["id"] for a in guidance("actions").values() if a["dimension"] == "supervision"]
    assert ids(entry["parts"]["actions"]) == actions
    assert entry["properties"]["critical"] is True
    culture = explained("culture")
    assert "belief_in_peers" in ids(culture["parts"]["dimensions"])
    assert ids(culture["parts"]["gates"]) == ["culture_above_groundwork", "lived_experience_heard"]


# -- what all have ---------------------------------------------------------------------------------


def test_coverage_rows_are_those_that_name_it() -> None:
    rows = [
        (document["document"], row["names"])
        for document in entries("data/guidance/coverage", "documents")
        for row in document["rows"]
        if "supervision.cover" in row.get("carried_by", ())
    ]
    found = explained("supervision.cover")["parts"]["coverage"]
    assert [(entry["id"], entry["title"]) for entry in found] == rows != []


def test_scenarios_are_those_that_name_it() -> None:
    found = explained("supervision.cover")["parts"]["scenarios"]
    known = data("tests/scenarios/gates.yaml")["scenarios"]
    wanted = [s["name"] for s in known if "supervision.cover" in s.get("agreed", {})]
    assert wanted
    assert [e["title"] for e in found if e["id"] == "gates.yaml"][: len(wanted)] == wanted


def test_a_copy_without_tests_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = content.read_content
    monkeypatch.setattr(content, "read_content", lambda f: real(f, tmp_path / "nothing"))
    assert explained("supervision.cover")["parts"]["scenarios"] is None
    output = run("explain", "supervision.cover").stdout
    assert "Not known: this copy has no tests beside it." in output


def test_everything_that_has_an_id_can_be_explained() -> None:
    everything = content.read_content()
    names = lookup.all_ids(everything)
    assert len(names) == len(set(names)) > 600
    for name in names:
        found = lookup.explain(name, everything)
        assert len(found) == 1
        assert found[0].stands_in, name
        assert printed.as_text(found).isprintable() is False  # it has lines
        assert max(map(len, printed.as_text(found).splitlines())) <= 110, name
        json.loads(printed.as_json(found))


def test_an_unknown_id_ends_with_2_and_the_nearest_ones() -> None:
    done = run("explain", "supervison.cover")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "nothing has the id 'supervison.cover'" in done.stderr
    assert "supervision.cover" in done.stderr
    within = run("explain", "debrief")
    assert within.exit_code == 2
    assert "supervision.debriefing" in within.stderr.partition("nearest ids: ")[2]
    nowhere = run("explain", "§§§§")
    assert nowhere.exit_code == 2
    assert "nearest" not in nowhere.stderr
