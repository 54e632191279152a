"""Whether a table of answers can be scored; what is wrong with it.

Each check returns problems and never raises, so that one reading names every mistake.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pandas as pd

from questionnaires.library import Library
from questionnaires.model import (
    DID_NOT_AGREE,
    SPECIAL_CODES,
    WORKING_GROUP,
    Item,
    Side,
    chosen_by_members,
)
from questionnaires.problems import MAX_FURTHER, Place, Problem, fault
from questionnaires.reference_data import GROUP_SIDES, RESERVED_GROUPS
from questionnaires.typed_answers import limits, text_problem
from scoring.answers.context import Context


def check(table: pd.DataFrame, library: Library, context: Context) -> list[Problem]:
    """Every problem of a table of answers with its context.

    Args:
        table: text, numbered from 0; values without blanks around them.

    Returns:
        Problems of the answers at their rows, from 0; problems of the context at their paths.
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


def _context(context: Context, library: Library) -> Iterator[Problem]:
    """Groups of a context that nobody knows, and sides that contradict the questionnaires."""
    known = sorted({*library.sides, *context.sides})
    for field in ("eligible", "weights"):
        for group in getattr(context, field):
            if group not in known:
                yield fault("unknown_own_group", (field, group), group, known, subject=field)
    for group, side in context.sides.items():
        place = ("sides", group)
        if group in RESERVED_GROUPS or group == WORKING_GROUP:
            yield fault("own_group_taken", place, group, subject="sides")
        elif (other := library.sides.get(group, side)) != side:
            yield fault("own_group_side", place, group, other, subject="sides")
    for group, like in context.asked_like.items():
        place = ("asked_like", group)
        if group not in context.sides:
            yield fault("asked_like_no_own", place, group, subject="asked_like")
        elif like not in GROUP_SIDES:
            yield fault("unknown_group", place, like, GROUP_SIDES, subject="asked_like")
        elif GROUP_SIDES[like] != context.sides[group]:
            yield fault("asked_like_other_side", place, group, subject="asked_like")


def _chosen(context: Context, library: Library) -> Iterator[Problem]:
    """Questionnaires of a context that nobody knows."""
    names = [questionnaire.id for questionnaire in library.questionnaires]
    for name in context.questionnaires:
        if name not in names:
            field = "questionnaires"
            yield fault("unknown_questionnaire", (field,), name, names, subject=field)


def _problem(
    code: str,
    row: int,
    column: str,
    found: str,
    allowed: Collection[str] = (),
    **details: Any,
) -> Problem:
    return Problem(code, Place(row=row, column=column), found, allowed, column, details)


def _rows(mask: pd.Series) -> list[int]:
    return np.flatnonzero(mask.to_numpy()).tolist()


def _repeated(problem: Problem, rows: Sequence[int]) -> Problem:
    """A problem with the further rows that have it too."""
    further = tuple(replace(problem.place, row=row) for row in rows[:MAX_FURTHER])
    return replace(problem, further=further, more=len(rows) - len(further))


def _with_repeats(
    problems: list[Problem], table: pd.DataFrame, columns: list[str]
) -> list[Problem]:
    """Each problem with the further rows that are alike in these columns: the same mistake."""
    if not problems:
        return problems
    number = table.groupby(columns, sort=False).ngroup().to_numpy()
    first = [cast(int, problem.place.row) for problem in problems]
    alike: dict[int, list[int]] = {}
    for row in np.flatnonzero(np.isin(number, number[first])).tolist():
        alike.setdefault(number[row], []).append(row)
    return [
        _repeated(problem, [other for other in alike[number[row]] if other > row])
        for problem, row in zip(problems, first, strict=True)
    ]


def _people(table: pd.DataFrame, sides: Mapping[str, Side]) -> list[Problem]:
    """Names of groups and respondents, and one group for each respondent."""
    problems = []
    for column in ("respondent", "group", "item"):
        if empty := _rows(table[column].str.strip() == ""):
            problem = Problem("empty", Place(row=empty[0]), details={"field": column})
            problems.append(_repeated(problem, empty[1:]))
    known = sorted({*sides, WORKING_GROUP})
    unknown = ~table["group"].isin(known) & (table["group"].str.strip() != "")
    strange = [
        _problem("unknown_group_of_own", row, "group", str(table["group"].iat[row]), known)
        for row in _rows(unknown & ~table["group"].duplicated())
    ]
    problems += _with_repeats(strange, table, ["group"])
    pairs = table[["respondent", "group"]].drop_duplicates()
    again = pairs[pairs["respondent"].duplicated()]
    first = pairs[pairs["respondent"].isin(again["respondent"])].drop_duplicates("respondent")
    before = first.set_index("respondent")["group"].to_dict()
    for row, respondent, group in again.itertuples():
        named = {"respondent": respondent, "before": before[respondent]}
        problems.append(_problem("two_groups", row, "group", group, **named))
    team = table.loc[table["group"] == WORKING_GROUP, "respondent"].drop_duplicates()
    for row, respondent in list(team.items())[1:]:
        problems.append(
            _problem(
                "second_working_group",
                cast(int, row),
                "respondent",
                respondent,
                first=team.iloc[0],
            )
        )
    return problems


