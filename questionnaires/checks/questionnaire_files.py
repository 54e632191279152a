"""What one questionnaire alone cannot see: ids elsewhere, audiences, scales.

Each check returns problems and never raises, so that one reading names every mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from questionnaires.content_files.yaml_files import Document, Path_, Problem
from questionnaires.model import (
    RUNG_KINDS,
    SPECIAL_CODES,
    WORKING_GROUP,
    Dimension,
    Item,
    Questionnaire,
    Scale,
    Side,
    SourceDocument,
    Wording,
)
from questionnaires.phrases import listing, nearest
from questionnaires.reference_data import GROUP_SIDES, RESERVED_GROUPS, Fault, Packs, references


def unique_ids(packs: Packs) -> list[Problem]:
    """Questionnaire and item ids stand once over all files; so do those made from an item's."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], str] = {}
    for document, pack in packs:
        places: list[tuple[str, str, Path_]] = [("questionnaire", pack.id, ("id",))]
        for place, item in _places(pack):
            places.append(("item", item.id, (*place, "id")))
            if item.takes_note:
                for own in (item.note_id, item.earlier_id, item.earlier_note_id):
                    places.append(("item", own, (*place, "id")))
        for what, own, place in places:
            if (what, own) in seen:
                message = (
                    f"{what} {own!r} stands in {seen[what, own]} already: every id stands once"
                )
                problems.append(document.problem(place, message))
            seen.setdefault((what, own), document.file_name(place))
    return problems


def one_side(packs: Packs) -> list[Problem]:
    """Every group stands on one side: the built-in ones on theirs, others on the first named."""
    problems: list[Problem] = []
    known: dict[str, Side] = dict(GROUP_SIDES)
    for document, pack in packs:
        for group, side in pack.sides.items():
            if group in RESERVED_GROUPS or group == WORKING_GROUP:
                message = f"{group!r} is a name with a meaning of its own: give the group another"
                problems.append(document.problem(("sides", group), message))
            elif known.setdefault(group, side) != side:
                message = (
                    f"group {group!r} stands on the side {known[group]!r} already; if yours is "
                    "another group, give it another name"
                )
                problems.append(document.problem(("sides", group), message))
    return problems


def questionnaire(
    pack: Questionnaire,
    document: Document,
    *,
    scales: Mapping[str, Scale],
    dimensions: Mapping[str, Dimension],
    sources: Mapping[str, SourceDocument],
) -> list[Problem]:
    """Every mistake in a questionnaire that its model alone cannot see."""
    problems = _groups(pack, document)
    problems += [document.problem(place, message) for place, message in _titles(pack)]
    for place, item in _places(pack):
        found: list[Fault] = [
            *_measures(item, dimensions),
            *_scale(item, scales),
            *_wordings(item, pack),
            *_strangers(item, pack),
            *references(item.source, sources),
            *_form(item),
        ]
        problems += [
            document.problem((*place, *inner), f"item {item.id}: {message}")
            for inner, message in found
        ]
    return problems


def _titles(pack: Questionnaire) -> Iterator[Fault]:
    yield from _audiences(pack.title, ("title",), pack)
    for number, section in enumerate(pack.sections):
        yield from _audiences(section.title, ("sections", number, "title"), pack)
        yield from _audiences(section.intro, ("sections", number, "intro"), pack)


def _places(pack: Questionnaire) -> Iterator[tuple[Path_, Item]]:
    for s, section in enumerate(pack.sections):
        for i, item in enumerate(section.items):
            yield ("sections", s, "items", i), item


def _groups(pack: Questionnaire, document: Document) -> list[Problem]:
    known = {WORKING_GROUP, *GROUP_SIDES, *pack.sides}
    problems: list[Problem] = []
    lists: list[tuple[Path_, Sequence[str]]] = [
        (("groups",), pack.groups),
        (("optional_for",), pack.optional_for),
        *(((*place, "groups"), item.groups) for place, item in _places(pack)),
    ]
    for place, groups in lists:
        for number, group in enumerate(groups):
            if group not in known:
                message = (
                    f"there is no group {group!r}{nearest(group, known)}; allowed: "
                    f"{listing(sorted(known))}. For a group of your own add, at the top, "
                    f"'sides: {{{group}: lived_experience}}' or 'organisation'"
                )
                problems.append(document.problem((*place, number), message))
            elif group not in pack.groups:
                message = f"{group!r} is not asked this questionnaire: add it to 'groups' first"
                problems.append(document.problem((*place, number), message))
    return problems


