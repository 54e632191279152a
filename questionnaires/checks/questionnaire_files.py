"""What one questionnaire alone cannot see: ids elsewhere, audiences, scales.

Each check returns problems and never raises, so that one reading names every mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from questionnaires.content_files.yaml_files import Document, Path_
from questionnaires.model import (
    RUNG_KINDS,
    SPECIAL_CODES,
    WORKING_GROUP,
    Dimension,
    Item,
    Questionnaire,
    Scale,
    Side,
    Wording,
)
from questionnaires.problems import Problem, fault
from questionnaires.reference_data import (
    GROUP_SIDES,
    RESERVED_GROUPS,
    Packs,
    ReferenceData,
    references,
)


def unique_ids(packs: Packs) -> Iterator[Problem]:
    """Questionnaire and item ids stand once over all files; so do those made from an item's."""
    seen: dict[tuple[str, str], str] = {}
    for document, pack in packs:
        places: list[tuple[str, str, Path_]] = [("questionnaire", pack.id, ("id",))]
        for place, item in _places(pack):
            earlier = (item.earlier_id,) if item.takes_note else ()
            for own in (item.id, *earlier, *item.beside):
                places.append(("item", own, (*place, "id")))
        for what, own, place in places:
            if (what, own) in seen:
                other = seen[what, own]
                yield document.problem("id_elsewhere", place, own, what=what, file=other)
            seen.setdefault((what, own), document.file_name(place))


def one_side(packs: Packs) -> Iterator[Problem]:
    """Every group stands on one side: the built-in ones on theirs, others on the first named."""
    known: dict[str, Side] = dict(GROUP_SIDES)
    for document, pack in packs:
        for group, side in pack.sides.items():
            place = ("sides", group)
            if group in RESERVED_GROUPS or group == WORKING_GROUP:
                yield document.problem("reserved_group", place, group)
            elif (other := known.setdefault(group, side)) != side:
                yield document.problem("other_side", place, group, other)


def questionnaire(pack: Questionnaire, document: Document, known: ReferenceData) -> list[Problem]:
    """Every mistake in a questionnaire that its model alone cannot see."""
    problems = list(document.placed_all(chain(_groups(pack), _titles(pack))))
    for place, item in _places(pack):
        found = [
            *_measures(item, known.dimensions),
            *_scale(item, known.scales),
            *_wordings(item, pack),
            *strangers(item, pack),
            *references(item.source, known.sources),
            *_form(item),
        ]
        problems += document.placed_all(found, place, f"item {item.id}")
    return problems


def _titles(pack: Questionnaire) -> Iterator[Problem]:
    yield from _audiences(pack.title, ("title",), pack)
    for number, section in enumerate(pack.sections):
        yield from _audiences(section.title, ("sections", number, "title"), pack)
        yield from _audiences(section.intro, ("sections", number, "intro"), pack)


def _places(pack: Questionnaire) -> Iterator[tuple[Path_, Item]]:
    for s, section in enumerate(pack.sections):
        for i, item in enumerate(section.items):
            yield ("sections", s, "items", i), item


def _groups(pack: Questionnaire) -> Iterator[Problem]:
    known = sorted({WORKING_GROUP, *GROUP_SIDES, *pack.sides})
    lists: list[tuple[Path_, Sequence[str]]] = [
        (("groups",), pack.groups),
        (("optional_for",), pack.optional_for),
        *(((*place, "groups"), item.groups) for place, item in _places(pack)),
    ]
    for place, groups in lists:
        for number, group in enumerate(groups):
            if group not in known:
                yield fault("unknown_group_without_side", (*place, number), group, known)
            elif group not in pack.groups:
                yield fault("group_not_listed", (*place, number), group)


def _measures(item: Item, dimensions: Mapping[str, Dimension]) -> Iterator[Problem]:
    if item.scored and item.dimension is None:
        yield fault("dimension_missing", (), item.kind)
    if not item.scored and item.dimension is not None:
        yield fault("dimension_of_fact", ("dimension",), item.kind)
    if item.dimension is not None and item.dimension not in dimensions:
        yield fault("unknown_dimension", ("dimension",), item.dimension, dimensions)