def _items(table: pd.DataFrame, library: Library, sides: Mapping[str, Side]) -> list[Problem]:
    """Known items, in their own questionnaire, asked of the group that answers."""
    problems = []
    beside = library.notes | library.earlier
    fresh = ~table[["group", "questionnaire", "item"]].duplicated()
    columns = (table.loc[fresh, column].tolist() for column in ("group", "questionnaire", "item"))
    for row, group, questionnaire, name in zip(_rows(fresh), *columns, strict=True):
        item = library.items.get(name) or beside.get(name)
        if item is None:
            if name.strip():
                problems.append(_problem("unknown_item", row, "item", name, library.items))
            continue
        own = library.questionnaire_of[item.id].id
        if questionnaire != own:
            named = {"item": name, "own": own}
            problems.append(
                _problem("other_questionnaire", row, "questionnaire", questionnaire, **named)
            )
        known = group == WORKING_GROUP or group in sides
        if known and not library.asks(item, group, sides.get(group)):
            asked = library.groups_of(item)
            problems.append(_problem("not_asked_of_group", row, "item", name, asked, group=group))
    return _with_repeats(problems, table, ["group", "questionnaire", "item"])


def _values(table: pd.DataFrame, library: Library) -> list[Problem]:
    """Each value is one that its item allows."""
    problems = []
    agreed = table["group"] == WORKING_GROUP
    fresh = ~table.assign(agreed=agreed)[["item", "value", "agreed"]].duplicated()
    fresh &= table["value"] != ""
    columns = (table.loc[fresh, "item"], table.loc[fresh, "value"], agreed[fresh])
    lists = (column.tolist() for column in columns)
    for row, name, value, by_team in zip(_rows(fresh), *lists, strict=True):
        item = library.items.get(name) or library.earlier.get(name)
        if item is None:
            problem = text_problem(value) if name in library.notes else None
        else:
            problem = value_problem(item, value, library, agreed=by_team)
        if problem:
            place = Place(row=row, column="value")
            problems.append(replace(problem, place=place, subject=f"value: {name}"))
    return _with_repeats(problems, table.assign(agreed=agreed), ["item", "value", "agreed"])


def value_problem(
    item: Item, value: str, library: Library, *, agreed: bool = False
) -> Problem | None:
    """Why an item does not allow a value, without a place; None where it does.

    Args:
        agreed: the answer is the working group's, which may also say that it did not agree.
    """
    if value in SPECIAL_CODES:
        if value in item.offers:
            return None
        return Problem("not_offered", Place(), value, _allowed(item, library))
    match item.kind:
        case "text":
            return text_problem(value)
        case "number":
            return _number_problem(item, value)
        case "choices":
            return _choices_problem(item, value, library)
    codes = [option.code for option in library.options(item)]
    if value in codes:
        return None
    chosen = chosen_by_members(value)
    if agreed and item.kind == "practice" and chosen is not None:
        if chosen and all(code in codes for code in chosen):
            return None
        allowed = f"{codes[0]};{codes[-1]}"
        return Problem("disagreed_without_options", Place(), DID_NOT_AGREE, allowed)
    return Problem("unknown_option", Place(), value, _allowed(item, library))


def _allowed(item: Item, library: Library) -> list[str]:
    return [option.code for option in library.options(item)] + list(item.offers)


def _number_problem(item: Item, value: str) -> Problem | None:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", value):
        return Problem("no_number", Place(), value, details={"or_label": ""})
    if problem := limits(item).beyond(Decimal(value)):
        return replace(problem, found=value)
    return None


def _choices_problem(item: Item, value: str, library: Library) -> Problem | None:
    codes = [option.code for option in library.options(item)]
    chosen = [part.strip() for part in value.split(";")]
    for code in chosen:
        if code not in codes:
            return Problem("unknown_choice", Place(), code, _allowed(item, library))
    if len(set(chosen)) < len(chosen):
        return Problem("choice_twice", Place(), value)
    exclusive = {option.code for option in library.options(item) if option.exclusive}
    if len(chosen) > 1 and (first := next((code for code in chosen if code in exclusive), None)):
        return Problem("option_stands_alone", Place(), value, first)
    return None


def _repeats(table: pd.DataFrame) -> list[Problem]:
    again = table[["respondent", "item"]].duplicated()
    answers = table.loc[again, ["respondent", "item"]].itertuples(index=False)
    return [
        _problem("answered_twice", row, "item", item, respondent=respondent)
        for row, (respondent, item) in zip(_rows(again), answers, strict=True)
    ]
