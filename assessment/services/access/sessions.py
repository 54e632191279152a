"""Sessions: how a link or a code leads a browser to its questions, and how it leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessment.services.access.codes import as_written, hashed, new_code, new_id, new_token
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, SessionRecord
from questionnaires.model import WORKING_GROUP

Role = Literal["respondent", "working_group"]
RoundState = Literal["early", "open", "closed"]


@dataclass(frozen=True)
class Invitation:
    """What a code opens: a group's questions, the working group's, or a draft to go on with."""

    record: AssessmentRecord
    group: str
    draft: str | None = None

    @property
    def role(self) -> Role:
        return "working_group" if self.group == WORKING_GROUP else "respondent"


@dataclass(frozen=True)
class EnteredSession:
    """A browser has a session: what its cookie holds, what it is for, and whether the cookie
    outlives the browser."""

    token: str
    role: Role
    stays: bool = False


def find_invitation(store: Store, code: str) -> Invitation | None:
    """What the code of a link, or one that brings an unfinished draft back, opens.

    Args:
        code: as it stands in the link or was typed.
    """
    with store.read() as work:
        return _invitation(work, code)


def _invitation(work: UnitOfWork, code: str) -> Invitation | None:
    written = as_written(code)
    if found := work.assessments.by_code(written):
        opens = (None, found[0], found[1] or WORKING_GROUP)
    else:
        opens = work.drafts.by_code(hashed(written))
    if opens is None:
        return None
    draft, assessment, group = opens
    record = work.assessments.get(assessment)
    return None if record is None else Invitation(record, group, draft)


def enter(
    store: Store, code: str, token: str = "", *, own_device: bool = False
) -> EnteredSession | None:
    """Begin with what a code opens: a session, and for a group's code a draft.

    Unfinished answers on a device of one's own are never dropped here: whoever wants to leave them
    gives that session up first. On any other device a group's link begins afresh, so that nobody
    sees what the person before was asked or answered. A second tap begins nothing anew.

    Args:
        token: of the session that the browser has already in this role.

    Returns:
        The session; None where the code opens nothing, or something else is unfinished here.
    """
    with store.write() as work:
        found = _invitation(work, code)
        if found is None:
            return None
        has = work.sessions.lock(hashed(token)) if token else None
        draft = found.draft
        if has is not None and (has.group == WORKING_GROUP) == (found.group == WORKING_GROUP):
            same = (has.assessment, has.group) == (found.record.id, found.group)
            if found.role == "working_group" and same:
                return EnteredSession(token, found.role)
            going_on = has.draft is not None and draft in (None, has.draft)
            if same and going_on and has.own_device and (own_device or draft):
                return EnteredSession(token, found.role, True)
            if _unfinished(work, has):
                return None
            work.sessions.remove(hashed(token))
        if draft is None and found.role == "respondent":
            draft = new_id()
            work.drafts.add(draft, found.record.id, found.group)
        fresh = new_token()
        work.sessions.add(
            hashed(fresh), SessionRecord(found.record.id, found.group, draft, own_device)
        )
        work.commit()
    return EnteredSession(fresh, found.role, own_device)


def unfinished(store: Store, token: str) -> bool:
    """Whether a browser of one's own would lose its way to answers that can still be handed in.

    On other devices a code was given at the beginning.
    """
    with store.read() as work:
        session = work.sessions.get(hashed(token))
        return session is not None and _unfinished(work, session)


def _unfinished(work: UnitOfWork, session: SessionRecord) -> bool:
    record = work.assessments.get(session.assessment)
    return (
        session.own_device
        and session.draft is not None
        and record is not None
        and round_state(record, date.today()) == "open"
        and bool(work.drafts.answers(session.draft))
    )


def session_of(store: Store, token: str | None) -> tuple[SessionRecord, AssessmentRecord] | None:
    """The session of a browser with its assessment; None where it has none."""
    if not token:
        return None
    with store.read() as work:
        session = work.sessions.get(hashed(token))
        record = work.assessments.get(session.assessment) if session else None
    return None if session is None or record is None else (session, record)


def return_code(store: Store, token: str) -> str | None:
    """A new code that brings an unfinished draft back, on any device; older ones no longer do.

    Returns:
        The code, which is stored nowhere; None where there is no unfinished draft.
    """
    with store.write() as work:
        session = work.sessions.get(hashed(token))
        if session is None or session.draft is None:
            return None
        code = new_code()
        work.drafts.set_code(session.draft, hashed(code))
        work.commit()
    return code


def leave(store: Store, *tokens: str) -> None:
    """Give sessions up: the browser no longer leads to any answers. Drafts stay."""
    with store.write() as work:
        for token in tokens:
            work.sessions.remove(hashed(token))
        work.commit()


def round_state(record: AssessmentRecord, today: date) -> RoundState:
    """Whether an assessment takes answers on a day."""
    if today < record.opens_on:
        return "early"
    return "closed" if today > record.closes_on else "open"
