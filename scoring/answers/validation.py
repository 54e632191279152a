"""Whether a table of answers can be scored; what is wrong with it.

Each check returns problems and never raises, so that one reading names every mistake.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from questionnaires.library import Library
from questionnaires.model import (
    DID_NOT_AGREE,
    SPECIAL_CODES,
    WORKING_GROUP,
    Item,
    Side,
    chosen_by_members,
)
from questionnaires.numbers import read
from questionnaires.phrases import listing
from questionnaires.problems import MAX_FURTHER, MAX_SHOWN, Place, Problem, fault
from questionnaires.reference_data import GROUP_SIDES, RESERVED_GROUPS
from questionnaires.typed_answers import limits, text_problem
from scoring.answers.context import Context
from scoring.answers.rewritten import looks_rewritten

#: The problems of words that are no answer at all.
NOT_TOLD = ("unknown_option", "no_number", "number_unread")


@dataclass(frozen=True)
class Checked:
    """What is wrong with a table of answers, and what of it is sound.

    Attributes:
        problems: the first ones, in the order of their rows; those of the context stand first, at
            their paths.
        more: how many further ones there are, which are only counted.
        sound: for each row whether its answer can count.
        ambiguous: somebody cannot be told from somebody else, or the context cannot be used, so
            that no answer can be taken.
        alike: the rows, sound but for that, whose answer stands before, word for word.
    """

    problems: tuple[Problem, ...]
    more: int
    sound: NDArray[np.bool_]
    ambiguous: bool
    alike: NDArray[np.bool_]


def check(table: pd.DataFrame, library: Library, context: Context) -> list[Problem]:
    """Every problem of a table of answers with its context; arguments as for ``examine``."""
    return list(examine(table, library, context, most=sys.maxsize).problems)


def examine(
    table: pd.DataFrame,
    library: Library,
    context: Context,
    *,
    most: int = MAX_SHOWN,
    from_file: bool = False,
) -> Checked:
    """Look for every mistake in a table of answers and its context.

    Args:
        table: text, or categories of text, numbered from 0; values without blanks around them.
        most: more problems than this are counted and not made.
        from_file: the answers come from a file. One that stands twice, word for word, counts once
            and is no problem; numbers stand as people write them.

    Returns:
        Problems of the answers at their rows, from 0; problems of the context at their paths.
    """
    sides: dict[str, Side] = {**library.sides, **context.sides}
    of_context = [*_context(context, library), *_chosen(context, library)]
    words = {str(name): Words.of(column) for name, column in table.items()}
    mistakes = [
        *_people(words, sides),
        *_items(words, library, sides),
        *_values(words, library, from_file=from_file),
    ]
    contradictions = _contradictions(words)
    mistakes.append(contradictions)
    sound = np.ones(len(table), dtype=bool)
    for mistake in mistakes:
        sound[mistake.rows if mistake.spoils is None else mistake.spoils] = False
    alike = np.zeros(len(table), dtype=bool)
    alike[_again(words, sound).rows] = True
    sound &= ~alike
    if not from_file and contradictions.spoils is not None:
        mistakes.append(_again(words, ~contradictions.spoils))
    firsts = [mistake.first_rows for mistake in mistakes]
    rows = np.concatenate([*firsts, np.empty(0, dtype=np.intp)])
    kinds = np.repeat(np.arange(len(mistakes)), [len(first) for first in firsts])
    order = np.argsort(rows, kind="stable")[:most]
    made = [mistakes[kinds[at]].at(int(rows[at])) for at in order]
    return Checked(
        (*of_context, *made),
        len(rows) - len(made),
        sound,
        ambiguous=bool(of_context) or any(m.ambiguous and len(m.rows) for m in mistakes),
        alike=alike,
    )


@dataclass(frozen=True)
class Words:
    """A column of words, each distinct one once.

    Attributes:
        numbers: for each row the number of its word.
        known: the distinct words.
    """

    numbers: NDArray[np.integer[Any]]
    known: list[str]

    @classmethod
    def of(cls, column: pd.Series) -> Words:
        if isinstance(column.dtype, pd.CategoricalDtype):
            return cls(column.cat.codes.to_numpy(), column.cat.categories.tolist())
        numbers, known = pd.factorize(column)
        return cls(numbers, [str(word) for word in known])

    def __getitem__(self, row: int) -> str:
        return self.known[self.numbers[row]]

    def rows(self, chosen: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Of each row, whether its word is one of those chosen."""
        return np.fromiter(map(chosen, self.known), dtype=bool, count=len(self.known))[self.numbers]

    def beside(self, other: Words) -> NDArray[np.int64]:
        """A number for each row, the same where both words are."""
        return self.numbers.astype(np.int64) * len(other.known) + other.numbers


