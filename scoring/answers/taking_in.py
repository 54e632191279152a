"""Taking in answers as they come: what is sound counts, what is not is left out and said.

One doubtful answer does not stop a file. It is never mended either: what somebody meant is not for
a program to guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from questionnaires.library import Library
from questionnaires.problems import MAX_FURTHER, Place, Problem, ProblemsError
from scoring.answers.context import Context
from scoring.answers.matrix import in_categories
from scoring.answers.numbers import as_people_write, to_be_stored
from scoring.answers.rewritten import looks_rewritten
from scoring.answers.validation import Words, examine

#: What programs write where there is nothing: R, pandas, Excel, databases.
NOTHING = {"na", "n/a", "#n/a", "nan", "null", "<na>"}


@dataclass(frozen=True)
class TakenIn:
    """What a table of answers holds that can count.

    Attributes:
        table: the sound answers; text in categories, the index as it was.
        given: how many answers there were, empty ones aside.
        left_out: how many of them are not sound.
        problems: why, the first ones at their rows of the table that was given, from 0.
        more: how many further problems there are.
        emptied: how often each word for "nothing" stood where it is no answer.
        alike: how many answers stood twice, word for word, and count once.
        rewritten: the first name that a spreadsheet seems to have changed, with further ones.
    """

    table: pd.DataFrame
    given: int
    left_out: int
    problems: tuple[Problem, ...] = ()
    more: int = 0
    emptied: Mapping[str, int] = field(default_factory=dict)
    alike: int = 0
    rewritten: Problem | None = None


def take_in(table: pd.DataFrame, library: Library, context: Context) -> TakenIn:
    """Take what is sound of a table of answers.

    Args:
        table: one row an answer, the columns ``COLUMNS``, cleaned text; numbers stand as people
            write them, and are read where that is possible in one way only.

    Raises:
        ProblemsError: nothing is sound, or it cannot be told who is who, or the context cannot be
            used; each problem of the answers at its row, from 0.
    """
    index = table.index
    table = in_categories(table).reset_index(drop=True)
    nothing, emptied = _nothing(table, library)
    if emptied:
        table["value"] = table["value"].astype("str").mask(nothing, "")
    table = in_categories(as_people_write(table, library))
    checked = examine(table, library, context, from_file=True)
    given = (table["value"] != "").to_numpy()
    sound = checked.sound & given
    rewritten = _rewritten(table[given])
    if checked.ambiguous or (checked.problems and not sound.any()):
        raise ProblemsError(checked.problems, checked.more)
    taken = in_categories(to_be_stored(table[sound], library))
    taken.index = index[sound]
    alike = int((checked.alike & given).sum())
    left_out = int((given & ~sound).sum()) - alike
    problems, more = checked.problems, checked.more
    return TakenIn(taken, int(given.sum()), left_out, problems, more, emptied, alike, rewritten)


def _nothing(table: pd.DataFrame, library: Library) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Which values say that there is none, where they are no answer and nobody's own words."""
    items, values = Words.of(table["item"]), Words.of(table["value"])

    def is_answer(name: str, value: str) -> bool:
        item = library.items.get(name)
        if item is None:
            return name in library.notes  # beside an agreed answer a note may say so
        return item.kind == "text" or value in {option.code for option in library.options(item)}

    rows = np.flatnonzero(values.rows(lambda value: value.casefold() in NOTHING))
    found = np.zeros(len(table), dtype=bool)
    found[rows] = [not is_answer(items[row], values[row]) for row in rows.tolist()]
    words, counts = np.unique(values.numbers[found], return_counts=True)
    return found, {values.known[word]: int(n) for word, n in zip(words, counts, strict=True)}


def _rewritten(table: pd.DataFrame) -> Problem | None:
    """The first respondent whose name a spreadsheet seems to have changed.

    Raises:
        ProblemsError: such a name stands for somebody who answers twice or is in two groups.
    """
    rows = np.flatnonzero(Words.of(table["respondent"]).rows(looks_rewritten))
    if not len(rows):
        return None
    people = table.iloc[rows].astype("str")
    pairs = people[["respondent", "group"]].drop_duplicates()
    in_two = people["respondent"].isin(pairs.loc[pairs["respondent"].duplicated(), "respondent"])
    merged = people[people[["respondent", "item"]].duplicated() | in_two]
    first = (merged if len(merged) else people).drop_duplicates("respondent")
    further = tuple(Place(row=int(row)) for row in first.index[1 : MAX_FURTHER + 1])
    code = "rewritten_and_merged" if len(merged) else "rewritten_name"
    found = Problem(
        code,
        Place(row=int(first.index[0])),
        str(first["respondent"].iloc[0]),
        further=further,
        more=len(first) - 1 - len(further),
    )
    if len(merged):
        raise ProblemsError([found])
    return found
