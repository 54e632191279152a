"""Where tests find content that may stand in one file or in a folder of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from assessment.services.content.snapshots import snapshot_of
from questionnaires import content_folder
from questionnaires.content_files.yaml_folder import files_of
from questionnaires.content_folder import INSTALLED, ContentFolder


def file_with(text: str, folder: Path, name: str) -> Path:
    """The first file with a text: ``name.yaml`` in a folder, or one of the folder ``name``."""
    path = folder / name
    files = files_of(path) if path.is_dir() else [path.with_suffix(".yaml")]
    return next(file for file in files if text in file.read_text(encoding="utf-8"))


def read_reference_from(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Take reference data from a copy of its folder."""
    install(ContentFolder(INSTALLED.root), patch).reference = folder


def read_thresholds_from(file: Path, patch: pytest.MonkeyPatch) -> None:
    """Take thresholds from a copy of their file."""
    install(ContentFolder(INSTALLED.root), patch).thresholds = file


def copied_content(root: Path) -> ContentFolder:
    """A copy of everything that is asked and known, to be changed."""
    for name, text in snapshot_of(INSTALLED).files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return ContentFolder(root)


def install(content: ContentFolder, patch: pytest.MonkeyPatch) -> ContentFolder:
    """As after a new start with this content."""
    patch.setattr(content_folder, "INSTALLED", content)
    return content


def change(file: Path, old: str, new: str) -> None:
    """Write another text where one first stands in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name}: {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def assert_named(problems: Iterable[object], message: str) -> None:
    """One of the problems says it, with its file and its line."""
    texts = [str(problem) for problem in problems]
    assert any(message in text and re.search(r"\.yaml:\d+: ", text) for text in texts), texts
