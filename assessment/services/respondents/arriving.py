"""Arriving: what somebody finds who comes with a link or a code, before anything is begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.services.access.sessions import find_invitation
from assessment.services.respondents.answering import Visit, find_visit, handed_in_visit
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.rounds.states import Act, allows, state_of
from assessment.store import Store
from assessment.store.records import AssessmentRecord


@dataclass(frozen=True)
class Arrival:
    """What somebody finds who comes with a code, or comes back.

    ``nobody``: there is neither a code nor a session; ``unknown``: the code opens nothing;
    ``working_group``: it opens the working group's screen; ``early`` and ``closed``: no answers are
    taken; ``fresh``: there is something to begin; ``answering``: it is begun; ``elsewhere``: this
    device has unfinished answers to something else; ``handed_in``: it is done.

    Attributes:
        group: whose questions the code opens, or those of the session.
        visit: what the browser's session finds.
    """

    state: Literal[
        "nobody",
        "unknown",
        "working_group",
        "early",
        "closed",
        "fresh",
        "answering",
        "elsewhere",
        "handed_in",
    ]
    visit: Visit
    record: AssessmentRecord | None = None
    group: str = ""


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
    if visit.state == "nobody" and done is not None:
        visit = handed_in_visit(store, done)
    if not code:
        return Arrival(visit.state, visit, visit.record, visit.group)
    found = find_invitation(store, code, typed=typed)
    if found is None:
        return Arrival("unknown", visit)
    if found.role == "working_group":
        return Arrival("working_group", visit, found.record, found.group)
    same = visit.record is not None and visit.record.id == found.record.id
    same = same and visit.group == found.group
    if same and visit.state in ("answering", "closed"):
        return Arrival(visit.state, visit, visit.record, visit.group)
    if same and visit.state == "handed_in" and not somebody_else:
        return Arrival("handed_in", visit, visit.record, visit.group)
    if not allows(found.record, Act.BEGIN):
        now: Literal["early", "closed"] = "early" if state_of(found.record).ahead else "closed"
        return Arrival(now, visit, found.record, found.group)
    mine = visit.draft is not None and visit.own_device and visit.draft.saved
    return Arrival("elsewhere" if mine else "fresh", visit, found.record, found.group)
