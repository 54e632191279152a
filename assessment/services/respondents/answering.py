"""Answering: a respondent's draft, saved answer by answer, until it is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assessment.services.access.codes import hashed, new_id
from assessment.services.access.sessions import draft_key, session_of
from assessment.services.content import loaded
from assessment.services.content.question_pages import Page
from assessment.services.respondents import just_handed_in, members, receipts
from assessment.services.respondents.asked import Asked, asked_of
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.respondents.masking import masked_words
from assessment.services.respondents.receipts import Receipt
from assessment.services.rounds.states import Act, schedule_allows, state_of
from assessment.store import Store, UnitOfWork
from assessment.store.answers import LockedDraft
from assessment.store.encryption import DraftKey, unwrap, wrapping_key
from assessment.store.records import AssessmentRecord, SessionRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.question_text import Question, Reader
from questionnaires.typed_answers import text_refusal
from scoring.answers.signs import cleaned
from scoring.answers.validation import value_problem

CLOSED = (
    "This questionnaire no longer takes answers, so this was not saved. What was handed in before "
    "is counted."
)
GIVEN_UP = (
    "You have left or handed in this questionnaire, or gone on with it in another place. What you "
    "had answered is kept: open your link or type your code to go on."
)
NOT_ASKED = "This question is not part of your questionnaire. Reload the page."


class RefusedError(Exception):
    """An answer that is not stored. The message says what happened and what to do."""


@dataclass
class Draft:
    """What one respondent is asked and has answered so far.

    Attributes:
        saved: what the store holds, by item; screens compare with it.
    """

    id: str
    token: str
    record: AssessmentRecord
    asked: Asked
    key: DraftKey = field(repr=False)
    saved: dict[str, str] = field(default_factory=dict)
    #: Given, and not in the store because it did not answer; the next attempt takes them along.
    unsaved: dict[str, str] = field(default_factory=dict)
    #: Typed and not taken, by item, as it was typed: it waits on its page to be changed.
    refused: dict[str, str] = field(default_factory=dict)
    own_device: bool = False

    @property
    def reader(self) -> Reader:
        return self.asked.reader

    @property
    def library(self) -> Library:
        return self.asked.library

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.asked.pages

    @property
    def questions(self) -> dict[str, Question]:
        return self.asked.questions

    @property
    def answered(self) -> int:
        """How many of the answers that are asked for are given."""
        return sum(self.has(answer) for page in self.pages for answer in page.answers)

    def has(self, answer: Sequence[Question]) -> bool:
        """Whether a question, or some of a list to tick, is answered."""
        return any(question.item.id in self.saved for question in answer)


@dataclass(frozen=True)
class Visit:
    """What a browser finds that comes to answer.

    ``nobody``: it has begun nothing; ``early`` and ``closed``: no answers are taken; ``handed_in``:
    it is done; ``answering``: there is a draft.
    """

    state: Literal["nobody", "early", "closed", "handed_in", "answering"]
    record: AssessmentRecord | None = None
    group: str = ""
    draft: Draft | None = None
    own_device: bool = False
    #: Where no answers are taken any more: something was answered and not handed in.
    had_answers: bool = False


def find_visit(store: Store, token: str | None, current: Draft | None = None) -> Visit:
    """What a browser with a session finds.

    Args:
        current: the draft as this browser's session has it. It is given back as it is where it
            still belongs to the session, with what it has seen saved and not yet saved.

    Raises:
        UnreachableError: the store does not answer.
    """
    found = session_of(store, token)
    if found is None or token is None:
        done = just_handed_in.by(token)
        return handed_in_visit(store, done) if done else Visit("nobody")
    session, record = found
    if not schedule_allows(record.schedule, Act.BEGIN):
        with store.read() as work:
            left = session.draft is not None and work.drafts.has_answers(session.draft)
        if not (left and schedule_allows(record.schedule, Act.GO_ON)):
            now: Literal["early", "closed"] = "early" if state_of(record).ahead else "closed"
            own = session.own_device
            return Visit(now, record, session.group, own_device=own, had_answers=left)
    if session.draft is None:
        return Visit("nobody")
    if current is None or (current.token, current.id) != (token, session.draft):
        current = _draft(store, token, session, record)
    current.record = record  # its days and whom to turn to may have been changed
    return Visit("answering", record, session.group, current, session.own_device)


def _draft(store: Store, token: str, session: SessionRecord, record: AssessmentRecord) -> Draft:
    name, key = str(session.draft), draft_key(session, token)
    with store.read() as work:
        saved = work.drafts.answers(name, key)
    asked = asked_of(store, record, session.group)
    draft = Draft(name, token, record, asked, key, own_device=session.own_device)
    draft.saved = as_asked_now(asked, saved)
    return draft


def reload(store: Store, draft: Draft) -> None:
    """Read what the store holds: another window may have changed it.

    Raises:
        UnreachableError: the store does not answer.
    """
    with store.read() as work:
        draft.saved = as_asked_now(draft.asked, work.drafts.answers(draft.id, draft.key))


def as_asked_now(asked: Asked, saved: Mapping[str, str]) -> dict[str, str]:
    """Without answers that their questions no longer allow: these are asked again."""
    questions, library = asked.questions, asked.library
    return {
        item: value
        for item, value in saved.items()
        if item not in questions or value_problem(questions[item].item, value, library) is None
    }


def check(draft: Draft, values: Mapping[str, str | None]) -> dict[str, str]:
    """Answers as the store keeps them.

    Raises:
        RefusedError: a value that the item does not offer, or an item that is not asked.
    """
    return checked(draft.asked, values)


def checked(asked_now: Asked, values: Mapping[str, str | None]) -> dict[str, str]:
    """The same for what is asked now."""
    asked = asked_now.questions
    texts = {item for item in values if item in asked and asked[item].item.kind == "text"}
    given = {item: value or "" for item, value in values.items()}
    given |= {item: cleaned(given[item]) for item in texts}
    for item, value in given.items():
        if item not in asked:
            raise RefusedError(NOT_ASKED)
        if item in texts and (refusal := text_refusal(value)):
            raise RefusedError(f"Not saved. {refusal.sentence}")
        if value and value_problem(asked[item].item, value, asked_now.library):
            raise RefusedError(
                "This answer is not one of those that the question offers. Reload the page and "
                "choose again; your other answers are kept."
            )
    return given


def takes_answers(work: UnitOfWork, locked: LockedDraft) -> bool:
    """Whether a draft may be written or handed in now. In the hours of grace it may where it had an
    answer before: nobody begins anew after the end, and drafts have no time that could tell."""
    if schedule_allows(locked.schedule, Act.BEGIN):
        return True
    return schedule_allows(locked.schedule, Act.GO_ON) and work.drafts.has_answers(locked.id)


def save(store: Store, draft: Draft, values: Mapping[str, str | None]) -> None:
    """Save answers; None or nothing takes one back. Returns when they are on disk.

    Raises:
        RefusedError: a value that the item does not offer, an item that is not asked, a session
            that was given up, or an assessment that is closed. Nothing is saved then.
        UnreachableError: the store does not answer. Nothing is saved then.
    """
    given = check(draft, values)

    def keep(work: UnitOfWork) -> str:
        locked = work.drafts.lock(hashed(draft.token))
        if locked is None or locked.id != draft.id:
            return GIVEN_UP
        if not takes_answers(work, locked):
            return CLOSED
        work.drafts.put(draft.id, draft.key, given)
        return ""

    if refusal := store.save(keep):
        raise RefusedError(refusal)
    for item, value in given.items():
        if value:
            draft.saved[item] = value
        else:
            draft.saved.pop(item, None)


def add_response(
    work: UnitOfWork, record: AssessmentRecord, group: str, answers: Mapping[str, str]
) -> Receipt:
    """Keep answers under a random id; what somebody wrote goes without group and response, and
    without addresses and long numbers.

    Returns:
        The receipt, whose number is stored nowhere.
    """
    written = masked_words(answers, loaded.in_work(work, record.content, record.ladder).library)
    given = {item: value for item, value in answers.items() if item not in written}
    number = receipts.new_number()
    work.responses.add(
        receipts.response_id(number),
        record.id,
        group,
        given,
        {new_id(): pair for pair in written.items()},
        receipts.seal(number, record.id, group, given),
    )
    return Receipt(number, bool(written))


def handed_in_visit(store: Store, done: HandedIn) -> Visit:
    """What somebody finds who has handed in; the browser knows it, the store does not."""
    with store.read() as work:
        record = work.assessments.get(done.assessment)
    if record is None:
        return Visit("nobody")
    groups = [WORKING_GROUP, *(group.group for group in record.groups)]
    if done.group not in groups:
        return Visit("nobody")
    return Visit("handed_in", record, done.group, own_device=done.own_device)


def hand_in(store: Store, token: str) -> HandedIn | None:
    """Turn a draft into a response under another random id, and delete the draft and all sessions
    that led to it. A second tap changes nothing, and finds the same.

    Returns:
        None where there is no unfinished draft.

    Raises:
        RefusedError: the assessment is closed.
        UnreachableError: the store does not answer. The draft stays as it is.
    """
    with store.read() as work:
        session = work.sessions.get(hashed(token))
    if session is None:
        return just_handed_in.by(token)
    with store.write() as work:
        # All that is handed in to one assessment is written one after the other.
        work.assessments.lock(session.assessment)
        locked, record = work.drafts.lock(hashed(token)), work.assessments.get(session.assessment)
        if locked is None or record is None:
            return just_handed_in.by(token)
        if not takes_answers(work, locked):
            raise RefusedError(CLOSED)
        key = unwrap(locked.wrapped_key, wrapping_key(token))
        if code_hash := work.drafts.invitation_of(locked.id):
            work.invitations.use(code_hash)
        answers, receipt = work.drafts.answers(locked.id, key), None
        if members.is_member(session.group):
            if refusal := members.refusal(work, record):
                raise RefusedError(refusal)
            members.add_response(work, record, answers)
        else:
            receipt = add_response(work, record, session.group, answers)
        work.sessions.remove_of_draft(locked.id)
        work.drafts.remove(locked.id)
        if not members.is_member(session.group):
            work.responses.write_anew(record.id, session.group)
        work.commit()
        done = HandedIn(record.id, session.group, session.own_device)
        just_handed_in.note(token, done, receipt)
    store.traces.erase()
    return done
