"""Numbers in tables of answers: as people write them in files, and as they are stored."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

import numpy as np
import pandas as pd

from questionnaires.library import Library
from questionnaires.model import SPECIAL_CODES, Item
from questionnaires.numbers import as_stored, read, written
from questionnaires.problems import Problem
from questionnaires.typed_answers import limits
from scoring.answers.validation import Words


def as_people_write(table: pd.DataFrame, library: Library) -> pd.DataFrame:
    """The same table with every number that can be told in a form that can be read in one way
    only. What can be read in two ways, or not at all, stays as it is."""

    def told(item: Item, value: str) -> str:
        found = read(value, limits(item))
        return value if isinstance(found, Problem) else written(found)

    return _changed(table, library, told)


def in_one_way(table: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Stored answers as they go into a file: a number such as 1.125, which would be read in two
    ways, has a nought more."""
    return _changed(table, library, lambda _, value: _number(value, written))


def to_be_stored(table: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Numbers that can be read in one way, as they are stored."""
    return _changed(table, library, lambda _, value: _number(value, as_stored))


def _number(value: str, form: Callable[[Decimal], str]) -> str:
    try:
        return form(Decimal(value))
    except InvalidOperation:
        return value


def _changed(
    table: pd.DataFrame, library: Library, change: Callable[[Item, str], str]
) -> pd.DataFrame:
    """A table with the answers to number items changed; each distinct one is looked at once."""
    items, values = Words.of(table["item"]), Words.of(table["value"])
    numeric = {name: item for name, item in library.items.items() if item.kind == "number"}
    asked = items.rows(lambda name: name in numeric)
    given = values.rows(lambda value: bool(value.strip()) and value not in SPECIAL_CODES)
    rows = np.flatnonzero(asked & given)
    pairs, which = np.unique(items.beside(values)[rows], return_inverse=True)
    count = len(values.known)
    before = [values.known[pair % count] for pair in pairs]
    after = [
        change(numeric[items.known[pair // count]], value)
        for pair, value in zip(pairs, before, strict=True)
    ]
    if after == before:
        return table
    column = table["value"].astype("str").to_numpy(dtype=object, copy=True)
    column[rows] = np.array(after, dtype=object)[which]
    return table.assign(value=pd.Series(column, index=table.index, dtype="str"))
