"""The rules that keep the properties: what a rule may read, and how.

On scores, gates use only ``at_least`` and risk points only ``below``; fit reads facts only; no
rule reads agreement, gaps, intervals, don't-know shares, quality flags, concerns or rungs wanted
(a condition has no form for them). A practice's threshold names a code of its scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaires.content_files.yaml_files import Document, Path_, repeated_ids
from questionnaires.library import Library
from questionnaires.problems import Problem
from scoring.rules.checks.conditions import condition, item_problem
from scoring.rules.model import ARRANGEMENTS, CULTURE_GATE, HEARD_GATE, Condition, Offer
from scoring.rules.rulebook import Guidance

#: The most combinations of alternatives that the search for fixes tries out for one offer.
MAX_COMBINATIONS = 4096

GATE_FORMS = frozenset({"at_least", "is_one_of", "includes"})
RISK_FORMS = frozenset({"below", "excludes", "is_one_of"})
FACT_FORMS = frozenset({"at_least", "is_one_of", "includes"})


def rules(
    guidance: Guidance,
    library: Library,
    gates: Document,
    offers: Document,
    documents: Mapping[str, Document],
) -> Iterator[Problem]:
    """Every mistake in gates, offers, risk, choice and ladders."""
    for number, gate in enumerate(guidance.gates.values()):
        place, name = ("gates", number), f"gate {gate.id}"
        yield from condition(gate.needs, library, gates, (*place, "needs"), name, GATE_FORMS)
        if gate.when:
            yield from condition(
                gate.when, library, gates, (*place, "when"), name, FACT_FORMS, facts_only=True
            )
    for number, offer in enumerate(guidance.offers.values()):
        yield from _offer(offer, guidance, library, offers, ("offers", number))
    yield from _risk(guidance, library, documents["risk"])
    yield from _choice(guidance, library, documents["choice"])
    yield from _ladders(guidance, library, documents["ladders"])


def _offer(
    offer: Offer, guidance: Guidance, library: Library, document: Document, place: Path_
) -> Iterator[Problem]:
    name = f"offer {offer.id}"
    letters = {exposure.letter for exposure in guidance.risk.exposures}
    safeguards = {safeguard.id: safeguard for safeguard in guidance.risk.safeguards}
    lists = (
        ("gates", offer.gates, guidance.gates, "gate"),
        ("safeguards", offer.safeguards, safeguards, "safeguard"),
        ("exposes", tuple(offer.exposes), letters, "exposure"),
    )
    for field, named, known, what in lists:
        for word in named:
            if word not in known:
                yield document.problem(
                    "unknown_part", (*place, field), word, sorted(known), about=name, what=what
                )
    for number, fit in enumerate(offer.fits):
        yield from condition(
            fit.when,
            library,
            document,
            (*place, "fits", number, "when"),
            name,
            FACT_FORMS,
            facts_only=True,
        )
    yield from _needs(offer, guidance, library, document, place)
    if offer.id == guidance.choice.fallback:
        return
    if not (offer.model and offer.role_level and offer.arrangement):
        yield document.problem("offer_without_form", place, about=name)
    if offer.begin is None:
        yield document.problem("offer_without_begin", place, about=name)
    yield from _parts(offer, guidance, document, place)
    if guidance.risk.unguarded.concerns(offer) and not offer.safeguards:
        yield document.problem("no_safeguard", (*place, "safeguards"), about=name)
    if all(gate in guidance.gates for gate in offer.gates):
        yield from _not_twice(offer, guidance, document, place)
        combinations = 1
        for gate in guidance.gates_of(offer):
            combinations *= _alternatives(gate.needs)
        if combinations > MAX_COMBINATIONS:
            at = (*place, "gates")
            most = MAX_COMBINATIONS
            yield document.problem("too_many_combinations", at, combinations, most, about=name)


def _needs(
    offer: Offer, guidance: Guidance, library: Library, document: Document, place: Path_
) -> Iterator[Problem]:
    """The needs that an offer answers exist, and nothing else can outweigh the main one."""
    need, name = guidance.choice.need, f"offer {offer.id}"
    fact = library.items.get(need.needs_fact)
    codes = [option.code for option in library.options(fact)] if fact else []
    for number, answered in enumerate(offer.needs):
        if answered.need not in codes:
            at, item = (*place, "needs", number, "need"), need.needs_fact
            yield document.problem("no_answer_to", at, answered.need, codes, about=name, item=item)
    if not offer.needs:
        yield document.problem("offer_without_need", place, about=name)
    rest = need.other_points + sum(fit.points for fit in offer.fits)
    if rest >= need.main_points:
        at = (*place, "fits")
        yield document.problem("outweighs_main_need", at, rest, need.main_points, about=name)


def _parts(offer: Offer, guidance: Guidance, document: Document, place: Path_) -> Iterator[Problem]:
    """A combined offer exposes to all that its parts expose to, and asks for all their gates."""
    about = f"offer {offer.id}"
    for number, name in enumerate(offer.parts):
        part = guidance.offers.get(name)
        if part is None or part.id in (offer.id, guidance.choice.fallback) or part.parts:
            at = (*place, "parts", number)
            yield document.problem("not_a_part", at, name, guidance.offers, about=about)
            continue
        for field, own, its in (
            ("exposes", offer.exposes, part.exposes),
            ("gates", offer.gates, part.gates),
        ):
            if missing := [word for word in its if word not in own]:
                yield document.problem(
                    "missing_of_part",
                    (*place, field),
                    allowed=missing,
                    about=about,
                    part=name,
                    field=field,
                )


def _not_twice(
    offer: Offer, guidance: Guidance, document: Document, place: Path_
) -> Iterator[Problem]:
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
                    yield document.problem(
                        "gate_and_safeguard",
                        (*place, "safeguards"),
                        leaf.practice,
                        about=f"offer {offer.id}",
                        safeguard=safeguard.id,
                    )


def _alternatives(needs: Condition) -> int:
    if needs.all:
        product = 1
        for part in needs.all:
            product *= _alternatives(part)
        return product
    if needs.any:
        return sum(_alternatives(part) for part in needs.any)
    return 1


def _risk(guidance: Guidance, library: Library, document: Document) -> Iterator[Problem]:
    risk = guidance.risk
    for key, entries in (("safeguards", risk.safeguards), ("exposures", risk.exposures)):
        places = [((key, number), entry) for number, entry in enumerate(entries)]
        yield from repeated_ids(document, places)
    letters = [exposure.letter for exposure in risk.exposures]
    for number, letter in enumerate(letters):
        if letter in letters[:number]:
            yield document.problem("repeated_letter", ("exposures", number, "letter"), letter)
    for arrangement in ARRANGEMENTS:
        if arrangement not in risk.arrangements or arrangement not in risk.arrangement_reasons:
            yield document.problem("arrangement_missing", ("arrangements",), allowed=arrangement)
    for number, safeguard in enumerate(risk.safeguards):
        at, name = ("safeguards", number, "missing"), f"safeguard {safeguard.id}"
        if any(leaf.heard or leaf.too_few_to_show for leaf in safeguard.missing.leaves()):
            yield document.problem("heard_adds_risk", at, about=name)
        yield from condition(safeguard.missing, library, document, at, name, RISK_FORMS)
    if risk.low_up_to >= risk.moderate_up_to:
        found, moderate = risk.low_up_to, risk.moderate_up_to
        yield document.problem("bands_out_of_order", ("low_up_to",), found, moderate)
    yield from _unguarded(guidance, document)
    steps = [risk.arrangements.get(arrangement, 0) for arrangement in ARRANGEMENTS]
    if steps != sorted(steps):
        yield document.problem("arrangements_out_of_order", ("arrangements",))


def _unguarded(guidance: Guidance, document: Document) -> Iterator[Problem]:
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
            yield document.problem("unguarded_not_high", at, points, least, offer=offer.id)


def _choice(guidance: Guidance, library: Library, document: Document) -> Iterator[Problem]:
    choice = guidance.choice
    if choice.fallback not in guidance.offers:
        yield document.problem("unknown_offer", ("fallback",), choice.fallback)
    if choice.highest_risk == "high":
        yield document.problem("high_risk_allowed", ("highest_risk",))
    yield from condition(
        choice.experience.when,
        library,
        document,
        ("experience", "when"),
        "experience",
        FACT_FORMS,
        facts_only=True,
    )
    appetite = library.items.get(choice.appetite.fact)
    for option in library.options(appetite) if appetite else ():
        if option.code not in choice.appetite.highest:
            at = ("appetite", "highest")
            yield document.problem("appetite_missing", at, allowed=option.code, about="appetite")
    read = (
        (("appetite",), choice.appetite.fact, "choice"),
        (("wished_fact",), choice.wished_fact, "choice"),
        (("need", "needs_fact"), choice.need.needs_fact, "choices"),
        (("need", "main_fact"), choice.need.main_fact, "choice"),
        (("running", "fact"), choice.running.fact, "choices"),
    )
    for place, fact, kind in read:
        yield from item_problem(fact, {kind}, library, document, place, place[0])
    needs, main = (
        {option.code for option in library.options(item)} if item else set()
        for item in map(library.items.get, (choice.need.needs_fact, choice.need.main_fact))
    )
    if needs != main:
        yield document.problem(
            "needs_differ",
            ("need", "main_fact"),
            sorted(needs ^ main),
            about="need",
            main=choice.need.main_fact,
            needs=choice.need.needs_fact,
        )
    running = library.items.get(choice.running.fact)
    codes = {option.code for option in library.options(running)} if running else set()
    if running and (missing := [o.id for o in guidance.starts if o.id not in codes]):
        at, fact = ("running", "fact"), choice.running.fact
        yield document.problem("offers_without_answer", at, fact, missing, about="running")
    for gate in (CULTURE_GATE, HEARD_GATE):
        if gate not in guidance.gates:
            yield document.problem("gate_missing", ("fallback",), allowed=gate)


def _ladders(guidance: Guidance, library: Library, document: Document) -> Iterator[Problem]:
    areas = {area.id for area in guidance.ladders.areas}
    sizes = {ladder.id: len(ladder.rungs) for ladder in guidance.ladders.ladders}
    if guidance.ladders.default not in sizes:
        default = guidance.ladders.default
        yield document.problem("unknown_ladder", ("default",), default, list(sizes))
    for number, evidence in enumerate(guidance.ladders.evidence):
        place = ("evidence", number)
        if evidence.area not in areas:
            at = (*place, "area")
            yield document.problem("unknown_area", at, evidence.area, sorted(areas))
        for ladder, rung in evidence.rung.items():
            if not 1 <= rung <= sizes.get(ladder, 0):
                yield document.problem("unknown_rung", (*place, "rung"), rung, ladder=ladder)
        for practice in evidence.practices:
            yield from item_problem(
                practice, {"practice"}, library, document, (*place, "practices"), "evidence"
            )
