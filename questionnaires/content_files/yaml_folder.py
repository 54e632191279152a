"""Folders of YAML files that are read as one: an index lists the files in their order.

What belongs together may stand in one file, or in a folder of the same name in which ``index.yaml``
lists its files. The files hold parts of one list, and each place keeps its file and its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from questionnaires.content_files.yaml_files import Document, Path_, read
from questionnaires.problems import Problem, ProblemsError

#: The file of a folder that lists its other files, and the key under which it does.
INDEX, LISTED = "index.yaml", "files"
SUFFIXES = (".yaml", ".yml")


def read_entries(path: Path, key: str) -> Document:
    """Read a list of entries from one file or from a folder.

    Args:
        path: the name without an ending: ``actions`` is ``actions.yaml`` or the folder ``actions``.
        key: the key of the list, in the one file or in each file of the folder.

    Raises:
        ProblemsError: there is neither or both, or a file cannot be read or is not of this form.
    """
    single = path.parent / f"{path.name}.yaml"
    if not path.is_dir():
        return read(single)
    if single.exists():
        raise ProblemsError.of("folder_beside_file", str(single), path.name)
    index, files = read_listed(path / INDEX, LISTED)
    entries: list[Any] = []
    pieces: dict[Path_, tuple[Document, Path_]] = {(): (index, ())}
    problems = _strange_keys(index, (LISTED,))
    for file in files:
        content = file.content
        if not isinstance(content, dict) or not isinstance(content.get(key), list):
            problems.append(file.problem("no_list", (key,), allowed=key))
            continue
        problems += _strange_keys(file, (key,))
        for number, entry in enumerate(content[key]):
            pieces[key, len(entries)] = file, (key, number)
            entries.append(entry)
    if problems:
        raise ProblemsError(problems)
    return Document(path, "", {key: entries}, pieces)


def read_listed(index: Path, key: str) -> tuple[Document, list[Document]]:
    """Read an index, and the files of its folder in the order in which it lists them.

    Args:
        key: the key under which the index lists them, by their names without ``.yaml``.

    Raises:
        ProblemsError: the index names a file that is not there or leaves one out, or a file cannot
            be read.
    """
    document = read(index)
    names = document.content.get(key) if isinstance(document.content, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ProblemsError([document.problem("no_file_list", (key,), allowed=key)])
    there = {
        path.relative_to(index.parent).with_suffix("").as_posix(): path
        for path in files_of(index.parent)
        if path != index
    }
    problems: list[Problem] = []
    for number, name in enumerate(names):
        place = (key, number)
        if name not in there:
            allowed = list(there) or ["none"]
            problems.append(document.problem("unknown_listed_file", place, name, allowed))
        elif name in names[:number]:
            problems.append(document.problem("listed_twice", place, name))
    for name, path in there.items():
        if name not in names:
            file = path.relative_to(index.parent).as_posix()
            problem = document.problem("unlisted_file", (key,), file, name=name, key=key)
            problems.append(problem)
    files: list[Document] = []
    for name in dict.fromkeys(names):
        try:
            files += [read(there[name])] if name in there else []
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return document, files


def files_of(path: Path) -> list[Path]:
    """The YAML files of a folder and of those within it; a file is its own.

    Names that start with a dot are what editors and systems leave behind.
    """
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix in SUFFIXES
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.is_file()
    )


def _strange_keys(document: Document, allowed: Sequence[str]) -> list[Problem]:
    """Keys that nothing reads: mostly a misspelt name."""
    return [
        document.problem("unknown_key", (str(key),), key, allowed)
        for key in document.content
        if key not in allowed
    ]
