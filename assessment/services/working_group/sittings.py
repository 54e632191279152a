"""Sittings: the working group's many questions, cut so that each cut is one meeting's work.

First the facts, which leave out what cannot apply, and the gates of every start: at the end of that
the group knows whether it is a go. Then what the start and the wish ask for, then one domain at a
time, then the facts that no rule reads. A quick look is the first sitting.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from assessment.report.round_details import least_with_lived_experience
from assessment.services.content.question_pages import (
    LeftOut,
    Page,
    Part,
    cut,
    minutes,
    parts_of,
)
from assessment.services.working_group.agreed_answers import READER, WorkingGroupRound
from assessment.store.records import NO_ANSWER, AgreedRecord, AssessmentRecord
from questionnaires.content_folder import use
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Item, Questionnaire, Section, chosen_by_members
from questionnaires.phrases import counted, listed, lower
from questionnaires.question_text import Question
from scoring.recommendation.likely_start import asked_for, heading_for
from scoring.rules.conditions import Evidence

#: The longest that a group talks in one sitting, minutes. Our judgement: an hour and a half, with a
#: break.
MAX_MINUTES = 90
#: What it costs to split a section, in minutes of unevenness. Our judgement.
SPLIT_COST = 8.0


@dataclass(frozen=True)
class Stage:
    """Some of what is asked that belongs together, before it is cut into sittings.

    Attributes:
        description: what it is for, in a sentence.
        decides: at its end the group knows whether it is a go.
    """

    title: str
    description: str
    items: tuple[Item, ...]
    decides: bool = False


@dataclass(frozen=True)
class Sitting:
    """One meeting's work: some pages. ``number`` counts from 1; ``minutes`` is time to talk."""

    number: int
    title: str
    description: str
    pages: tuple[Page, ...]
    minutes: int
    decides: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return tuple(left for page in self.pages for part in page.parts for left in part.left_out)


@dataclass(frozen=True)
class Progress:
    """How far a sitting has come; ``noted`` counts the answers with an evidence note."""

    asked: int
    answered: int
    noted: int

    @property
    def done(self) -> bool:
        return self.answered == self.asked


@dataclass(frozen=True)
class OpenQuestions:
    """What is worth another look: questions without an answer, practices in place without an
    evidence note, those on which the group did not agree, and answers that changed for no reason
    that is told."""

    unanswered: tuple[Question, ...]
    without_evidence: tuple[Question, ...]
    not_agreed: tuple[Question, ...]
    without_reason: tuple[Question, ...]


def sittings(round_: WorkingGroupRound) -> tuple[Sitting, ...]:
    """What the working group is asked, in the order in which it decides something."""
    with use(round_.library.content):
        return _sittings(round_)


def _sittings(round_: WorkingGroupRound) -> tuple[Sitting, ...]:
    found: list[Sitting] = []
    for stage in stages(round_):
        cuts = list(_cut_evenly(list(_pages(stage, round_)), round_.library))
        for number, pages in enumerate(cuts, start=1):
            title = stage.title if len(cuts) == 1 else f"{stage.title}, part {number}"
            length = minutes(round_.library, pages, READER)
            last = stage.decides and number == len(cuts)
            at = len(found) + 1
            found.append(Sitting(at, title, stage.description, tuple(pages), length, last))
    return tuple(found)


def stages(round_: WorkingGroupRound) -> tuple[Stage, ...]:
    """What belongs together; nothing stands in two, and no stage is empty."""
    library, applies = round_.library, round_.applies
    quick = replace(applies, form="quick")
    first = tuple(item for item in round_.items if quick.lists(item, WORKING_GROUP))
    rest = [item for item in round_.items if item not in first]
    decides = any(item.kind == "practice" for item in first)
    found = [
        Stage(
            "What every start needs",
            "The facts first: they leave out what cannot apply. Then what nothing can make up for. "
            "At the end you know whether it is a go.",
            _facts_first(first),
            decides=decides,
        )
    ]
    guidance = round_.guidance
    offers = heading_for(guidance, Evidence(library, facts=applies.facts))
    wanted = asked_for(guidance, offers)
    second = tuple(item for item in rest if item.id in wanted)
    if second:
        description = f"You are heading for: {listed([lower(offer.title) for offer in offers])}."
        found.append(Stage("What your start and your wish need", description, _facts_first(second)))
        rest = [item for item in rest if item not in second]
    for domain in library.domains.values():
        own = tuple(
            item
            for item in rest
            if item.dimension and library.dimensions[item.dimension].domain == domain.id
        )
        when = "Take it when your plan reaches it. The results are of use before."
        found.append(Stage(domain.title, when, own))
    last = tuple(item for item in rest if not item.dimension)
    why = "For the plan and the budget. No rule waits for it."
    found.append(Stage("What else you know and decide", why, last))
    return tuple(stage for stage in found if stage.items)


def _facts_first(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.kind == "practice"))


