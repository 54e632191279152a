"""Sessions: how a link or a code leads a browser to its questions, and how it leaves them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from assessment.services.access import pauses
from assessment.services.access.codes import (
    OpenedCode,
    as_written,
    hashed,
    new_code,
    new_id,
    new_token,
    opened,
    opened_lately,
)
from assessment.services.rounds.states import Act, allows
from assessment.store import Store, UnitOfWork
from assessment.store.encryption import DraftKey, new_draft_key, unwrap, wrap, wrapping_key
from assessment.store.records import AssessmentRecord, InvitationState, SessionRecord
from questionnaires.model import WORKING_GROUP

Role = Literal["respondent", "working_group"]


@dataclass(frozen=True)
class Invitation:
    """What a code opens.

    Attributes:
        draft: begun before, to go on with; ``key``: its key. It is None where a link leads to
            answers: those come back only where the code is typed.
        answered: there are answers in the draft.
        personal: the code is for one person alone; ``state``: whether it still opens something.
        alone: a member of the working group answers alone first.
    """

    record: AssessmentRecord
    group: str
    draft: str | None = None
    key: DraftKey | None = field(default=None, repr=False)
    answered: bool = False
    personal: OpenedCode | None = field(default=None, repr=False)
    state: InvitationState = "open"
    alone: bool = False

    @property
    def needs_code(self) -> bool:
        """The code is a group's, whose people each have a code of their own."""
        if self.group == WORKING_GROUP or self.personal is not None:
            return False
        return self.record.group(self.group).entry == "codes"

    @property
    def role(self) -> Role:
        together = self.group == WORKING_GROUP and not self.alone
        return "working_group" if together else "respondent"


@dataclass(frozen=True)
class EnteredSession:
    """A browser has a session: what its cookie holds, what it is for, and whether the cookie
    outlives the browser."""

    token: str
    role: Role
    stays: bool = False


def find_invitation(store: Store, code: str, *, typed: bool = True) -> Invitation | None:
    """What a code opens: a group's, the working group's, or one that brings a draft back.

    Args:
        typed: somebody typed it. One that brings a draft back is no link, which could be passed on
            or opened by whatever looks at links.
    """
    with store.read() as work:
        found = _of_a_link(work, code)
    if found is not None:
        return found
    # Made slowly, so outside of any transaction.
    secret = opened_lately(code)
    with store.read() as work:
        return _personal(work, secret, typed) or (_of_a_draft(work, secret) if typed else None)


def _of_a_link(work: UnitOfWork, code: str) -> Invitation | None:
    found = work.assessments.by_code(as_written(code))
    record = work.assessments.get(found[0]) if found else None
    return Invitation(record, found[1] or WORKING_GROUP) if found and record else None


def _personal(work: UnitOfWork, secret: OpenedCode, typed: bool) -> Invitation | None:
    """What the code of one person opens. Where nothing is answered yet, a link goes on with what
    was begun, too: nobody sees anything by it."""
    found = work.invitations.by_code(secret.hash)
    record = work.assessments.get(found.assessment) if found else None
    if found is None or record is None:
        return None
    group, begun = found.group, work.drafts.by_code(secret.hash)
    if begun is None:
        return Invitation(record, group, personal=secret, state=found.state)
    answered = work.drafts.has_answers(begun.id)
    key = unwrap(begun.wrapped_key, secret.key) if typed or not answered else None
    return Invitation(record, group, begun.id, key, answered, secret)


def _of_a_draft(work: UnitOfWork, secret: OpenedCode) -> Invitation | None:
    found = work.drafts.by_code(secret.hash)
    record = work.assessments.get(found.assessment) if found else None
    if found is None or record is None:
        return None
    key = unwrap(found.wrapped_key, secret.key)
    answered = work.drafts.has_answers(found.id)
    alone = found.group == WORKING_GROUP
    return Invitation(record, found.group, found.id, key, answered, alone=alone)


def alone(found: Invitation) -> Invitation:
    """The same for a member of the working group who answers alone first."""
    return replace(found, alone=True) if found.group == WORKING_GROUP else found


def enter(
    store: Store, code: str, token: str = "", *, own_device: bool = False
) -> EnteredSession | None:
    """Begin with what a code opens that somebody typed, as ``begin`` does; None where it opens
    nothing."""
    found = find_invitation(store, code)
    return found and begin(store, found, token, own_device=own_device)