@dataclass(frozen=True)
class _Mistake:
    """All mistakes of one kind.

    Attributes:
        rows: where they stand, rising.
        same: for each of these rows a number, the same where the very same mistake is made.
        problem: makes the problem of a row.
        spoils: the rows that cannot count because of them, where these are others than ``rows``.
        ambiguous: no answer can be taken because of them.
    """

    rows: NDArray[np.intp]
    same: NDArray[np.integer[Any]]
    problem: Callable[[int], Problem]
    spoils: NDArray[np.bool_] | None = None
    ambiguous: bool = False

    @cached_property
    def first_rows(self) -> NDArray[np.intp]:
        """The first row of each distinct mistake."""
        return self.rows[np.sort(np.unique(self.same, return_index=True)[1])]

    def at(self, row: int) -> Problem:
        """The mistake that stands first in a row, with the further rows that have it too."""
        number = self.same[np.searchsorted(self.rows, row)]
        rows = self.rows[self.same == number][1:]
        problem = self.problem(row)
        further = tuple(replace(problem.place, row=int(other)) for other in rows[:MAX_FURTHER])
        return replace(problem, further=further, more=len(rows) - len(further))


def _kind(
    mask: NDArray[np.bool_],
    same: NDArray[np.integer[Any]] | None,
    problem: Callable[[int], Problem],
    **effects: Any,
) -> _Mistake:
    """Mistakes of a kind where ``mask`` says; each is one by itself where ``same`` is None."""
    rows = np.flatnonzero(mask)
    return _Mistake(rows, rows if same is None else same[rows], problem, **effects)


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


def _empty(column: str, row: int) -> Problem:
    return Problem("empty", Place(row=row), details={"field": column})


def _is_blank(word: str) -> bool:
    return not word.strip()


def _people(words: Mapping[str, Words], sides: Mapping[str, Side]) -> Iterator[_Mistake]:
    """Names of groups and respondents, and one group for each respondent."""
    respondents, groups = words["respondent"], words["group"]
    everywhere = np.zeros(len(respondents.numbers), dtype=np.int8)
    for column in ("respondent", "group", "item"):
        blank = words[column].rows(_is_blank)
        yield _kind(blank, everywhere, partial(_empty, column))
    known = sorted({*sides, WORKING_GROUP})

    def unknown(row: int) -> Problem:
        return _problem("unknown_group_of_own", row, "group", groups[row], known)

    strange = groups.rows(lambda word: not _is_blank(word) and word not in known)
    yield _kind(strange, groups.numbers, unknown)
    named = groups.rows(lambda word: word in known) & ~respondents.rows(_is_blank)
    yield _two_groups(respondents, groups, named)
    yield _second_working_group(respondents, named & groups.rows(lambda w: w == WORKING_GROUP))


def _two_groups(respondents: Words, groups: Words, named: NDArray[np.bool_]) -> _Mistake:
    """Respondents who stand in several groups: which of them is right nobody can tell."""
    rows = np.flatnonzero(named)
    first_of_pair = _first_of_each(respondents.beside(groups), rows)
    first_of_person = _first_of_each(respondents.numbers, first_of_pair)
    again = np.zeros(len(named), dtype=bool)
    again[np.setdiff1d(first_of_pair, first_of_person)] = True
    double = np.zeros(len(respondents.known), dtype=bool)
    double[respondents.numbers[again]] = True
    first_row = {
        int(respondents.numbers[row]): int(row)
        for row in first_of_person[double[respondents.numbers[first_of_person]]]
    }

    def problem(row: int) -> Problem:
        before = groups[first_row[int(respondents.numbers[row])]]
        about = {"respondent": respondents[row], "before": before}
        return _problem("two_groups", row, "group", groups[row], **about)

    return _kind(again, None, problem, spoils=double[respondents.numbers])


def _second_working_group(respondents: Words, of_team: NDArray[np.bool_]) -> _Mistake:
    people = _first_of_each(respondents.numbers, np.flatnonzero(of_team))
    second = np.zeros(len(of_team), dtype=bool)
    second[people[1:]] = True

    def problem(row: int) -> Problem:
        first = respondents[int(people[0])]
        found = respondents[row]
        return _problem("second_working_group", row, "respondent", found, first=first)

    return _kind(second, None, problem, ambiguous=True)


