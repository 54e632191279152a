"""What people wrote in words of their own, and what groups say: as it stands, never as a figure."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.report.model import Block, Quotation
from assessment.report.round_details import GroupStatement, Round
from assessment.report.tables import Cell, Row, Table, table
from assessment.report.terms import question_in_words
from questionnaires.library import Library
from questionnaires.phrases import counted, listed, lower, upper
from scoring.disclosure.groups_and_rounding import Suppressed

HIDDEN = (
    "Something that was written is not shown: it named somebody, could tell who wrote it, or would "
    "hurt somebody."
)
NOTHING = "Nothing of what was written is shown."
FEW = "Not shown: fewer than {minimum} people wrote something."
HOW = (
    "Each text was read before it is shown here. Addresses and long numbers were taken out when it "
    "was handed in; […] stands where whoever read it took something out.",
    "The texts stand in the order of the alphabet. They are kept apart from groups and from other "
    "answers: nobody can tell which belong together.",
)
HOW_STATED = (
    "A statement says what a group wants to say in its own words. It changes no figure. Nobody "
    "outside the group decides what stands in it.",
)


def written(round_: Round, library: Library) -> Block | None:
    """What people wrote, question by question; None where nobody was asked, or nothing is
    published."""
    asked = {item: texts for item, texts in round_.written.items() if item in library.items}
    if not asked:
        return None
    shown = sum(len(texts.texts) for texts in asked.values() if not isinstance(texts, Suppressed))
    return Block(
        "own_words",
        "What did people write?",
        f"{upper(counted(shown, 'text', in_words=True))} in people’s own words"
        if shown
        else "Nothing of what people wrote can be shown",
        quotations=tuple(_quotations(round_, library)),
        how=HOW,
    )


def _quotations(round_: Round, library: Library) -> Iterator[Quotation]:
    for item, texts in round_.written.items():
        if item not in library.items:
            continue
        title = question_in_words(library.items[item], library)
        if isinstance(texts, Suppressed):
            yield Quotation(title, about=FEW.format(minimum=texts.minimum))
            continue
        about = "" if texts.texts else NOTHING
        yield Quotation(title, texts.texts, HIDDEN if texts.some_hidden else about)


def tables(round_: Round, library: Library) -> Iterator[Table]:
    """What people wrote and what groups say, as tables, where there is any."""
    if written(round_, library):
        yield written_table(round_, library)
    if round_.statements:
        yield statements_table(round_)


def written_table(round_: Round, library: Library) -> Table:
    """The same as rows: the question, and each text."""
    rows: list[Row] = []
    for item, texts in round_.written.items():
        if item not in library.items:
            continue
        question: Cell = question_in_words(library.items[item], library)
        if isinstance(texts, Suppressed):
            rows.append(Row((question, texts)))
            continue
        for text in texts.texts or (NOTHING,):
            rows.append(Row((question, text)))
            question = None
    return table("own_words", ("Question", "What people wrote"), rows)


def statements(round_: Round) -> Block | None:
    """What groups say in the report; None where none does."""
    said = round_.statements
    if not said:
        return None
    first, *others = (one.title for one in said)
    return Block(
        "statements",
        "What do groups say themselves?",
        f"{listed([first, *map(lower, others)])} in words of their own",
        quotations=tuple(Quotation(one.title, (one.text,), _came_about(one)) for one in said),
        how=HOW_STATED,
    )


def statements_table(round_: Round) -> Table:
    """The same as rows."""
    rows = ((one.title, one.text, _came_about(one)) for one in round_.statements)
    return table("statements", ("Group", "What it says", "How it came about"), rows)


def _came_about(said: GroupStatement) -> str:
    how = (
        "Somebody who is not of the group wrote down what it said and read it back"
        if said.facilitated
        else "Written by the group together"
    )
    return f"{how} ({', '.join(filter(None, (said.written_by, said.written_on)))})."
