"""Which stored answers fit the questions as they are now.

Answers were checked when they came in. Where a question has changed or gone since, what no longer
fits is left out and said; it is never an error, since nobody can give these answers again.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Side
from scoring.answers.context import Context
from scoring.answers.validation import value_problem


def fits(
    library: Library, group: str, name: str, value: str, sides: Mapping[str, Side] | None = None
) -> bool:
    """Whether a question asks a group, and allows a value.

    Args:
        name: of an item, of the note beside an agreed answer, or of what either was before.
        sides: of the groups that no questionnaire names.
    """
    item = library.items.get(name) or library.earlier.get(name) or library.notes.get(name)
    if item is None or not library.asks(item, group, (sides or library.sides).get(group)):
        return False
    agreed = group == WORKING_GROUP
    return name in library.notes or value_problem(item, value, library, agreed=agreed) is None


def fitting(table: pd.DataFrame, library: Library, context: Context) -> NDArray[np.bool_]:
    """Which rows of a table of stored answers fit.

    Args:
        table: one row an answer, with the columns group, item and value.

    Returns:
        bool, one a row.
    """
    sides: dict[str, Side] = {**library.sides, **context.sides}
    keys = table[["group", "item", "value"]]
    alike = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    distinct = keys.drop_duplicates().itertuples(index=False)
    found = [fits(library, str(g), str(i), str(v).strip(), sides) for g, i, v in distinct]
    return np.array(found, dtype=bool)[alike]
