"""What a single condition may read, and how: items, steps, answers and forms that there are."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.conditions import fact_faults
from questionnaires.content_files.yaml_files import Document, Path_
from questionnaires.library import Library
from questionnaires.problems import Problem
from scoring.rules.model import Condition


def item_problem(
    item_id: str,
    kinds: set[str] | frozenset[str],
    library: Library,
    document: Document,
    place: Path_,
    name: str,
) -> Iterator[Problem]:
    """An item that there is not, or that is of another kind."""
    item = library.items.get(item_id)
    if item is None:
        yield document.problem("unknown_item", place, item_id, library.items, about=name)
    elif item.kind not in kinds:
        allowed = sorted(kinds)
        yield document.problem("other_kind", place, item.kind, allowed, about=name, item=item_id)


def condition(
    condition: Condition,
    library: Library,
    document: Document,
    place: Path_,
    name: str,
    forms: frozenset[str],
    *,
    facts_only: bool = False,
) -> Iterator[Problem]:
    """Every mistake in a condition: unknown ids, codes that there are not, forms not allowed."""
    for leaf in condition.leaves():
        form = next(
            (
                word
                for word in ("at_least", "below", "is_one_of", "includes", "excludes")
                if getattr(leaf, word) is not None
            ),
            None,
        )
        if form and form not in forms:
            yield document.problem("form_not_allowed", place, form, sorted(forms), about=name)
        if facts_only and leaf.fact is None:
            yield document.problem("facts_only", place, about=name)
        if leaf.practice:
            yield from _practice(leaf, library, document, place, name)
        if leaf.fact:
            yield from _fact(leaf, library, document, place, name)
        known = {*library.dimensions, *library.domains}
        if leaf.score and leaf.score not in known:
            yield document.problem("unknown_score", place, leaf.score, known, about=name)
        for group in leaf.too_few_to_show or ():
            if group not in library.sides:
                yield document.problem("unknown_group", place, group, library.sides, about=name)
        for domain in leaf.heard or ():
            if domain not in library.domains:
                yield document.problem("unknown_domain", place, domain, library.domains, about=name)


def _practice(
    leaf: Condition, library: Library, document: Document, place: Path_, name: str
) -> Iterator[Problem]:
    assert leaf.practice
    yield from item_problem(leaf.practice, {"practice"}, library, document, place, name)
    item = library.items.get(leaf.practice)
    scale = library.scale(item) if item else None
    code = str(leaf.at_least or leaf.below)
    if scale and code not in scale.codes:
        item_of = leaf.practice
        yield document.problem("no_step_of", place, code, scale.codes, about=name, item=item_of)


def _fact(
    leaf: Condition, library: Library, document: Document, place: Path_, name: str
) -> Iterator[Problem]:
    for problem in fact_faults(leaf, library.items, library.options):
        yield document.placed(problem, place, name)