def _measures(item: Item, dimensions: Mapping[str, Dimension]) -> Iterator[Fault]:
    if item.scored and item.dimension is None:
        yield (), f"{item.kind} items measure a dimension: add 'dimension'"
    if not item.scored and item.dimension is not None:
        yield ("dimension",), f"{item.kind} items measure no dimension: take 'dimension' away"
    if item.dimension is not None and item.dimension not in dimensions:
        yield (
            ("dimension",),
            f"there is no dimension {item.dimension!r}{nearest(item.dimension, dimensions)}; "
            f"allowed: {listing(dimensions, 40)}",
        )


def _scale(item: Item, scales: Mapping[str, Scale]) -> Iterator[Fault]:
    if item.scale and item.scale not in scales:
        yield (
            ("scale",),
            f"there is no scale {item.scale!r}{nearest(item.scale, scales)}; "
            f"allowed: {listing(scales)}",
        )
        return
    if item.kind in ("choice", "choices"):
        yield from _options(item)
    elif item.options:
        yield ("options",), f"{item.kind} items take their options from a scale, not from 'options'"
    elif item.scale and item.kind in ("number", "text"):
        yield ("scale",), f"{item.kind} items have no scale: take 'scale' away"
    if item.scored and item.scale and not scales[item.scale].scored:
        yield ("scale",), f"scale {item.scale!r} has no scores, and {item.kind} items are scored"
    if item.scored and "dont_know" not in item.offers:
        yield (), "every scored item offers dont_know: add 'offers: [dont_know]'"
    yield from _steps(item, scales)


def _options(item: Item) -> Iterator[Fault]:
    """The options of a fact: a scale, or some of its own, which have no scores."""
    if item.scale:
        if item.options:
            yield ("options",), "write 'options' or name a 'scale', not both"
        return
    if len(item.options) < 2:
        yield (), "choices need 'options', at least two, each with a code and a label"
    seen: set[str] = set()
    for number, option in enumerate(item.options):
        place: Path_ = ("options", number)
        if option.code in SPECIAL_CODES:
            yield place, f"{option.code!r} is never an option: list it under 'offers'"
        if option.code in seen:
            yield place, f"option {option.code!r} stands twice"
        if option.score is not None:
            yield place, f"{item.kind} items are facts and have no scores: take 'score' away"
        seen.add(option.code)


def _steps(item: Item, scales: Mapping[str, Scale]) -> Iterator[Fault]:
    """A practice says for every step what it looks like; nothing else has steps."""
    if item.kind == "practice":
        allowed = scales[item.scale or "practice"].codes
        for code in allowed:
            if code not in item.steps:
                yield ("steps",), f"say what {code!r} looks like for this practice"
        for code in item.steps:
            if code not in allowed:
                yield (
                    ("steps", code),
                    f"{code!r} is no step{nearest(code, allowed)}; allowed: {listing(allowed)}",
                )
    elif item.steps:
        yield ("steps",), "only practice items describe steps"


def _audiences(wording: Wording | None, place: Path_, pack: Questionnaire) -> Iterator[Fault]:
    """Wordings for a group that is not asked: mostly a misspelt name, and never to be seen."""
    for group in wording.groups if wording else ():
        if group not in pack.groups:
            audiences = ("default", "lived_experience", "organisation", *pack.groups)
            yield (
                (*place, group),
                f"there is no audience {group!r} here{nearest(group, audiences)}; allowed: "
                f"{listing(audiences)}",
            )


def _wordings(item: Item, pack: Questionnaire) -> Iterator[Fault]:
    yield from _audiences(item.text, ("text",), pack)
    yield from _audiences(item.help, ("help",), pack)
    sides: dict[str, Side] = {**GROUP_SIDES, **pack.sides}
    for group in pack.groups_of(item):
        if item.text.for_group(group, sides.get(group)) is None:
            yield ("text",), f"{group} is asked this and has no wording: add one, or a default"


def _strangers(item: Item, pack: Questionnaire) -> Iterator[Fault]:
    """Groups that something is written for and that are not asked."""
    asked = pack.groups_of(item)
    for group in item.steps_of:
        if group not in asked:
            near = nearest(group, asked)
            yield ("steps", group), f"{group!r} has steps of its own here and is not asked{near}"
    for code, groups in item.offered_to.items():
        for group in groups:
            if group not in asked:
                near = nearest(group, asked)
                yield (
                    ("offered_to", code),
                    f"{group!r} is offered {code!r} here and is not asked{near}",
                )


def _form(item: Item) -> Iterator[Fault]:
    if item.kind in RUNG_KINDS and item.area is None:
        yield (), "ladder items name their 'area'"
    if item.kind == "boundary" and (item.situation is None or item.aspect is None):
        yield (), "boundary items name their 'situation' and whose answer it is ('aspect')"
    if item.kind != "number" and (item.minimum, item.maximum) != (None, None):
        yield (), f"only numbers have a minimum or maximum, and this is of kind {item.kind!r}"
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield ("minimum",), f"the minimum {item.minimum:g} is above the maximum {item.maximum:g}"
