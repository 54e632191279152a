"""The coverage table: every line of every source is carried by something, or asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator

from questionnaires.content_files.yaml_files import Document, Path_, build
from questionnaires.content_files.yaml_folder import read_entries
from questionnaires.library import Library
from questionnaires.model import Id, Model, Sentence, number_as_text
from questionnaires.problems import Problem
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
    """One source document, or a part of it, line by line."""

    document: Id
    #: Its length; a part that carries on a document leaves it out.
    lines: int | None = None
    rows: tuple[CoverageRow, ...]


class Coverage(Model):
    """All source documents, line by line."""

    documents: tuple[CoveredDocument, ...]


def load_coverage(guidance: Guidance) -> tuple[Document, Coverage]:
    """Read the table.

    Raises:
        ProblemsError: a row that is not of its form.
    """
    document = read_entries(guidance.folder / "coverage", "documents")
    return document, build(Coverage, document.content, document)


def check_coverage(guidance: Guidance, library: Library) -> Iterator[Problem]:
    """Gaps, overlaps, wrong lengths, and ids that there are not."""
    document, table = load_coverage(guidance)
    carriers = carrier_ids(guidance, library)
    covered = [entry.document for entry in table.documents]
    for source in library.sources.values():
        if source.id not in covered:
            yield document.problem("source_without_rows", ("documents",), allowed=source.id)
    seen: set[str] = set()
    for number, entry in enumerate(table.documents):
        place = ("documents", number)
        if entry.lines is None and number and covered[number - 1] == entry.document:
            continue
        if entry.document in seen:
            yield document.problem("rows_twice", place, entry.document)
            continue
        seen.add(entry.document)
        source = library.sources.get(entry.document)
        if source is None:
            yield document.problem("unknown_source", place, entry.document, library.sources)
            continue
        if entry.lines != source.lines:
            at, found, name = (*place, "lines"), entry.lines or "nothing", entry.document
            yield document.problem("other_length", at, found, source.lines, document=name)
        rows = list(_rows(table, number))
        yield from _lines(entry.document, source.lines, rows, document)
        for at, row in rows:
            for name in row.carried_by:
                if name not in carriers:
                    subject = f"{entry.document} {row.lines}"
                    yield document.problem(
                        "unknown_id", (*at, "carried_by"), name, carriers, subject=subject
                    )


def _rows(table: Coverage, first: int) -> Iterator[tuple[Path_, CoverageRow]]:
    """The rows of a document with their places: those of its entry, and of the parts after it."""
    for number in range(first, len(table.documents)):
        entry = table.documents[number]
        if number > first and (
            entry.lines is not None or entry.document != table.documents[first].document
        ):
            return
        for at, row in enumerate(entry.rows):
            yield ("documents", number, "rows", at), row


def _lines(
    name: str, length: int, rows: Sequence[tuple[Path_, CoverageRow]], document: Document
) -> Iterator[Problem]:
    """Each line stands in exactly one row, in order."""
    expected = 1
    place: Path_ = ("documents",)
    for place, row in rows:
        first, last = row.span
        if first != expected or last < first:
            at = (*place, "lines")
            yield document.problem("row_out_of_order", at, row.lines, expected, subject=name)
        expected = last + 1
    if expected != length + 1:
        yield document.problem("rows_end", place, expected - 1, length, subject=name)


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
