"""Reads ``data/guidance`` and checks it: every id exists, and no rule breaks what must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from questionnaires.content_files.yaml_files import (
    Document,
    Path_,
    build,
    build_list,
    read,
    repeated_ids,
)
from questionnaires.content_files.yaml_folder import read_entries
from questionnaires.content_folder import content_in_use
from questionnaires.library import Library
from questionnaires.model import Model, Reference
from questionnaires.problems import Problem, ProblemsError, fault
from questionnaires.reference_data import reference, references
from scoring.rules.checks import advice, gate_questions, quick_look, rules
from scoring.rules.checks.conditions import item_faults
from scoring.rules.model import (
    Action,
    ChoiceRules,
    ConcernMatter,
    ConcernResponse,
    Gate,
    Ladders,
    Offer,
    Resource,
    RiskRules,
    SourceConflict,
)
from scoring.rules.rulebook import Guidance
from scoring.thresholds import load_thresholds, read_thresholds, thresholds

M = TypeVar("M", bound=Model)


class Source(Protocol):
    """Anything with references."""

    @property
    def source(self) -> tuple[Reference, ...]: ...


#: A file, and what in it has references, each with its place.
Cited = tuple[Document, Sequence[tuple[Path_, Source]]]


def load_guidance(library: Library, folder: Path | None = None, *, deep: bool = False) -> Guidance:
    """Read and check the guidance.

    Args:
        library: the questionnaires whose items the rules name.
        folder: where the guidance lies; that of the content in use if None.
        deep: also check what scoring does not need (actions, sources' conflicts, the limits on
            combinations), as ``python -m assessment check`` does.

    Raises:
        ProblemsError: with every problem, each with its file and line.
    """
    if folder is None:
        folder = content_in_use().guidance
        thresholds()
    else:
        load_thresholds(folder / "thresholds.yaml")
    gates_document, gates = _entries(folder, "gates", Gate)
    offers_document, offers = _entries(folder, "offers", Offer)
    responses_document, responses = _entries(folder, "concerns", ConcernResponse)
    matters = build_list(ConcernMatter, responses_document, "results")
    conflicts_document = reference("sources")
    conflicts = build_list(SourceConflict, conflicts_document, "conflicts")
    risk_document, risk = _entire_file(folder, "risk", RiskRules)
    choice_document, choice = _entire_file(folder, "choice", ChoiceRules)
    ladders_document = reference("ladders")
    ladders = build(Ladders, ladders_document.content, ladders_document)

    guidance = Guidance(
        gates={gate.id: gate for _, gate in gates},
        offers={offer.id: offer for _, offer in offers},
        risk=risk,
        choice=choice,
        ladders=ladders,
        responses=tuple(response for _, response in responses),
        concern_matters={matter.concern: matter.result for _, matter in matters},
        conflicts=tuple(conflict for _, conflict in conflicts),
        folder=folder,
        read_actions=lambda: {
            action.id: action for _, action in _entries(folder, "actions", Action)[1]
        },
        read_resources=lambda: {
            resource.id: resource for _, resource in _entries(folder, "resources", Resource)[1]
        },
    )
    documents = {
        "gates": gates_document,
        "offers": offers_document,
        "risk": risk_document,
        "choice": choice_document,
        "ladders": ladders_document,
    }
    lists: list[Cited] = [
        (gates_document, gates),
        (offers_document, offers),
        (responses_document, responses),
    ]
    cited: list[Cited] = [
        (risk_document, [((), risk), (("unguarded",), risk.unguarded)]),
        (risk_document, _places("exposures", risk.exposures)),
        (risk_document, _places("safeguards", risk.safeguards)),
        (
            choice_document,
            [
                ((name,), getattr(choice, name))
                for name in ("need", "running", "experience", "appetite")
            ],
        ),
        (ladders_document, _places("ladders", ladders.ladders)),
    ]
    problems = [
        *_repeated_ids(lists),
        *rules.rules(guidance, library, documents),
        *_sources(library, [*lists, *cited]),
    ]
    if not problems:
        problems += gate_questions.skips(guidance, library, offers_document)
    if deep:
        actions_document, actions = _entries(folder, "actions", Action)
        resources_document, resources = _entries(folder, "resources", Resource)
        advised: list[Cited] = [(actions_document, actions), (resources_document, resources)]
        problems += _repeated_ids(advised)
        problems += _idle_gates(gates_document, gates, offers)
        for place, action in actions:
            faults = advice.action(action, library)
            problems += actions_document.placed_all(faults, place, f"action {action.id}")
        problems += advice.brought(actions_document, actions, guidance, documents)
        problems += advice.resources(actions_document, actions, resources_document, resources)
        problems += _thresholds(library, folder / "thresholds.yaml")
        problems += _sources(library, advised)
        problems += responses_document.placed_all(_responses(responses, library))
        problems += responses_document.placed_all(_matters(matters, library))
        problems += conflicts_document.placed_all(_conflicts(conflicts, library))
        problems += quick_look.quick_looks(guidance, library) if not problems else ()
    if problems:
        raise ProblemsError(problems)
    return guidance


def _entries(folder: Path, name: str, model: type[M]) -> tuple[Document, list[tuple[Path_, M]]]:
    """The entries of a list in a guidance file or folder, each with its place."""
    document = read_entries(folder / name, name)
    return document, build_list(model, document, name)


def _entire_file(folder: Path, name: str, model: type[M]) -> tuple[Document, M]:
    document = read(folder / f"{name}.yaml")
    return document, build(model, document.content, document)


def _idle_gates(
    document: Document, gates: list[tuple[Path_, Gate]], offers: list[tuple[Path_, Offer]]
) -> Iterator[Problem]:
    """A gate that is asked of no offer would never be seen."""
    named = {name for _, offer in offers for name in offer.gates}
    for place, gate in gates:
        if not gate.every_offer and gate.id not in named:
            yield document.problem("idle_gate", place, subject=f"gate {gate.id}")


def _responses(
    responses: Sequence[tuple[Path_, ConcernResponse]], library: Library
) -> Iterator[Problem]:
    for place, response in responses:
        at, name = (*place, "concern"), f"response {response.id}"
        yield from item_faults(response.concern, {"concern"}, library, at, name)
        for number, practice in enumerate(response.needs):
            at = (*place, "needs", number)
            yield from item_faults(practice, {"practice"}, library, at, name)
    answered = {response.concern for _, response in responses}
    for concern in _built_in_concerns(library):
        if concern not in answered:
            yield fault("concern_without_response", (), allowed=concern)


def _matters(matters: Sequence[tuple[Path_, ConcernMatter]], library: Library) -> Iterator[Problem]:
    said: set[str] = set()
    for place, matter in matters:
        at = (*place, "concern")
        yield from item_faults(matter.concern, {"concern"}, library, at, "results")
        if matter.concern in said:
            yield fault("concern_twice", at, matter.concern)
        said.add(matter.concern)
    for concern in _built_in_concerns(library):
        if concern not in said:
            yield fault("concern_without_result", ("results",), allowed=concern)


def _built_in_concerns(library: Library) -> Iterator[str]:
    for item in library.items.values():
        if item.kind == "concern" and library.questionnaire_of[item.id].id in library.built_in:
            yield item.id


def _conflicts(
    conflicts: Sequence[tuple[Path_, SourceConflict]], library: Library
) -> Iterator[Problem]:
    for place, conflict in conflicts:
        if conflict.fact:
            at, name = (*place, "fact"), f"conflict {conflict.id}"
            yield from item_faults(conflict.fact, {"choice", "choices"}, library, at, name)
        for number, position in enumerate(conflict.positions):
            at = (*place, "positions", number)
            yield from references(position.source, library.sources, at)


def _thresholds(library: Library, file: Path) -> Iterator[Problem]:
    document, entries = read_thresholds(file)
    yield from _sources(library, [(document, entries)])
    for place, entry in entries:
        for group in entry.value if isinstance(entry.value, list) else ():
            if group not in library.sides:
                yield document.problem("unknown_group", (*place, "value"), group, library.sides)


def _repeated_ids(lists: Iterable[Cited]) -> Iterator[Problem]:
    for document, entries in lists:
        yield from repeated_ids(document, entries)


def _sources(library: Library, cited: Iterable[Cited]) -> Iterator[Problem]:
    for document, entries in cited:
        for place, entry in entries:
            faults = references(entry.source, library.sources)
            yield from document.placed_all(faults, place, getattr(entry, "id", ""))


def _places(key: str, entries: Sequence[Source]) -> list[tuple[Path_, Source]]:
    return [((key, number), entry) for number, entry in enumerate(entries)]
