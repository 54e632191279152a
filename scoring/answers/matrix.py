"""Answers: from a table in long form to a checked matrix.

The table has one row an answer (``respondent, group, questionnaire, item, value``, all text). The
matrix has one row an item and one column a respondent, so that the answers to one item lie side
by side in memory; respondents are sorted by group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from questionnaires.library import Library
from questionnaires.model import (
    DOES_NOT_APPLY,
    DONT_KNOW,
    FACT_KINDS,
    WORKING_GROUP,
    Item,
    Side,
)
from questionnaires.problems import ProblemsError
from questionnaires.reference_data import GROUP_SIDES
from questionnaires.skip_logic import Applies, applies
from scoring.answers.context import Context
from scoring.answers.validation import examine

COLUMNS = ("respondent", "group", "questionnaire", "item", "value")

#: How many rows of a long table are put into the matrix at once: few enough for the processor's
#: own memory, many enough that each step is worth its start.
ROWS_AT_ONCE = 1 << 17

#: Codes of a matrix cell that is no option. Their lowest bits stay above every option's code
#: when a cell is cut to three or four bits, which is what lets ``patterns`` join cells.
DONT_KNOW_CELL, NOT_APPLICABLE_CELL, EMPTY_CELL = 253, 254, 255

Matrix = NDArray[np.uint8]


@dataclass(frozen=True)
class Group:
    """The respondents of one stakeholder group: columns ``start`` to ``stop`` of the matrix."""

    id: str
    side: Side
    start: int
    stop: int
    head_count: int | None

    @property
    def n(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True)
class Answers:
    """Checked answers.

    Attributes:
        matrix: uint8, items × respondents; an option's position in its scale, or one of
            ``DONT_KNOW_CELL``, ``NOT_APPLICABLE_CELL``, ``EMPTY_CELL``.
        rows: the matrix row of each item that has options.
        groups: stakeholder groups in canonical order, without the working group.
        agreed: the working group's answers by item, as they count: a practice that its facts
            leave out does not apply, whatever was answered before, and a fact is not there.
        notes: the notes that came with agreed answers, by item.
        earlier: the agreed answers that stood before, each with its note, by item.
        reasons: why the working group answers so, and why it answered as it did before, by item.
        skipped: why an item does not apply, by item, to follow "because".
        facts: the choices and numbers that people of each group gave, by item and group; sorted,
            so that nothing tells whose they are.
    """

    library: Library
    context: Context
    matrix: Matrix
    rows: Mapping[str, int]
    groups: tuple[Group, ...]
    agreed: Mapping[str, str]
    notes: Mapping[str, str]
    skipped: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def on_scale(self, item: str, groups: Iterable[Group]) -> Matrix:
        """The cells of some groups' answers to an item, one each, that are points on its scale."""
        row = self.matrix[self.rows[item]]
        cells = np.concatenate([row[group.start : group.stop] for group in groups])
        return cells[cells < DONT_KNOW_CELL]

    @cached_property
    def by_group(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def applies(self) -> Applies:
        """What the length of the assessment and the working group's facts leave to be asked."""
        context = self.context
        return applies(self.library, self.agreed, context.form, context.questionnaires)

    def asked(self, item: Item, group: Group) -> bool:
        """Whether a group's answers to an item count: it was to answer it, or answered anyway."""
        return item.id in self._asked[group.id]

    def required(self, item: Item, group: Group) -> bool:
        """Whether a group was to answer an item, so that an empty answer is one left out."""
        return item.id in self._required[group.id]

    def team_required(self, item: Item) -> bool:
        """Whether the working group was to answer an item."""
        return self.applies.asked(item, WORKING_GROUP)

    @cached_property
    def asked_of_anybody(self) -> frozenset[str]:
        """The items that this assessment asks anybody, whether they replied or not."""
        everybody = {*self.library.sides, WORKING_GROUP, *self.context.asked_like.values()}
        items = self.library.items.values()
        return frozenset(
            item.id for item in items if any(self.applies.asked(item, g) for g in everybody)
        )

    @cached_property
    def _required(self) -> dict[str, frozenset[str]]:
        """The items that each group was to answer."""
        return {
            group.id: frozenset(
                item.id
                for item in self.library.items.values()
                if any(self.applies.asked(item, like) for like in self._asked_like(group))
            )
            for group in self.groups
        }

    @cached_property
    def _asked(self) -> dict[str, frozenset[str]]:
        """The items whose answers count in each group."""
        found = {}
        for group in self.groups:
            required = self._required[group.id]
            counting = [i for i in self.library.items.values() if self._counts(i, group)]
            found[group.id] = frozenset(
                i.id for i in counting if i.id in required or self._answered(i, group)
            )
        return found

    def _counts(self, item: Item, group: Group) -> bool:
        """Whether an answer of a group to an item counts, if there is one: not where facts say
        that it does not apply."""
        if not self.library.asks(item, group.id, group.side) or not self.applies.asks(item):
            return False
        own = self.library.questionnaire_of[item.id]
        return any(
            self.applies.asks_group(own, like, unanswered=True) for like in self._asked_like(group)
        )

    def _asked_like(self, group: Group) -> tuple[str, ...]:
        """The groups whose questions a group is asked: its own, or for one of an organisation's
        own that of which it was said, else those of its side."""
        like = self.context.asked_like.get(group.id)
        if like is not None:
            return (like,)
        if self.library.names(group.id):
            return (group.id,)
        return tuple(name for name, side in self.library.sides.items() if side == group.side)

    def _answered(self, item: Item, group: Group) -> bool:
        if item.id not in self.rows:
            return False
        cells = self.matrix[self.rows[item.id], group.start : group.stop]
        return bool((cells != EMPTY_CELL).any())


def read_answers(table: pd.DataFrame, library: Library, context: Context) -> Answers:
    """Check a table of answers and arrange it.

    Args:
        table: one row an answer, the columns ``COLUMNS``, text; an empty value is unanswered.
        library: the questionnaires that were asked.
        context: what is known beside the answers.

    Raises:
        ProblemsError: with every problem; those of the answers with their row, from 0.
    """
    table = in_categories(table).reset_index(drop=True)
    table["value"] = changed(table["value"], str.strip)
    checked = examine(table, library, context)
    if checked.problems:
        raise ProblemsError(checked.problems, checked.more)
    return arrange(table, library, context)


def arrange(table: pd.DataFrame, library: Library, context: Context) -> Answers:
    """Arrange a table of answers that nothing is wrong with; else as ``read_answers``."""
    sides: dict[str, Side] = {**library.sides, **context.sides}
    table = table[table["value"] != ""]
    is_agreed = table["group"] == WORKING_GROUP
    agreed = dict(zip(table.loc[is_agreed, "item"], table.loc[is_agreed, "value"], strict=True))
    noted = [item for item in library.items.values() if item.takes_note]
    notes = {item.id: agreed.pop(item.note_id) for item in noted if item.note_id in agreed}
    earlier = {
        item.id: (agreed.pop(item.earlier_id, ""), agreed.pop(item.earlier_note_id, ""))
        for item in noted
        if item.earlier_id in agreed or item.earlier_note_id in agreed
    }
    reasons = {
        item.id: (agreed.pop(item.reason_id, ""), agreed.pop(item.earlier_reason_id, ""))
        for item in noted
        if item.reason_id in agreed or item.earlier_reason_id in agreed
    }
    skipped = applies(library, agreed, context.form, context.questionnaires).skipped()
    agreed = _as_they_count(agreed, skipped, library)
    matrix, rows, groups = _arrange(table[~is_agreed], library, context, sides)
    return Answers(
        library=library,
        context=context,
        matrix=matrix,
        rows=rows,
        groups=groups,
        agreed=agreed,
        notes=notes,
        skipped=skipped,
        earlier={item: found for item, found in earlier.items() if found[0]},
        reasons=reasons,
        facts=_facts(table[~is_agreed], library),
    )


def _facts(table: pd.DataFrame, library: Library) -> dict[str, dict[str, tuple[str, ...]]]:
    """The choices and numbers of groups; most assessments ask for none."""
    names = [
        item.id
        for item in library.items.values()
        if item.kind in FACT_KINDS and set(library.groups_of(item)) != {WORKING_GROUP}
    ]
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    if names:
        given = table[table["item"].isin(names)]
        for (item, group), values in given.groupby(["item", "group"], observed=True)["value"]:
            found.setdefault(str(item), {})[str(group)] = tuple(sorted(values))
    return found


def in_categories(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with each distinct word of a column held once, however many rows have it."""
    return pd.DataFrame({name: _category(table[name]) for name in COLUMNS}, index=table.index)


def _category(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    numbers, words = pd.factorize(column.astype("str"))
    return pd.Series(pd.Categorical.from_codes(numbers, words), index=column.index)


def changed(column: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """A column of categories with each of its words changed."""
    words = column.cat.categories
    if (after := [change(word) for word in words]) == list(words):
        return column
    numbers, known = pd.factorize(np.array(after, dtype=object))
    codes = numbers[column.cat.codes.to_numpy()]
    categories = pd.Index(known, dtype="str")
    return pd.Series(pd.Categorical.from_codes(codes, categories), index=column.index)


def _as_they_count(
    agreed: Mapping[str, str], skipped: Mapping[str, str], library: Library
) -> dict[str, str]:
    """Agreed answers without what does not apply; of practices it is said that they do not."""
    counted = {item: value for item, value in agreed.items() if item not in skipped}
    practices = [item for item in skipped if library.items[item].kind == "practice"]
    return counted | dict.fromkeys(practices, DOES_NOT_APPLY)


def _arrange(
    table: pd.DataFrame, library: Library, context: Context, sides: Mapping[str, Side]
) -> tuple[Matrix, dict[str, int], tuple[Group, ...]]:
    """The matrix, the row of each item in it, and the columns of each group."""
    built_in = list(GROUP_SIDES)
    # Of a group with fewer heads than the minimum nobody may see whether anybody replied: it is
    # there, and hidden, either way.
    small = {g for g, heads in context.eligible.items() if heads < context.minimum_group_size}
    present = sorted(
        small.union(table["group"].unique()),
        key=lambda g: (built_in.index(g) if g in built_in else len(built_in), g),
    )
    # As words: categories are sorted by their numbers.
    people = table[["respondent", "group"]].drop_duplicates().astype("str")
    people = people.assign(order=people["group"].map({g: i for i, g in enumerate(present)}))
    people = people.sort_values(["order", "respondent"], kind="stable")
    column = pd.Series(np.arange(len(people)), index=people["respondent"].to_numpy())

    groups, start = [], 0
    for group in present:
        stop = start + int((people["group"] == group).sum())
        head_count = context.eligible.get(group)
        groups.append(Group(group, sides[group], start, stop, head_count))
        start = stop

    coded = [item for item in library.items.values() if has_cells(item)]
    rows = {item.id: number for number, item in enumerate(coded)}
    return fill_matrix(table, coded, rows, column, library), rows, tuple(groups)


def has_cells(item: Item) -> bool:
    """Whether an item's answers stand in the matrix: one choice from a short scale."""
    return item.kind not in ("number", "text", "choices", "choice")


def _numbered(words: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """The number of each row's word, and the words; categories are numbered already."""
    if isinstance(words.dtype, pd.CategoricalDtype):
        return words.cat.codes.to_numpy(), words.cat.categories
    return pd.factorize(words)


def fill_matrix(
    table: pd.DataFrame,
    items: Sequence[Item],
    rows: Mapping[str, int],
    column: pd.Series,
    library: Library,
) -> Matrix:
    """Build the matrix from a table in long form.

    Args:
        table: checked answers, one row each.
        items: the items that have a row.
        rows: the matrix row by item id.
        column: the matrix column by respondent.

    Returns:
        uint8, items × respondents, ``EMPTY_CELL`` where nothing was answered.
    """
    # Each word is looked up once, not once a row.
    item_number, item_names = _numbered(table["item"])
    value_number, value_names = _numbered(table["value"])
    person_number, person_names = _numbered(table["respondent"])
    row_of = np.array([rows.get(str(name), -1) for name in item_names], dtype=np.int64)
    # A category that no row has may be no respondent; nothing below looks it up.
    column_of = column.reindex(person_names, fill_value=-1).to_numpy()
    off_scale = {DONT_KNOW: DONT_KNOW_CELL, DOES_NOT_APPLY: NOT_APPLICABLE_CELL}
    cells = {
        item.id: off_scale | {o.code: number for number, o in enumerate(library.options(item))}
        for item in items
    }
    places = {str(value): number for number, value in enumerate(value_names)}
    cell_of = np.full((len(item_names), len(value_names)), EMPTY_CELL, dtype=np.uint8)
    for number, name in enumerate(item_names):
        for code, cell in cells.get(str(name), {}).items():
            if code in places:
                cell_of[number, places[code]] = cell
    matrix = np.full((len(rows), len(column)), EMPTY_CELL, dtype=np.uint8)
    for start in range(0, len(table), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        item, value, person = item_number[part], value_number[part], person_number[part]
        row = row_of[item]
        if (row < 0).any():
            item, value, person = item[row >= 0], value[row >= 0], person[row >= 0]
            row = row_of[item]
        matrix[row, column_of[person]] = cell_of[item, value]
    return matrix
