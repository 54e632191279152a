"""Seats: how a link or a code leads a browser to its questions, and how it leaves them."""

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
    """A browser has a seat: what its cookie holds, what it is for, whether the cookie outlives the
    browser, and whether there is an unfinished draft.

    Attributes:
        waits: the browser has unfinished answers to something else. This seat must not take their
            place before the person has said so, see `take`.
    """

    token: str
    role: Role
    stays: bool
    begun: bool
    waits: bool = False


def enter(store: Store, code: str, tokens: dict[Role, str]) -> EnteredSession | None:
    """Follow the code of a link, or one that brings an unfinished draft back.

    A browser that is said to be one's own goes on where it stopped. On any other one a group's
    link always begins afresh, so that nobody sees what the person before was asked or answered.
    Unfinished answers on a device of one's own are never dropped here: the new seat waits.

    Args:
        code: as it stands in the link or was typed.
        tokens: the seats that the browser has already.

    Returns:
        The seat, or None where the code opens nothing.
    """
    with store.write() as work:
        written = as_written(code)
        found = work.assessments.by_code(written)
        if found is None:
            brought_back = work.drafts.by_code(hashed(written))
            if brought_back is None:
                return None
            draft, assessment, group = brought_back
            seat = SessionRecord(assessment, group, draft)
        else:
            seat = SessionRecord(found[0], found[1] or WORKING_GROUP)
        role: Role = "working_group" if seat.group == WORKING_GROUP else "respondent"
        old = tokens.get(role, "")
        has = work.seats.get(hashed(old)) if old else None
        waits = False
        if has is not None:
            same = (has.assessment, has.group) == (seat.assessment, seat.group)
            # What was handed in here stays said: whose it was is known only to the person.
            known = has.own_device and seat.draft in (None, has.draft)
            if same and (role == "working_group" or known):
                return EnteredSession(old, role, has.own_device, has.draft is not None)
            waits = _unfinished(work, has)
            if not waits:
                work.seats.remove(hashed(old))
        token = new_token()
        work.seats.add(hashed(token), seat)
        work.commit()
    return EnteredSession(token, role, False, seat.draft is not None, waits)


def take_over(store: Store, old: str, waiting: str) -> EnteredSession | None:
    """Let the seat that waits take the place of the old one, whose draft stays.

    Returns:
        The seat, or None where none waits.
    """
    with store.write() as work:
        seat = work.seats.get(hashed(waiting))
        if seat is None or seat.group == WORKING_GROUP:
            return None
        if old != waiting:
            work.seats.remove(hashed(old))
        work.commit()
    return EnteredSession(waiting, "respondent", seat.own_device, seat.draft is not None)


def somebody_else(store: Store, token: str) -> EnteredSession | None:
    """A fresh seat for the next person, where the one before has handed in.

    Returns:
        The seat, or None where nothing was handed in with the old one.
    """
    with store.write() as work:
        seat = work.seats.get(hashed(token))
        if seat is None or not seat.handed_in:
            return None
        work.seats.remove(hashed(token))
        fresh = new_token()
        work.seats.add(hashed(fresh), SessionRecord(seat.assessment, seat.group))
        work.commit()
    return EnteredSession(fresh, "respondent", False, False)


def unfinished(store: Store, token: str) -> bool:
    """Whether a browser of one's own would lose its way to answers that can still be handed in.

    On other devices a code was shown at the beginning.
    """
    with store.read() as work:
        seat = work.seats.get(hashed(token))
        return seat is not None and _unfinished(work, seat)


def _unfinished(work: UnitOfWork, seat: SessionRecord) -> bool:
    record = work.assessments.get(seat.assessment)
    return (
        seat.own_device
        and seat.draft is not None
        and record is not None
        and round_state(record, date.today()) == "open"
        and bool(work.drafts.answers(seat.draft))
    )


def begin(store: Store, token: str, *, own_device: bool) -> bool:
    """Begin a draft; a seat that has one keeps it.

    Returns:
        Whether there is such a seat for a respondent, with something left to answer.
    """
    with store.write() as work:
        seat = work.seats.get(hashed(token))
        if seat is None or seat.handed_in or seat.group == WORKING_GROUP:
            return False
        draft = seat.draft
        if draft is None:
            draft = new_id()
            work.drafts.add(draft, seat.assessment, seat.group)
        work.seats.change(hashed(token), replace(seat, draft=draft, own_device=own_device))
        work.commit()
    return True


def session_of(store: Store, token: str | None) -> tuple[SessionRecord, AssessmentRecord] | None:
    """The seat of a browser with its assessment; None where it has none."""
    if not token:
        return None
    with store.read() as work:
        return _session(work, token)


def _session(work: UnitOfWork, token: str) -> tuple[SessionRecord, AssessmentRecord] | None:
    seat = work.seats.get(hashed(token))
    record = work.assessments.get(seat.assessment) if seat else None
    return None if seat is None or record is None else (seat, record)


def return_code(store: Store, token: str) -> str | None:
    """A new code that brings an unfinished draft back, on any device; older ones no longer do.

    Returns:
        The code, which is kept nowhere; None where there is no unfinished draft.
    """
    with store.write() as work:
        seat = work.seats.get(hashed(token))
        if seat is None or seat.draft is None:
            return None
        code = new_code()
        work.drafts.set_code(seat.draft, hashed(code))
        work.commit()
    return code


def leave(store: Store, *tokens: str) -> None:
    """Give seats up: the browser no longer leads to any answers. Drafts stay."""
    with store.write() as work:
        for token in tokens:
            work.seats.remove(hashed(token))
        work.commit()


def round_state(record: AssessmentRecord, today: date) -> RoundState:
    """Whether an assessment takes answers on a day."""
    if today < record.opens_on:
        return "early"
    return "closed" if today > record.closes_on else "open"
