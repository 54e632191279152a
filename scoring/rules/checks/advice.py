"""What actions must keep: every practice that a rule asks for has one action that brings it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from questionnaires.content_files.yaml_files import Document, Path_
from questionnaires.library import Library
from questionnaires.problems import Problem, fault
from scoring.rules.checks.conditions import item_faults
from scoring.rules.model import Action, Resource
from scoring.rules.rulebook import Guidance

Entries = Sequence[tuple[Path_, Action]]


def action(action: Action, library: Library) -> Iterator[Problem]:
    """Dimensions and practices of an action that there are not."""
    if action.dimension not in library.dimensions:
        yield fault("unknown_dimension", ("dimension",), action.dimension, library.dimensions)
    for field, practices in (("brings", action.brings), ("helps", action.helps)):
        for number, practice in enumerate(practices):
            yield from item_faults(practice, {"practice"}, library, (field, number))
    for number, practice in enumerate(action.helps):
        if practice in (*action.brings, *action.helps[:number]):
            yield fault("practice_twice", ("helps", number), practice)


def brought(
    document: Document, entries: Entries, guidance: Guidance, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """Each practice that a gate, safeguard or rung asks for is brought by exactly one action.

    Args:
        documents: the files that rules stand in: gates, risk, ladders.
    """
    first: dict[str, tuple[Path_, Action]] = {}
    helping: dict[str, list[str]] = {}
    for place, action in entries:
        for number, practice in enumerate(action.brings):
            at = (*place, "brings", number)
            if practice in first:
                other_place, other = first[practice]
                yield document.problem(
                    "brought_twice",
                    at,
                    practice,
                    subject=f"action {action.id}",
                    other=other.id,
                    where=document.beside(other_place, at),
                )
            first.setdefault(practice, (at, action))
        for practice in action.helps:
            helping.setdefault(practice, []).append(action.id)
    for file, place, name, practice in _asked(guidance):
        if practice not in first:
            yield documents[file].problem(
                "brought_by_none",
                place,
                practice,
                rule=name,
                file=document.name,
                helping=helping.get(practice, ["none"]),
            )


def _asked(guidance: Guidance) -> Iterator[tuple[str, Path_, str, str]]:
    """Every practice that a rule asks for: its file, its place, the rule's name, its id.

    A fix raises a practice of a gate or a safeguard, so fixes need no look of their own.
    """
    for number, gate in enumerate(guidance.gates.values()):
        for leaf in gate.needs.leaves():
            if leaf.practice:
                yield "gates", ("gates", number, "needs"), f"gate {gate.id}", leaf.practice
    for number, safeguard in enumerate(guidance.risk.safeguards):
        for leaf in safeguard.missing.leaves():
            if leaf.practice:
                place = ("safeguards", number, "missing")
                yield "risk", place, f"safeguard {safeguard.id}", leaf.practice
    for number, evidence in enumerate(guidance.ladders.evidence):
        for practice in evidence.practices:
            place = ("evidence", number, "practices")
            yield "ladders", place, f"the evidence for {evidence.area}", practice


def resources(
    document: Document,
    entries: Entries,
    resources_document: Document,
    resources: Sequence[tuple[Path_, Resource]],
) -> Iterator[Problem]:
    """Resources that there are not, and those that no action names."""
    ids = {resource.id: place for place, resource in resources}
    named = {name for _, action in entries for name in action.resources}
    file = resources_document.name
    for place, action in entries:
        for number, name in enumerate(action.resources):
            if name not in ids:
                at, subject = (*place, "resources", number), f"action {action.id}"
                yield document.problem(
                    "unknown_resource", at, name, ids, subject=subject, file=file
                )
    for name, place in ids.items():
        if name not in named:
            subject, file = f"resource {name}", document.name
            yield resources_document.problem("idle_resource", place, subject=subject, file=file)
