"""What questionnaires rest on: scales, ladders, dimensions, domains and source documents.

Read from the built-in files; questionnaires may add scales, domains and dimensions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from questionnaires.checks import questionnaire_files
from questionnaires.content_files.yaml_files import (
    ContentError,
    Document,
    Path_,
    Problem,
    build,
    build_list,
    read,
    repeated_ids,
)
from questionnaires.model import (
    Dimension,
    Domain,
    Id,
    Model,
    Option,
    Scale,
    Sentence,
    SourceDocument,
    Wording,
)
from questionnaires.phrases import listing, nearest

ROOT = Path(__file__).resolve().parent
GUIDANCE = ROOT.parent / "data" / "guidance"
#: Kinds whose items use the scale of this name unless they name another one.
KIND_SCALES = ("frequency", "agreement", "practice", "concern", "boundary")


@dataclass(frozen=True)
class Basis:
    """Everything that items refer to, by id. ``scales`` holds the ladder in use as ``ladder``."""

    scales: dict[str, Scale]
    special: Mapping[str, Wording]
    ladder: str
    #: What each rung of that ladder means, the lowest first.
    rungs: tuple[str, ...]
    domains: dict[str, Domain]
    dimensions: dict[str, Dimension]
    sources: dict[str, SourceDocument]


M = TypeVar("M", Scale, Domain, Dimension, SourceDocument, "_Ladder")


class UnknownLadderError(ContentError):
    """Somebody asked for a participation ladder that there is not."""


class _Special(Model):
    """What people read for the answers that are not on a scale."""

    dont_know: Wording
    does_not_apply: Wording
    prefer_not: Wording


class _Rung(BaseModel):
    """As much of a rung as its scale needs; guidance reads the rest."""

    code: str
    title: Sentence
    about: Sentence


class _Ladder(BaseModel):
    id: Id
    rungs: tuple[_Rung, ...] = Field(min_length=2)


def read_basis(ladder: str | None = None) -> Basis:
    """Read the built-in scales, ladders, dimensions, domains and source documents.

    Args:
        ladder: the participation ladder in use; the default of ``ladders.yaml`` if None.

    Raises:
        UnknownLadderError: there is no such ladder.
        ContentError: with the problems of the first file that has some.
    """
    sources = _by_id(SourceDocument, read(GUIDANCE / "sources.yaml"), "documents")
    scales, special = _scales()
    ladders, used, rungs = _ladders(ladder)
    domains, dimensions = _dimensions(sources)
    return Basis(
        scales={**scales, **ladders, "ladder": ladders[used]},
        special=special,
        ladder=used,
        rungs=rungs,
        domains=domains,
        dimensions=dimensions,
        sources=sources,
    )


def _by_id(model: type[M], document: Document, key: str) -> dict[str, M]:
    entries = build_list(model, document, key)
    if problems := list(repeated_ids(document, entries)):
        raise ContentError(problems)
    return {entry.id: entry for _, entry in entries}


def _scales() -> tuple[dict[str, Scale], dict[str, Wording]]:
    document = read(ROOT / "scales.yaml")
    scales = _by_id(Scale, document, "scales")
    missing = [kind for kind in KIND_SCALES if kind not in scales]
    if missing:
        message = f"the scale {missing[0]!r} is missing, which {missing[0]} items use"
        raise ContentError([document.problem(("scales",), message)])
    words = build(_Special, document.content.get("special"), document, ("special",))
    return scales, dict(words)


def _ladders(wanted: str | None) -> tuple[dict[str, Scale], str, tuple[str, ...]]:
    """The scale of each ladder, the id of the one in use, and what its rungs mean."""
    document = read(GUIDANCE / "ladders.yaml")
    ladders = _by_id(_Ladder, document, "ladders")
    used = wanted or document.content.get("default")
    if used not in ladders:
        message = (
            f"there is no ladder {used!r}{nearest(str(used), ladders)}; allowed: {listing(ladders)}"
        )
        error = UnknownLadderError if wanted else ContentError
        raise error([document.problem(("default",), message)])
    scales = {}
    for number, ladder in enumerate(ladders.values()):
        top = len(ladder.rungs) - 1
        options = [
            Option(code=rung.code, label=rung.title, score=100 * step / top)
            for step, rung in enumerate(ladder.rungs)
        ]
        content = {"id": ladder.id, "options": options}
        scales[ladder.id] = build(Scale, content, document, ("ladders", number))
    return scales, str(used), tuple(rung.about for rung in ladders[str(used)].rungs)


def _dimensions(
    sources: Mapping[str, SourceDocument],
) -> tuple[dict[str, Domain], dict[str, Dimension]]:
    document = read(GUIDANCE / "dimensions.yaml")
    domains = _by_id(Domain, document, "domains")
    dimensions = _by_id(Dimension, document, "dimensions")
    problems = [
        document.problem(("dimensions", number, *inner), message)
        for number, dimension in enumerate(dimensions.values())
        for inner, message in _dimension(dimension, domains, sources)
    ]
    if problems:
        raise ContentError(problems)
    return domains, dimensions


def _dimension(
    dimension: Dimension, domains: Mapping[str, Domain], sources: Mapping[str, SourceDocument]
) -> Iterator[questionnaire_files.Fault]:
    if dimension.domain not in domains:
        near = nearest(dimension.domain, domains)
        yield (
            ("domain",),
            f"there is no domain {dimension.domain!r}{near}; allowed: {listing(domains)}, or one "
            "that you add under 'domains'",
        )
    yield from questionnaire_files.references(dimension.source, sources)


def adopt(packs: questionnaire_files.Packs, basis: Basis) -> list[Problem]:
    """Add the scales, domains and dimensions that questionnaires bring of their own.

    What they bring is reported and never counts towards the overall band: the thresholds were
    judged for the built-in dimensions only.

    Returns:
        What cannot be added, and why.
    """
    problems: list[Problem] = []
    # Rules find a score by the id of a dimension or a domain, so both share one set of names.
    named = {*basis.domains, *basis.dimensions}
    for document, pack in packs:
        for number, scale in enumerate(pack.scales):
            if scale.id in basis.scales:
                problems.append(_taken(scale.id, "scale", document, ("scales", number)))
            basis.scales.setdefault(scale.id, scale)
        for number, domain in enumerate(pack.domains):
            if domain.id in named:
                problems.append(_taken(domain.id, "domain", document, ("domains", number)))
            own = domain.model_copy(update={"counts": False, "lived_experience_limits": False})
            basis.domains.setdefault(domain.id, own)
            named.add(domain.id)
    # Dimensions come second: the domain of one may stand in a file that is read later.
    for document, pack in packs:
        for number, dimension in enumerate(pack.dimensions):
            place = ("dimensions", number)
            if dimension.id in named:
                problems.append(_taken(dimension.id, "dimension", document, place))
            problems += [
                document.problem((*place, *inner), message)
                for inner, message in _dimension(dimension, basis.domains, basis.sources)
            ]
            mine = dimension.model_copy(update={"counts": False, "critical": False})
            basis.dimensions.setdefault(dimension.id, mine)
            named.add(dimension.id)
    return problems


def _taken(own: str, what: str, document: Document, place: Path_) -> Problem:
    return document.problem((*place, "id"), f"{own!r} is taken: give your {what} another id")
