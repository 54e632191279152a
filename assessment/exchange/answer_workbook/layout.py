"""What stands where in a workbook for filling in. Writing and reading both follow it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.exchange.answer_workbook.audience import (
    Answer,
    Audience,
    answers_of,
    may_disagree,
    may_note,
)
from questionnaires.library import Library
from questionnaires.model import (
    Item,
    Questionnaire,
    Section,
)

#: Raise it when a workbook that was handed out before could be misread.
FORMAT = "1"
START_SHEET, FORM_SHEET, LISTS_SHEET = "Start here", "form", "lists"
#: The first cell of the hidden sheet that says what kind of file this is.
MARK = "peer work readiness: answers of one respondent"
TITLE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3
YES = "Yes"
#: Below a question: a line is broken between two answers and never within one. Answers of more
#: letters than these have a line each.
NO_BREAK, SHORT = "\u00a0", 30
BETWEEN = f"{NO_BREAK * 2}·{NO_BREAK} "
#: Excel allows so many characters in the name of a sheet, and none of these.
LONGEST_TITLE = 31
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")

Column = Literal["key", "question", "looks", "answer", "note", "others"]
HEADERS: dict[Column, str] = {
    "key": "for the computer",
    "question": "Question",
    "looks": "What each answer looks like here",
    "answer": "Your answer",
    "note": "What shows it (a note)",
    "others": "If you did not agree: the answers that you gave",
}


@dataclass(frozen=True)
class Row:
    """One row of a sheet.

    Attributes:
        kind: what it is: a heading, a question, or one of several choices.
        key: names it in the hidden column.
        text: what stands in the column of questions; ``help`` stands below it, and below that
            ``choices``: the answers in words, so that the sheet can be filled in on paper.
        looks: what each answer looks like for this very question.
        option: of several choices, the one that this row is about.
    """

    kind: Literal["title", "header", "section", "intro", "ask", "tick"]
    key: str
    text: str
    help: str = ""
    choices: str = ""
    looks: str = ""
    item: Item | None = None
    option: Answer | None = None

    @property
    def answered_here(self) -> bool:
        """Whether the row has an answer cell: the heading of several choices has none."""
        return self.kind == "tick" or (
            self.kind == "ask" and self.item is not None and self.item.kind != "choices"
        )

    @property
    def full_text(self) -> str:
        return "\n".join(part for part in (self.text, self.help, self.choices) if part)


@dataclass(frozen=True)
class Sheet:
    """One questionnaire: its rows from the first, and its columns from A."""

    questionnaire: Questionnaire
    title: str
    heading: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    optional: bool

    def letter(self, column: Column) -> str:
        return chr(ord("A") + self.columns.index(column))

    def number(self, column: Column) -> int:
        """Of a column, counted from 1."""
        return self.columns.index(column) + 1

    @property
    def items(self) -> list[Item]:
        return [row.item for row in self.rows if row.kind == "ask" and row.item is not None]

    @property
    def fingerprint(self) -> str:
        """Changes with the questions and their order."""
        return checksum("\n".join(row.key for row in self.rows))


def checksum(text: str) -> str:
    """A short mark of a text; blanks and line ends, which programs change, do not count."""
    return f"{zlib.crc32(' '.join(text.split()).encode()):08x}"


def mark(key: str, hint: str) -> str:
    """What stands in the hidden column beside a text."""
    return f"{key} #{checksum(hint)}"


def sheets(
    library: Library,
    who: Audience,
    questionnaires: Collection[str] | None = None,
    items: Collection[str] | None = None,
) -> tuple[Sheet, ...]:
    """A sheet for each questionnaire with a question for this audience.

    Args:
        questionnaires: ids; every questionnaire if None.
        items: ids of those that are asked; all that this audience may answer if None.
    """
    found: list[Sheet] = []
    for questionnaire in sorted(library.questionnaires, key=lambda found: found.order):
        if questionnaires is not None and questionnaire.id not in questionnaires:
            continue
        rows = list(_rows(questionnaire, library, who, items))
        if not rows:
            continue
        heading = who.words(questionnaire.title) or questionnaire.id
        taken = [START_SHEET, FORM_SHEET, LISTS_SHEET, *(sheet.title for sheet in found)]
        columns = _columns(rows, who)
        first = (
            Row("title", f"title {questionnaire.id} {questionnaire.version}", heading),
            Row("header", "header", HEADERS["question"]),
        )
        found.append(
            Sheet(
                questionnaire=questionnaire,
                title=sheet_title(heading, taken),
                heading=heading,
                rows=(*first, *rows),
                columns=columns,
                optional=(who.asked_like or who.group) in questionnaire.optional_for,
            )
        )
    return tuple(found)


def sheet_title(heading: str, used: Sequence[str]) -> str:
    """A name for a sheet that Excel allows and no other sheet has."""
    plain = " ".join(NOT_IN_TITLES.sub(" ", heading).split()).strip("' ") or "Questions"
    names = {name.casefold() for name in (*used, "History")}
    title, number = plain[:LONGEST_TITLE].strip("' "), 2
    while title.casefold() in names:
        end = f" {number}"
        title, number = plain[: LONGEST_TITLE - len(end)].strip("' ") + end, number + 1
    return title


def _columns(rows: Sequence[Row], who: Audience) -> tuple[Column, ...]:
    columns: list[Column] = ["key", "question"]
    if any(row.looks for row in rows):
        columns.append("looks")
    columns.append("answer")
    if any(may_note(row.item, who) for row in rows):
        columns.append("note")
    if any(may_disagree(row.item, who) for row in rows):
        columns.append("others")
    return tuple(columns)


def open_columns(sheet: Sheet, row: Row, who: Audience) -> tuple[Column, ...]:
    """The columns in which something may be written beside a question."""
    if not row.answered_here:
        return ()
    found: list[Column] = ["answer"]
    if row.kind == "ask" and may_note(row.item, who):
        found.append("note")
    if row.kind == "ask" and may_disagree(row.item, who):
        found.append("others")
    return tuple(column for column in found if column in sheet.columns)


def _rows(
    questionnaire: Questionnaire, library: Library, who: Audience, wanted: Collection[str] | None
) -> Iterator[Row]:
    for section in questionnaire.sections:
        items = [
            item
            for item in section.items
            if who.asked(item, library) and (wanted is None or item.id in wanted)
        ]
        if items:
            yield from _heading(section, who)
        for item in items:
            yield _question(item, library, who)
            if item.kind == "choices":
                for answer in answers_of(item, library, who):
                    key = f"tick {item.id} {answer.code}"
                    yield Row("tick", key, answer.label, item=item, option=answer)


def _heading(section: Section, who: Audience) -> Iterator[Row]:
    if title := who.words(section.title):
        yield Row("section", f"section {section.id}", title)
    if intro := who.words(section.intro):
        yield Row("intro", f"intro {section.id}", intro)


def _question(item: Item, library: Library, who: Audience) -> Row:
    parts = [who.words(item.help)]
    if item.kind == "choices":
        parts.append("You may choose several: choose Yes beside each one that fits.")
    if item.kind == "number":
        parts.append(_limits(item))
    steps = item.steps_for(who.asked_like or who.group)
    looks = "\n".join(
        f"{option.label}: {steps[option.code]}"
        for option in library.options(item)
        if option.code in steps
    )
    return Row(
        kind="ask",
        key=f"ask {item.id}",
        text=who.words(item.text) or item.id,
        help=" ".join(part for part in parts if part),
        choices=_choices(item, library, who),
        looks=looks,
        item=item,
    )


def _choices(item: Item, library: Library, who: Audience) -> str:
    """The answers to choose from: in one run where they are short, else each on its own line."""
    if item.kind == "choices":  # each choice has a row of its own
        return ""
    labels = [answer.label for answer in answers_of(item, library, who)]
    short = all(len(label) <= SHORT for label in labels)
    if not short:
        return "\n".join(labels)
    return BETWEEN.join(label.replace(" ", NO_BREAK) for label in labels)


def _limits(item: Item) -> str:
    if item.minimum is not None and item.maximum is not None:
        return f"Write a number from {item.minimum:g} to {item.maximum:g}."
    if item.minimum is not None:
        return f"Write a number, {item.minimum:g} or more."
    if item.maximum is not None:
        return f"Write a number, {item.maximum:g} or less."
    return "Write a number."
