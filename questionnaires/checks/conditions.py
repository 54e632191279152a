"""Whether a condition on facts can be read: facts, answers and forms that there are; no circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from questionnaires.checks.questionnaire_files import Packs
from questionnaires.conditions import Condition
from questionnaires.content_files.yaml_files import Path_
from questionnaires.model import FACT_KINDS, WORKING_GROUP, Item, Option, Questionnaire, Scale
from questionnaires.problems import Problem, fault
from questionnaires.scales import scale_of

#: How a fact of each kind is read.
READ_WITH = {"number": ("at_least",), "choice": ("is_one_of",), "choices": ("includes", "excludes")}


def fact_faults(
    leaf: Condition, items: Mapping[str, Item], options_of: Callable[[Item], Sequence[Option]]
) -> Iterator[Problem]:
    """What is wrong with a condition on one fact."""
    assert leaf.fact
    item = items.get(leaf.fact)
    if item is None:
        yield fault("unknown_item", (), leaf.fact, items)
        return
    if item.kind not in FACT_KINDS:
        yield fault("other_kind", (), item.kind, sorted(FACT_KINDS), item=leaf.fact)
        return
    form = next(
        w for w in ("is_one_of", "includes", "excludes", "at_least") if getattr(leaf, w) is not None
    )
    allowed = READ_WITH[item.kind]
    if form not in allowed:
        yield fault("other_form_for_kind", (), item.kind, allowed)
    codes = [option.code for option in options_of(item)]
    for code in (*(leaf.is_one_of or ()), *filter(None, (leaf.includes, leaf.excludes))):
        if code not in codes:
            yield fault("no_answer_to", (), code, codes, item=leaf.fact)


#: Every item by its id, with the questionnaire that it stands in.
Owned = Mapping[str, tuple[Item, Questionnaire]]


def _owned(questionnaires: Sequence[Questionnaire]) -> Owned:
    """Of two items with one id the first, so that a second is one mistake only."""
    return {item.id: (item, pack) for pack in reversed(questionnaires) for item in pack.items()}


def asked_if_faults(
    condition: Condition, questionnaires: Sequence[Questionnaire], scales: Mapping[str, Scale]
) -> Iterator[Problem]:
    """What is wrong with a condition that says where something is asked."""
    return _faults(condition, _owned(questionnaires), scales)


def _faults(condition: Condition, owned: Owned, scales: Mapping[str, Scale]) -> Iterator[Problem]:
    items = {name: item for name, (item, _) in owned.items()}

    def options_of(item: Item) -> Sequence[Option]:
        scale = scale_of(item, scales)
        return scale.options if scale else ()

    for leaf in condition.leaves():
        if leaf.fact is None:
            yield fault("asked_if_reads_facts", ())
            continue
        yield from fact_faults(leaf, items, options_of)
        item, pack = owned.get(leaf.fact, (None, None))
        if item and pack and WORKING_GROUP not in pack.groups_of(item):
            yield fault("not_asked_of_working_group", (), leaf.fact)


def asked_if(packs: Packs, scales: Mapping[str, Scale]) -> list[Problem]:
    """Every mistake in what says where a question, or a group, is asked."""
    problems: list[Problem] = []
    owned = _owned([pack for _, pack in packs])
    items = {name: item for name, (item, _) in owned.items()}

    def faults(condition: Condition) -> list[Problem]:
        return list(_faults(condition, owned, scales))

    for document, pack in packs:
        for group, condition in pack.asked_if.items():
            place: Path_ = ("asked_if", group)
            if group not in pack.groups:
                problem = document.problem("other_group_in_asked_if", place, group, pack.groups)
                problems.append(problem)
            problems += [document.placed(problem, place) for problem in faults(condition)]
        named: list[Problem] = []
        for name, condition in pack.conditions.items():
            # A condition that calls another one repeats its mistakes: each is named where it is.
            found = [problem for problem in faults(condition) if problem not in named]
            problems += [document.placed(problem, ("conditions", name)) for problem in found]
            named += found
        for s, section in enumerate(pack.sections):
            for i, item in enumerate(section.items):
                if item.asked_if is None:
                    continue
                place = ("sections", s, "items", i, "asked_if")
                found = [problem for problem in faults(item.asked_if) if problem not in named]
                if not found and (circle := _circle(item, items)):
                    found = [fault("circle", (), " asks for ".join(circle))]
                problems += [
                    document.placed(problem, place, f"item {item.id}") for problem in found
                ]
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
