"""Reads ``data/guidance`` and checks it: every id exists, and no rule breaks what must hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from questionnaires.library import Library
from questionnaires.model import Model, Reference
from questionnaires.problems import Problem, ProblemsError
from questionnaires.reference_data import ROOT, reference, references
from scoring.rules.checks import advice, quick_look, rules, skipped
from scoring.rules.checks.conditions import item_problem
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
from scoring.thresholds import load_thresholds, read_thresholds

M = TypeVar("M", bound=Model)
GUIDANCE = ROOT.parent / "data" / "guidance"


def load_guidance(library: Library, folder: Path = GUIDANCE, *, deep: bool = False) -> Guidance:
    """Read and check the guidance.

    Args:
        library: the questionnaires whose items the rules name.
        deep: also check what scoring does not need (actions, sources' conflicts, the limits on
            combinations), as ``python -m assessment check`` does.

    Raises:
        ProblemsError: with every problem, each with its file and line.
    """
    documents: dict[str, Document] = {}
    gates_document, gates = _entries(folder, "gates", Gate)
    offers_document, offers = _entries(folder, "offers", Offer)
    responses_document, responses = _entries(folder, "concerns", ConcernResponse)
    _, matters = _entries(folder, "concerns", ConcernMatter, key="results")
    conflicts_document = reference("sources")
    conflicts = build_list(SourceConflict, conflicts_document, "conflicts")
    documents["risk"], risk = _entire_file(folder, "risk", RiskRules)
    documents["choice"], choice = _entire_file(folder, "choice", ChoiceRules)
    documents["ladders"] = reference("ladders")
    ladders = build(Ladders, documents["ladders"].content, documents["ladders"])
    load_thresholds(folder / "thresholds.yaml")

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
    problems = [
        *repeated_ids(gates_document, gates),
        *repeated_ids(offers_document, offers),
        *repeated_ids(responses_document, responses),
        *rules.rules(guidance, library, gates_document, offers_document, documents),
        *_sources(library, gates_document, gates),
        *_sources(library, offers_document, offers),
        *_sources(library, responses_document, responses),
        *_sources(library, documents["risk"], _cited_in_risk(risk)),
        *_sources(library, documents["choice"], _cited_in_choice(choice)),
        *_sources(library, documents["ladders"], _places("ladders", ladders.ladders)),
    ]
    if not problems:
        problems += skipped.skips(guidance, library, offers_document)
    if deep:
        actions_document, actions = _entries(folder, "actions", Action)
        resources_document, resources = _entries(folder, "resources", Resource)
        problems += repeated_ids(actions_document, actions)
        problems += repeated_ids(resources_document, resources)
        problems += _idle_gates(gates_document, gates, offers)
        problems += advice.actions(actions_document, actions, library)
        problems += advice.brought(
            actions_document,
            actions,
            guidance,
            {"gates": gates_document, **documents},
        )
        problems += advice.resources(actions_document, actions, resources_document, resources)
        problems += _thresholds(library, folder / "thresholds.yaml")
        problems += _sources(library, actions_document, actions)
        problems += _sources(library, resources_document, resources)
        problems += _responses(responses_document, responses, library)
        problems += _matters(responses_document, matters, library)
        problems += _conflicts(conflicts_document, conflicts, library)
        problems += quick_look.quick_looks(guidance, library) if not problems else ()
    if problems:
        raise ProblemsError(problems)
    return guidance


def _entries(
    folder: Path, name: str, model: type[M], *, key: str | None = None
) -> tuple[Document, list[tuple[Path_, M]]]:
    """The entries of a list in a guidance file or folder, each with its place."""
    document = read_entries(folder / name, name) if key is None else read(folder / f"{name}.yaml")
    return document, build_list(model, document, key or name)


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
            yield document.problem("idle_gate", place, about=f"gate {gate.id}")


def _responses(
    document: Document, responses: list[tuple[Path_, ConcernResponse]], library: Library
) -> Iterator[Problem]:
    for place, response in responses:
        at, name = (*place, "concern"), f"response {response.id}"
        yield from item_problem(response.concern, {"concern"}, library, document, at, name)
        for number, practice in enumerate(response.needs):
            at = (*place, "needs", number)
            yield from item_problem(practice, {"practice"}, library, document, at, name)
    answered = {response.concern for _, response in responses}
    for concern in _built_in_concerns(library):
        if concern not in answered:
            yield document.problem("concern_without_response", (), allowed=concern)


def _matters(
    document: Document, matters: list[tuple[Path_, ConcernMatter]], library: Library
) -> Iterator[Problem]:
    said: set[str] = set()
    for place, matter in matters:
        at = (*place, "concern")
        yield from item_problem(matter.concern, {"concern"}, library, document, at, "results")
        if matter.concern in said:
            yield document.problem("concern_twice", at, matter.concern)
        said.add(matter.concern)
    for concern in _built_in_concerns(library):
        if concern not in said:
            yield document.problem("concern_without_result", ("results",), allowed=concern)


def _built_in_concerns(library: Library) -> Iterator[str]:
    for item in library.items.values():
        if item.kind == "concern" and library.questionnaire_of[item.id].id in library.built_in:
            yield item.id


def _conflicts(
    document: Document, conflicts: list[tuple[Path_, SourceConflict]], library: Library
) -> Iterator[Problem]:
    for place, conflict in conflicts:
        if conflict.fact:
            kinds, name = {"choice", "choices"}, f"conflict {conflict.id}"
            at = (*place, "fact")
            yield from item_problem(conflict.fact, kinds, library, document, at, name)
        for number, position in enumerate(conflict.positions):
            for problem in references(position.source, library.sources):
                yield document.placed(problem, (*place, "positions", number))


def _thresholds(library: Library, file: Path) -> Iterator[Problem]:
    document, entries = read_thresholds(file)
    yield from _sources(library, document, entries)
    for place, entry in entries:
        for group in entry.value if isinstance(entry.value, list) else ():
            if group not in library.sides:
                yield document.problem("unknown_group", (*place, "value"), group, library.sides)


class Cited(Protocol):
    """Anything with references."""

    @property
    def source(self) -> tuple[Reference, ...]: ...


def _sources(
    library: Library, document: Document, entries: Sequence[tuple[Path_, Cited]]
) -> Iterator[Problem]:
    for place, entry in entries:
        for problem in references(entry.source, library.sources):
            yield document.placed(problem, place, getattr(entry, "id", ""))


def _places(key: str, entries: Sequence[Cited]) -> list[tuple[Path_, Cited]]:
    return [((key, number), entry) for number, entry in enumerate(entries)]


def _cited_in_risk(risk: RiskRules) -> list[tuple[Path_, Cited]]:
    lists = [*_places("exposures", risk.exposures), *_places("safeguards", risk.safeguards)]
    return [((), risk), *lists]


def _cited_in_choice(choice: ChoiceRules) -> list[tuple[Path_, Cited]]:
    return [(("experience",), choice.experience), (("appetite",), choice.appetite)]
