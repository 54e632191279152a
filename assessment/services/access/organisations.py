"""The organisations of an installation, as an administrator sees them: no answers, no results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessment.services import clock
from assessment.services.access import accounts, own_sign_in
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.codes import new_id
from assessment.services.rounds import plans_in_the_making
from assessment.services.rounds.audit import note_of_organisation
from assessment.services.rounds.states import state_at
from assessment.store import Store
from assessment.store.names import name_key
from assessment.store.records import DEFAULT_ZONE, OrganisationRecord, Schedule
from questionnaires.phrases import moment
from questionnaires.typed_answers import text_refusal

LONGEST_NAME = 200
NO_NAME = "Write the name of the new organisation."
NO_NEW_NAME = "Write what it is called from now on."
TAKEN = "There is an organisation of this name already."
GONE = "This organisation is not there any more: somebody has deleted it."
HAS_ONE = (
    "This organisation has a coordinator, who lets others in. Where nobody of it can come in any "
    "more, whoever runs the machine can print a link."
)
STILL_OPEN = "Close the organisation first. Nothing was deleted."
WRONG_NAME = (
    "This is not the name of the organisation. Write it as it stands above. Nothing was {}."
)


@dataclass(frozen=True)
class ListedOrganisation:
    """An organisation without anything that its people answered.

    Attributes:
        running: how many of its rounds are not over.
        closed_on: since when it is closed; None where it is open.
    """

    id: str
    name: str
    coordinators: int
    rounds: int
    running: int
    closed_on: date | None


@dataclass(frozen=True)
class OtherAdministrators:
    """Who else looks after the installation.

    Attributes:
        names: as they sign in.
        at: the moment at which it was so.
    """

    names: Sequence[str]
    at: str


def other_administrators(store: Store, here: Access) -> OtherAdministrators:
    """Who looks after the installation beside whoever asks."""
    with store.read() as work:
        every, now = work.accounts.administrators(), clock.now()
    others = [record.name for record in every if record.id != here.account]
    return OtherAdministrators(others, moment(now.astimezone(clock.zone(DEFAULT_ZONE))))


def organisations(store: Store) -> list[ListedOrganisation]:
    """Every organisation, by name, whatever letters are capitals."""
    with store.read() as work:
        every, coordinators = work.organisations.all(), work.accounts.coordinators()
    every.sort(key=lambda one: name_key(one.record.name))
    return [
        ListedOrganisation(
            record.id,
            record.name,
            coordinators.get(record.id, 0),
            len(rounds),
            len(_not_over(rounds)),
            record.closed_on,
        )
        for record, rounds in every
    ]


def found(every: Sequence[ListedOrganisation], typed: str) -> list[ListedOrganisation]:
    """Those whose names have in them what somebody typed; all where that is nothing."""
    return [one for one in every if name_key(typed) in name_key(one.name)]


def _not_over(rounds: Mapping[str, Schedule]) -> list[str]:
    now = clock.now()
    return [name for name, schedule in rounds.items() if not state_at(schedule, now).final]


def open_organisation(store: Store, here: Access, name: str) -> str:
    """Open an organisation. Returns what is in the link of its first coordinator.

    Raises:
        RefusedError: it has no name or one that is too long, or another one has it.
    """
    name = _as_kept(name, NO_NAME)
    with store.write() as work:
        work.names.one_at_a_time()
        if work.names.is_taken(name):
            raise RefusedError(TAKEN)
        record = OrganisationRecord(new_id(), name, "", "")
        work.organisations.add(record)
        note_of_organisation(work, record.id, here.name, "organisation_opened")
        work.commit()
    return accounts.new_link(store, "first_coordinator", record.id, here)


def _as_kept(name: str, missing: str) -> str:
    """A name that somebody typed, as it is kept.

    Args:
        missing: what is said where there is none.
    """
    name = " ".join(name.split())
    if not name:
        raise RefusedError(missing)
    if refusal := text_refusal(name, LONGEST_NAME):
        raise RefusedError(refusal.sentence)
    return name


def rename(store: Store, here: Access, name: str, to: str) -> None:
    """Call an organisation otherwise, in all its rounds and plans.

    Raises:
        RefusedError: it is gone, the new name is none, is too long or another one's, or the old one
            stands in the rules for signing in.
    """
    to = _as_kept(to, NO_NEW_NAME)
    with store.write() as work:
        # In the order in which somebody waits who opens a round.
        plans = work.plans.lock_all_of(name)
        work.names.one_at_a_time()
        found = work.organisations.get(name)
        if found is None:
            raise RefusedError(GONE)
        if to == found.name:
            return
        if own_sign_in.names_organisation(found.name):
            raise RefusedError(own_sign_in.IN_RULES.format(found.name))
        if name_key(to) != name_key(found.name) and work.names.is_taken(to, but_of=name):
            raise RefusedError(TAKEN)
        work.organisations.rename(name, to)
        plans_in_the_making.call_otherwise(work, plans, found.name, to)
        note_of_organisation(work, name, here.name, "organisation_renamed", old=found.name, new=to)
        work.commit()


def first_coordinator(store: Store, here: Access, name: str) -> str:
    """What is in a new link with which somebody becomes the first coordinator of an organisation.

    Raises:
        RefusedError: it is gone, is closed, or has a coordinator: who lets others in sees results.
    """
    with store.read() as work:
        if work.organisations.get(name) is None:
            raise RefusedError(GONE)
        if name in work.accounts.coordinators():
            raise RefusedError(HAS_ONE)
    return accounts.new_link(store, "first_coordinator", name, here)


def close(store: Store, here: Access, name: str, typed: str = "") -> None:
    """Close an organisation: nobody of it comes in any more, also who is in now, and its rounds
    end now.

    Args:
        typed: its name, as somebody wrote it to be sure; needed where a round is not over.

    Raises:
        RefusedError: it is gone, or a round is not over and that is not its name.
    """
    with store.write() as work:
        found = work.organisations.listed(name)
        if found is None:
            raise RefusedError(GONE)
        if found.closed_on is not None:
            return
        now, ending = clock.now(), _not_over(found.rounds)
        if ending and not _is_name(typed, found.record):
            raise RefusedError(WRONG_NAME.format("closed"))
        for running in ending:
            work.assessments.lock(running)
            closed_at = found.rounds[running].closed_at or now
            work.assessments.change(running, closed_at=closed_at, grace_hours=0)
            note_of_organisation(work, name, here.name, "closed_with_organisation", running)
        work.accounts.end_all_of(name)
        work.organisations.close(name, clock.today(found.record.time_zone))
        note_of_organisation(work, name, here.name, "organisation_closed")
        work.commit()


def _is_name(typed: str, record: OrganisationRecord) -> bool:
    return typed.split() == record.name.split()


def reopen(store: Store, here: Access, name: str) -> None:
    """Let the people of an organisation in again. Its rounds stay closed."""
    with store.write() as work:
        work.organisations.close(name, None)
        note_of_organisation(work, name, here.name, "organisation_reopened")
        work.commit()


def delete(store: Store, name: str, typed: str) -> None:
    """Delete a closed organisation for good, with its rounds and all that was given to them.

    Args:
        typed: its name, as somebody wrote it to be sure.

    Raises:
        RefusedError: it is open, or that is not its name.
    """
    with store.write() as work:
        found = work.organisations.listed(name)
        if found is None:
            return
        if found.closed_on is None:
            raise RefusedError(STILL_OPEN)
        if not _is_name(typed, found.record):
            raise RefusedError(WRONG_NAME.format("deleted"))
        work.organisations.remove(name)
        work.commit()
    store.compact()
