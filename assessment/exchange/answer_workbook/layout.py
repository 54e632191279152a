"""What stands where in a workbook for filling in. Writing and reading both follow it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.exchange.answer_workbook.audience import asks
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Item, Questionnaire, Section
from questionnaires.question_text import Choice, Question, Reader, question_of
from scoring.answers.signs import comparable

#: Raise it when a workbook that was handed out before could be misread.
FORMAT = "2"
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
        takes_note: whether a note may stand beside the answer: how the working group knows it.
    """

    kind: Literal["title", "header", "section", "intro", "ask", "tick"]
    key: str
    text: str
    help: str = ""
    choices: str = ""
    looks: str = ""
    question: Question | None = None
    option: Choice | None = None
    takes_note: bool = False

    @property
    def item(self) -> Item | None:
        return self.question.item if self.question else None

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those in which something may be written: the heading of several choices has none."""
        if self.kind == "tick":
            return ("answer",)
        if self.kind != "ask" or self.question is None or self.question.item.kind == "choices":
            return ()
        found: list[Column] = ["answer"]
        if self.takes_note:
            found.append("note")
        if self.question.may_disagree:
            found.append("others")
        return tuple(found)

    @property
    def full_text(self) -> str:
        return "\n".join(part for part in (self.text, self.help, self.choices) if part)


@dataclass(frozen=True)
class Sheet:
    """One questionnaire: its rows from the first, and its columns from A."""

    questionnaire: Questionnaire
    title: str
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
        keys = "\n".join(row.key for row in self.rows)
        return f"{zlib.crc32(' '.join(keys.split()).encode()):08x}"


@dataclass(frozen=True)
class Origin:
    """Where a workbook comes from.

    Attributes:
        round: a mark of its round; empty if it was made for none, or before workbooks had one.
        copy: the random number of this copy, 32 hexadecimal digits; empty if it has none.
        title: what it says its round is called. Somebody may have changed that.
        organisation: whose it says the round is.
    """

    round: str = ""
    copy: str = ""
    title: str = ""
    organisation: str = ""


def checksum(text: str) -> str:
    """A short mark of a text; blanks and signs that programs change or drop do not count."""
    return f"{zlib.crc32(comparable(text).encode()):08x}"


def mark(key: str, hint: str) -> str:
    """What stands in the hidden column beside a text."""
    return f"{key} #{checksum(hint)}"


def is_mark(written: str, key: str, hint: str) -> bool:
    """Whether this is what stood beside the text, also in workbooks that are older."""
    older = f"{zlib.crc32(' '.join(hint.split()).encode('utf-8', 'replace')):08x}"
    return written in (mark(key, hint), f"{key} #{older}")


def sheets(
    library: Library,
    who: Reader,
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
        first = (
            Row("title", f"title {questionnaire.id} {questionnaire.version}", heading),
            Row("header", "header", HEADERS["question"]),
        )
        found.append(
            Sheet(
                questionnaire=questionnaire,
                title=sheet_title(heading, taken),
                rows=(*first, *rows),
                columns=_columns(rows),
                optional=who.asked_like in questionnaire.optional_for,
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


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    used = {column for row in rows for column in row.columns}
    if any(row.looks for row in rows):
        used.add("looks")
    return tuple(column for column in HEADERS if column in {"key", "question", "answer", *used})


def _rows(
    questionnaire: Questionnaire, library: Library, who: Reader, wanted: Collection[str] | None
) -> Iterator[Row]:
    for section in questionnaire.sections:
        items = [
            item
            for item in section.items
            if asks(library, item, who) and (wanted is None or item.id in wanted)
        ]
        if items:
            yield from _heading(section, who)
        for item in items:
            question = question_of(library, item, who)
            yield _question(question, who)
            if item.kind == "choices":
                for choice in question.answers:
                    key = f"tick {item.id} {choice.code}"
                    yield Row("tick", key, choice.label, question=question, option=choice)


def _heading(section: Section, who: Reader) -> Iterator[Row]:
    if title := who.words(section.title):
        yield Row("section", f"section {section.id}", title)
    if intro := who.words(section.intro):
        yield Row("intro", f"intro {section.id}", intro)


def _question(question: Question, who: Reader) -> Row:
    item, help_text = question.item, question.help
    if item.kind == "choices":
        help_text += " You may choose several: choose Yes beside each one that fits."
    if item.kind == "number":
        help_text += f" {_limits(item)}"
    return Row(
        kind="ask",
        key=f"ask {item.id}",
        text=question.text,
        help=help_text.strip(),
        choices=_choices(question),
        looks="\n".join(f"{c.label}: {c.description}" for c in question.choices if c.description),
        question=question,
        takes_note=item.takes_note and who.group == WORKING_GROUP,
    )


def _choices(question: Question) -> str:
    """The answers to choose from: in one run where they are short, else each on its own line."""
    if question.item.kind == "choices":  # each choice has a row of its own
        return ""
    labels = [choice.label for choice in question.answers]
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
