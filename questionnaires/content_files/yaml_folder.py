"""Folders of YAML files that are read as one: an index lists the files in their order.

What belongs together may stand in one file, or in a folder of the same name in which ``index.yaml``
lists its files. The files hold parts of one list, and each place keeps its file and its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from questionnaires.content_files.yaml_files import ContentError, Document, Path_, Problem, read
from questionnaires.phrases import listing, nearest

#: The file of a folder that lists its other files, and the key under which it does.
INDEX, LISTED = "index.yaml", "files"
SUFFIXES = (".yaml", ".yml")


def read_entries(path: Path, key: str) -> Document:
    """Read a list of entries from one file or from a folder.

    Args:
        path: the name without an ending: ``actions`` is ``actions.yaml`` or the folder ``actions``.
        key: the key of the list, in the one file or in each file of the folder.

    Raises:
        ContentError: there is neither or both, or a file cannot be read or is not of this form.
    """
    single = path.parent / f"{path.name}.yaml"
    if not path.is_dir():
        return read(single)
    if single.exists():
        said = f"the folder {path.name} stands beside this file: keep one of them"
        raise ContentError([Problem(str(single), None, said)])
    index, files = read_listed(path / INDEX, LISTED)
    entries: list[Any] = []
    pieces: dict[Path_, tuple[Document, Path_]] = {(): (index, ())}
    problems = _strange_keys(index, (LISTED,))
    for file in files:
        content = file.content
        if not isinstance(content, dict) or not isinstance(content.get(key), list):
            problems.append(file.problem((key,), f"expected '{key}:' with a list below it"))
            continue
        problems += _strange_keys(file, (key,))
        for number, entry in enumerate(content[key]):
            pieces[key, len(entries)] = file, (key, number)
            entries.append(entry)
    if problems:
        raise ContentError(problems)
    return Document(path, "", {key: entries}, pieces)


def read_listed(index: Path, key: str) -> tuple[Document, list[Document]]:
    """Read an index, and the files of its folder in the order in which it lists them.

    Args:
        key: the key under which the index lists them, by their names without ``.yaml``.

    Raises:
        ContentError: the index names a file that is not there or leaves one out, or a file cannot
            be read.
    """
    document = read(index)
    names = document.content.get(key) if isinstance(document.content, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        said = f"expected '{key}:' with a list of the files of this folder, without their '.yaml'"
        raise ContentError([document.problem((key,), said)])
    there = {
        path.relative_to(index.parent).with_suffix("").as_posix(): path
        for path in files_of(index.parent)
        if path != index
    }
    problems: list[Problem] = []
    for number, name in enumerate(names):
        if name not in there:
            said = f"there is no file {name}.yaml here{nearest(name, there)}; found: "
            problems.append(document.problem((key, number), said + (listing(there) or "none")))
        elif name in names[:number]:
            problems.append(document.problem((key, number), f"{name!r} stands twice: keep one"))
    for name, path in there.items():
        if name not in names:
            said = (
                f"{path.relative_to(index.parent).as_posix()} is not listed here and would not be "
                f"read: add '- {name}' at its place under '{key}', or take the file away"
            )
            problems.append(document.problem((key,), said))
    files: list[Document] = []
    for name in dict.fromkeys(names):
        try:
            files += [read(there[name])] if name in there else []
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
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
        document.problem(
            (str(key),),
            f"there is no field {key!r} here{nearest(str(key), allowed)}; allowed: "
            f"{listing(allowed)}",
        )
        for key in document.content
        if key not in allowed
    ]
