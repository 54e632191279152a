"""What one questionnaire alone cannot see: ids elsewhere, audiences, scales.

Each check returns problems and never raises, so that one reading names every mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from questionnaires.model import (
    GROUP_SIDES,
    WORKING_GROUP,
    Dimension,
    Item,
    Questionnaire,
    Reference,
    Scale,
    SourceDocument,
)
from questionnaires.yaml_source import Document, Path_, Problem, listing, nearest

#: A name that results use for groups shown together, so no group may have it.
RESERVED_GROUPS = ("other", "other_lived_experience", "other_organisation")


def unique_ids(packs: Sequence[tuple[Document, Questionnaire]]) -> list[Problem]:
    """Questionnaire and item ids stand once over all files."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], str] = {}
    for document, questionnaire in packs:
        places: list[tuple[str, str, Path_]] = [("questionnaire", questionnaire.id, ("id",))]
        places += [("item", item.id, (*place, "id")) for place, item in _places(questionnaire)]
        for what, own, place in places:
            if (what, own) in seen:
                message = (
                    f"{what} {own!r} stands in {seen[what, own]} already: every id stands once"
                )
                problems.append(document.problem(place, message))
            seen.setdefault((what, own), document.name)
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
    for place, item in _places(pack):
        found: list[tuple[Path_, str]] = [
            *_measures(item, dimensions),
            *_scale(item, scales),
            *_wordings(item, pack),
            *references(item.source, sources),
            *_form(item),
        ]
        problems += [
            document.problem((*place, *inner), f"item {item.id}: {message}")
            for inner, message in found
        ]
    return problems


def references(
    source: Sequence[Reference], sources: Mapping[str, SourceDocument]
) -> Iterator[tuple[Path_, str]]:
    """Each reference names a source document that there is, and lines within it."""
    for number, reference in enumerate(source):
        known = sources.get(reference.document)
        if known is None:
            near = nearest(reference.document, sources)
            yield (
                ("source", number, "document"),
                f"there is no source document {reference.document!r}{near}; "
                f"allowed: {listing(sources)}",
            )
        elif reference.lines and not _within(reference.lines, known.lines):
            yield (
                ("source", number, "lines"),
                f"lines {reference.lines!r} are not lines of {known.id}, which has "
                f"1 to {known.lines}; write one line or a range such as 12-15",
            )


def _within(lines: str, last: int) -> bool:
    for part in lines.replace(" ", "").split(","):
        first, _, end = part.partition("-")
        if not first.isdigit() or (end and not end.isdigit()):
            return False
        if not 1 <= int(first) <= int(end or first) <= last:
            return False
    return True


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
    for group in pack.sides:
        if group in RESERVED_GROUPS:
            message = f"{group!r} is a name that results use: give the group another one"
            problems.append(document.problem(("sides", group), message))
    return problems


def _measures(item: Item, dimensions: Mapping[str, Dimension]) -> Iterator[tuple[Path_, str]]:
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


def _scale(item: Item, scales: Mapping[str, Scale]) -> Iterator[tuple[Path_, str]]:
    if item.scale and item.scale not in scales:
        yield (
            ("scale",),
            f"there is no scale {item.scale!r}{nearest(item.scale, scales)}; "
            f"allowed: {listing(scales)}",
        )
        return
    if item.kind in ("choice", "choices"):
        if not item.options and not item.scale:
            yield (), "choices need 'options', each with a code and a label"
        codes = [option.code for option in item.options]
        for code in sorted({c for c in codes if codes.count(c) > 1}):
            yield ("options",), f"option {code!r} stands twice"
    elif item.options:
        yield ("options",), f"{item.kind} items take their options from a scale, not from 'options'"
    if item.scored and item.scale and not scales[item.scale].scored:
        yield ("scale",), f"scale {item.scale!r} has no scores, and {item.kind} items are scored"
    if item.scored and "dont_know" not in item.offers:
        yield (), "every scored item offers dont_know: add 'offers: [dont_know]'"
    yield from _steps(item, scales)


def _steps(item: Item, scales: Mapping[str, Scale]) -> Iterator[tuple[Path_, str]]:
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


def _wordings(item: Item, pack: Questionnaire) -> Iterator[tuple[Path_, str]]:
    sides = GROUP_SIDES | pack.sides
    for group in pack.groups_of(item):
        if item.text.for_group(group, sides.get(group)) is None:
            yield ("text",), f"{group} is asked this and has no wording: add one, or a default"


def _form(item: Item) -> Iterator[tuple[Path_, str]]:
    if item.kind in ("rung_now", "rung_wanted") and item.area is None:
        yield (), "ladder items name their 'area'"
    if item.kind == "boundary" and (item.situation is None or item.aspect is None):
        yield (), "boundary items name their 'situation' and whose answer it is ('aspect')"
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield ("minimum",), f"the minimum {item.minimum} is above the maximum {item.maximum}"
