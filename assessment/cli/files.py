"""Files that a command writes: all of them or none, and never over what it reads."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from assessment.cli.shared import refuse

#: How a file is called until it is whole.
PREFIX = ".assessment-"


def write_files(files: Mapping[Path, str | bytes], private: Collection[Path] = frozenset()) -> None:
    """Write every file as a whole, or none of them.

    Args:
        private: those that nobody but their owner may read, whatever stood there before.
    """
    ready: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            ready[path] = _prepared(path.resolve(), content, private=path in private)
        for path, temporary in ready.items():
            temporary.replace(path.resolve())
    except OSError as error:
        refuse([f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"])
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that nobody but its owner may read. It has its name only once it is written to the
    end and on the disk; until then, whatever stood there stays."""
    temporary: Path | None = None
    try:
        _expect_a_place(path.resolve())
        handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=PREFIX)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path.resolve())
    except OSError as error:
        refuse([f"{path}: cannot be written: {(error.strerror or str(error)).lower()}"])
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths name one file, there or yet to be written."""
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except OSError:
        return False


def keep_inputs(out: Path, *inputs: Path | None) -> None:
    """Refuse to write over a file that is read."""
    for path in inputs:
        try:
            same = path is not None and out.samefile(path)
        except OSError:  # one of them is not there, which is said where it is opened
            continue
        if same:
            refuse([f"{out}: cannot be written: it is read as input; choose another name"])


def _prepared(path: Path, content: str | bytes, *, private: bool) -> Path:
    """The content in a file beside the one that it is to become."""
    _expect_a_place(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PREFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        if not private:  # it is made for its owner alone
            temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
    except BaseException:
        temporary.unlink()
        raise
    return temporary


def _expect_a_place(path: Path) -> None:
    """Refuse where no file can be.

    Raises:
        OSError: there is no folder, or something else stands there.
    """
    if not path.parent.is_dir():
        raise OSError(f"there is no folder {path.parent}")
    if path.exists() and not path.is_file():
        raise OSError("it is a folder or a device, not a file")
