"""The guide on how a group comes to a statement of its own; it stands in ``statements.yaml``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from questionnaires.content_files.yaml_files import build, read
from questionnaires.conversation import Line, Sourced
from questionnaires.library import Library
from questionnaires.model import Sentence
from questionnaires.problems import ProblemsError
from questionnaires.reference_data import references


class StatementGuide(Sourced):
    """The whole guide, in the order in which it is read."""

    title: Sentence
    lead: Sentence
    entries: tuple[Line, ...] = Field(min_length=1)


def load_statement_guide(library: Library, path: Path | None = None) -> StatementGuide:
    """Read and check the guide.

    Args:
        path: its file; the one that lies beside the library's questionnaires if None.

    Raises:
        ProblemsError: with every problem that was found.
    """
    document = read(path or library.content.statements)
    guide = build(StatementGuide, document.content, document)
    pieces = [((), guide), *((("entries", n), line) for n, line in enumerate(guide.entries))]
    seen: set[str] = set()
    problems = []
    for place, piece in pieces:
        if piece.id in seen:
            problems.append(document.problem("id_twice_on_sheet", (*place, "id"), piece.id))
        seen.add(piece.id)
        problems += document.placed_all(references(piece.source, library.sources), place, piece.id)
    if problems:
        raise ProblemsError(problems)
    return guide