def _scale(item: Item, scales: Mapping[str, Scale]) -> Iterator[Problem]:
    if item.scale and item.scale not in scales:
        yield fault("unknown_scale", ("scale",), item.scale, scales)
        return
    if item.kind in ("choice", "choices"):
        yield from _options(item)
    elif item.options:
        yield fault("options_of_scale", ("options",), item.kind)
    elif item.scale and item.kind in ("number", "text"):
        yield fault("scale_of_no_scale", ("scale",), item.kind)
    if item.scored and item.scale and not scales[item.scale].scored:
        yield fault("scale_without_scores", ("scale",), item.scale, kind=item.kind)
    if item.scored and "dont_know" not in item.offers:
        yield fault("no_dont_know", ())
    yield from _steps(item, scales)


def _options(item: Item) -> Iterator[Problem]:
    """The options of a fact: a scale, or some of its own, which have no scores."""
    if item.scale:
        if item.options:
            yield fault("options_and_scale", ("options",))
        return
    if len(item.options) < 2:
        yield fault("too_few_options", ())
    seen: set[str] = set()
    for number, option in enumerate(item.options):
        place: Path_ = ("options", number)
        if option.code in SPECIAL_CODES:
            yield fault("special_option", place, option.code)
        if option.code in seen:
            yield fault("repeated_option", place, option.code)
        if option.score is not None:
            yield fault("score_of_fact", place, item.kind)
        seen.add(option.code)


def _steps(item: Item, scales: Mapping[str, Scale]) -> Iterator[Problem]:
    """A practice says for every step what it looks like; nothing else has steps."""
    if item.kind == "practice":
        allowed = scales[item.scale or "practice"].codes
        for code in allowed:
            if code not in item.steps:
                yield fault("step_missing", ("steps",), allowed=code)
        for code in item.steps:
            if code not in allowed:
                yield fault("unknown_step", ("steps", code), code, allowed)
    elif item.steps:
        yield fault("steps_of_no_practice", ("steps",))


def _audiences(wording: Wording | None, place: Path_, pack: Questionnaire) -> Iterator[Problem]:
    """Wordings for a group that is not asked: mostly a misspelt name, and never to be seen."""
    for group in wording.groups if wording else ():
        if group not in pack.groups:
            audiences = ("default", "lived_experience", "organisation", *pack.groups)
            yield fault("unknown_audience", (*place, group), group, audiences)


def _wordings(item: Item, pack: Questionnaire) -> Iterator[Problem]:
    yield from _audiences(item.text, ("text",), pack)
    yield from _audiences(item.help, ("help",), pack)
    sides: dict[str, Side] = {**GROUP_SIDES, **pack.sides}
    for group in pack.groups_of(item):
        if item.text.for_group(group, sides.get(group)) is None:
            yield fault("wording_missing", ("text",), allowed=group)


def strangers(item: Item, pack: Questionnaire) -> Iterator[Problem]:
    """Groups that something is written for and that are not asked."""
    asked = pack.groups_of(item)
    for group in item.steps_of:
        if group not in asked:
            yield fault("steps_for_stranger", ("steps", group), group, asked)
    for code, groups in item.offered_to.items():
        for group in groups:
            if group not in asked:
                place = ("offered_to", code)
                yield fault("offered_to_stranger", place, group, asked, option=code)


def _form(item: Item) -> Iterator[Problem]:
    if item.kind in RUNG_KINDS and item.area is None:
        yield fault("area_missing", ())
    if item.kind == "boundary" and (item.situation is None or item.aspect is None):
        yield fault("situation_missing", ())
    limits = (item.minimum, item.maximum, item.unit, item.whole)
    if item.kind != "number" and limits != (None, None, None, False):
        yield fault("limits_of_no_number", (), item.kind)
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield fault("minimum_above_maximum", ("minimum",), item.minimum, item.maximum)
