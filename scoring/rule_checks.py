"""The rules that keep the properties: what a rule may read, and how.

On scores, gates use only ``at_least`` and risk points only ``below``; fit reads facts only; no
rule reads agreement, gaps, intervals, don't-know shares, quality flags, concerns or rungs wanted
(a condition has no form for them). A practice's threshold names a code of its scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaires.library import Library
from questionnaires.words import listing, nearest
from questionnaires.yaml_source import Document, Path_, Problem, repeated_ids
from scoring.condition_checks import condition, item_problem
from scoring.guidance import Arrangement, Condition, Offer
from scoring.rulebook import Guidance

#: The most combinations of alternatives that the search for fixes tries out for one offer.
MOST_COMBINATIONS = 4096

#: From the least autonomy to the most.
ARRANGEMENTS: tuple[Arrangement, ...] = ("with_staff", "paired", "independent")

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
    """Every mistake in gates, offers, risk, choice, ladders and quality rules."""
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
    for number, group in enumerate(guidance.quality.expected_groups):
        if group not in library.sides:
            yield documents["quality"].problem(
                ("expected_groups", number),
                f"there is no group {group!r}{nearest(group, library.sides)}; allowed: "
                f"{listing(library.sides)}",
            )


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
                    (*place, field),
                    f"{name}: there is no {what} {word!r}{nearest(word, known)}; allowed: "
                    f"{listing(sorted(known), 70)}",
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
    if offer.id == guidance.choice.fallback:
        return
    if not (offer.model and offer.role_level and offer.arrangement):
        yield document.problem(place, f"{name}: write its model, role_level and arrangement")
    points = sum(fit.points for fit in offer.fits)
    if points < guidance.choice.minimum_fit:
        yield document.problem(
            (*place, "fits"),
            f"{name}: its fit can reach {points} points only, and {guidance.choice.minimum_fit} "
            "are needed to be chosen",
        )
    if all(gate in guidance.gates for gate in offer.gates):
        yield from _not_twice(offer, guidance, document, place)
        combinations = 1
        for gate in guidance.gates_of(offer):
            combinations *= _alternatives(gate.needs)
        if combinations > MOST_COMBINATIONS:
            yield document.problem(
                (*place, "gates"),
                f"{name}: its gates leave {combinations} combinations of alternatives, and the "
                f"search for fixes tries {MOST_COMBINATIONS}: use fewer 'any'",
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
                        (*place, "safeguards"),
                        f"offer {offer.id}: safeguard {safeguard.id!r} reads {leaf.practice!r}, "
                        "which one of its gates asks for: a failed gate is not also a risk point",
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
            yield document.problem(
                ("exposures", number, "letter"), f"letter {letter!r} stands for another exposure"
            )
    for arrangement in ARRANGEMENTS:
        if arrangement not in risk.arrangements or arrangement not in risk.arrangement_reasons:
            yield document.problem(
                ("arrangements",),
                f"{arrangement!r} needs its points under 'arrangements' and a sentence under "
                "'arrangement_reasons'",
            )
    for number, safeguard in enumerate(risk.safeguards):
        if any(leaf.heard for leaf in safeguard.missing.leaves()):
            yield document.problem(
                ("safeguards", number, "missing"),
                f"safeguard {safeguard.id}: 'heard' is not allowed here: hearing people may "
                "never add a risk",
            )
        yield from condition(
            safeguard.missing,
            library,
            document,
            ("safeguards", number, "missing"),
            f"safeguard {safeguard.id}",
            RISK_FORMS,
        )
    if risk.low_up_to >= risk.moderate_up_to:
        yield document.problem(
            ("low_up_to",),
            f"low ends at {risk.low_up_to} and moderate at {risk.moderate_up_to}: "
            "moderate must end higher",
        )
    steps = [risk.arrangements.get(arrangement, 0) for arrangement in ARRANGEMENTS]
    if steps != sorted(steps):
        yield document.problem(
            ("arrangements",),
            "more autonomy may not have fewer points: with_staff, paired, "
            "independent rise in this order",
        )


def _choice(guidance: Guidance, library: Library, document: Document) -> Iterator[Problem]:
    choice = guidance.choice
    if choice.fallback not in guidance.offers:
        yield document.problem(("fallback",), f"there is no offer {choice.fallback!r}")
    if choice.highest_risk == "high":
        yield document.problem(
            ("highest_risk",), "a start at high risk is never allowed: write low or moderate"
        )
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
            yield document.problem(
                ("appetite", "highest"),
                f"appetite: say the highest risk for the answer {option.code!r}",
            )
    for field, fact in (("appetite", choice.appetite.fact), ("wished_fact", choice.wished_fact)):
        yield from item_problem(fact, {"choice"}, library, document, (field,), field)


def _ladders(guidance: Guidance, library: Library, document: Document) -> Iterator[Problem]:
    areas = {area.id for area in guidance.ladders.areas}
    sizes = {ladder.id: len(ladder.rungs) for ladder in guidance.ladders.ladders}
    if guidance.ladders.default not in sizes:
        yield document.problem(
            ("default",),
            f"there is no ladder {guidance.ladders.default!r}"
            f"{nearest(guidance.ladders.default, sizes)}; allowed: {listing(sizes)}",
        )
    for number, evidence in enumerate(guidance.ladders.evidence):
        place = ("evidence", number)
        if evidence.area not in areas:
            yield document.problem(
                (*place, "area"),
                f"there is no area {evidence.area!r}{nearest(evidence.area, areas)}; allowed: "
                f"{listing(sorted(areas))}",
            )
        for ladder, rung in evidence.rung.items():
            if not 1 <= rung <= sizes.get(ladder, 0):
                yield document.problem(
                    (*place, "rung"), f"there is no rung {rung} on a ladder {ladder!r}"
                )
        for practice in evidence.practices:
            yield from item_problem(
                practice, {"practice"}, library, document, (*place, "practices"), "evidence"
            )
