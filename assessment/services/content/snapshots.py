"""A snapshot: everything that questionnaires and guidance are read from, as one value to keep.

It is the text of the files, by their paths in the project, so whatever reads files can read it. The
files that say which lines of the source documents are covered are not in it: no assessment uses
them.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from questionnaires.content_files.yaml_folder import files_of
from questionnaires.content_folder import ContentFolder
from questionnaires.own_questions import OWN_FILE

#: The most that a snapshot may take, bytes; today's takes a fiftieth of it.
LARGEST = 50_000_000
#: How a file may be called, on every system.
NAME = re.compile(r"(questionnaires|data)(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+\.ya?ml")


#: Names the snapshot that another one is added to; no file is called so.
BASE = "base"


class SnapshotError(Exception):
    """What was kept is no snapshot."""


@dataclass(frozen=True)
class Snapshot:
    """The text of each file by its path in the project, with ``/`` between its parts."""

    files: Mapping[str, str]

    @cached_property
    def canonical(self) -> bytes:
        """The same bytes for the same files, on every system."""
        return json.dumps(
            self.files, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        ).encode()

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()

    @cached_property
    def packed(self) -> bytes:
        """As it is stored: compressed."""
        return zlib.compress(self.canonical, 9)


@dataclass(frozen=True)
class WithOwnQuestions:
    """What a round asks that has questions of its own: another snapshot, and the file of these.

    Only the file is kept with the round, so that rounds of one release still share the rest.

    Attributes:
        base: the hash of the other snapshot.
    """

    base: str
    file: str

    @cached_property
    def canonical(self) -> bytes:
        return json.dumps(
            {BASE: self.base, OWN_FILE: self.file}, sort_keys=True, ensure_ascii=False
        ).encode()

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()

    @cached_property
    def packed(self) -> bytes:
        """As it is stored: compressed."""
        return zlib.compress(self.canonical, 9)


def snapshot_of(content: ContentFolder) -> Snapshot:
    """What lies in a folder now.

    Raises:
        OSError: a file cannot be read.
        UnicodeDecodeError: one is not UTF-8; it cannot be loaded either.
    """
    places = (content.packs, content.reference, content.forms, content.conversation)
    files = [file for place in (*places, content.guidance) for file in files_of(place)]
    return Snapshot(
        {
            file.relative_to(content.root).as_posix(): _text(file)
            for file in files
            if not file.is_relative_to(content.guidance / "coverage")
        }
    )


def _text(file: Path) -> str:
    # Some systems write other line ends into a copy of the same project.
    return file.read_bytes().decode().replace("\r\n", "\n")


def unpacked(packed: bytes, name: str) -> Snapshot | WithOwnQuestions:
    """A snapshot as it was stored.

    Args:
        name: its hash.

    Raises:
        SnapshotError: it is damaged.
    """
    try:
        content = zlib.decompressobj().decompress(packed, LARGEST)
        files = json.loads(content)
    except (zlib.error, ValueError) as error:
        raise SnapshotError("it cannot be unpacked") from error
    if hashlib.sha256(content).hexdigest() != name:
        raise SnapshotError("it is not what was kept")
    if isinstance(files, dict) and files.keys() == {BASE, OWN_FILE}:
        return WithOwnQuestions(files[BASE], files[OWN_FILE])
    if not isinstance(files, dict) or not all(NAME.fullmatch(file) for file in files):
        raise SnapshotError("it holds no such files")
    return Snapshot(files)


@contextmanager
def folder_of(snapshot: Snapshot) -> Iterator[ContentFolder]:
    """A private folder with the files of a snapshot; it is gone afterwards."""
    with TemporaryDirectory(prefix="assessment-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        for name, text in snapshot.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        yield ContentFolder(root)
