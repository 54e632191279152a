"""The working group: one set of agreed answers that several people write at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assessment.services.access.sessions import session_of
from assessment.services.content import loaded
from assessment.services.respondents.answering import RefusedError
from assessment.services.rounds import dates_in_words, states
from assessment.services.rounds.states import Act
from assessment.services.rounds.what_applies import what_applies
from assessment.store import Store
from assessment.store.records import NO_ANSWER, AgreedRecord, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Item, chosen_by_members
from questionnaires.phrases import day
from questionnaires.question_text import Question, Reader, question_of
from questionnaires.skip_logic import Applies
from questionnaires.typed_answers import text_refusal
from scoring.answers.fitting import fits
from scoring.answers.signs import cleaned
from scoring.answers.validation import value_problem
from scoring.rules.rulebook import Guidance

READER = Reader(WORKING_GROUP, None, WORKING_GROUP)
GONE = "This round was deleted, so this was not saved."
#: How often a change is tried again where others changed another part of the same answer.
TRIES = 20


@dataclass(frozen=True)
class WorkingGroupRound:
    """What the working group is asked; the answers are read anew each time.

    Attributes:
        applies: what its facts, as they stand, leave to be asked.
        guidance: the rules and the advice that go with the questions.
    """

    record: AssessmentRecord
    applies: Applies
    guidance: Guidance

    @property
    def library(self) -> Library:
        return self.applies.library

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What it may be asked, with what its facts leave out just now."""
        return tuple(
            item
            for item in self.library.items.values()
            if self.library.questionnaire_of[item.id].id in self.record.questionnaires
            and self.applies.lists(item, WORKING_GROUP)
        )

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {item.id: question_of(self.library, item, READER) for item in self.items}

    @property
    def ahead(self) -> bool:
        """Whether it takes no answers yet."""
        return states.state_of(self.record).ahead

    @property
    def takes_answers(self) -> bool:
        return states.allows(self.record, Act.AGREE)

    @property
    def over(self) -> bool:
        """Whether it takes no answers any more."""
        return not (self.ahead or self.takes_answers)


def not_open_message(record: AssessmentRecord) -> str:
    """Why an assessment takes no answers of the working group now, in words; empty where it takes
    them."""
    if states.state_of(record).ahead:
        opens = day(record.opens_on)
        return f"Opens on {opens}. You can read the questions before, and answer from that day on."
    if not states.allows(record, Act.AGREE):
        return "The results are published, so what you agreed stays as it is."
    return ""


def until_when(record: AssessmentRecord) -> str:
    """After the end, when others answer no more: how long the working group still can, in words;
    empty before and after."""
    if not (states.state_of(record).final and states.allows(record, Act.AGREE)):
        return ""
    return (
        f"People could answer until {dates_in_words.end(record)}. What you agree can be changed "
        "until the results are published, and not after."
    )


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the answer since it was read; carries what stands there now."""

    def __init__(self, now: AgreedRecord) -> None:
        self.now = now
        super().__init__("somebody else has changed this answer meanwhile")


def working_group_round(store: Store, token: str | None) -> WorkingGroupRound | None:
    """What the working group is asked, for a browser with a session in it; else None."""
    found = session_of(store, token)
    if found is None or found[0].group != WORKING_GROUP or found[0].draft is not None:
        return None
    record = found[1]
    guidance = loaded.of_round(store, record).guidance
    return WorkingGroupRound(record, what_applies(store, record), guidance)


def agreed(store: Store, assessment: str) -> Mapping[str, AgreedRecord]:
    """The working group's answers by item, as they stand now."""
    with store.read() as work:
        return work.agreed.all(assessment)


def as_asked_now(
    round_: WorkingGroupRound, answers: Mapping[str, AgreedRecord]
) -> Mapping[str, AgreedRecord]:
    """The same with an answer taken out where the question no longer allows it; its note stays."""
    return {
        name: answer
        if not answer.value or fits(round_.library, WORKING_GROUP, name, answer.value)
        else replace(answer, value="")
        for name, answer in answers.items()
    }