def begin(
    store: Store, found: Invitation, token: str = "", *, own_device: bool = False
) -> EnteredSession | None:
    """Begin with what a code opens: a session, and for a group's code a draft.

    Unfinished answers on a device of one's own are never dropped here: whoever wants to leave them
    gives that session up first. On any other device a group's link begins afresh, so that nobody
    sees what the person before was asked or answered. A second tap begins nothing anew. A code that
    brings a draft back ends the draft's other sessions, so that nobody who has one reads along.

    Args:
        token: of the session that the browser has already in this role.

    Returns:
        The session; None where something else is unfinished here, nobody can begin now, the code
        opens nothing any more, or the draft was handed in in this very moment.
    """
    if found.state != "open" or (found.needs_code and found.draft is None):
        return None
    if found.draft is not None and found.key is None:
        return None
    entered = _entered(store, found, token, own_device=own_device)
    if entered is not None:
        pauses.tap(entered.token, own_device=own_device)
    return entered


def _entered(
    store: Store, found: Invitation, token: str, *, own_device: bool
) -> EnteredSession | None:
    """A session, new or as it is; None where something else is unfinished here, or nobody can begin
    now."""
    with store.write() as work:
        has = work.sessions.lock(hashed(token)) if token else None
        draft, key = found.draft, found.key
        if draft is None and found.role == "respondent" and not allows(found.record, Act.BEGIN):
            return None
        if found.alone:
            work.assessments.lock(found.record.id)
            if work.members.spread(found.record.id) is not None:
                return None
        if has is not None and _together(has) == (found.role == "working_group"):
            same = (has.assessment, has.group) == (found.record.id, found.group)
            if found.role == "working_group" and same:
                return EnteredSession(token, found.role)
            # The card of another person does not lead to what is begun here.
            here = (has.draft,) if found.personal else (None, has.draft)
            going_on = has.draft is not None and draft in here
            if same and going_on and has.own_device and (own_device or draft):
                if draft is not None:
                    work.sessions.remove_of_draft(draft, besides=hashed(token))
                    work.commit()
                return EnteredSession(token, found.role, True)
            if _unfinished(work, has):
                return None
            work.sessions.remove(hashed(token))
        if found.role == "respondent":
            begun = _begun(work, found)
            if begun is None:
                return None
            draft, key = begun
        fresh = new_token()
        wrapped = wrap(key, wrapping_key(fresh)) if key else None
        session = SessionRecord(found.record.id, found.group, draft, wrapped, own_device)
        work.sessions.add(hashed(fresh), session)
        work.commit()
    return EnteredSession(fresh, found.role, own_device)


def _together(session: SessionRecord) -> bool:
    """Whether it is a session in which the working group answers together."""
    return session.group == WORKING_GROUP and session.draft is None


def _begun(work: UnitOfWork, found: Invitation) -> tuple[str, DraftKey] | None:
    """The draft that somebody writes from now on, and its key: the one that a code brings back, or
    a new one. None where it was handed in, or the code begun with, in this very moment."""
    if found.draft is not None and found.key is not None:
        if not work.drafts.lock_by_id(found.draft):
            return None
        work.sessions.remove_of_draft(found.draft)
        return found.draft, found.key
    draft, key, begun_with = new_id(), new_draft_key(), None
    if found.personal is not None:
        code_hash = found.personal.hash
        still = work.invitations.lock(code_hash)
        if still is None or still.state != "open" or work.drafts.by_code(code_hash):
            return None
        begun_with = (code_hash, wrap(key, found.personal.key))
    work.drafts.add(draft, found.record.id, found.group, begun_with)
    return draft, key


def draft_key(session: SessionRecord, token: str) -> DraftKey:
    """The key of the draft that a session writes."""
    assert session.draft_key is not None, "a session with a draft has its key"
    return unwrap(session.draft_key, wrapping_key(token))


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
        and allows(record, Act.GO_ON)
        and work.drafts.has_answers(session.draft)
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
    code = new_code()
    secret = opened(code)
    with store.write() as work:
        session = work.sessions.get(hashed(token))
        if session is None or session.draft is None:
            return None
        work.drafts.set_code(
            session.draft, secret.hash, wrap(draft_key(session, token), secret.key)
        )
        work.commit()
    return code


def has_return_code(store: Store, token: str) -> bool:
    """Whether a code was made that brings the draft of a session back."""
    with store.read() as work:
        session = work.sessions.get(hashed(token))
        return session is not None and bool(session.draft) and work.drafts.has_code(session.draft)


def leave(store: Store, *tokens: str) -> None:
    """Give sessions up: the browser no longer leads to any answers. Drafts stay."""
    pauses.forget(*tokens)
    with store.write() as work:
        for token in tokens:
            work.sessions.remove(hashed(token))
        work.commit()
