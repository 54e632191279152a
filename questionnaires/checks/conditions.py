"""Whether a condition on facts can be read: facts, answers and forms that there are; no circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from questionnaires.checks.questionnaire_files import Packs
from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_files import Path_
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item, Questionnaire
from questionnaires.problems import Problem, fault
from questionnaires.reference_data import ReferenceData

#: How a fact of each kind is read.
READ_WITH = {"number": ("at_least",), "choice": ("is_one_of",), "choices": ("includes", "excludes")}


def fact_faults(
    leaf: Condition, items: Mapping[str, Item], known: ReferenceData, path: Path_
) -> Iterator[Problem]:
    """What is wrong with a condition on one fact, which stands at a path."""
    assert leaf.fact
    item = items.get(leaf.fact)
    if item is None:
        yield fault("unknown_item", path, leaf.fact, items)
        return
    if item.kind not in FACT_KINDS:
        yield fault("other_kind", path, item.kind, sorted(FACT_KINDS), item=leaf.fact)
        return
    allowed = READ_WITH[item.kind]
    if leaf.comparison not in allowed:
        yield fault("other_form_for_kind", path, item.kind, allowed)
    codes = [option.code for option in known.options(item)]
    for code in (*(leaf.is_one_of or ()), *filter(None, (leaf.includes, leaf.excludes))):
        if code not in codes:
            yield fault("no_answer_to", path, code, codes, item=leaf.fact)


#: Every item by its id, with the questionnaire that it stands in.
Owned = Mapping[str, tuple[Item, Questionnaire]]


def owned(questionnaires: Iterable[Questionnaire]) -> Owned:
    """Of two items with one id the first, so that a second is one mistake only."""
    packs = reversed(list(questionnaires))
    return {item.id: (item, pack) for pack in packs for item in pack.items()}


def asked_if_faults(
    condition: Condition, bank: Owned, known: ReferenceData, path: Path_ = ()
) -> Iterator[Problem]:
    """What is wrong with a condition that says where something is asked."""
    items = {name: item for name, (item, _) in bank.items()}
    for leaf in condition.leaves():
        if leaf.fact is None:
            yield fault("asked_if_reads_facts", path)
            continue
        yield from fact_faults(leaf, items, known, path)
        item, pack = bank.get(leaf.fact, (None, None))
        if item and pack and WORKING_GROUP not in pack.groups_of(item):
            yield fault("not_asked_of_working_group", path, leaf.fact)


def asked_if(packs: Packs, known: ReferenceData) -> Iterator[Problem]:
    """Every mistake in what says where a question, or a group, is asked."""
    bank = owned(pack for _, pack in packs)

    def faults(condition: Condition) -> list[Problem]:
        return list(asked_if_faults(condition, bank, known))

    for document, pack in packs:
        for group, condition in pack.asked_if.items():
            place: Path_ = ("asked_if", group)
            if group not in pack.groups:
                yield document.problem("other_group_in_asked_if", place, group, pack.groups)
            yield from document.placed_all(faults(condition), place)
        named: list[Problem] = []
        for name, condition in pack.conditions.items():
            # A condition that calls another one repeats its mistakes: each is named where it is.
            found = [problem for problem in faults(condition) if problem not in named]
            yield from document.placed_all(found, ("conditions", name))
            named += found
        for s, section in enumerate(pack.sections):
            for i, item in enumerate(section.items):
                if item.asked_if is None:
                    continue
                found = [problem for problem in faults(item.asked_if) if problem not in named]
                if not found and (circle := _circle(item, bank)):
                    found = [fault("circle", (), " asks for ".join(circle))]
                place = ("sections", s, "items", i, "asked_if")
                yield from document.placed_all(found, place, f"item {item.id}")


def _circle(start: Item, bank: Owned) -> list[str]:
    """The way from a fact, over what it waits for, back to itself; empty if there is none."""
    trails = [[start.id]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop()
        condition = bank[trail[-1]][0].asked_if if trail[-1] in bank else None
        for leaf in condition.leaves() if condition else ():
            if leaf.fact == start.id:
                return [*trail, start.id]
            if leaf.fact and leaf.fact not in seen:
                seen.add(leaf.fact)
                trails.append([*trail, leaf.fact])
    return []