def agree(
    store: Store,
    round_: WorkingGroupRound,
    item: str,
    value: str,
    note: str,
    *,
    after: int,
    reason: str | None = None,
) -> AgreedRecord:
    """Store an agreed answer with its note; an empty value takes it back.

    Args:
        value: an option's code, several joined with ``;``, a number, or ``did_not_agree:`` with
            what members chose.
        note: what shows it; only practices and boundaries take one.
        after: the revision that was seen when it was chosen.
        reason: why; left out, it stays, unless an answer that was meant is another now.

    Returns:
        What stands there now.

    Raises:
        RefusedError: the item does not offer it, or the assessment is closed.
        ChangedMeanwhileError: somebody else was quicker; nothing is stored.
    """
    question = round_.questions.get(item)
    if question is None:
        raise RefusedError("This question is not part of the working group's. Reload the page.")
    value, note = cleaned(value), cleaned(note)
    reason = None if reason is None else cleaned(reason)
    if value and value_problem(question.item, value, round_.library, agreed=True):
        raise RefusedError(_refusal(question))
    if (note or reason) and not question.item.takes_note:
        raise RefusedError("This question takes no note.")
    for text in (note, reason or ""):
        if refusal := text_refusal(text):
            raise RefusedError(f"The note is not saved. {refusal.sentence}")
    with store.write() as work:
        # Results are published between two agreed answers, never beside one.
        work.assessments.lock(round_.record.id)
        now = work.assessments.get(round_.record.id)
        if now is None or not states.allows(now, Act.AGREE):
            raise RefusedError(GONE if now is None else not_open_message(now))
        on = states.today(now)
        stored = work.agreed.put(now.id, item, value, note, after=after, on=on, reason=reason)
        if stored is None:
            raise ChangedMeanwhileError(work.agreed.all(round_.record.id).get(item, NO_ANSWER))
        work.commit()
    return stored


def change(
    store: Store,
    round_: WorkingGroupRound,
    item: str,
    *,
    seen: AgreedRecord,
    value: str | None = None,
    note: str | None = None,
    reason: str | None = None,
) -> AgreedRecord:
    """Change an answer, its note, its reason, or several of them. Whichever is left out stays as
    others left it.

    Args:
        seen: the answer with its note that the change was made after.

    Returns:
        What stands there now.

    Raises:
        RefusedError: as for ``agree``.
        ChangedMeanwhileError: somebody else has changed the very same thing to something else;
            nothing is stored.
    """
    base = seen
    for _ in range(TRIES):
        wanted = replace(
            base,
            value=base.value if value is None else cleaned(value),
            note=base.note if note is None else cleaned(note),
            reason=base.reason if reason is None else cleaned(reason),
        )
        if wanted == base:
            return base
        try:
            return agree(
                store,
                round_,
                item,
                wanted.value,
                wanted.note,
                after=base.revision,
                reason=None if reason is None else wanted.reason,
            )
        except ChangedMeanwhileError as changed:
            now = changed.now
            if value is not None and now.value not in (seen.value, cleaned(value)):
                raise
            if note is not None and now.note not in (seen.note, cleaned(note)):
                raise
            if reason is not None and now.reason not in (seen.reason, cleaned(reason)):
                raise
            base = now
    raise RefusedError("Many people are changing this answer at once. Try again in a moment.")


def in_words(question: Question, value: str) -> str:
    """An answer as people read it: ``Partly``, or ``We did not agree: Planned, Partly``."""
    labels = {choice.code: choice.label for choice in question.answers}
    if (chosen := chosen_by_members(value)) is not None:
        return f"We did not agree: {', '.join(labels.get(code, code) for code in chosen)}"
    if question.item.kind == "choices":
        return ", ".join(labels.get(code, code) for code in value.split(";"))
    return labels.get(value, value)


def _refusal(question: Question) -> str:
    item = question.item
    if item.kind != "number":
        return "This answer is not one of those that the question offers. Choose again."
    least = f" from {item.minimum:,g}" if item.minimum is not None else ""
    most = f" up to {item.maximum:,g}" if item.maximum is not None else ""
    limits = f"{least}{most}, such as 12 or 7.5"
    return f"Not saved yet: write a plain number{limits}, with at most 15 digits."
