"""The context of an assessment from YAML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from questionnaires.content_files.yaml_files import Document, build, parse, read
from questionnaires.problems import Place, Problem, ProblemsError
from scoring.answers.matrix import Context

#: Anybody may send a context. One of a large organisation has a tenth of this.
LIMITS: dict[str, Any] = {"largest": 20_000, "aliases": False}


def read_context(path: Path | None) -> tuple[Context, Document | None]:
    """Read a context file; all defaults where there is none.

    Returns:
        The context, and the file as a document, by which later checks name their line.

    Raises:
        ProblemsError: the file cannot be read, or a key or value in it is not allowed.
    """
    return (Context(), None) if path is None else _context(lambda: read(path, **LIMITS))


def parse_context(content: bytes, name: str) -> tuple[Context, Document]:
    """The same from the bytes of a file; ``name`` is what messages call it."""
    return _context(lambda: parse(content, Path(name), **LIMITS))


def _context(read_document: Callable[[], Document]) -> tuple[Context, Document]:
    try:
        document = read_document()
        if problems := document.repeated_keys():
            raise ProblemsError(problems)
        if document.content is None:
            return Context(), document
        return build(Context, document.content, document), document
    except ProblemsError as error:
        raise ProblemsError(map(by_line, error.problems)) from None


def by_line(problem: Problem) -> Problem:
    """A problem with its place as other files of answers have it: nobody opens these in an editor
    of code."""
    return replace(problem, place=Place(problem.place.file, problem.place.line))
