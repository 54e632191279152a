"""The coverage table: every line of every source is carried by something, or asks nothing."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.library import Library
from questionnaires.words import nearest
from questionnaires.yaml_source import Document, Path_, Problem, build, read
from scoring.guidance import Coverage, CoveredDocument
from scoring.guidance_library import Guidance


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
        *(response.id for response in guidance.responses),
        *(conflict.id for conflict in guidance.conflicts),
        *(safeguard.id for safeguard in guidance.risk.safeguards),
        *(exposure.id for exposure in guidance.risk.exposures),
    }
