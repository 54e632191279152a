"""Whether a condition on facts can be read: facts, answers and forms that there are; no circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from questionnaires.checks.questionnaire_files import Packs
from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_files import Path_, Problem
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item, Option, Questionnaire, Scale
from questionnaires.phrases import listing, nearest
from questionnaires.reference_data import scale_of

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


#: Every item by its id, with the questionnaire that it stands in.
Owned = Mapping[str, tuple[Item, Questionnaire]]


def _owned(questionnaires: Sequence[Questionnaire]) -> Owned:
    """Of two items with one id the first, so that a second is one mistake only."""
    return {item.id: (item, pack) for pack in reversed(questionnaires) for item in pack.items()}


def asked_if_faults(
    condition: Condition, questionnaires: Sequence[Questionnaire], scales: Mapping[str, Scale]
) -> Iterator[str]:
    """What is wrong with a condition that says where something is asked."""
    return _faults(condition, _owned(questionnaires), scales)


def _faults(condition: Condition, owned: Owned, scales: Mapping[str, Scale]) -> Iterator[str]:
    items = {name: item for name, (item, _) in owned.items()}

    def options_of(item: Item) -> Sequence[Option]:
        scale = scale_of(item, scales)
        return scale.options if scale else ()

    for leaf in condition.leaves():
        if leaf.fact is None:
            yield "asked_if reads facts only"
            continue
        yield from fact_faults(leaf, items, options_of)
        item, pack = owned.get(leaf.fact, (None, None))
        if item and pack and WORKING_GROUP not in pack.groups_of(item):
            yield f"{leaf.fact!r} is not asked of the working group, whose answers decide this"


def asked_if(packs: Packs, scales: Mapping[str, Scale]) -> list[Problem]:
    """Every mistake in what says where a question, or a group, is asked."""
    problems: list[Problem] = []
    owned = _owned([pack for _, pack in packs])
    items = {name: item for name, (item, _) in owned.items()}

    def faults(condition: Condition) -> list[str]:
        return list(_faults(condition, owned, scales))

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
        told: set[str] = set()
        for name, condition in pack.conditions.items():
            # A condition that calls another one repeats its mistakes: each is told where it stands.
            said = [message for message in faults(condition) if message not in told]
            problems += [document.problem(("conditions", name), message) for message in said]
            told.update(said)
        for s, section in enumerate(pack.sections):
            for i, item in enumerate(section.items):
                if item.asked_if is None:
                    continue
                place = ("sections", s, "items", i, "asked_if")
                said = [message for message in faults(item.asked_if) if message not in told]
                if not said and (circle := _circle(item, items)):
                    said = [f"goes in a circle: {' asks for '.join(circle)}"]
                problems += [document.problem(place, f"item {item.id}: {m}") for m in said]
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
