"""What the first sheet of a workbook for filling in says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.exchange.answer_workbook.layout import Sheet
from questionnaires.burden import burden_of
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import counted
from questionnaires.question_text import DISAGREED, Reader
from questionnaires.reference_data import GROUP_SIDES, group_title


@dataclass(frozen=True)
class Line:
    """A line of the first sheet."""

    style: Literal["title", "subtitle", "heading", "text", "item"]
    text: str


def first_sheet(
    library: Library,
    who: Reader,
    sheets: Sequence[Sheet],
    *,
    title: str,
    organisation: str,
    group_name: str,
    help_contact: str = "",
    until: str = "",
    has_number: bool = False,
    left_out: Sequence[tuple[str, str]] = (),
) -> Iterator[Line]:
    """Who the workbook is for, what happens with it, how to fill it in and what to do then.

    Args:
        help_contact: whom somebody can turn to who needs help; left out if empty.
        until: by when the file is to be given back, in words; left out if empty.
        has_number: whether this copy has a number of its own.
        left_out: questions that do not apply here, each with the reason, to follow "because".
    """
    together = who.group == WORKING_GROUP
    yield Line("title", title or "Questions about peer work")
    if organisation:
        yield Line("subtitle", organisation)
    yield from _for_whom(library, who, sheets, group_name or group_title(who.group))
    contact = " ".join(help_contact.split())
    if until:
        yield Line("text", f"Give it back by {until}.")
    own = (*PROMISES, *([NUMBER] if has_number else []))
    promises = (*(TOGETHER_PROMISES if together else own), READ_BY)
    watched = f"{WATCHED} If you need help now: {contact}" if contact else WATCHED
    yield from _part("Before you start", (*promises, watched))
    yield from _part("How to fill it in", _how(sheets, together=together))
    yield from _part("When you are done", _done(until))
    if left_out:
        reasons = (f"{text} Does not apply, because {why}." for text, why in left_out)
        yield from _part("Left out", reasons)


PROMISES = (
    "You choose whether you answer. You can skip any question, and stop when you like.",
    "Your support, your place, your benefits and your job do not depend on this.",
    "This file is less private than the online form. All who open it can read your answers. Give "
    "it only to the person who collects the files.",
    "That person can see which file came from you. In the results your answers are counted with "
    "those of your group. Where only a few people of a group reply, no numbers are shown.",
    "The results come once, after the end, for everybody at the same time. Nobody sees any before.",
    "Do not write your name in this file or in its name. Do not name other people.",
    "Excel can keep your name in a file without showing it. This file asks Excel not to. If that "
    "worries you, ask for the online form, or for these sheets on paper.",
)
NUMBER = (
    "Hidden in this file is a random number, so that you are not counted twice. It does not say "
    "who you are. But anyone who has this file, even empty, and can read all that the app stores "
    "can find your answers."
)
TOGETHER_PROMISES = (
    "These questions are about what the organisation has in place. Answer them together, and let "
    "members with lived experience speak first.",
    "All who open this file can read the answers and the notes. The answers that you agree on "
    "are shown in the results.",
    "Do not name people who use the service, in answers or in notes.",
)
READ_BY = (
    "The person who collects the files can read your answers. So do not write anything that must "
    "stay secret."
)
WATCHED = "Nobody watches this file while you fill it in."
WORDS = (
    "What you write is kept without your group or your other answers, and read before it is shown. "
    "Please write no names. Phone numbers, long numbers and addresses are taken out when the file "
    "is taken in; whoever takes it in can read them before."
)
PAPER = (
    "On paper: print this file. Under each question are the answers to choose from. Draw a ring "
    "around yours."
)


def _done(until: str) -> Iterator[str]:
    yield "Save the file and close it. Keep the type Excel workbook (.xlsx)."
    by = f" by {until}" if until else ""
    yield f"Give it to the person who gave it to you{by}, in the way that you agreed."
    yield "Then delete your own copy, also from the downloads and from the bin."
    if until:
        yield f"Files that come after {until} may not be counted."


def _part(heading: str, texts: Iterable[str]) -> Iterator[Line]:
    yield Line("heading", heading)
    for text in texts:
        yield Line("item", text)


def _for_whom(
    library: Library, who: Reader, sheets: Sequence[Sheet], group_name: str
) -> Iterator[Line]:
    if who.group == WORKING_GROUP:
        yield Line("text", "This file is for the working group: one file for all of you.")
    else:
        yield Line("text", f"This file is for one person. You are asked as: {group_name}.")
    own = [item.id for sheet in sheets if not sheet.optional for item in sheet.items]
    if who.asked_like in (*GROUP_SIDES, WORKING_GROUP) and own:
        of = burden_of(library, who.asked_like, own)
        talk = " of talking" if who.group == WORKING_GROUP else ""
        minutes = f"about {math.ceil(of.minutes)} minutes{talk}"
        yield Line("text", f"{len(own)} questions. They take {minutes}, as an estimate.")
    else:
        yield Line("text", f"{len(own)} questions.")


def _how(sheets: Sequence[Sheet], *, together: bool) -> Iterator[str]:
    yield (
        "The questions are on the next sheets. Go from one to the other with the tabs at the "
        "bottom of the window:"
    )
    for sheet in sheets:
        leave = ". You can leave this one out" if sheet.optional else ""
        yield f"     {sheet.title} ({counted(len(sheet.items), 'question')}){leave}"
    yield (
        "Answer in the pale green cells. Click on one, then on the small arrow beside it, and "
        "choose. On the keyboard press Alt and the down arrow."
    )
    kinds = {item.kind for sheet in sheets for item in sheet.items}
    if "choices" in kinds:
        yield "Where you may choose several, choose Yes beside each one that fits."
    if kinds & {"text", "number"}:
        yield "In a few cells you write a number or some words of your own."
    if "text" in kinds and not together:
        yield WORDS
    yield "You do not know? Then choose that. It is a good answer, and it helps."
    yield "To take an answer back, click on it and press the Delete key. Empty means no answer."
    if together:
        yield (
            f"If you cannot agree, choose '{DISAGREED.label}', and in the last column the answers "
            "that you gave. The lowest of them counts."
        )
        yield (
            "In the column for notes say what shows the answer: a document, a date, who looks "
            "after it."
        )
        yield "A fact that is left empty counts as the cautious answer."
    tick = " Where you may choose several, tick the box beside each one that fits."
    yield f"{PAPER}{tick}" if "choices" in kinds else PAPER
    yield "Save often. You can stop and go on later."
    yield "Please do not rename sheets, and do not move or delete rows: the file is read by them."
