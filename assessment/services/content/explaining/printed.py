"""An explanation as text for people and as JSON for other programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from assessment.services.content.explaining.model import Entry, Explanation, lines_of
from questionnaires.model import Reference
from questionnaires.phrases import lower

#: The longest line of the text, in characters.
WIDTH = 96
#: How far the second column stands from the first, at least and at most, and how far each level
#: stands from the one above.
COLUMN, WIDEST, STEP = 16, 24, 4
#: Kinds whose entries are places rather than things with an id of their own.
NO_IDS = ("coverage", "scenario")


def as_json(explanations: Sequence[Explanation]) -> str:
    """A list with an object for each thing that has the id."""
    found = [asdict(explanation) for explanation in explanations]
    for entry, explanation in zip(found, explanations, strict=True):
        entry["sources"] = [source.model_dump(exclude_none=True) for source in explanation.sources]
        entry["parts"] = {
            part["id"]: None if part["unknown"] else part["entries"] for part in entry["parts"]
        }
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_text(explanations: Sequence[Explanation]) -> str:
    """The same to be read: what nothing hangs on is named in one line at the end."""
    return "\n\n".join("\n".join(_lines(found)) for found in explanations) + "\n"


def _lines(found: Explanation) -> Iterator[str]:
    yield f"{found.id}  ({found.kind})"
    yield from _wrapped(found.title, 0)
    if found.stands_in:
        yield f"stands in {found.stands_in}"
    yield ""
    properties = {key.replace("_", " "): _plain(value) for key, value in found.properties.items()}
    yield from _columns(properties)
    yield from _titled("Words", _columns(_spaced(found.text)))
    yield from _titled("Help", _columns(_spaced(found.help)))
    for audience, steps in found.steps.items():
        text = "" if audience == "everyone" else f", as {audience} read them"
        yield from _titled(f"Steps{text}", _columns(_spaced(steps)))
    scores = {o.code: "" if o.score is None else f" ({o.score:g})" for o in found.options}
    answers = {option.code: option.label + scores[option.code] for option in found.options}
    yield from _titled("Answers", _columns(answers))
    if found.reason:
        yield from _titled("Why", _wrapped(found.reason, STEP))
    if found.force:
        ours = "; the step, number or order is our judgement" if found.judgement else ""
        yield from _wrapped(f"The source says: {found.force}{ours}.", STEP)
    sources = (line for source in found.sources for line in _wrapped(_cited(source), STEP))
    yield from _titled("Sources", sources)
    nothing = []
    for part in found.parts:
        if part.unknown:
            yield from _titled(part.title, _wrapped(f"Not known: {part.unknown}.", STEP))
        elif part.entries:
            title = f"{part.title} ({len(part.entries)})"
            yield from _titled(title, _entries(part.entries, STEP))
        else:
            nothing.append(lower(part.title))
    if nothing:
        yield ""
        yield from _wrapped(f"None here: {'; '.join(nothing)}.", 0)


def _cited(source: Reference) -> str:
    lines = f", {lines_of(source.lines)}" if source.lines else ""
    return f"{source.document}, {source.section}{lines}"


def _plain(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _spaced(words: Mapping[str, str]) -> dict[str, str]:
    """Names without underscores; the wording for all is that for everyone."""
    return {
        "everyone" if key == "default" else key.replace("_", " "): said
        for key, said in words.items()
    }


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A title above its lines, and an empty line before; nothing where there are none."""
    inner = list(lines)
    if inner:
        yield from ("", title, *inner)


def _columns(words: Mapping[str, str]) -> Iterator[str]:
    column = max((len(name) for name in words), default=0)
    width = min(max(column, COLUMN), WIDEST)
    for name, said in words.items():
        head = f"{' ' * STEP}{name:<{width}} "
        hang = " " * (STEP + width + 1)
        yield from textwrap.wrap(said, WIDTH, initial_indent=head, subsequent_indent=hang)


def _entries(entries: Sequence[Entry], indent: int) -> Iterator[str]:
    for entry in entries:
        without_id = entry.kind in NO_IDS
        head = f"{entry.id}: {entry.title}" if entry.id and not without_id else entry.title
        if without_id:
            head = f"{', '.join(said for said in (entry.id, entry.how) if said)}: {entry.title}"
        yield from _wrapped(head, indent)
        if entry.how and not without_id:
            yield from _wrapped(f"({entry.how})", indent + STEP)
        yield from _below(entry.below, indent + STEP)


def _below(entries: Sequence[Entry], indent: int) -> Iterator[str]:
    """What stands below an entry; in one line where there is nothing to say of each."""
    plain = len(entries) > 1 and all(e.id and not e.how and not e.below for e in entries)
    if plain:
        yield from _wrapped(f"{len(entries)}: {', '.join(str(e.id) for e in entries)}", indent)
    else:
        yield from _entries(entries, indent)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    space = " " * indent
    yield from textwrap.wrap(text, WIDTH, initial_indent=space, subsequent_indent=space + "  ")
