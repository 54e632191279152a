"""Mistakes in what people give us: the file, the place, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.phrases import listing, quoted

#: More problems than this are counted, not listed.
MAX_SHOWN = 50
#: Of the further rows with the same mistake, this many are named.
MAX_ROWS = 5


@dataclass(frozen=True)
class Place:
    """Where an answer of a workbook stands.

    Attributes:
        cell: the letter of its column where it stands in one cell.
        columns: the letter of each column where it takes a whole row; a message that begins
            with the name of a column is about that cell.
    """

    file: str
    sheet: str
    row: int
    cell: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    def within(self, message: str = "") -> str:
        """The place within the file, for a message about it."""
        column = self.cell or self.columns.get(message.partition(":")[0], "")
        where = f"cell {column}{self.row}" if column else f"row {self.row}"
        return f"sheet {quoted(self.sheet)}, {where}"


@dataclass(frozen=True)
class InputProblem:
    """One mistake; ``row`` is the line of a file.

    ``also`` are further lines with the very same mistake. Where a file has sheets, ``place``
    stands for the line, and ``also_places`` for the further ones.
    """

    file: str
    row: int | None
    message: str
    also: tuple[int, ...] = ()
    place: str | None = None
    also_places: tuple[str, ...] = ()

    def __str__(self) -> str:
        line = f"line {self.row}" if self.row is not None else None
        where = self.place or line
        text = f"{self.file}, {where}: {self.message}" if where else f"{self.file}: {self.message}"
        if self.also_places:
            return f"{text} (the same in {listing(self.also_places, MAX_ROWS)})"
        if self.also:
            return f"{text} (the same on line {listing(map(str, self.also), MAX_ROWS)})"
        return text

    @classmethod
    def at(cls, place: Place, message: str, also: Sequence[Place] = ()) -> InputProblem:
        """A mistake in a workbook, and further places with the very same one."""
        further = [
            other.within(message)
            if other.file == place.file
            else f"{other.file}, {other.within(message)}"
            for other in also[: MAX_ROWS + 1]
        ]
        rest = [""] * (len(also) - len(further))
        return cls(place.file, None, message, (), place.within(message), (*further, *rest))


class InputError(Exception):
    """Input that cannot be used; carries every problem. Nothing was changed."""

    def __init__(self, problems: Sequence[InputProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.lines()))

    @classmethod
    def of(cls, file: str, message: str, *, row: int | None = None) -> InputError:
        return cls([InputProblem(file, row, message)])

    def lines(self) -> list[str]:
        """The problems as lines, the first ones in full and the rest counted."""
        lines = [str(problem) for problem in self.problems[:MAX_SHOWN]]
        rest = len(self.problems) - len(lines)
        return [*lines, f"and {rest} more"] if rest > 0 else lines
