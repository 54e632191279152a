"""The context of an assessment from YAML."""

from __future__ import annotations

from pathlib import Path

from assessment.exchange.problems import InputError, InputProblem
from questionnaires.content_files.yaml_files import ContentError, Document, build, parse, read
from scoring.answers.matrix import Context


def read_context(path: Path | None) -> tuple[Context, Document | None]:
    """Read a context file; all defaults where there is none.

    Returns:
        The context, and the file as a document, by which later checks name their line.

    Raises:
        InputError: the file cannot be read, or a key or value in it is not allowed.
    """
    if path is None:
        return Context(), None
    try:
        document = read(path)
        return _context(document), document
    except ContentError as error:
        raise _as_input(error) from None


def parse_context(content: bytes, name: str) -> tuple[Context, Document]:
    """The same from the bytes of a file; ``name`` is what messages call it."""
    try:
        document = parse(content, Path(name))
        return _context(document), document
    except ContentError as error:
        raise _as_input(error) from None


def _context(document: Document) -> Context:
    if problems := document.repeated_keys():
        raise ContentError(problems)
    return Context() if document.content is None else build(Context, document.content, document)


def _as_input(error: ContentError) -> InputError:
    return InputError([InputProblem(p.file, p.line, p.message) for p in error.problems])
