"""How long a group's set of questions takes, and how many answers it asks for.

An estimate from word counts, made before anybody answers, so that a set that grows too long is
seen when it is written. It counts what is on the screen once for each time that a person has to
read it, and a few seconds for each answer. It leaves out notes, which nobody has to write, and
talk: a working group takes as long as its talk does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questionnaires.library import Library
from questionnaires.model import Item, Kind, Questionnaire, Section, Side

#: Words a minute. Silent reading of English non-fiction by adults: Brysbaert (2019), "How many
#: words do we read per minute?", Journal of Memory and Language 109.
ORGANISATION_PACE = 238
#: Our judgement: room for people who read little, are tired, or read in a second language, on an
#: old phone. It is also near the pace of reading aloud, since some have the questions read to them.
LIVED_EXPERIENCE_PACE = 150

#: Seconds for a tap on answers that the person knows by now. Our judgement: to weigh a statement
#: and tap takes about four seconds; on a borrowed phone, about oneself, half as long again.
ORGANISATION_TAP = 4.0
LIVED_EXPERIENCE_TAP = 6.0
#: Seconds for the kinds that take longer than a tap. Our judgement: several answers are weighed
#: one by one; a number has to be looked up or guessed; a text is a sentence or two, and many
#: leave it empty.
LONGER: dict[Kind, float] = {"choices": 8.0, "number": 10.0, "text": 30.0}


@dataclass(frozen=True)
class Burden:
    """What a set asks of one person."""

    answers: int
    minutes: float


def burden(library: Library, group: str) -> Burden:
    """The answers and the minutes of a group's own set; what is optional for it is left out."""
    # The working group has no side. Some of it have lived experience, so it gets their pace.
    organisation = library.sides.get(group) == "organisation"
    pace = ORGANISATION_PACE if organisation else LIVED_EXPERIENCE_PACE
    tap = ORGANISATION_TAP if organisation else LIVED_EXPERIENCE_TAP
    items = list(library.items_for(group, optional=False))
    seconds = sum(LONGER.get(item.kind, tap) for item in items)
    words = sum(len(text.split()) for text in read_by(library, group))
    return Burden(answers=len(items), minutes=words / pace + seconds / 60)


def read_by(library: Library, group: str) -> Iterator[str]:
    """Every text that a person of a group reads in their set, as often as they have to read it."""
    asked = {item.id for item in library.items_for(group, optional=False)}
    for questionnaire in library.questionnaires:
        if asked.intersection(item.id for item in questionnaire.items()):
            yield from _questionnaire(questionnaire, asked, library, group)


def _questionnaire(
    questionnaire: Questionnaire, asked: set[str], library: Library, group: str
) -> Iterator[str]:
    side = library.sides.get(group)
    yield questionnaire.title.for_group(group, side) or ""
    rungs_known = False
    for section in questionnaire.sections:
        items = [item for item in section.items if item.id in asked]
        if not items:
            continue
        yield from _heading(section, group, side)
        known: set[str] = set()
        situations: set[str | None] = set()
        for item in items:
            # The second answer of a boundary pair stands under the same words: only a tap.
            if item.kind != "boundary" or item.situation not in situations:
                yield from _item(item, group, side)
            situations.add(item.situation)
            rungs = item.kind in ("rung_now", "rung_wanted")
            if not (rungs and rungs_known):
                yield from _answers(item, known, library, group, side)
            rungs_known |= rungs


def _heading(section: Section, group: str, side: Side | None) -> Iterator[str]:
    yield section.title.for_group(group, side) or ""
    if section.intro:
        yield section.intro.for_group(group, side) or ""


def _item(item: Item, group: str, side: Side | None) -> Iterator[str]:
    yield item.text.for_group(group, side) or ""
    if item.help:
        yield item.help.for_group(group, side) or ""
    yield from item.steps.values()


def _answers(
    item: Item, known: set[str], library: Library, group: str, side: Side | None
) -> Iterator[str]:
    """The labels of an item's answers that the person has not yet read in this section."""
    labels = [option.label for option in library.options(item)]
    labels += [library.special[code].for_group(group, side) or "" for code in item.offers]
    yield from (label for label in labels if label not in known)
    known.update(labels)
