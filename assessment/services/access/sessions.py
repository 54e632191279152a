"""Sessions: how a link or a code leads a browser to its questions, and how it leaves them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assessment.services.access.codes import as_written, hashed, new_code, new_id, new_token
from assessment.store import Store, UnitOfWork
from assessment.store.records import AssessmentRecord, SessionRecord
from questionnaires.model import WORKING_GROUP

Role = Literal["respondent", "working_group"]
RoundState = Literal["early", "open", "closed"]


@dataclass(frozen=True)
class EnteredSession:
    """A browser has a session: what its cookie holds, what it is for, whether the cookie outlives
    the browser, and whether there is an unfinished draft.

    Attributes:
        waits: the browser has unfinished answers to something else. This session must not take
            their place before the person has agreed, see `take_over`.
    """

    token: str
    role: Role
    stays: bool
    begun: bool
    waits: bool = False


def enter(store: Store, code: str, tokens: dict[Role, str]) -> EnteredSession | None:
    """Follow the code of a link, or one that brings an unfinished draft back.

    A browser on a device of one's own goes on where it stopped. On any other one a group's
    link always begins afresh, so that nobody sees what the person before was asked or answered.
    Unfinished answers on a device of one's own are never dropped here: the new session waits.

    Args:
        code: as it stands in the link or was typed.
        tokens: the sessions that the browser has already.

    Returns:
        The session, or None where the code opens nothing.
    """
    with store.write() as work:
        written = as_written(code)
        found = work.assessments.by_code(written)
        if found is None:
            brought_back = work.drafts.by_code(hashed(written))
            if brought_back is None:
                return None
            draft, assessment, group = brought_back
            session = SessionRecord(assessment, group, draft)
        else:
            session = SessionRecord(found[0], found[1] or WORKING_GROUP)
        role: Role = "working_group" if session.group == WORKING_GROUP else "respondent"
        old = tokens.get(role, "")
        has = work.sessions.get(hashed(old)) if old else None
        waits = False
        if has is not None:
            same = (has.assessment, has.group) == (session.assessment, session.group)
            # That something was handed in here stays visible: the person alone knows whose it was.
            known = has.own_device and session.draft in (None, has.draft)
            if same and (role == "working_group" or known):
                return EnteredSession(old, role, has.own_device, has.draft is not None)
            waits = _unfinished(work, has)
            if not waits:
                work.sessions.remove(hashed(old))
        token = new_token()
        work.sessions.add(hashed(token), session)
        work.commit()
    return EnteredSession(token, role, False, session.draft is not None, waits)


def take_over(store: Store, old: str, waiting: str) -> EnteredSession | None:
    """Let the session that waits take the place of the old one, whose draft stays.

    Returns:
        The session, or None where none waits.
    """
    with store.write() as work:
        session = work.sessions.lock(hashed(waiting))
        if session is None or session.group == WORKING_GROUP:
            return None
        if old != waiting:
            work.sessions.remove(hashed(old))
        work.commit()
    return EnteredSession(waiting, "respondent", session.own_device, session.draft is not None)


def somebody_else(store: Store, token: str) -> EnteredSession | None:
    """A fresh session for the next person, where the one before has handed in.

    Returns:
        The session, or None where nothing was handed in with the old one.
    """
    with store.write() as work:
        session = work.sessions.lock(hashed(token))
        if session is None or not session.handed_in:
            return None
        work.sessions.remove(hashed(token))
        fresh = new_token()
        work.sessions.add(hashed(fresh), SessionRecord(session.assessment, session.group))
        work.commit()
    return EnteredSession(fresh, "respondent", False, False)


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


def begin(store: Store, token: str, *, own_device: bool) -> bool:
    """Begin a draft; a session that has one goes on with it.

    Returns:
        Whether there is such a session for a respondent, with something left to answer.
    """
    with store.write() as work:
        session = work.sessions.lock(hashed(token))
        if session is None or session.handed_in or session.group == WORKING_GROUP:
            return False
        draft = session.draft
        if draft is None:
            draft = new_id()
            work.drafts.add(draft, session.assessment, session.group)
        work.sessions.change(hashed(token), replace(session, draft=draft, own_device=own_device))
        work.commit()
    return True


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
