"""The context of an assessment from YAML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from questionnaires.content_files.yaml_files import Document, build, parse, read
from questionnaires.problems import Place, ProblemsError
from scoring.answers.matrix import Context


def read_context(path: Path | None) -> tuple[Context, Document | None]:
    """Read a context file; all defaults where there is none.

    Returns:
        The context, and the file as a document, by which later checks name their line.

    Raises:
        ProblemsError: the file cannot be read, or a key or value in it is not allowed.
    """
    if path is None:
        return Context(), None
    try:
        document = read(path)
        return _context(document), document
    except ProblemsError as error:
        raise _by_line(error) from None


def parse_context(content: bytes, name: str) -> tuple[Context, Document]:
    """The same from the bytes of a file; ``name`` is what messages call it."""
    try:
        document = parse(content, Path(name))
        return _context(document), document
    except ProblemsError as error:
        raise _by_line(error) from None


def _context(document: Document) -> Context:
    if problems := document.repeated_keys():
        raise ProblemsError(problems)
    return Context() if document.content is None else build(Context, document.content, document)


def _by_line(error: ProblemsError) -> ProblemsError:
    """The places as other files of answers have them: nobody opens these in an editor of code."""
    return ProblemsError(
        replace(problem, place=Place(problem.place.file, problem.place.line))
        for problem in error.problems
    )
