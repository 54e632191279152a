"""What a single condition may read, and how: items, steps, answers and forms that there are."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.conditions import fact_faults
from questionnaires.content_files.yaml_files import Document, Path_, Problem
from questionnaires.library import Library
from questionnaires.phrases import listing, nearest
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
        near = nearest(item_id, library.items)
        yield document.problem(place, f"{name}: there is no item {item_id!r}{near}")
    elif item.kind not in kinds:
        yield document.problem(
            place,
            f"{name}: item {item_id!r} is of kind {item.kind!r}; allowed: {listing(sorted(kinds))}",
        )


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
            yield document.problem(
                place, f"{name}: {form!r} is not allowed here; allowed: {listing(sorted(forms))}"
            )
        if facts_only and leaf.fact is None:
            yield document.problem(place, f"{name}: only facts may be read here")
        if leaf.practice:
            yield from _practice(leaf, library, document, place, name)
        if leaf.fact:
            yield from _fact(leaf, library, document, place, name)
        known = {*library.dimensions, *library.domains}
        for score in [leaf.score] if leaf.score else []:
            if score not in known:
                yield document.problem(
                    place,
                    f"{name}: there is no dimension or domain {score!r}{nearest(score, known)}",
                )
        for group in leaf.too_few_to_show or ():
            if group not in library.sides:
                yield document.problem(
                    place,
                    f"{name}: there is no group {group!r}{nearest(group, library.sides)}; allowed: "
                    f"{listing(library.sides)}",
                )
        for domain in leaf.heard or ():
            if domain not in library.domains:
                yield document.problem(
                    place,
                    f"{name}: there is no domain {domain!r}{nearest(domain, library.domains)}; "
                    f"allowed: {listing(library.domains)}",
                )


def _practice(
    leaf: Condition, library: Library, document: Document, place: Path_, name: str
) -> Iterator[Problem]:
    assert leaf.practice
    yield from item_problem(leaf.practice, {"practice"}, library, document, place, name)
    item = library.items.get(leaf.practice)
    scale = library.scale(item) if item else None
    code = str(leaf.at_least or leaf.below)
    if scale and code not in scale.codes:
        yield document.problem(
            place,
            f"{name}: {code!r} is no step of {leaf.practice!r}{nearest(code, scale.codes)}; "
            f"allowed: {listing(scale.codes)}",
        )


def _fact(
    leaf: Condition, library: Library, document: Document, place: Path_, name: str
) -> Iterator[Problem]:
    for message in fact_faults(leaf, library.items, library.options):
        yield document.problem(place, f"{name}: {message}")
