"""Arriving: what somebody finds who comes with a link or a code, before anything is begun."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assessment.services.access.sessions import Invitation, find_invitation
from assessment.services.respondents import members
from assessment.services.respondents.answering import Visit, find_visit, handed_in_visit
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.rounds.states import Act, allows, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord

State = Literal[
    "nobody",
    "unknown",
    "working_group",
    "early",
    "closed",
    "fresh",
    "answering",
    "elsewhere",
    "handed_in",
    "used",
    "revoked",
    "needs_code",
    "resume",
    "type_it",
]


@dataclass(frozen=True)
class Arrival:
    """What somebody finds who comes with a code, or comes back.

    ``nobody``: there is neither a code nor a session; ``unknown``: the code opens nothing;
    ``working_group``: it opens the working group's screen; ``early`` and ``closed``: no answers are
    taken; ``fresh``: there is something to begin; ``answering``: it is begun; ``elsewhere``: this
    device has unfinished answers to something else; ``handed_in``: it is done; ``used`` and
    ``revoked``: a personal code that opens nothing any more; ``needs_code``: the link of a group
    whose people each have a code; ``resume``: the code was typed, and answers were given with it;
    ``type_it``: it was not, and has to be.

    Attributes:
        group: whose questions the code opens, or those of the session.
        visit: what the browser's session finds.
        invited_to: the round of which somebody has shown a code that was not called back, or a
            session; what a browser only says of itself does not count.
    """

    state: State
    visit: Visit
    record: AssessmentRecord | None = None
    group: str = ""
    invited_to: AssessmentRecord | None = None

    @property
    def published(self) -> AssessmentRecord | None:
        """The round to which somebody was invited, if its results are published."""
        record = self.invited_to
        return record if record is not None and allows(record, Act.SEE_RESULTS) else None


def arrive(
    store: Store,
    code: str,
    token: str | None,
    done: HandedIn | None = None,
    *,
    typed: bool = False,
    somebody_else: bool = False,
) -> Arrival:
    """What a browser finds. Nothing is changed by looking.

    Args:
        code: of the link that was opened last, or as it was typed; empty where there is none.
        done: what was handed in from this browser last.
        typed: the code was typed.
        somebody_else: not the person who has handed in on this device.

    Raises:
        UnreachableError: the store does not answer.
    """
    visit = find_visit(store, token)
    proven = visit.record
    if visit.state == "nobody" and done is not None:
        visit = handed_in_visit(store, done)
    if not code:
        return Arrival(visit.state, visit, visit.record, visit.group, proven)
    found = find_invitation(store, code, typed=typed)
    if found is None:
        return Arrival("unknown", visit)
    arrival = _by_code(found, visit, somebody_else=somebody_else)
    return replace(arrival, invited_to=None if found.state == "revoked" else found.record)


def _by_code(found: Invitation, visit: Visit, *, somebody_else: bool) -> Arrival:
    """What a code leads to, in a browser that has begun or done something already, or nothing."""
    if found.role == "working_group":
        return Arrival("working_group", visit, found.record, found.group)
    same = visit.record is not None and visit.record.id == found.record.id
    same = same and visit.group == found.group
    own = found.draft is None or (visit.draft is not None and found.draft == visit.draft.id)
    if same and visit.state == "closed":
        return Arrival("closed", visit, visit.record, visit.group)
    if same and visit.state == "answering" and own and (found.draft or not found.personal):
        return Arrival("answering", visit, visit.record, visit.group)
    done_here = same and visit.state == "handed_in" and not somebody_else
    if done_here and (not found.personal or found.state == "used"):
        return Arrival("handed_in", visit, visit.record, visit.group)
    return Arrival(_state(found, visit), visit, found.record, found.group)


def _state(found: Invitation, visit: Visit) -> State:
    """What a code opens that does not lead to what this browser has begun or done."""
    if not allows(found.record, Act.BEGIN) and not (
        found.answered and allows(found.record, Act.GO_ON)
    ):
        return "early" if state_of(found.record).ahead else "closed"
    if found.state != "open":
        return found.state
    if visit.draft is not None and visit.own_device and visit.draft.saved:
        return "elsewhere"
    if found.answered:
        return "resume" if found.key else "type_it"
    if found.needs_code and found.draft is None:
        return "needs_code"
    return "fresh"


def named(record: AssessmentRecord, group: str) -> str:
    """What somebody answers to: the group, the organisation, and the name of the round."""
    return f"{members.title_of(record, group)} · {record.organisation.name}, {record.title}"
