"""How long a group's set of questions takes, and how many answers it asks for.

An estimate from word counts, made before anybody answers, so that a set that grows too long is
seen when it is written. For those who answer alone it counts what a person has to read, and a few
seconds for each answer. A working group takes as long as its talk does: there it counts talking,
by the minutes that stand in ``forms.yaml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from questionnaires.library import Library
from questionnaires.model import RUNG_KINDS, SPECIAL_CODES, WORKING_GROUP, Kind
from questionnaires.question_text import Reader, question_of

#: Words a minute. Adults read English non-fiction silently at 238 words a minute on average
#: (Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109).
#: Our judgement: somewhat slower, since many read on a phone, tired, or in a second language.
PACE = 200
#: Seconds to weigh a statement and tap on an answer that is known by then. Our judgement.
TAP = 4.0
#: Seconds for the kinds that take longer than a tap. Our judgement: several choices are weighed
#: one by one; a number is looked up or guessed; a text takes most of a minute, and two or three in
#: four leave a box empty that may stay so.
LONGER: dict[Kind, float] = {"choices": 8.0, "number": 10.0, "text": 15.0}


@dataclass(frozen=True)
class Burden:
    """What a set asks of one person, or of the working group together."""

    answers: int
    minutes: float


def burden_of(library: Library, group: str, asked: Collection[str]) -> Burden:
    """The answers and the minutes of some items. Concerns are one list to tick: one answer. A box
    for words takes its time and is no answer that is asked for: it may stay empty."""
    items = [library.items[item] for item in asked]
    concerns = sum(item.kind == "concern" for item in items)
    answers = len(items) - max(0, concerns - 1)
    if group != WORKING_GROUP:
        answers -= sum(item.kind == "text" for item in items)
    if group == WORKING_GROUP and (file := library.forms.file):
        talks = {"practice": file.talking.practice}
        minutes = sum(talks.get(item.kind, file.talking.other).minutes for item in items)
        return Burden(answers, minutes)
    seconds = sum(LONGER.get(item.kind, TAP) for item in items if item.kind != "concern")
    seconds += TAP if concerns else 0
    words = sum(len(text.split()) for text in texts_read(library, group, asked))
    return Burden(answers, words / PACE + seconds / 60)


def texts_read(library: Library, group: str, asked: Collection[str]) -> Iterator[str]:
    """Every text that a person of a group reads, as often as they have to read it.

    What stands again word for word in a section is recognised and not read again: the answers of
    a scale, the situation of a boundary, which is asked about twice. What stays the same all the
    way through is read once: the rungs of the ladder, "I don't know".
    """
    reader = Reader(group, library.sides.get(group), group)
    known_for_good: set[str] = set()
    for questionnaire in library.questionnaires:
        for section in questionnaire.sections:
            items = [item for item in section.items if item.id in asked]
            if not items:
                continue
            yield from filter(None, map(reader.words, (section.title, section.intro)))
            known: set[str] = set()
            for item in items:
                question = question_of(library, item, reader)
                answers = [t for c in question.choices for t in (c.label, c.description)]
                special = [c.label for c in question.off_scale if c.code in SPECIAL_CODES]
                yield from _new([question.text, question.help], known)
                yield from _new(answers, known_for_good if item.kind in RUNG_KINDS else known)
                yield from _new(special, known_for_good)


def _new(texts: list[str], seen: set[str]) -> Iterator[str]:
    """The texts that are not known yet; they are from then on."""
    for text in texts:
        if text and text not in seen:
            seen.add(text)
            yield text
