"""Files of answers by their paths: one CSV file, or workbooks, or a folder of workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assessment.exchange.answers.columns import ColumnMapping
from assessment.exchange.answers.csv_file import LARGEST as LARGEST_CSV
from assessment.exchange.answers.csv_file import read_csv
from assessment.exchange.answers.reading import Reading
from assessment.exchange.xlsx.limits import LARGEST as LARGEST_WORKBOOK
from questionnaires.content_files.yaml_files import unreadable
from questionnaires.library import Library
from questionnaires.problems import ProblemsError

#: Spreadsheets by their names. Those of another type are refused in words where they are opened.
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods")


def read_answer_files(
    files: Sequence[Path],
    library: Callable[[], Library],
    mapping: ColumnMapping | None = None,
) -> Reading:
    """Read answers from one CSV file, or from workbooks.

    Args:
        files: as from ``files_in``.
        library: called for workbooks, whose answers stand in the words that people read, and for a
            file with one row a person.
        mapping: which columns such a file has.

    Returns:
        The answers in long form; the index is the line of a CSV file, or the ``Place``.

    Raises:
        ProblemsError: with every problem of every file, or of the library.
    """
    if not any(_is_workbook(file) for file in files):
        if len(files) == 1:
            content = _content(files[0], LARGEST_CSV)
            return read_csv(content, files[0].name, library, mapping)
        raise ProblemsError.of("csv_alone", str(files[1]))
    if texts := [file for file in files if not _is_workbook(file)]:
        raise ProblemsError.of("csv_alone", str(texts[0]))
    # What reads workbooks is loaded only where there are some.
    from assessment.exchange.answer_workbook.reading import workbook_reading  # noqa: PLC0415

    contents = [(file.name, _content(file, LARGEST_WORKBOOK)) for file in files]
    return workbook_reading(contents, library(), mapping=mapping)


def names_of(files: Sequence[Path]) -> str:
    """What messages call the files together."""
    return files[0].name if len(files) == 1 else f"{len(files)} files"


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in WORKBOOKS


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, with the workbooks in a folder instead of the folder.

    Raises:
        ProblemsError: a folder holds no workbook.
    """
    found: list[Path] = []
    for path in paths:
        if not _is_folder(path):
            found.append(path)
            continue
        # Names that begin like this are what editors and systems leave behind.
        try:
            entries = sorted(path.iterdir())
        except OSError as error:
            raise unreadable(path, error) from None
        inside = [
            file
            for file in entries
            if file.suffix.lower() == ".xlsx" and not file.name.startswith((".", "~$"))
        ]
        if not inside:
            raise ProblemsError.of("no_workbook_inside", str(path))
        found += inside
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # an impossible name, which is said where it is opened
        return False


def _content(path: Path, largest: int) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more shows that a file is too large, also where it comes through a pipe.
            return file.read(largest + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ProblemsError.of("no_file", str(path)) from None
    except OSError as error:
        raise unreadable(path, error) from None
