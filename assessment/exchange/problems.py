"""Mistakes in what people give us: the file, the place, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.words import listing

#: More problems than this are counted, not listed.
MOST_SHOWN = 50
#: Of the further rows with the same mistake, this many are named.
MOST_ROWS = 5


@dataclass(frozen=True)
class InputProblem:
    """One mistake; ``row`` is the line of a file or the row of a sheet.

    ``also`` are further rows with the very same mistake.
    """

    file: str
    row: int | None
    message: str
    also: tuple[int, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}, line {self.row}" if self.row is not None else self.file
        if not self.also:
            return f"{place}: {self.message}"
        lines = listing(map(str, self.also), MOST_ROWS)
        return f"{place}: {self.message} (the same on line {lines})"


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
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        rest = len(self.problems) - len(shown)
        return [*shown, f"and {rest} more"] if rest > 0 else shown
