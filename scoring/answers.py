"""Answers: from a table in long form to a checked matrix.

The table has one row an answer (``respondent, group, questionnaire, item, value``, all text). The
matrix has one row an item and one column a respondent, so that the answers to one item lie side
by side in memory; respondents are sorted by group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from questionnaires.checks import RESERVED_GROUPS
from questionnaires.library import Library
from questionnaires.model import (
    DID_NOT_AGREE,
    DOES_NOT_APPLY,
    DONT_KNOW,
    GROUP_SIDES,
    SPECIAL_CODES,
    WORKING_GROUP,
    Id,
    Item,
    Model,
    Side,
)
from questionnaires.yaml_source import listing, nearest

COLUMNS = ("respondent", "group", "questionnaire", "item", "value")
LONGEST_TEXT = 4000

#: Codes of a matrix cell that is no option. Their lowest bits stay above every option's code
#: when a cell is cut to three or four bits, which is what lets ``patterns`` join cells.
DONT_KNOW_CELL, NOT_APPLICABLE_CELL, EMPTY_CELL = 253, 254, 255

Matrix = NDArray[np.uint8]


class Context(Model):
    """What is known about an assessment beside its answers."""

    organisation: str = "This organisation"
    #: A group with fewer replies shows no number but its count of replies.
    minimum_group_size: Annotated[int, Field(ge=3, le=100)] = 5
    #: Head count of each group, as far as it is known.
    eligible: dict[Id, Annotated[int, Field(ge=1)]] = {}
    #: Weight of each group in the totals; a missing one has its default, zero is allowed.
    weights: dict[Id, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = {}
    #: Side of each group that the organisation renamed or added.
    sides: dict[Id, Side] = {}
    seed: Annotated[int, Field(ge=0)] = 0
    #: The participation ladder in use; the default of the guidance if it is not said.
    ladder: Id | None = None


@dataclass(frozen=True)
class AnswerProblem:
    """One mistake in a table of answers; ``row`` counts from 0, None for the whole table."""

    row: int | None
    message: str


class AnswersError(Exception):
    """A table of answers that cannot be scored; carries every problem that was found."""

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in problems))


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
        agreed: the working group's answers by item, as they were given.
        notes: the notes that came with agreed answers, by item.
    """

    library: Library
    context: Context
    matrix: Matrix
    rows: Mapping[str, int]
    groups: tuple[Group, ...]
    agreed: Mapping[str, str]
    notes: Mapping[str, str]

    @cached_property
    def by_group(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    def asked(self, item: Item, group: Group) -> bool:
        return self.library.asks(item, group.id, group.side)


def check_context(context: Context, library: Library) -> list[AnswerProblem]:
    """Groups that a context names and nobody knows."""
    known = {*library.sides, *context.sides}
    problems = []
    for field in ("eligible", "weights"):
        for group in getattr(context, field):
            if group not in known:
                problems.append(
                    AnswerProblem(
                        None,
                        f"{field}: there is no group {group!r}{nearest(group, known)}; allowed: "
                        f"{listing(sorted(known))}. Say the side of a group of your own "
                        "under 'sides'",
                    )
                )
    for group, side in context.sides.items():
        if group in RESERVED_GROUPS or group == WORKING_GROUP:
            problems.append(
                AnswerProblem(None, f"sides: {group!r} is taken: give the group another name")
            )
        elif group in GROUP_SIDES and GROUP_SIDES[group] != side:
            problems.append(
                AnswerProblem(
                    None,
                    f"sides: {group!r} stands on the side {GROUP_SIDES[group]!r}; rename the "
                    "group if yours is another",
                )
            )
    return problems


def read_answers(table: pd.DataFrame, library: Library, context: Context) -> Answers:
    """Check a table of answers and arrange it.

    Args:
        table: one row an answer, the columns ``COLUMNS``, text; an empty value is unanswered.
        library: the questionnaires that were asked.
        context: what is known beside the answers.

    Raises:
        AnswersError: with every problem, each with its row.
    """
    problems = check_context(context, library)
    sides: dict[str, Side] = dict(library.sides) | dict(context.sides)
    table = table.astype("str")
    table = table.assign(value=table["value"].str.strip())
    problems += _people(table, sides)
    problems += _items(table, library, sides)
    problems += _values(table, library)
    problems += _repeats(table)
    problems += _head_counts(table, context)
    if problems:
        raise AnswersError(sorted(problems, key=lambda p: -1 if p.row is None else p.row))

    table = table[table["value"] != ""]
    is_agreed = table["group"] == WORKING_GROUP
    agreed = dict(zip(table.loc[is_agreed, "item"], table.loc[is_agreed, "value"], strict=True))
    notes = {
        item.id: agreed.pop(item.note_id)
        for item in library.items.values()
        if item.note_id in agreed
    }
    matrix, rows, groups = _arrange(table[~is_agreed], library, context, sides)
    return Answers(
        library=library,
        context=context,
        matrix=matrix,
        rows=rows,
        groups=groups,
        agreed=agreed,
        notes=notes,
    )


def _first_rows(mask: pd.Series) -> Iterable[int]:
    return cast(Iterable[int], np.flatnonzero(mask.to_numpy()))


def _people(table: pd.DataFrame, sides: Mapping[str, Side]) -> list[AnswerProblem]:
    """Names of groups and respondents, and one group for each respondent."""
    problems = []
    for column in ("respondent", "group", "item"):
        for row in _first_rows(table[column].str.strip() == ""):
            problems.append(AnswerProblem(int(row), f"{column} is empty"))
    known = {*sides, WORKING_GROUP}
    unknown = ~table["group"].isin(list(known)) & (table["group"].str.strip() != "")
    for row in _first_rows(unknown & ~table["group"].duplicated()):
        group = str(table["group"].iat[row])
        problems.append(
            AnswerProblem(
                int(row),
                f"group: there is no group {group!r}{nearest(group, known)}; allowed: "
                f"{listing(sorted(known))}. For a group of your own, say its side under 'sides' "
                "in the context file",
            )
        )
    pairs = table[["respondent", "group"]].drop_duplicates()
    for row in pairs.index[pairs["respondent"].duplicated()]:
        respondent = table.at[row, "respondent"]
        first = pairs.loc[pairs["respondent"] == respondent, "group"].iloc[0]
        problems.append(
            AnswerProblem(
                int(row),
                f"group: respondent {respondent!r} is in {table.at[row, 'group']!r} here and in "
                f"{first!r} before: one respondent has one group",
            )
        )
    team = table.loc[table["group"] == WORKING_GROUP, "respondent"].drop_duplicates()
    for row in team.index[1:]:
        problems.append(
            AnswerProblem(
                int(row),
                f"respondent: the working group gives one agreed answer, from {team.iloc[0]!r}; "
                f"found a second respondent {team.at[row]!r}",
            )
        )
    return problems


def _items(table: pd.DataFrame, library: Library, sides: Mapping[str, Side]) -> list[AnswerProblem]:
    """Known items, in their own questionnaire, asked of the group that answers."""
    problems = []
    notes = _notes(library)
    fresh = ~table[["group", "questionnaire", "item"]].duplicated()
    columns = (table.loc[fresh, column].tolist() for column in ("group", "questionnaire", "item"))
    for row, group, questionnaire, name in zip(_first_rows(fresh), *columns, strict=True):
        item = library.items.get(name) or notes.get(name)
        if item is None:
            if name.strip():
                near = nearest(name, library.items)
                message = f"item: there is no item {name!r}{near}; list them with 'items'"
                problems.append(AnswerProblem(int(row), message))
            continue
        own = library.questionnaire_of[item.id].id
        if questionnaire != own:
            message = f"questionnaire: item {name!r} belongs to {own!r}, found {questionnaire!r}"
            problems.append(AnswerProblem(int(row), message))
        known = group == WORKING_GROUP or group in sides
        if known and not library.asks(item, group, sides.get(group)):
            message = (
                f"item: {name!r} is not asked of {group!r}; asked of: "
                f"{listing(library.groups_of(item))}"
            )
            problems.append(AnswerProblem(int(row), message))
    return problems


def _notes(library: Library) -> dict[str, Item]:
    return {item.note_id: item for item in library.items.values() if item.takes_note}


def _values(table: pd.DataFrame, library: Library) -> list[AnswerProblem]:
    """Each value is one that its item allows."""
    problems = []
    notes = _notes(library)
    agreed = table["group"] == WORKING_GROUP
    fresh = ~table.assign(agreed=agreed)[["item", "value", "agreed"]].duplicated()
    fresh &= table["value"] != ""
    columns = (table.loc[fresh, "item"], table.loc[fresh, "value"], agreed[fresh])
    lists = (column.tolist() for column in columns)
    for row, name, value, by_team in zip(_first_rows(fresh), *lists, strict=True):
        item = library.items.get(name)
        if item is None:
            message = _text_problem(value) if name in notes else None
        else:
            message = value_problem(item, value, library, agreed=by_team)
        if message:
            problems.append(AnswerProblem(int(row), f"value: {name}: {message}"))
    return problems


def value_problem(item: Item, value: str, library: Library, *, agreed: bool = False) -> str | None:
    """Why an item does not allow a value; None where it does.

    Args:
        agreed: the answer is the working group's, which may also say that it did not agree.
    """
    if value in SPECIAL_CODES:
        if value in item.offers:
            return None
        return f"{value!r} is not offered here; allowed: {_allowed(item, library)}"
    match item.kind:
        case "text":
            return _text_problem(value)
        case "number":
            return _number_problem(item, value)
        case "choices":
            return _choices_problem(item, value, library)
    codes = [option.code for option in library.options(item)]
    if value in codes:
        return None
    start, _, chosen = value.partition(":")
    if agreed and item.kind == "practice" and start == DID_NOT_AGREE:
        wrong = [code for code in chosen.split(";") if code not in codes]
        if not wrong and chosen:
            return None
        return f"after {DID_NOT_AGREE!r} write the options that members chose, such as " + (
            f"{DID_NOT_AGREE}:{codes[0]};{codes[-1]}"
        )
    return f"found {value!r}{nearest(value, codes)}; allowed: {_allowed(item, library)}"


def _allowed(item: Item, library: Library) -> str:
    codes = [option.code for option in library.options(item)] + list(item.offers)
    return listing(codes, 30)


def _text_problem(value: str) -> str | None:
    if len(value) > LONGEST_TEXT:
        return f"a text may have {LONGEST_TEXT} characters, found {len(value)}"
    return None


def _number_problem(item: Item, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not np.isfinite(number) or not value.isascii() or "_" in value:
        return f"found {value!r}; allowed: a number with a decimal point"
    if item.minimum is not None and number < item.minimum:
        return f"found {value}; the smallest allowed is {item.minimum:g}"
    if item.maximum is not None and number > item.maximum:
        return f"found {value}; the largest allowed is {item.maximum:g}"
    return None


def _choices_problem(item: Item, value: str, library: Library) -> str | None:
    codes = [option.code for option in library.options(item)]
    chosen = [part.strip() for part in value.split(";")]
    for code in chosen:
        if code not in codes:
            return (
                f"found {code!r}{nearest(code, codes)}; allowed, joined with ';': "
                f"{_allowed(item, library)}"
            )
    if len(set(chosen)) < len(chosen):
        return f"found an option twice in {value!r}"
    if "none" in chosen and len(chosen) > 1:
        return f"'none' stands alone, found {value!r}"
    return None


def _repeats(table: pd.DataFrame) -> list[AnswerProblem]:
    problems = []
    for row in _first_rows(table[["respondent", "item"]].duplicated()):
        respondent, item = table["respondent"].iat[row], table["item"].iat[row]
        message = f"item: respondent {respondent!r} answers {item!r} a second time: keep one"
        problems.append(AnswerProblem(int(row), message))
    return problems


def _head_counts(table: pd.DataFrame, context: Context) -> list[AnswerProblem]:
    replies = table[["respondent", "group"]].drop_duplicates().groupby("group").size()
    return [
        AnswerProblem(
            None,
            f"group {group!r}: {replies[group]} people answered, and its head count is {most}: "
            "correct 'eligible' in the context, or take the surplus replies out",
        )
        for group, most in context.eligible.items()
        if group in replies and replies[group] > most
    ]


def _arrange(
    table: pd.DataFrame, library: Library, context: Context, sides: Mapping[str, Side]
) -> tuple[Matrix, dict[str, int], tuple[Group, ...]]:
    """The matrix, the row of each item in it, and the columns of each group."""
    built_in = list(GROUP_SIDES)
    present = sorted(
        table["group"].unique(),
        key=lambda g: (built_in.index(g) if g in built_in else len(built_in), g),
    )
    people = table[["respondent", "group"]].drop_duplicates()
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
    cells = {
        (item.id, code): cell
        for item in items
        for code, cell in [
            *((option.code, number) for number, option in enumerate(library.options(item))),
            (DONT_KNOW, DONT_KNOW_CELL),
            (DOES_NOT_APPLY, NOT_APPLICABLE_CELL),
        ]
    }
    return spread(table, rows, column, cells)


def spread(
    table: pd.DataFrame,
    rows: Mapping[str, int],
    column: pd.Series,
    cells: Mapping[tuple[str, str], int],
) -> Matrix:
    """Put answers in long form into their cells; each word is looked up once, not once a row."""
    item_number, item_names = pd.factorize(table["item"])
    value_number, value_names = pd.factorize(table["value"])
    person_number, person_names = pd.factorize(table["respondent"])
    row_of = np.array([rows.get(str(name), -1) for name in item_names], dtype=np.int64)
    column_of = column.reindex(list(person_names)).to_numpy()
    cell_of = np.full((len(item_names), len(value_names)), EMPTY_CELL, dtype=np.uint8)
    values = {str(name): number for number, name in enumerate(value_names)}
    places = {str(name): number for number, name in enumerate(item_names)}
    for (name, code), cell in cells.items():
        if name in places and code in values:
            cell_of[places[name], values[code]] = cell
    matrix = np.full((len(rows), len(column)), EMPTY_CELL, dtype=np.uint8)
    kept = row_of[item_number] >= 0
    if not kept.all():
        item_number, value_number = item_number[kept], value_number[kept]
        person_number = person_number[kept]
    matrix[row_of[item_number], column_of[person_number]] = cell_of[item_number, value_number]
    return matrix
