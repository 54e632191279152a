"""The rules that keep the properties: what a rule may read, and how.

On scores, gates use only ``at_least`` and risk points only ``below``; fit reads facts only; no
rule reads agreement, gaps, intervals, don't-know shares, quality flags, concerns or rungs wanted
(a condition has no form for them). A practice's threshold names a code of its scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod

from questionnaires.content_files.yaml_files import Document, repeated_ids
from questionnaires.library import Library
from questionnaires.problems import Problem, fault
from scoring.rules.checks.conditions import condition_faults, item_faults
from scoring.rules.model import ARRANGEMENTS, CULTURE_GATE, HEARD_GATE, Condition, Gate, Offer
from scoring.rules.rulebook import Guidance

#: The most combinations of alternatives that the search for fixes tries out for one offer.
MAX_COMBINATIONS = 4096

GATE_FORMS = frozenset({"at_least", "is_one_of", "includes"})
RISK_FORMS = frozenset({"below", "excludes", "is_one_of"})
FACT_FORMS = frozenset({"at_least", "is_one_of", "includes"})


def rules(
    guidance: Guidance, library: Library, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """Every mistake in gates, offers, risk, choice and ladders.

    Args:
        documents: the files of these five, by name.
    """
    for number, gate in enumerate(guidance.gates.values()):
        place, name = ("gates", number), f"gate {gate.id}"
        yield from documents["gates"].placed_all(_gate(gate, library), place, name)
    for number, offer in enumerate(guidance.offers.values()):
        place, name = ("offers", number), f"offer {offer.id}"
        yield from documents["offers"].placed_all(_offer(offer, guidance, library), place, name)
    risk = guidance.risk
    for key, entries in (("safeguards", risk.safeguards), ("exposures", risk.exposures)):
        places = [((key, number), entry) for number, entry in enumerate(entries)]
        yield from repeated_ids(documents["risk"], places)
    yield from documents["risk"].placed_all(_risk(guidance, library))
    yield from documents["choice"].placed_all(_choice(guidance, library))
    yield from documents["ladders"].placed_all(_ladders(guidance, library))


def _gate(gate: Gate, library: Library) -> Iterator[Problem]:
    yield from condition_faults(gate.needs, library, ("needs",), GATE_FORMS)
    if gate.when:
        yield from condition_faults(gate.when, library, ("when",), FACT_FORMS, facts_only=True)


def _offer(offer: Offer, guidance: Guidance, library: Library) -> Iterator[Problem]:
    letters = {exposure.letter for exposure in guidance.risk.exposures}
    safeguards = {safeguard.id for safeguard in guidance.risk.safeguards}
    lists = (
        ("gates", offer.gates, guidance.gates, "gate"),
        ("safeguards", offer.safeguards, safeguards, "safeguard"),
        ("exposes", offer.exposes, letters, "exposure"),
    )
    for field, named, known, what in lists:
        for word in named:
            if word not in known:
                yield fault("unknown_part", (field,), word, sorted(known), what=what)
    for number, fit in enumerate(offer.fits):
        at = ("fits", number, "when")
        yield from condition_faults(fit.when, library, at, FACT_FORMS, facts_only=True)
    yield from _needs(offer, guidance, library)
    if offer.id == guidance.choice.fallback:
        return
    if not (offer.model and offer.role_level and offer.arrangement):
        yield fault("offer_without_form", ())
    if offer.begin is None:
        yield fault("offer_without_begin", ())
    yield from _parts(offer, guidance)
    if guidance.risk.unguarded.concerns(offer) and not offer.safeguards:
        yield fault("no_safeguard", ("safeguards",))
    if all(gate in guidance.gates for gate in offer.gates):
        yield from _not_twice(offer, guidance)
        combinations = prod(_alternatives(gate.needs) for gate in guidance.gates_of(offer))
        if combinations > MAX_COMBINATIONS:
            yield fault("too_many_combinations", ("gates",), combinations, MAX_COMBINATIONS)


def _needs(offer: Offer, guidance: Guidance, library: Library) -> Iterator[Problem]:
    """The needs that an offer answers exist, and nothing else can outweigh the main one."""
    need = guidance.choice.need
    codes = _codes(need.needs_fact, library)
    for number, answered in enumerate(offer.needs):
        if answered.need not in codes:
            at = ("needs", number, "need")
            yield fault("no_answer_to", at, answered.need, codes, item=need.needs_fact)
    if not offer.needs:
        yield fault("offer_without_need", ())
    rest = need.other_points + sum(fit.points for fit in offer.fits)
    if rest >= need.main_points:
        yield fault("outweighs_main_need", ("fits",), rest, need.main_points)


def _codes(fact: str, library: Library) -> list[str]:
    """The codes of a fact's answers; none where there is no such fact."""
    item = library.items.get(fact)
    return [option.code for option in library.options(item)] if item else []


def _parts(offer: Offer, guidance: Guidance) -> Iterator[Problem]:
    """A combined offer exposes to all that its parts expose to, and asks for all their gates."""
    for number, name in enumerate(offer.parts):
        part = guidance.offers.get(name)
        if part is None or part.id in (offer.id, guidance.choice.fallback) or part.parts:
            yield fault("not_a_part", ("parts", number), name, guidance.offers)
            continue
        for field, own, its in (
            ("exposes", offer.exposes, part.exposes),
            ("gates", offer.gates, part.gates),
        ):
            if missing := [word for word in its if word not in own]:
                yield fault("missing_of_part", (field,), allowed=missing, part=name, field=field)


