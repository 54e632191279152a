"""The coverage table: every line of every source is carried by something, or asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator

from questionnaires.content_files.yaml_files import Document, Path_, Problem, build, read
from questionnaires.library import Library
from questionnaires.model import Id, Model, Sentence, number_as_text
from questionnaires.phrases import nearest
from scoring.rules.rulebook import Guidance


def _one_line_or_a_range(lines: str) -> str:
    if not re.fullmatch(r"[0-9]{1,6}(-[0-9]{1,6})?", lines):
        raise ValueError(f"found {lines!r}; write one line or a range such as 12-15")
    return lines


class CoverageRow(Model):
    """Some lines of a source: what they name and what carries it, or why they ask nothing."""

    lines: Annotated[str, BeforeValidator(number_as_text), AfterValidator(_one_line_or_a_range)]
    section: Annotated[Sentence, BeforeValidator(number_as_text)]
    asks_nothing: Sentence | None = None
    names: Sentence | None = None
    kind: Literal["needed", "wished", "warned"] | None = None
    carried_by: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_or_the_other(self) -> CoverageRow:
        if self.asks_nothing is not None:
            if self.names or self.kind or self.carried_by:
                raise ValueError("a row that asks nothing names nothing and is carried by nothing")
        elif not (self.names and self.kind and self.carried_by):
            raise ValueError("write asks_nothing, or all of names, kind and carried_by")
        return self

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last line."""
        first, _, last = self.lines.partition("-")
        return int(first), int(last or first)


class CoveredDocument(Model):
    """One source document, line by line."""

    document: Id
    lines: int
    rows: tuple[CoverageRow, ...]


class Coverage(Model):
    """All source documents, line by line."""

    documents: tuple[CoveredDocument, ...]


def load_coverage(guidance: Guidance) -> tuple[Document, Coverage]:
    """Read the table.

    Raises:
        ContentError: a row that is not of its form.
    """
    document = read(guidance.folder / "coverage.yaml")
    return document, build(Coverage, document.content, document)


def check_coverage(guidance: Guidance, library: Library) -> Iterator[Problem]:
    """Gaps, overlaps, wrong lengths, and ids that there are not."""
    document, table = load_coverage(guidance)
    carriers = carrier_ids(guidance, library)
    covered = [entry.document for entry in table.documents]
    for source in library.sources.values():
        if source.id not in covered:
            yield document.problem(("documents",), f"source {source.id!r} has no rows")
    for number, entry in enumerate(table.documents):
        place = ("documents", number)
        if entry.document in covered[:number]:
            yield document.problem(place, f"{entry.document!r} stands twice: join its rows")
            continue
        source = library.sources.get(entry.document)
        if source is None:
            near = nearest(entry.document, library.sources)
            yield document.problem(place, f"there is no source {entry.document!r}{near}")
            continue
        if entry.lines != source.lines:
            yield document.problem(
                (*place, "lines"),
                f"{entry.document} has {source.lines} lines in sources.yaml, found {entry.lines}",
            )
        yield from _lines(entry, document, place)
        for at, row in enumerate(entry.rows):
            for name in row.carried_by:
                if name not in carriers:
                    yield document.problem(
                        (*place, "rows", at, "carried_by"),
                        f"{entry.document} {row.lines}: nothing has the id {name!r}"
                        f"{nearest(name, carriers)}",
                    )


def _lines(entry: CoveredDocument, document: Document, place: Path_) -> Iterator[Problem]:
    """Each line stands in exactly one row, in order."""
    expected = 1
    for at, row in enumerate(entry.rows):
        first, last = row.span
        if first != expected or last < first:
            yield document.problem(
                (*place, "rows", at, "lines"),
                f"{entry.document}: expected a row from line {expected}, found {row.lines}: every "
                "line stands in one row, in order",
            )
        expected = last + 1
    if expected != entry.lines + 1:
        yield document.problem(
            (*place, "rows"),
            f"{entry.document}: the rows end at line {expected - 1} of {entry.lines}",
        )


def carrier_ids(guidance: Guidance, library: Library) -> set[str]:
    """Every id that may carry something."""
    return {
        *library.items,
        *library.dimensions,
        *guidance.gates,
        *guidance.offers,
        *guidance.actions,
        *guidance.resources,
        *(response.id for response in guidance.responses),
        *(conflict.id for conflict in guidance.conflicts),
        *(safeguard.id for safeguard in guidance.risk.safeguards),
        *(exposure.id for exposure in guidance.risk.exposures),
    }
