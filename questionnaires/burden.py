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
from questionnaires.model import WORKING_GROUP, Item, Kind, Section, Side

#: Words a minute. Adults read English non-fiction silently at 238 words a minute on average
#: (Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109).
#: Our judgement: somewhat slower, since many read on a phone, tired, or in a second language.
PACE = 200
#: Seconds to weigh a statement and tap on an answer that is known by then. Our judgement.
TAP = 4.0
#: Seconds for the kinds that take longer than a tap. Our judgement: several choices are weighed
#: one by one; a number is looked up or guessed; a text is a sentence or two, and many leave it out.
LONGER: dict[Kind, float] = {"choices": 8.0, "number": 10.0, "text": 30.0}


@dataclass(frozen=True)
class Burden:
    """What a set asks of one person, or of the working group together."""

    answers: int
    minutes: float


def burden_of(library: Library, group: str, asked: Collection[str]) -> Burden:
    """The answers and the minutes of some items. Concerns are one list to tick: one answer."""
    items = [library.items[item] for item in asked]
    concerns = sum(item.kind == "concern" for item in items)
    answers = len(items) - max(0, concerns - 1)
    if group == WORKING_GROUP and library.forms.about is not None:
        return Burden(answers, sum(conversation_burden(library, item) for item in items))
    seconds = sum(LONGER.get(item.kind, TAP) for item in items if item.kind != "concern")
    seconds += TAP if concerns else 0
    words = sum(len(text.split()) for text in texts_read(library, group, asked))
    return Burden(answers, words / PACE + seconds / 60)


def conversation_burden(library: Library, item: Item) -> float:
    """Minutes that a working group talks about an item."""
    forms_file = library.forms.about
    if forms_file is None:
        return 0.0
    talking = forms_file.talking
    return (talking.practice if item.kind == "practice" else talking.other).minutes


def texts_read(library: Library, group: str, asked: Collection[str]) -> Iterator[str]:
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


def _new(texts: list[str], seen: set[str]) -> Iterator[str]:
    """The texts that are not known yet; they are from then on."""
    for text in texts:
        if text not in seen:
            seen.add(text)
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
    """The answers that are the same in every section: the rungs, and those off the scale.

    People with lived experience read what a rung means; all others read its name as well.
    """
    rungs = item.kind in ("rung_now", "rung_wanted")
    labels: list[str] = []
    if rungs:
        names = [option.label for option in library.options(item)]
        own = item.scale not in (None, "ladder")
        plain = side == "lived_experience" and not own
        labels = [*([] if plain else names), *([] if own else library.rungs)]
    special = [library.special[code].for_group(group, side) for code in item.offers_for(group)]
    return [*labels, *(label for label in special if label)]