def _first_of_each(numbers: NDArray[np.integer[Any]], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of some rows, rising, the first of each number."""
    return rows[np.sort(np.unique(numbers[rows], return_index=True)[1])]


def _pairs(
    one: Words, other: Words, wrong: Callable[[str, str], bool]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which rows have a pair of words that is wrong; each distinct pair is asked about once."""
    distinct, inverse = np.unique(one.beside(other), return_inverse=True)
    count = len(other.known)
    found = (wrong(one.known[pair // count], other.known[pair % count]) for pair in distinct)
    return np.fromiter(found, dtype=bool, count=len(distinct))[inverse], inverse


def _items(
    words: Mapping[str, Words], library: Library, sides: Mapping[str, Side]
) -> Iterator[_Mistake]:
    """Known items, in their own questionnaire, asked of the group that answers."""
    groups, questionnaires, items = words["group"], words["questionnaire"], words["item"]
    beside = library.notes | library.earlier

    def item_of(name: str) -> Item | None:
        return library.items.get(name) or beside.get(name)

    def elsewhere(questionnaire: str, name: str) -> bool:
        item = item_of(name)
        return item is not None and questionnaire != library.questionnaire_of[item.id].id

    def not_asked(group: str, name: str) -> bool:
        item, known = item_of(name), group == WORKING_GROUP or group in sides
        return item is not None and known and not library.asks(item, group, sides.get(group))

    def unknown(row: int) -> Problem:
        return _problem("unknown_item", row, "item", items[row], library.items)

    def other_questionnaire(row: int) -> Problem:
        found, name = questionnaires[row], items[row]
        item = item_of(name)
        assert item is not None
        about = {"item": name, "own": library.questionnaire_of[item.id].id}
        return _problem("other_questionnaire", row, "questionnaire", found, **about)

    def not_asked_of_group(row: int) -> Problem:
        name, group = items[row], groups[row]
        item = item_of(name)
        assert item is not None
        return _problem(
            "not_asked_of_group", row, "item", name, library.groups_of(item), group=group
        )

    strange = items.rows(lambda name: not _is_blank(name) and item_of(name) is None)
    yield _kind(strange, items.numbers, unknown)
    yield _kind(*_pairs(questionnaires, items, elsewhere), other_questionnaire)
    yield _kind(*_pairs(groups, items, not_asked), not_asked_of_group)


def _values(words: Mapping[str, Words], library: Library, *, from_file: bool) -> Iterator[_Mistake]:
    """Each value is one that its item allows."""
    items, values, groups = words["item"], words["value"], words["group"]

    def found(name: str, value: str, *, agreed: bool) -> Problem | None:
        item = library.items.get(name) or library.earlier.get(name)
        if not value:
            return None
        if item is None:
            return text_problem(value) if name in library.notes else None
        if from_file and item.kind == "number" and value not in SPECIAL_CODES:
            return _written_number_problem(item, value)
        return value_problem(item, value, library, agreed=agreed)

    def problem(row: int, *, agreed: bool) -> Problem:
        name = items[row]
        made = found(name, values[row], agreed=agreed)
        assert made is not None
        if made.code in NOT_TOLD and looks_rewritten(values[row]):
            made = Problem("rewritten_value", Place(), values[row])
        return replace(made, place=Place(row=row, column="value"), subject=f"value: {name}")

    of_team = groups.rows(lambda group: group == WORKING_GROUP)
    for agreed in (False, True):
        # The working group may also say that it did not agree.
        rows = np.flatnonzero(of_team == agreed)
        some_items = Words(items.numbers[rows], items.known)
        some_values = Words(values.numbers[rows], values.known)
        wrong, same = _pairs(
            some_items,
            some_values,
            lambda name, value, agreed=agreed: found(name, value, agreed=agreed) is not None,
        )
        yield _Mistake(rows[wrong], same[wrong], partial(problem, agreed=agreed))


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


def _written_number_problem(item: Item, value: str) -> Problem | None:
    """Why a number in a file cannot be told; None where it can."""
    found = read(value, limits(item))
    if not isinstance(found, Problem):
        return None
    or_label = f", or {listing(item.offers)}" if item.offers else ""
    return replace(found, details={**found.details, "or_label": or_label})


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


def _given(words: Mapping[str, Words]) -> NDArray[np.bool_]:
    """The rows with an answer of somebody to something; an empty one is none."""
    given = np.ones(len(words["value"].numbers), dtype=bool)
    for column in ("respondent", "item", "value"):
        given &= ~words[column].rows(_is_blank)
    return given


def _contradictions(words: Mapping[str, Words]) -> _Mistake:
    """Several answers of a respondent to an item: which of them is meant nobody can tell."""
    rows = np.flatnonzero(_given(words))
    both = words["respondent"].beside(words["item"])[rows]
    _, first, answer = np.unique(both, return_index=True, return_inverse=True)
    values = words["value"].numbers[rows]
    contradicts = np.zeros(len(first), dtype=bool)
    contradicts[answer[values != values[first][answer]]] = True
    spoils = np.zeros(len(words["value"].numbers), dtype=bool)
    spoils[rows[contradicts[answer]]] = True
    again = contradicts[answer]
    again[first] = False
    problem = partial(_answered, "answered_differently", words)
    return _Mistake(rows[again], answer[again], problem, spoils=spoils)


def _again(words: Mapping[str, Words], among: NDArray[np.bool_]) -> _Mistake:
    """Among some rows without contradictions, answers that stand in an earlier one as well."""
    again = among & _given(words)
    both = words["respondent"].beside(words["item"])
    again[_first_of_each(both, np.flatnonzero(again))] = False
    return _kind(again, None, partial(_answered, "answered_twice", words))


def _answered(code: str, words: Mapping[str, Words], row: int) -> Problem:
    return _problem(code, row, "item", words["item"][row], respondent=words["respondent"][row])
