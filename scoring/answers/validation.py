"""Whether a table of answers can be scored; what is wrong with it, in words.

Each check returns problems and never raises, so that one reading names every mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd

from questionnaires.library import Library
from questionnaires.model import (
    DID_NOT_AGREE,
    SPECIAL_CODES,
    WORKING_GROUP,
    Item,
    Side,
)
from questionnaires.phrases import listing, nearest, quoted
from questionnaires.reference_data import GROUP_SIDES, RESERVED_GROUPS
from scoring.answers.context import Context

LONGEST_TEXT = 4000
#: For more unknown words than this no nearest one is looked for: that takes time, and nobody
#: reads that many messages.
MAX_SUGGESTIONS = 50


@dataclass(frozen=True)
class AnswerProblem:
    """One mistake in a table of answers or in its context.

    Attributes:
        row: counts from 0; None where it is not about a row.
        also: further rows with the very same mistake.
        context: the place in the context that is wrong; None where it is about the answers.
    """

    row: int | None
    message: str
    also: tuple[int, ...] = ()
    context: tuple[str, ...] | None = None


def check(table: pd.DataFrame, library: Library, context: Context) -> list[AnswerProblem]:
    """Every problem of a table of answers with its context.

    Args:
        table: text, numbered from 0; values without blanks around them.
    """
    sides: dict[str, Side] = {**library.sides, **context.sides}
    return [
        *_context(context, library),
        *_chosen(context, library),
        *_people(table, sides),
        *_items(table, library, sides),
        *_values(table, library),
        *_repeats(table),
    ]


def _context(context: Context, library: Library) -> list[AnswerProblem]:
    """Groups of a context that nobody knows, and sides that contradict the questionnaires."""
    known = {*library.sides, *context.sides}
    problems = []
    for field in ("eligible", "weights"):
        for group in getattr(context, field):
            if group not in known:
                message = (
                    f"{field}: there is no group {group!r}{nearest(group, known)}; allowed: "
                    f"{listing(sorted(known))}. Say the side of a group of your own under 'sides'"
                )
                problems.append(AnswerProblem(None, message, context=(field, group)))
    for group, side in context.sides.items():
        message = None
        if group in RESERVED_GROUPS or group == WORKING_GROUP:
            message = f"sides: {group!r} is taken: give the group another name"
        elif library.sides.get(group, side) != side:
            message = (
                f"sides: {group!r} stands on the side {library.sides[group]!r}; rename the "
                "group if yours is another"
            )
        if message:
            problems.append(AnswerProblem(None, message, context=("sides", group)))
    for group, like in context.asked_like.items():
        if group not in context.sides:
            message = f"asked_like: {group!r} is no group of your own: name its side under 'sides'"
        elif like not in GROUP_SIDES:
            message = (
                f"asked_like: there is no group {like!r}{nearest(like, GROUP_SIDES)}; allowed: "
                f"{listing(GROUP_SIDES)}"
            )
        elif GROUP_SIDES[like] != context.sides[group]:
            message = f"asked_like: {group!r} can be asked only what a group of its side is asked"
        else:
            continue
        problems.append(AnswerProblem(None, message, context=("asked_like", group)))
    return problems


def _chosen(context: Context, library: Library) -> Iterator[AnswerProblem]:
    """Questionnaires of a context that nobody knows."""
    names = [questionnaire.id for questionnaire in library.questionnaires]
    for name in context.questionnaires:
        if name not in names:
            message = (
                f"questionnaires: there is no questionnaire {name!r}{nearest(name, names)}; "
                f"allowed: {listing(names)}"
            )
            yield AnswerProblem(None, message, context=("questionnaires",))


def _rows(mask: pd.Series) -> list[int]:
    return np.flatnonzero(mask.to_numpy()).tolist()


def _with_repeats(
    problems: list[AnswerProblem], table: pd.DataFrame, columns: list[str]
) -> list[AnswerProblem]:
    """Each problem with the further rows that are alike in these columns: the same mistake."""
    if not problems:
        return problems
    number = table.groupby(columns, sort=False).ngroup().to_numpy()
    alike: dict[int, list[int]] = {}
    wrong = np.isin(number, number[[p.row for p in problems if p.row is not None]])
    for row in np.flatnonzero(wrong).tolist():
        alike.setdefault(number[row], []).append(row)
    return [
        replace(p, also=tuple(row for row in alike[number[p.row]] if row > p.row))
        for p in problems
        if p.row is not None
    ]


def _people(table: pd.DataFrame, sides: Mapping[str, Side]) -> list[AnswerProblem]:
    """Names of groups and respondents, and one group for each respondent."""
    problems = []
    for column in ("respondent", "group", "item"):
        if empty := _rows(table[column].str.strip() == ""):
            problems.append(AnswerProblem(empty[0], f"{column} is empty", tuple(empty[1:])))
    known = {*sides, WORKING_GROUP}
    unknown = ~table["group"].isin(list(known)) & (table["group"].str.strip() != "")
    strange = []
    for row in _rows(unknown & ~table["group"].duplicated()):
        group = str(table["group"].iat[row])
        near = nearest(group, known) if len(strange) < MAX_SUGGESTIONS else ""
        strange.append(
            AnswerProblem(
                row,
                f"group: there is no group {quoted(group)}{near}; allowed: "
                f"{listing(sorted(known))}. For a group of your own, say its side under 'sides' "
                "in the context file",
            )
        )
    problems += _with_repeats(strange, table, ["group"])
    pairs = table[["respondent", "group"]].drop_duplicates()
    again = pairs[pairs["respondent"].duplicated()]
    first = pairs[pairs["respondent"].isin(again["respondent"])].drop_duplicates("respondent")
    before = first.set_index("respondent")["group"].to_dict()
    for row, respondent, group in again.itertuples():
        problems.append(
            AnswerProblem(
                row,
                f"group: respondent {quoted(respondent)} is in {quoted(group)} here and in "
                f"{quoted(before[respondent])} before: one respondent has one group",
            )
        )
    team = table.loc[table["group"] == WORKING_GROUP, "respondent"].drop_duplicates()
    for row, respondent in list(team.items())[1:]:
        problems.append(
            AnswerProblem(
                cast(int, row),
                "respondent: the working group gives one agreed answer, from "
                f"{quoted(team.iloc[0])}; found a second respondent {quoted(respondent)}",
            )
        )
    return problems


def _items(table: pd.DataFrame, library: Library, sides: Mapping[str, Side]) -> list[AnswerProblem]:
    """Known items, in their own questionnaire, asked of the group that answers."""
    problems = []
    beside = _notes(library) | _earlier(library)
    fresh = ~table[["group", "questionnaire", "item"]].duplicated()
    columns = (table.loc[fresh, column].tolist() for column in ("group", "questionnaire", "item"))
    for row, group, questionnaire, name in zip(_rows(fresh), *columns, strict=True):
        item = library.items.get(name) or beside.get(name)
        if item is None:
            if name.strip():
                near = nearest(name, library.items) if len(problems) < MAX_SUGGESTIONS else ""
                message = (
                    f"item: there is no item {quoted(name)}{near}; 'python -m assessment items' "
                    "lists them"
                )
                problems.append(AnswerProblem(row, message))
            continue
        own = library.questionnaire_of[item.id].id
        if questionnaire != own:
            message = (
                f"questionnaire: item {name!r} belongs to {own!r}, found {quoted(questionnaire)}"
            )
            problems.append(AnswerProblem(row, message))
        known = group == WORKING_GROUP or group in sides
        if known and not library.asks(item, group, sides.get(group)):
            message = (
                f"item: {name!r} is not asked of {group!r}; asked of: "
                f"{listing(library.groups_of(item))}"
            )
            problems.append(AnswerProblem(row, message))
    return _with_repeats(problems, table, ["group", "questionnaire", "item"])


def _notes(library: Library) -> dict[str, Item]:
    """The names of the notes beside agreed answers, of now and of before."""
    noted = [item for item in library.items.values() if item.takes_note]
    return {name: item for item in noted for name in (item.note_id, item.earlier_note_id)}


def _earlier(library: Library) -> dict[str, Item]:
    """The names of the agreed answers that stood before."""
    return {item.earlier_id: item for item in library.items.values() if item.takes_note}


def _values(table: pd.DataFrame, library: Library) -> list[AnswerProblem]:
    """Each value is one that its item allows."""
    problems = []
    notes, earlier = _notes(library), _earlier(library)
    agreed = table["group"] == WORKING_GROUP
    fresh = ~table.assign(agreed=agreed)[["item", "value", "agreed"]].duplicated()
    fresh &= table["value"] != ""
    columns = (table.loc[fresh, "item"], table.loc[fresh, "value"], agreed[fresh])
    lists = (column.tolist() for column in columns)
    for row, name, value, by_team in zip(_rows(fresh), *lists, strict=True):
        item = library.items.get(name) or earlier.get(name)
        if item is None:
            message = _text_problem(value) if name in notes else None
        else:
            message = value_problem(item, value, library, agreed=by_team)
        if message:
            problems.append(AnswerProblem(row, f"value: {name}: {message}"))
    return _with_repeats(problems, table.assign(agreed=agreed), ["item", "value", "agreed"])


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
    return f"found {quoted(value)}{nearest(value, codes)}; allowed: {_allowed(item, library)}"


def _allowed(item: Item, library: Library) -> str:
    codes = [option.code for option in library.options(item)] + list(item.offers)
    return listing(codes, 30)


def _text_problem(value: str) -> str | None:
    if len(value) > LONGEST_TEXT:
        return f"a text may have {LONGEST_TEXT} characters, found {len(value)}"
    return None


def _number_problem(item: Item, value: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", value):
        return f"found {quoted(value)}; allowed: a number such as 12 or 7.5, with a point"
    number = float(value)
    if item.minimum is not None and number < item.minimum:
        return f"found {quoted(value)}; the smallest allowed is {item.minimum:g}"
    if item.maximum is not None and number > item.maximum:
        return f"found {quoted(value)}; the largest allowed is {item.maximum:g}"
    return None


def _choices_problem(item: Item, value: str, library: Library) -> str | None:
    codes = [option.code for option in library.options(item)]
    chosen = [part.strip() for part in value.split(";")]
    for code in chosen:
        if code not in codes:
            return (
                f"found {quoted(code)}{nearest(code, codes)}; allowed, joined with ';': "
                f"{_allowed(item, library)}"
            )
    if len(set(chosen)) < len(chosen):
        return f"found an option twice in {quoted(value)}"
    exclusive = {option.code for option in library.options(item) if option.alone}
    if len(chosen) > 1 and (first := next((code for code in chosen if code in exclusive), None)):
        return f"{quoted(first)} stands alone, found {quoted(value)}"
    return None


def _repeats(table: pd.DataFrame) -> list[AnswerProblem]:
    again = table[["respondent", "item"]].duplicated()
    answers = table.loc[again, ["respondent", "item"]].itertuples(index=False)
    return [
        AnswerProblem(
            row,
            f"item: respondent {quoted(respondent)} answers {quoted(item)} a second time: keep one",
        )
        for row, (respondent, item) in zip(_rows(again), answers, strict=True)
    ]
