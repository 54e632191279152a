"""How long a group's set of questions takes, and how many answers it asks for.

An estimate from word counts, made before anybody answers, so that a set that grows too long is
seen when it is written. It counts what a person has to read, and a few seconds for each answer.
It leaves out the notes, which nobody has to write, and talk: a working group takes as long as its
talk does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from questionnaires.library import Library
from questionnaires.model import Item, Kind, Section, Side

#: Words a minute. Silent reading of English non-fiction by adults: Brysbaert (2019), "How many
#: words do we read per minute?", Journal of Memory and Language 109.
ORGANISATION_PACE = 238
#: Our judgement: room for people who read little, are tired or read in a second language, on an
#: old phone. It is near the pace of reading aloud, since some have the questions read to them.
LIVED_EXPERIENCE_PACE = 150

#: Seconds for one tap on answers that are known by then. Our judgement: to weigh a statement and
#: tap takes about four seconds; on a borrowed phone, about oneself, half as long again.
ORGANISATION_TAP = 4.0
LIVED_EXPERIENCE_TAP = 6.0
#: Seconds for the kinds that take longer than a tap. Our judgement: several choices are weighed
#: one by one; a number is looked up or guessed; a text is a sentence or two, and many leave it out.
LONGER: dict[Kind, float] = {"choices": 8.0, "number": 10.0, "text": 30.0}


@dataclass(frozen=True)
class Burden:
    """What a set asks of one person."""

    answers: int
    minutes: float


def burden(library: Library, group: str) -> Burden:
    """The answers and the minutes of a group's own set; what is optional for it is left out."""
    return burden_of(library, group, [i.id for i in library.items_for(group, optional=False)])


def burden_of(library: Library, group: str, asked: Collection[str]) -> Burden:
    """The same for some items only: an assessment need not ask every questionnaire."""
    # The working group stands on no side. Some of it have lived experience: it gets their pace.
    organisation = library.sides.get(group) == "organisation"
    pace = ORGANISATION_PACE if organisation else LIVED_EXPERIENCE_PACE
    tap = ORGANISATION_TAP if organisation else LIVED_EXPERIENCE_TAP
    seconds = sum(LONGER.get(library.items[item].kind, tap) for item in asked)
    words = sum(len(text.split()) for text in _texts_read(library, group, asked))
    return Burden(answers=len(asked), minutes=words / pace + seconds / 60)


def texts_read(library: Library, group: str) -> Iterator[str]:
    """Every text that a person of a group reads for its whole set."""
    asked = {item.id for item in library.items_for(group, optional=False)}
    return _texts_read(library, group, asked)


def _texts_read(library: Library, group: str, asked: Collection[str]) -> Iterator[str]:
    """Every text that a person of a group reads, as often as they have to read it.

    What stands again word for word in a section is recognised and not read again: the answers of
    a scale, the situation of a boundary, which is asked about twice. What stays the same all the
    way through is read once: the rungs of the ladder, "I don't know".
    """
    side = library.sides.get(group)
    known_for_good: set[str] = set()
    for questionnaire in library.questionnaires:
        for section in questionnaire.sections:
            items = [item for item in section.items if item.id in asked]
            if not items:
                continue
            yield from _heading(section, group, side)
            known: set[str] = set()
            for item in items:
                lasting = _lasting(item, library, group, side)
                yield from _new([*_question(item, group, side), *_labels(item, library)], known)
                yield from _new(lasting, known_for_good)


def _new(texts: list[str], known: set[str]) -> Iterator[str]:
    """The texts that are not known yet; they are from then on."""
    for text in texts:
        if text not in known:
            known.add(text)
            yield text


def _heading(section: Section, group: str, side: Side | None) -> Iterator[str]:
    for wording in (section.title, section.intro):
        if wording and (text := wording.for_group(group, side)):
            yield text


def _question(item: Item, group: str, side: Side | None) -> Iterator[str]:
    """The question, its help, and what each step of a practice looks like."""
    for wording in (item.text, item.help):
        if wording and (text := wording.for_group(group, side)):
            yield text
    yield from item.steps_for(group).values()


def _labels(item: Item, library: Library) -> list[str]:
    """The answers that an item takes, except for the rungs."""
    rungs = item.kind in ("rung_now", "rung_wanted")
    return [] if rungs else [option.label for option in library.options(item)]


def _lasting(item: Item, library: Library, group: str, side: Side | None) -> list[str]:
    """The answers that are the same in every section: the rungs, and those off the scale."""
    rungs = item.kind in ("rung_now", "rung_wanted")
    labels = [option.label for option in library.options(item)] if rungs else []
    special = [library.special[code].for_group(group, side) for code in item.offers]
    return [*labels, *(label for label in special if label)]
