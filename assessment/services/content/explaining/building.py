"""What explanations of every kind are made with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from assessment.services.content.explaining.links import Links
from assessment.services.content.explaining.model import Answer, Entry, Explanation, Part
from scoring.rules.model import Advice

#: What is said of scenarios where only the packages are installed.
NO_TESTS = "this copy has no tests beside it"


class Explained(Protocol):
    """Anything with an id; its title, reason and sources are taken where it has them."""

    @property
    def id(self) -> str: ...


def part(name: str, title: str, entries: Iterable[Entry]) -> Part:
    return Part(name, title, tuple(entries))


def explanation(
    links: Links,
    kind: str,
    thing: Explained,
    *,
    title: str = "",
    properties: Mapping[str, str | int | bool | None] | None = None,
    text: Mapping[str, str | None] | None = None,
    help: Mapping[str, str] | None = None,
    steps: Mapping[str, Mapping[str, str]] | None = None,
    options: Iterable[Answer] = (),
    parts: Iterable[Part] = (),
) -> Explanation:
    """An explanation with what every kind has: reason, sources, coverage and scenarios.

    Args:
        title: of what has no title of its own.
        properties, text: what is None is left out.
    """
    advice = thing if isinstance(thing, Advice) else None
    unknown = NO_TESTS if links.content.scenarios is None else ""
    return Explanation(
        id=thing.id,
        kind=kind,
        title=title or getattr(thing, "title", ""),
        stands_in=links.content.place(thing.id),
        properties={key: value for key, value in (properties or {}).items() if value is not None},
        text={key: words for key, words in (text or {}).items() if words is not None},
        help=help or {},
        steps=steps or {},
        options=tuple(options),
        reason=getattr(thing, "reason", None),
        force=advice.force if advice else None,
        judgement=advice.judgement if advice else None,
        sources=getattr(thing, "source", ()),
        parts=(
            *parts,
            part("coverage", "Lines of the sources that it carries", links.coverage(thing.id)),
            Part("scenarios", "Scenarios that name it", links.scenarios(thing.id), unknown),
        ),
    )


def rules_on(
    name: str, links: Links, *, need: str = "read", change: str = "lift"
) -> Iterator[Part]:
    """The rules that read an item or a score, and the fixes that change it.

    Args:
        need, change: what gates and fixes do with it, for the titles.
    """
    gates = [
        Entry.of("gate", gate, how, links.offers_with(gate)) for gate, how in links.gates_with(name)
    ]
    yield part("gates", f"Gates that {need} it", gates)
    yield part("safeguards", "Safeguards that rest on it", links.safeguards_with(name))
    yield part("fixes", f"Fixes that {change} it", links.fixes(name))
