"""What explanations of every kind are made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assessment.services.content.explaining.links import Links
from assessment.services.content.explaining.model import Answer, Entry, Explanation, Part
from questionnaires.model import Reference
from scoring.rules.model import Action, Advice, ConcernResponse, Gate, Offer

#: What is said of scenarios where only the packages are installed.
NO_TESTS = "this copy has no tests beside it"

Properties = Mapping[str, str | int | bool | None]


def part(name: str, title: str, entries: Iterable[Entry]) -> Part:
    return Part(name, title, tuple(entries))


def advised(
    links: Links,
    kind: str,
    advice: Gate | Offer | Action | ConcernResponse,
    *,
    properties: Properties | None = None,
    wordings: Mapping[str, str],
    parts: tuple[Part, ...],
) -> Explanation:
    """An explanation of something that carries a force and a mark of judgement."""
    return explanation(
        links,
        kind,
        advice.id,
        advice.title,
        properties=properties,
        wordings=wordings,
        reason=advice.reason,
        sources=advice.source,
        advice=advice,
        parts=parts,
    )


def explanation(
    links: Links,
    kind: str,
    name: str,
    title: str,
    *,
    properties: Properties | None = None,
    wordings: Mapping[str, str] | None = None,
    help: Mapping[str, str] | None = None,
    steps: Mapping[str, Mapping[str, str]] | None = None,
    answers: tuple[Answer, ...] = (),
    reason: str | None = None,
    sources: tuple[Reference, ...] = (),
    advice: Advice | None = None,
    parts: tuple[Part, ...] = (),
) -> Explanation:
    """An explanation with the parts that every kind has: coverage and scenarios."""
    unknown = NO_TESTS if links.content.scenarios is None else ""
    return Explanation(
        id=name,
        kind=kind,
        title=title,
        place=links.content.place(name),
        properties={key: value for key, value in (properties or {}).items() if value is not None},
        wordings=wordings or {},
        help=help or {},
        steps=steps or {},
        answers=answers,
        reason=reason,
        force=advice.force if advice else None,
        judgement=advice.judgement if advice else None,
        sources=sources,
        parts=(
            *parts,
            part("coverage", "Lines of the sources that it carries", links.coverage(name)),
            Part("scenarios", "Scenarios that name it", links.scenarios(name), unknown),
        ),
    )
