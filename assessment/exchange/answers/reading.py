"""What was read from files of answers, and what is to be said about the reading."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from questionnaires.problems import MAX_SHOWN, Problem


@dataclass(frozen=True)
class Reading:
    """Answers from files.

    Attributes:
        table: text with the columns ``respondent, group, questionnaire, item, value``; its index
            is the line in the file, or the ``Place`` of each answer.
        said: in plain words how the file was read, where that is not the usual form.
        problems: why rows were left out, the first ones.
        rows_left_out: how many rows are in no table, because they could not be read.
    """

    table: pd.DataFrame
    said: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows_left_out: int = 0


class Mistakes:
    """Rows that cannot be read: the first ones, and how many."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def add(self, problem: Callable[[], Problem]) -> None:
        """Count one more; it is made only where it will be shown."""
        self.count += 1
        if self.count <= MAX_SHOWN:
            self.problems.append(problem())


class Numbered(dict[str, int]):
    """Words, each with a number, as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def categories(
    numbers: array[int] | NDArray[np.int32], words: Iterable[str], index: pd.Index
) -> pd.Series:
    """A column of words, from the number of each row's word."""
    codes = np.asarray(numbers, dtype=np.int32)
    known = pd.Index(list(words), dtype="str")
    return pd.Series(pd.Categorical.from_codes(codes, known), index=index)
