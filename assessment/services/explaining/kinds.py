"""What is shown of each kind of thing: its own words, and the parts that hang on it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from assessment.services.explaining.content import Content
from assessment.services.explaining.links import Links, kind_of
from assessment.services.explaining.model import Answer, Entry, Explanation, Part
from questionnaires.model import (
    FACT_KINDS,
    WORKING_GROUP,
    Dimension,
    Domain,
    Item,
    Reference,
    group_title,
)
from scoring.guidance import (
    Action,
    Advice,
    ConcernResponse,
    Condition,
    Exposure,
    Gate,
    Offer,
    Safeguard,
    SourceConflict,
)

#: The most ids that are named where there is no such id.
MOST_NEAR = 6
#: What is said of scenarios where only the packages are installed.
NO_TESTS = "this copy has no tests beside it"

About = Mapping[str, str | int | bool | None]


class UnknownIdError(Exception):
    """Nothing has the id; names the nearest ones."""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        self.name, self.near = name, near
        nearest = f"; the nearest ids: {', '.join(near)}" if near else ""
        super().__init__(f"nothing has the id {name!r}{nearest}")


def explain(name: str, content: Content) -> tuple[Explanation, ...]:
    """Everything that has an id, with what hangs on it: nearly always one thing.

    Raises:
        UnknownIdError: nothing has it.
    """
    found = [explanation for known, explanation in _explainers(content) if known == name]
    if not found:
        raise UnknownIdError(name, nearest_ids(name, content))
    return tuple(explained() for explained in found)


def all_ids(content: Content) -> tuple[str, ...]:
    """Every id that can be explained."""
    return tuple(known for known, _ in _explainers(content))


def nearest_ids(name: str, content: Content) -> tuple[str, ...]:
    """The ids that somebody may have meant: those with the word in them, then those spelt alike."""
    known = list(dict.fromkeys(all_ids(content)))
    word = name.strip().lower()
    within = [one for one in known if word and word in one]
    alike = difflib.get_close_matches(word, known, n=MOST_NEAR, cutoff=0.5)
    near = dict.fromkeys([*difflib.get_close_matches(word, within, n=MOST_NEAR, cutoff=0), *alike])
    return tuple(near)[:MOST_NEAR]


def _explainers(content: Content) -> Iterator[tuple[str, partial[Explanation]]]:
    """Every id with what explains it."""
    library, guidance, links = content.library, content.guidance, Links(content)
    kinds = (
        (guidance.gates.values(), _gate),
        (guidance.offers.values(), _offer),
        (library.items.values(), _item),
        (guidance.actions.values(), _action),
        (guidance.risk.safeguards, _safeguard),
        (guidance.risk.exposures, _exposure),
        (guidance.responses, _response),
        (guidance.conflicts, _conflict),
        (library.dimensions.values(), _dimension),
        (library.domains.values(), _domain),
    )
    for entries, explainer in kinds:
        for entry in entries:
            yield entry.id, partial(explainer, entry, links)


# -- rules and advice ------------------------------------------------------------------------------


def _gate(gate: Gate, links: Links) -> Explanation:
    return _advice(
        links,
        "gate",
        gate,
        gate.title,
        {"every_offer": gate.every_offer, "caps_band_at": gate.caps_band_at},
        {"to_meet": gate.to_meet},
        (
            _part("needs", "What it needs", links.condition(gate.needs)),
            _part("when", "It applies only where", _condition(gate.when, links)),
            _part("offers", "Offers that need it", links.offers_with(gate)),
        ),
    )


def _offer(offer: Offer, links: Links) -> Explanation:
    risk = links.content.guidance.risk
    exposures = {exposure.letter: exposure for exposure in risk.exposures}
    gates = [
        links.gate(gate, "every start" if gate.every_offer else "", links.condition(gate.needs))
        for gate in links.gates_of(offer)
    ]
    safeguards = [
        links.safeguard(
            safeguard,
            f"{safeguard.points:+d} to its risk where missing",
            links.condition(safeguard.missing),
        )
        for safeguard in risk.safeguards
        if safeguard.id in offer.safeguards
    ]
    exposed = [
        Entry("exposure", exposures[x].id, exposures[x].title, f"{exposures[x].points:+d}; {how}")
        for x, how in offer.exposes.items()
    ]
    fits = [
        entry
        for fit in offer.fits
        for entry in _with_reason(links.condition(fit.when), f"{fit.points:+d}; {fit.because}")
    ]
    return _advice(
        links,
        "offer",
        offer,
        offer.title,
        {
            "model": offer.model,
            "role_level": offer.role_level,
            "arrangement": offer.arrangement,
            "later": offer.later,
        },
        {"phrase": offer.phrase, "about": offer.about}
        | {f"task_{number}": task for number, task in enumerate(offer.tasks, 1)},
        (
            _part("gates", "Gates that it needs", gates),
            _part("safeguards", "Safeguards that lower its risk", safeguards),
            _part("exposures", "What it exposes people to", exposed),
            _part("fits", "Facts that make it fit", fits),
        ),
    )


def _action(action: Action, links: Links) -> Explanation:
    practices = [
        links.item(practice, "moves it", _needed_by(practice, links))
        for practice in action.practices
    ]
    return _advice(
        links,
        "action",
        action,
        action.title,
        {"dimension": action.dimension, "effort": action.effort},
        {"how": action.how, "who": action.who},
        (
            _part("practices", "Practices that it moves", practices),
            _part("dimensions", "Dimension that it moves", [links.score(action.dimension, "")]),
        ),
    )


def _needed_by(practice: str, links: Links) -> tuple[Entry, ...]:
    return tuple(links.gate(gate, how) for gate, how in _gates_with(practice, links))


def _response(response: ConcernResponse, links: Links) -> Explanation:
    return _advice(
        links,
        "response",
        response,
        response.title,
        {},
        {"response": response.response, "evidence": response.evidence},
        (_part("concerns", "The concern that it answers", [links.item(response.concern)]),),
    )


def _safeguard(safeguard: Safeguard, links: Links) -> Explanation:
    return _explanation(
        links,
        "safeguard",
        safeguard.id,
        safeguard.title,
        about={"points": safeguard.points},
        reason=safeguard.reason,
        sources=safeguard.source,
        parts=(
            _part("missing", "It is missing where", links.condition(safeguard.missing)),
            _part("offers", "Offers whose risk it lowers", links.safeguarded(safeguard)),
        ),
    )


def _exposure(exposure: Exposure, links: Links) -> Explanation:
    offers = [
        links.offer(offer, offer.exposes[exposure.letter])
        for offer in links.content.guidance.offers.values()
        if exposure.letter in offer.exposes
    ]
    return _explanation(
        links,
        "exposure",
        exposure.id,
        exposure.title,
        about={"letter": exposure.letter, "points": exposure.points},
        reason=exposure.reason,
        sources=exposure.source,
        parts=(_part("offers", "Offers that expose people to it", offers),),
    )


def _conflict(conflict: SourceConflict, links: Links) -> Explanation:
    positions = {f"position_{n}": p.says for n, p in enumerate(conflict.positions, 1)}
    return _explanation(
        links,
        "conflict",
        conflict.id,
        conflict.question,
        wordings=positions,
        reason=conflict.reason,
        sources=tuple(source for p in conflict.positions for source in p.source),
        parts=(_part("facts", "Decided by", [links.item(conflict.fact)] if conflict.fact else []),),
    )


# -- items -----------------------------------------------------------------------------------------


def _item(item: Item, links: Links) -> Explanation:
    library = links.content.library
    questionnaire = library.questionnaire_of[item.id]
    section = next(s for s in questionnaire.sections if item in s.items)
    title = section.title.for_group(WORKING_GROUP, None) or section.id
    dimension = library.dimensions.get(item.dimension or "")
    answers = [Answer(o.code, o.label, o.score) for o in library.options(item)]
    answers += [Answer(c, library.special[c].default or c, None) for c in item.offers]
    about: dict[str, str | int | bool | None] = {
        "answered_as": item.kind,
        "questionnaire": questionnaire.id,
        "section": title,
        "dimension": item.dimension,
        "domain": dimension.domain if dimension else None,
        "area": item.area,
        "situation": item.situation,
        "aspect": item.aspect,
        "tags": ", ".join(item.tags) or None,
    }
    if item.kind in FACT_KINDS:
        about |= {"changeable": item.changeable, "effort": item.effort if item.changeable else None}
    return _explanation(
        links,
        kind_of(item),
        item.id,
        links.item(item.id).title,
        about=about,
        wordings=item.text.variants(),
        help=item.help.variants() if item.help else {},
        steps={"everyone": item.steps} if item.steps else {},
        answers=tuple(answers),
        reason=item.reason,
        sources=item.source,
        parts=tuple(_item_parts(item, links)),
    )


def _item_parts(item: Item, links: Links) -> Iterator[Part]:
    yield _part("asked_of", "Who is asked", _asked_of(item, links))
    if item.scored or item.kind in FACT_KINDS:
        gates = [
            links.gate(gate, how, links.offers_with(gate))
            for gate, how in _gates_with(item.id, links)
        ]
        yield _part("gates", "Gates that need it", gates)
        yield _part("safeguards", "Safeguards that rest on it", _safeguards_with(item.id, links))
        yield _part("fixes", "Fixes that change it", links.fixes(item.id))
    if item.kind == "practice":
        yield _part("rungs", "Rungs of the ladders that it shows", links.rungs(item.id))
        yield _part("actions", "Actions that move it", links.actions_for(item.id))
    elif item.kind in FACT_KINDS:
        yield _part("fits", "Offers that it makes fit", _fits_with(item.id, links))
        yield _part("choice", "Rules of the choice that read it", _choice_with(item.id, links))
        conflicts = [
            Entry("conflict", conflict.id, conflict.question)
            for conflict in links.content.guidance.conflicts
            if conflict.fact == item.id
        ]
        yield _part("conflicts", "Conflicts between sources that it decides", conflicts)
    elif item.kind == "concern":
        responses = [
            Entry("response", response.id, response.title)
            for response in links.content.guidance.responses
            if response.concern == item.id
        ]
        yield _part("responses", "Responses that are ready", responses)


def _asked_of(item: Item, links: Links) -> Iterator[Entry]:
    library = links.content.library
    optional = library.questionnaire_of[item.id].optional_for
    for group in library.groups_of(item):
        said = "optional: not part of its set" if group in optional else ""
        yield Entry("group", group, group_title(group), said)


def _gates_with(name: str, links: Links) -> Iterator[tuple[Gate, str]]:
    """The gates that name an item or a score, and what they ask of it."""
    for gate in links.content.guidance.gates.values():
        for leaf in gate.needs.leaves():
            if name in _named(leaf):
                yield gate, links.asked(leaf)
        for leaf in gate.when.leaves() if gate.when else ():
            if name in _named(leaf):
                yield gate, f"applies only where it {links.asked(leaf)}"


def _safeguards_with(name: str, links: Links) -> Iterator[Entry]:
    for safeguard in links.content.guidance.risk.safeguards:
        for leaf in safeguard.missing.leaves():
            if name in _named(leaf):
                how = f"missing where {links.asked(leaf)}"
                yield links.safeguard(safeguard, how, links.safeguarded(safeguard))


def _fits_with(name: str, links: Links) -> Iterator[Entry]:
    for offer in links.content.guidance.offers.values():
        for fit in offer.fits:
            for leaf in fit.when.leaves():
                if name in _named(leaf):
                    yield links.offer(offer, f"{fit.points:+d} where it {links.asked(leaf)}")


def _choice_with(name: str, links: Links) -> Iterator[Entry]:
    choice = links.content.guidance.choice
    for leaf in choice.experience.when.leaves():
        if name in _named(leaf):
            said = f"refuses some kinds of start where it {links.asked(leaf)}"
            yield Entry("rule", None, "Experience", said)
    if name == choice.appetite.fact:
        highest = ", ".join(f"{code}: {band}" for code, band in choice.appetite.highest.items())
        said = f"the highest risk of a start: {highest}; unanswered: {choice.appetite.unanswered}"
        yield Entry("rule", None, "Appetite for risk", said)
    if name == choice.wished_fact:
        yield Entry("rule", None, "The wish", "the headline says whether it is met")


# -- what is measured ------------------------------------------------------------------------------


def _dimension(dimension: Dimension, links: Links) -> Explanation:
    content = links.content
    items = [links.item(i.id, i.kind) for i in _measuring(dimension.id, links)]
    actions = [
        links.action(action, "moves it")
        for action in content.guidance.actions.values()
        if action.dimension == dimension.id
    ]
    return _explanation(
        links,
        "dimension",
        dimension.id,
        dimension.title,
        about={"critical": dimension.critical, "counts": dimension.counts},
        wordings={"about": dimension.about},
        sources=dimension.source,
        parts=(
            _part("domains", "Domain", [links.score(dimension.domain, "")]),
            _part("items", "Items that measure it", items),
            *_scored(dimension.id, links),
            _part("actions", "Actions that move it", actions),
        ),
    )


def _domain(domain: Domain, links: Links) -> Explanation:
    dimensions = [
        links.score(dimension.id, "critical" if dimension.critical else "")
        for dimension in links.content.library.dimensions.values()
        if dimension.domain == domain.id
    ]
    return _explanation(
        links,
        "domain",
        domain.id,
        domain.title,
        about={
            "counts": domain.counts,
            "lived_experience_limits": domain.lived_experience_limits,
        },
        wordings={"about": domain.about},
        parts=(
            _part("dimensions", "Its dimensions", dimensions),
            *_scored(domain.id, links),
        ),
    )


def _measuring(dimension: str, links: Links) -> Iterator[Item]:
    for item in links.content.library.items.values():
        if item.dimension == dimension:
            yield item


def _scored(name: str, links: Links) -> Iterator[Part]:
    """The rules that read the score of a dimension or domain."""
    gates = [
        links.gate(gate, how, links.offers_with(gate)) for gate, how in _gates_with(name, links)
    ]
    yield _part("gates", "Gates that read it", gates)
    yield _part("safeguards", "Safeguards that rest on it", _safeguards_with(name, links))


# -- what all have ---------------------------------------------------------------------------------


def _part(name: str, title: str, entries: Iterable[Entry]) -> Part:
    return Part(name, title, tuple(entries))


def _condition(condition: Condition | None, links: Links) -> tuple[Entry, ...]:
    return links.condition(condition) if condition else ()


def _named(leaf: Condition) -> set[str | None]:
    """What a condition of one part reads."""
    return {leaf.practice, leaf.fact, leaf.score, *(leaf.heard or ())} - {None}


def _with_reason(entries: tuple[Entry, ...], reason: str) -> Iterator[Entry]:
    for entry in entries:
        yield Entry(entry.kind, entry.id, entry.title, f"{entry.how}; {reason}", entry.below)


def _advice(
    links: Links,
    kind: str,
    advice: Gate | Offer | Action | ConcernResponse,
    title: str,
    about: About,
    wordings: Mapping[str, str],
    parts: tuple[Part, ...],
) -> Explanation:
    return _explanation(
        links,
        kind,
        advice.id,
        title,
        about=about,
        wordings=wordings,
        reason=advice.reason,
        sources=advice.source,
        advice=advice,
        parts=parts,
    )


def _explanation(
    links: Links,
    kind: str,
    name: str,
    title: str,
    *,
    about: About | None = None,
    wordings: Mapping[str, str] | None = None,
    help: Mapping[str, str] | None = None,
    steps: Mapping[str, Mapping[str, str]] | None = None,
    answers: tuple[Answer, ...] = (),
    reason: str | None = None,
    sources: tuple[Reference, ...] = (),
    advice: Advice | None = None,
    parts: tuple[Part, ...] = (),
) -> Explanation:
    """An explanation with the parts that every kind has: coverage and scenarios."""
    unknown = NO_TESTS if links.content.scenarios is None else ""
    return Explanation(
        id=name,
        kind=kind,
        title=title,
        place=links.content.place(name),
        about={key: value for key, value in (about or {}).items() if value is not None},
        wordings=wordings or {},
        help=help or {},
        steps=steps or {},
        answers=answers,
        reason=reason,
        force=advice.force if advice else None,
        judgement=advice.judgement if advice else None,
        sources=sources,
        parts=(
            *parts,
            _part("coverage", "Lines of the sources that it carries", links.coverage(name)),
            Part("scenarios", "Scenarios that name it", links.scenarios(name), unknown),
        ),
    )
