"""Before results are published: what each group would be shown as, and what is not settled yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.services.content import loaded
from assessment.services.own_words import group_statements
from assessment.services.results.round_results import shown_groups
from assessment.services.rounds.what_applies import what_applies
from assessment.services.working_group.agreed_answers import (
    NO_ANSWER,
    READER,
    WorkingGroupRound,
    agreed,
    as_asked_now,
)
from assessment.services.working_group.sittings import open_questions, sittings
from assessment.store import Store
from assessment.store.records import AssessmentRecord, GroupRecord, StatementRecord
from questionnaires.question_text import Question, question_of


@dataclass(frozen=True)
class GroupToShow:
    """What a group is shown as.

    Attributes:
        how: ``alone``, with numbers of its own; ``together`` with other groups of its side;
            ``hidden``: in no number.
        others: the groups with which it is shown together.
        statement: what it says in words of its own; None where nothing is written.
    """

    group: GroupRecord
    how: Literal["alone", "together", "hidden"]
    others: tuple[GroupRecord, ...] = ()
    statement: StatementRecord | None = None

    @property
    def lacks_statement(self) -> bool:
        """Whether it was to give a written statement instead of numbers, and none is written."""
        return self.group.statement and self.statement is None


@dataclass(frozen=True)
class NotSettled:
    """What can be settled until results are published, and not after.

    Attributes:
        unanswered: questions that the working group has not answered.
        not_agreed: those on which it said that it did not agree.
    """

    unanswered: tuple[Question, ...]
    not_agreed: tuple[Question, ...]


@dataclass(frozen=True)
class WrittenBeside:
    """What the working group wrote beside an answer; it is published word for word.

    Attributes:
        texts: its reason and its note, and those of the answer that stood before.
    """

    question: Question
    texts: tuple[str, ...]


def groups_to_show(store: Store, record: AssessmentRecord) -> list[GroupToShow]:
    """What each group would be shown as, were the results published now."""
    shown = {
        member.id: tuple(other.id for other in found.members)
        for found in shown_groups(store, record).groups
        for member in found.members
    }
    said = group_statements.statements(store, record)
    return [
        _to_show(record, group, shown.get(group.group, ()), said.get(group.group))
        for group in record.groups
    ]


def _to_show(
    record: AssessmentRecord,
    group: GroupRecord,
    shown: tuple[str, ...],
    said: StatementRecord | None,
) -> GroupToShow:
    if not shown:
        return GroupToShow(group, "hidden", statement=said)
    others = tuple(record.group(name) for name in shown if name != group.group)
    return GroupToShow(group, "together" if others else "alone", others, said)


def not_settled(store: Store, record: AssessmentRecord) -> NotSettled:
    """What the working group has not answered, or not agreed."""
    round_ = WorkingGroupRound(
        record, what_applies(store, record), loaded.of_round(store, record).guidance
    )
    answers = as_asked_now(round_, agreed(store, record.id))
    found = [open_questions(sitting, answers) for sitting in sittings(round_)]
    return NotSettled(
        tuple(question for one in found for question in one.unanswered),
        tuple(question for one in found for question in one.not_agreed),
    )


def written_beside(store: Store, record: AssessmentRecord) -> list[WrittenBeside]:
    """What the working group wrote beside its answers, to be read once more before everybody
    can."""
    round_ = WorkingGroupRound(
        record, what_applies(store, record), loaded.of_round(store, record).guidance
    )
    answers = agreed(store, record.id)
    found = []
    # Also of what is not asked any more, since a fact was answered otherwise: its note stays.
    for item in round_.library.items.values():
        stands = answers.get(item.id, NO_ANSWER)
        texts = (stands.reason, stands.note, stands.earlier_reason, stands.earlier_note)
        if any(texts):
            question = question_of(round_.library, item, READER)
            found.append(WrittenBeside(question, tuple(dict.fromkeys(filter(None, texts)))))
    return found
