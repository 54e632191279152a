"""Which column of a table holds what, from YAML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assessment.exchange.answers.columns import ColumnMapping
from assessment.exchange.answers.context_file import by_line
from questionnaires.content_files.yaml_files import Document, build, read
from questionnaires.library import Library
from questionnaires.problems import ProblemsError


def read_mapping(path: Path, library: Library, groups: Iterable[str]) -> ColumnMapping:
    """Read which column holds what.

    Args:
        groups: those that there are.

    Raises:
        ProblemsError: the file cannot be read, or names what there is not.
    """
    try:
        return _mapping(read(path), library, list(groups))
    except ProblemsError as error:
        raise ProblemsError(map(by_line, error.problems)) from None


def _mapping(document: Document, library: Library, groups: Sequence[str]) -> ColumnMapping:
    if problems := document.repeated_keys():
        raise ProblemsError(problems)
    mapping = build(ColumnMapping, document.content, document)
    found = [
        document.problem("unknown_item", ("items", name), name, library.items, subject="items")
        for name in mapping.items
        if name not in library.items
    ]
    if (group := mapping.group_of_all) is not None and group not in groups:
        field = "group_of_all"
        found.append(document.problem("unknown_own_group", (field,), group, groups, subject=field))
    if found:
        raise ProblemsError(found)
    return mapping