def _pages(stage: Stage, round_: WorkingGroupRound) -> Iterator[Page]:
    """A stage page by page, facts before practices, with what does not apply beside its section."""
    library = round_.library
    wanted = {item.id for item in stage.items}
    facts = [i for i in stage.items if i.kind != "practice"]
    owners = dict.fromkeys(library.questionnaire_of[item.id].id for item in [*facts, *stage.items])
    names = {q.id: q for q in library.questionnaires}
    waiting: list[LeftOut] = []
    for name in owners:
        questionnaire = names[name]
        parts: list[Part] = []
        for section in questionnaire.sections:
            found, left = _section(section, wanted, round_)
            waiting += left
            parts += found
            if parts and waiting:
                parts[-1] = replace(parts[-1], left_out=(*parts[-1].left_out, *waiting))
                waiting = []
        yield from cut(name, _title(questionnaire), parts)


def _section(
    section: Section, wanted: Collection[str], round_: WorkingGroupRound
) -> tuple[list[Part], list[LeftOut]]:
    """The questions of a section that are asked, and those that do not apply."""
    here = [item for item in section.items if item.id in wanted]
    asked = [item for item in here if round_.applies.asks(item)]
    left = [
        LeftOut(round_.questions[item.id], round_.applies.why_not(item))
        for item in here
        if item not in asked
    ]
    return list(parts_of(section.title, section.intro, asked, round_.library, READER)), left


def _title(questionnaire: Questionnaire) -> str:
    return READER.words(questionnaire.title) or questionnaire.id


def first_unanswered(sitting: Sitting, answers: Mapping[str, AgreedRecord]) -> str:
    """The first page of a sitting with a question that has no answer; else its first page."""
    for page in sitting.pages:
        if any(not answers.get(q.item.id, NO_ANSWER).value for q in page.questions):
            return page.id
    return sitting.pages[0].id


def progress(sitting: Sitting, answers: Mapping[str, AgreedRecord]) -> Progress:
    """How far a sitting has come with the answers as they stand."""
    records = [answers.get(question.item.id, NO_ANSWER) for question in sitting.questions]
    answered = [record for record in records if record.value]
    return Progress(len(records), len(answered), sum(bool(record.note) for record in answered))


def open_questions(sitting: Sitting, answers: Mapping[str, AgreedRecord]) -> OpenQuestions:
    """What of a sitting is worth another look."""
    records = [(q, answers.get(q.item.id, NO_ANSWER)) for q in sitting.questions]
    return OpenQuestions(
        tuple(q for q, record in records if not record.value),
        tuple(q for q, r in records if q.item.takes_note and r.value == "in_place" and not r.note),
        tuple(q for q, record in records if chosen_by_members(record.value)),
        tuple(q for q, r in records if q.item.takes_note and r.changed_without_reason),
    )


def composition(record: AssessmentRecord, library: Library) -> tuple[str, ...]:
    """Who the working group is, in sentences, and what would make it stronger.

    Args:
        library: what the assessment asks.
    """
    team = record.working_group
    paid = "are" if team.members_paid else "are not"
    parts = [
        f"{counted(team.members, 'member')}, {team.members_lived_experience} with lived "
        f"experience. They {paid} paid for their time.",
        f"{counted(team.key_holders, 'key-holder')}, {team.key_holders_lived_experience} with "
        "lived experience.",
    ]
    with use(library.content):
        wanted = least_with_lived_experience(team.members)
    if team.members_lived_experience < wanted:
        parts.append(
            f"At least {wanted} members should have lived experience. You can still ask somebody "
            "to join."
        )
    return tuple(parts)


def _cut_evenly(run: list[Page], library: Library) -> Iterator[list[Page]]:
    """Pages in as few sittings as hold them, as even as they can be, and cut between sections
    rather than within them."""
    if not run:
        return
    lengths = [minutes(library, [page], READER) for page in run]
    same_section = [a.parts[-1].title == b.parts[0].title for a, b in pairwise(run)]
    count = min(len(run), math.ceil(minutes(library, run, READER) / MAX_MINUTES) or 1)
    even = sum(lengths) / count

    def cost(start: int, end: int) -> float:
        split = SPLIT_COST**2 if end < len(run) and same_section[end - 1] else 0.0
        return (sum(lengths[start:end]) - even) ** 2 + split

    @cache
    def best(start: int, parts: int) -> tuple[float, tuple[int, ...]]:
        """What the cheapest cuts of the rest into so many parts cost, and where each part ends."""
        if parts == 1:
            return cost(start, len(run)), (len(run),)
        ends = range(start + 1, len(run) - parts + 2)
        rests = [best(end, parts - 1) for end in ends]
        return min(
            (cost(start, end) + r[0], (end, *r[1])) for end, r in zip(ends, rests, strict=True)
        )

    for start, end in pairwise((0, *best(0, count)[1])):
        yield run[start:end]
