"""Whether a condition on facts can be read: facts, answers and forms that there are; no circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from questionnaires.checks.questionnaire_files import Packs
from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_files import Path_, Problem
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item, Option, Questionnaire, Scale
from questionnaires.phrases import listing, nearest
from questionnaires.scales import scale_of

#: How a fact of each kind is read.
READ_WITH = {"number": ("at_least",), "choice": ("is_one_of",), "choices": ("includes", "excludes")}


def fact_faults(
    leaf: Condition, items: Mapping[str, Item], options_of: Callable[[Item], Sequence[Option]]
) -> Iterator[str]:
    """What is wrong with a condition on one fact."""
    assert leaf.fact
    item = items.get(leaf.fact)
    if item is None:
        yield f"there is no item {leaf.fact!r}{nearest(leaf.fact, items)}"
        return
    if item.kind not in FACT_KINDS:
        allowed = listing(sorted(FACT_KINDS))
        yield f"item {leaf.fact!r} is of kind {item.kind!r}; allowed: {allowed}"
        return
    form = next(
        w for w in ("is_one_of", "includes", "excludes", "at_least") if getattr(leaf, w) is not None
    )
    allowed = READ_WITH[item.kind]
    if form not in allowed:
        yield f"a fact of kind {item.kind!r} is read with {listing(allowed)}"
    codes = [option.code for option in options_of(item)]
    for code in (*(leaf.is_one_of or ()), *filter(None, (leaf.includes, leaf.excludes))):
        if code not in codes:
            yield (
                f"{code!r} is no answer to {leaf.fact!r}{nearest(code, codes)}; allowed: "
                f"{listing(codes, 30)}"
            )


def _items(questionnaires: Sequence[Questionnaire]) -> dict[str, Item]:
    """Every item by its id; of two with one id the first, so that a second is one mistake only."""
    return {item.id: item for pack in reversed(questionnaires) for item in pack.items()}


def asked_if_faults(
    condition: Condition, questionnaires: Sequence[Questionnaire], scales: Mapping[str, Scale]
) -> Iterator[str]:
    """What is wrong with a condition that says where something is asked."""
    items = _items(questionnaires)

    def options_of(item: Item) -> Sequence[Option]:
        scale = scale_of(item, scales)
        return scale.options if scale else ()

    for leaf in condition.leaves():
        if leaf.fact is None:
            yield "asked_if reads facts only"
            continue
        yield from fact_faults(leaf, items, options_of)
        pack = next((pack for pack in questionnaires if items.get(leaf.fact) in pack.items()), None)
        if pack and WORKING_GROUP not in pack.groups_of(items[leaf.fact]):
            yield f"{leaf.fact!r} is not asked of the working group, whose answers decide this"


def asked_if(packs: Packs, scales: Mapping[str, Scale]) -> list[Problem]:
    """Every mistake in what says where a question, or a group, is asked."""
    problems: list[Problem] = []
    questionnaires = [pack for _, pack in packs]
    items = _items(questionnaires)

    def faults(condition: Condition) -> list[str]:
        return list(asked_if_faults(condition, questionnaires, scales))

    for document, pack in packs:
        for group, condition in pack.asked_if.items():
            place: Path_ = ("asked_if", group)
            if group not in pack.groups:
                message = (
                    f"{group!r} is not asked this questionnaire{nearest(group, pack.groups)}; "
                    f"allowed: {listing(pack.groups)}"
                )
                problems.append(document.problem(place, message))
            problems += [document.problem(place, message) for message in faults(condition)]
        for s, section in enumerate(pack.sections):
            for i, item in enumerate(section.items):
                if item.asked_if is None:
                    continue
                place = ("sections", s, "items", i, "asked_if")
                text = faults(item.asked_if)
                if not text and (circle := _circle(item, items)):
                    text = [f"goes in a circle: {' asks for '.join(circle)}"]
                problems += [document.problem(place, f"item {item.id}: {m}") for m in text]
    return problems


def _circle(start: Item, items: Mapping[str, Item]) -> list[str]:
    """The way from a fact, over what it waits for, back to itself; empty if there is none."""
    trails = [[start.id]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop()
        condition = items[trail[-1]].asked_if if trail[-1] in items else None
        for leaf in condition.leaves() if condition else ():
            if leaf.fact == start.id:
                return [*trail, start.id]
            if leaf.fact and leaf.fact not in seen:
                seen.add(leaf.fact)
                trails.append([*trail, leaf.fact])
    return []
