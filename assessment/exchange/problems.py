"""Mistakes in what people give us: the file, the place, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: More problems than this are counted, not listed.
MOST_SHOWN = 50


@dataclass(frozen=True)
class InputProblem:
    """One mistake; ``row`` is the line of a file or the row of a sheet."""

    file: str
    row: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.row}" if self.row is not None else self.file
        return f"{place}: {self.message}"


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
