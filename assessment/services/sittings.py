"""Sittings: the working group's many questions, cut so that each cut is one meeting's work."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assessment.services.asking import Page, Question, minutes
from assessment.services.setting_up import LIVED_EXPERIENCE_MEMBERS
from assessment.services.together import NOTHING, READER, Table
from assessment.store.records import AgreedRecord, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE

#: The longest that a sitting reads and chooses, minutes. Our judgement: talk comes on top of it,
#: and the whole should stay within an hour or so.
MOST_MINUTES = 20
#: What it costs to part a section, in minutes of unevenness. Our judgement.
PARTING = 4.0


@dataclass(frozen=True)
class Sitting:
    """One meeting's work: some pages of one questionnaire. ``number`` counts from 1."""

    number: int
    title: str
    questionnaire: str
    pages: tuple[Page, ...]
    minutes: int

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def sections(self) -> tuple[str, ...]:
        """The titles of its sections, each once."""
        return tuple(dict.fromkeys(part.title for page in self.pages for part in page.parts))


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
class Open:
    """What is worth another look: questions without an answer, practices said to be in place
    that nothing shows yet, and those on which the group did not agree."""

    unanswered: tuple[Question, ...]
    shown_by_nothing: tuple[Question, ...]
    not_agreed: tuple[Question, ...]


def sittings(table: Table) -> tuple[Sitting, ...]:
    """What the working group is asked, in sittings of about equal length."""
    found: list[Sitting] = []
    for _, run in groupby(table.pages, key=lambda page: page.questionnaire):
        for cut in _cuts(list(run), table.library):
            title = _title(cut, table.library)
            length = minutes(table.library, cut, READER)
            found.append(Sitting(len(found) + 1, title, cut[0].questionnaire, tuple(cut), length))
    return tuple(found)


def progress(sitting: Sitting, answers: Mapping[str, AgreedRecord]) -> Progress:
    """How far a sitting has come with the answers as they stand."""
    records = [answers.get(question.item.id, NOTHING) for question in sitting.questions]
    answered = [record for record in records if record.value]
    return Progress(len(records), len(answered), sum(bool(record.note) for record in answered))


def still_open(sitting: Sitting, answers: Mapping[str, AgreedRecord]) -> Open:
    """What of a sitting is worth another look."""
    records = [(q, answers.get(q.item.id, NOTHING)) for q in sitting.questions]
    return Open(
        tuple(q for q, record in records if not record.value),
        tuple(q for q, r in records if q.item.takes_note and r.value == "in_place" and not r.note),
        tuple(q for q, record in records if record.value.startswith(f"{DID_NOT_AGREE}:")),
    )


def make_up(record: AssessmentRecord, *, over: bool = False) -> tuple[str, ...]:
    """Who the working group is, in sentences, and what would make it stronger.

    Args:
        over: no answers are taken any more, so that it is too late to change.
    """
    team = record.working_group
    paid = "are" if team.members_paid else "are not"
    said = [
        f"{_people(team.members, 'member')}, {team.members_lived_experience} with lived "
        f"experience. They {paid} paid for their time.",
        f"{_people(team.key_holders, 'key-holder')}, {team.key_holders_lived_experience} with "
        "lived experience.",
    ]
    wanted = max(LIVED_EXPERIENCE_MEMBERS, math.ceil(team.members / 3))
    if team.members_lived_experience < wanted and not over:
        said.append(
            f"At least {wanted} members should have lived experience. You can still ask somebody "
            "to join."
        )
    return tuple(said)


def _people(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _title(cut: Sequence[Page], library: Library) -> str:
    """The domains that a sitting is about; the questionnaire's title where it measures none."""
    domains = dict.fromkeys(
        library.dimensions[question.item.dimension].domain
        for page in cut
        for question in page.questions
        if question.item.dimension
    )
    titles = [library.domains[domain].title for domain in domains]
    if not titles:
        return cut[0].title
    rest = [title[:1].lower() + title[1:] for title in titles[1:]]
    if not rest:
        return titles[0]
    return f"{'; '.join([titles[0], *rest[:-1]])}; {rest[-1]}"


def _cuts(run: list[Page], library: Library) -> Iterator[list[Page]]:
    """The pages of one questionnaire in as few sittings as hold it, as even as they can be, and
    cut between sections rather than within them."""
    lengths = [minutes(library, [page], READER) for page in run]
    parted = [a.parts[-1].title == b.parts[0].title for a, b in pairwise(run)]
    count = max(1, math.ceil(minutes(library, run, READER) / MOST_MINUTES))
    even = sum(lengths) / count

    def cost(start: int, end: int) -> float:
        apart = PARTING**2 if end < len(run) and parted[end - 1] else 0.0
        return (sum(lengths[start:end]) - even) ** 2 + apart

    best: list[tuple[float, tuple[int, ...]]] = [
        (cost(0, end), (0, end)) for end in range(1, len(run) + 1)
    ]
    for taken in range(2, count + 1):
        best = [
            min(
                (best[start - 1][0] + cost(start, end), (*best[start - 1][1], end))
                for start in range(taken - 1, end)
            )
            if end >= taken
            else (math.inf, ())
            for end in range(1, len(run) + 1)
        ]
    for start, end in pairwise(best[-1][1]):
        yield run[start:end]
