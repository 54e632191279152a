"""The context of an assessment from a YAML file."""

from __future__ import annotations

from pathlib import Path

from assessment.exchange.problems import InputError, InputProblem
from questionnaires.yaml_source import ContentError, build, read
from scoring.answers import Context


def read_context(path: Path | None) -> Context:
    """Read a context file; all defaults where there is none.

    Raises:
        InputError: the file cannot be read, or a key or value in it is not allowed.
    """
    if path is None:
        return Context()
    try:
        document = read(path)
        if document.content is None:
            return Context()
        return build(Context, document.content, document)
    except ContentError as error:
        raise InputError([InputProblem(p.file, p.line, p.message) for p in error.problems]) from None
