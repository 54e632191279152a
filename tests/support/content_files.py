"""Where tests find content that may stand in one file or in a folder of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from questionnaires import reference_data
from questionnaires.content_files.yaml_folder import files_of


def file_with(text: str, folder: Path, name: str) -> Path:
    """The first file with a text: ``name.yaml`` in a folder, or one of the folder ``name``."""
    path = folder / name
    files = files_of(path) if path.is_dir() else [path.with_suffix(".yaml")]
    return next(file for file in files if text in file.read_text(encoding="utf-8"))


def read_reference_from(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Take reference data from a copy of its folder."""
    patch.setattr(reference_data, "REFERENCE", folder)


def change(file: Path, old: str, new: str) -> None:
    """Write another text where one first stands in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name}: {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def assert_named(problems: Iterable[object], message: str) -> None:
    """One of the problems says it, with its file and its line."""
    texts = [str(problem) for problem in problems]
    assert any(message in text and re.search(r"\.yaml:\d+: ", text) for text in texts), texts