def _not_twice(offer: Offer, guidance: Guidance) -> Iterator[Problem]:
    """A failed gate is not also a risk point."""
    asked = {
        leaf.practice or leaf.fact
        for gate in guidance.gates_of(offer)
        for leaf in gate.needs.leaves()
    }
    for safeguard in guidance.risk.safeguards:
        if safeguard.id in offer.safeguards:
            for leaf in safeguard.missing.leaves():
                if leaf.practice and leaf.practice in asked:
                    at, name = ("safeguards",), safeguard.id
                    yield fault("gate_and_safeguard", at, leaf.practice, safeguard=name)


def _alternatives(needs: Condition) -> int:
    """In how many ways a condition can hold."""
    if needs.all:
        return prod(map(_alternatives, needs.all))
    return sum(map(_alternatives, needs.any)) if needs.any else 1


def _risk(guidance: Guidance, library: Library) -> Iterator[Problem]:
    risk = guidance.risk
    letters = [exposure.letter for exposure in risk.exposures]
    for number, letter in enumerate(letters):
        if letter in letters[:number]:
            yield fault("repeated_letter", ("exposures", number, "letter"), letter)
    for arrangement in ARRANGEMENTS:
        if arrangement not in risk.arrangements or arrangement not in risk.arrangement_reasons:
            yield fault("arrangement_missing", ("arrangements",), allowed=arrangement)
    for number, safeguard in enumerate(risk.safeguards):
        at, name = ("safeguards", number, "missing"), f"safeguard {safeguard.id}"
        if any(leaf.heard or leaf.too_few_to_show for leaf in safeguard.missing.leaves()):
            yield fault("heard_adds_risk", at, subject=name)
        for problem in condition_faults(safeguard.missing, library, at, RISK_FORMS):
            yield replace(problem, subject=name)
    if risk.low_up_to >= risk.moderate_up_to:
        yield fault("bands_out_of_order", ("low_up_to",), risk.low_up_to, risk.moderate_up_to)
    yield from _unguarded(guidance)
    steps = [risk.arrangements.get(arrangement, 0) for arrangement in ARRANGEMENTS]
    if steps != sorted(steps):
        yield fault("arrangements_out_of_order", ("arrangements",))


def _unguarded(guidance: Guidance) -> Iterator[Problem]:
    """Work that the rule is about is high where none of its own safeguards is in place."""
    risk = guidance.risk
    exposures = {exposure.letter: exposure.points for exposure in risk.exposures}
    safeguards = {safeguard.id: safeguard.points for safeguard in risk.safeguards}
    for offer in guidance.starts:
        if not risk.unguarded.concerns(offer) or offer.arrangement is None:
            continue
        points = (
            sum(exposures.get(letter, 0) for letter in offer.exposes)
            + risk.arrangements.get(offer.arrangement, 0)
            + sum(safeguards.get(name, 0) for name in offer.safeguards)
            + risk.unguarded.points
        )
        if points <= risk.moderate_up_to:
            at, least = ("unguarded", "points"), risk.moderate_up_to
            yield fault("unguarded_not_high", at, points, least, offer=offer.id)


def _choice(guidance: Guidance, library: Library) -> Iterator[Problem]:
    choice = guidance.choice
    if choice.fallback not in guidance.offers:
        yield fault("unknown_offer", ("fallback",), choice.fallback)
    if choice.highest_risk == "high":
        yield fault("high_risk_allowed", ("highest_risk",))
    when, at = choice.experience.when, ("experience", "when")
    for problem in condition_faults(when, library, at, FACT_FORMS, facts_only=True):
        yield replace(problem, subject="experience")
    for code in _codes(choice.appetite.fact, library):
        if code not in choice.appetite.highest:
            at = ("appetite", "highest")
            yield fault("appetite_missing", at, allowed=code, subject="appetite")
    read = (
        (("appetite",), choice.appetite.fact, "choice"),
        (("wished_fact",), choice.wished_fact, "choice"),
        (("need", "needs_fact"), choice.need.needs_fact, "choices"),
        (("need", "main_fact"), choice.need.main_fact, "choice"),
        (("running", "fact"), choice.running.fact, "choices"),
    )
    for place, fact, kind in read:
        yield from item_faults(fact, {kind}, library, place, place[0])
    need = choice.need
    differ = {*_codes(need.needs_fact, library)} ^ {*_codes(need.main_fact, library)}
    if differ:
        at, facts = ("need", "main_fact"), {"main": need.main_fact, "needs": need.needs_fact}
        yield fault("needs_differ", at, sorted(differ), subject="need", **facts)
    running = choice.running.fact
    codes = _codes(running, library)
    missing = [offer.id for offer in guidance.starts if offer.id not in codes]
    if missing and running in library.items:
        at = ("running", "fact")
        yield fault("offers_without_answer", at, running, missing, subject="running")
    for gate in (CULTURE_GATE, HEARD_GATE):
        if gate not in guidance.gates:
            yield fault("gate_missing", ("fallback",), allowed=gate)


def _ladders(guidance: Guidance, library: Library) -> Iterator[Problem]:
    areas = {area.id for area in guidance.ladders.areas}
    sizes = {ladder.id: len(ladder.rungs) for ladder in guidance.ladders.ladders}
    if guidance.ladders.default not in sizes:
        yield fault("unknown_ladder", ("default",), guidance.ladders.default, list(sizes))
    for number, evidence in enumerate(guidance.ladders.evidence):
        place = ("evidence", number)
        if evidence.area not in areas:
            yield fault("unknown_area", (*place, "area"), evidence.area, sorted(areas))
        for ladder, rung in evidence.rung.items():
            if not 1 <= rung <= sizes.get(ladder, 0):
                yield fault("unknown_rung", (*place, "rung"), rung, ladder=ladder)
        for practice in evidence.practices:
            at = (*place, "practices")
            yield from item_faults(practice, {"practice"}, library, at, "evidence")
