"""What a single condition may read, and how: items, steps, answers and forms that there are.

Each mistake stands at its path within the entry that is checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from questionnaires.checks.conditions import fact_faults
from questionnaires.content_files.yaml_files import Path_
from questionnaires.library import Library
from questionnaires.problems import Problem, fault
from scoring.rules.model import Condition


def item_faults(
    item_id: str, kinds: Collection[str], library: Library, path: Path_, subject: str = ""
) -> Iterator[Problem]:
    """An item that there is not, or that is of another kind."""
    item = library.items.get(item_id)
    if item is None:
        yield fault("unknown_item", path, item_id, library.items, subject=subject)
    elif item.kind not in kinds:
        yield fault("other_kind", path, item.kind, sorted(kinds), subject=subject, item=item_id)


def condition_faults(
    condition: Condition,
    library: Library,
    path: Path_,
    forms: frozenset[str],
    *,
    facts_only: bool = False,
) -> Iterator[Problem]:
    """Every mistake in a condition: unknown ids, codes that there are not, forms not allowed."""
    for leaf in condition.leaves():
        if leaf.comparison and leaf.comparison not in forms:
            yield fault("form_not_allowed", path, leaf.comparison, sorted(forms))
        if facts_only and leaf.fact is None:
            yield fault("facts_only", path)
        if leaf.practice:
            yield from _practice(leaf, leaf.practice, library, path)
        if leaf.fact:
            yield from fact_faults(leaf, library.items, library, path)
        known = {*library.dimensions, *library.domains}
        if leaf.score and leaf.score not in known:
            yield fault("unknown_score", path, leaf.score, known)
        for group in leaf.too_few_to_show or ():
            if group not in library.sides:
                yield fault("unknown_group", path, group, library.sides)
        for domain in leaf.heard or ():
            if domain not in library.domains:
                yield fault("unknown_domain", path, domain, library.domains)


def _practice(leaf: Condition, practice: str, library: Library, path: Path_) -> Iterator[Problem]:
    yield from item_faults(practice, {"practice"}, library, path)
    item = library.items.get(practice)
    scale = library.scale(item) if item else None
    code = str(leaf.at_least or leaf.below)
    if scale and code not in scale.codes:
        yield fault("no_step_of", path, code, scale.codes, item=practice)
