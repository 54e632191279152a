"""Who may come in to an organisation: its coordinators and viewers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.services import clock
from assessment.services.access import accounts
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.own_sign_in import takes_passphrase
from assessment.services.rounds.audit import MACHINE, note_of_organisation
from assessment.store import Store
from assessment.store.records import AccountRecord, AccountRole, OrganisationRecord
from questionnaires.phrases import moment

LAST_ONE = (
    "This is the last coordinator: nobody could run the rounds any more. Let another one in first."
)


def people(store: Store) -> list[AccountRecord]:
    """The accounts of an organisation, coordinators first."""
    with store.read() as work:
        return work.accounts.all()


def _own(here: Access) -> str:
    assert here.organisation is not None, "a coordinator has an organisation"
    return here.organisation


def invite(store: Store, here: Access, role: AccountRole) -> str:
    """What is in a new link with which one person makes an account of one's own organisation.

    Raises:
        RefusedError: the organisation is closed.
    """
    return accounts.new_link(store, role, _own(here), here)


def new_passphrase(store: Store, here: Access, account: str) -> str:
    """What is in a new link with which somebody of one's own organisation changes a passphrase.

    Raises:
        RefusedError: there is no such account in it, or it has no passphrase.
    """
    return accounts.new_passphrase_link(store, account, here)


def has_passphrase(store: Store, here: Access) -> bool:
    """Whether somebody signs in with a passphrase, which they can change."""
    with store.read() as work:
        found = work.accounts.get(here.account)
    return found is not None and found.subject is None and takes_passphrase(found.role)


def own_passphrase(store: Store, here: Access) -> str:
    """What is in a new link with which somebody changes their own passphrase, whatever they may
    do here.

    Raises:
        RefusedError: their account is gone, has no passphrase, or its organisation is closed.
    """
    return accounts.new_passphrase_link(store, here.account, here)


@dataclass(frozen=True)
class OpenLink:
    """A link to one's own organisation that nobody has used yet.

    Attributes:
        id: what the store finds it by, which opens nothing.
        role: what it makes.
        name: of the account whose passphrase it changes; empty where it makes one.
        maker: who made it, within a sentence.
        until: the moment from which on it does nothing any more.
    """

    id: str
    role: AccountRole | Literal["first"]
    name: str
    maker: str
    until: str


def open_links(store: Store, organisation: OrganisationRecord) -> list[OpenLink]:
    """The links that let somebody in to one's own organisation, the oldest first."""
    zone = clock.zone(organisation.time_zone)
    with store.read() as work:
        names = {account.id: account.name for account in work.accounts.all()}
        return [
            OpenLink(
                name,
                accounts.made(record.role),
                names[record.account] if record.account else "",
                accounts.maker_of(work, record),
                moment(record.ends_at.astimezone(zone)),
            )
            for name, record in work.accounts.links().items()
            if accounts.works(work, record)
        ]


def withdraw(store: Store, here: Access, link: str) -> None:
    """Let a link do nothing any more. One that is used already stays so.

    Args:
        link: its id, of ``open_links``.
    """
    with store.write() as work:
        record = work.accounts.link(link)
        if record is None:
            return
        account = work.accounts.get(record.account) if record.account else None
        maker = accounts.maker_of(work, record)
        work.accounts.remove_link(link)
        did = "passphrase_link_withdrawn" if account else "account_link_withdrawn"
        what = {"name": account.name} if account else {"role": accounts.made(record.role)}
        note_of_organisation(work, _own(here), here.name, did, maker=maker, **what)
        work.commit()


def remove(store: Store, here: Access, account: str) -> None:
    """Let somebody in no more, nor anybody by a link that they made. One who is gone already stays
    so.

    Raises:
        RefusedError: nobody would be left who could run the rounds.
    """
    with store.write() as work:
        work.accounts.one_at_a_time()  # two who remove each other
        every = work.accounts.all()
        found = next((record for record in every if record.id == account), None)
        if found is None:
            return
        others = [r for r in every if r.role == "coordinator" and r.id != account]
        if found.role == "coordinator" and not others:
            raise RefusedError(LAST_ONE)
        work.accounts.remove(account)
        note_of_organisation(work, _own(here), here.name, "account_removed", name=found.name)
        work.commit()


@dataclass(frozen=True)
class Removed:
    """An account that is gone.

    Attributes:
        organisation: the name of the one whose last coordinator it was; empty where it was not.
        last_administrator: whether nobody looks after the installation any more.
    """

    organisation: str
    last_administrator: bool


def remove_by_machine(store: Store, name: str) -> Removed | None:
    """The same for whoever runs the machine, who lets others in without being in, and can take away
    the last one too.

    Returns:
        What that leaves; None where there was no such account.
    """
    with store.write() as work:
        work.accounts.one_at_a_time()
        found = work.accounts.by_name(name)
        if found is None:
            return None
        work.accounts.remove(found.id)
        owner = work.organisations.get(found.organisation) if found.organisation else None
        if owner is not None:
            note_of_organisation(work, owner.id, MACHINE, "account_removed", name=found.name)
        without = ""
        if owner is not None and found.role == "coordinator":
            without = "" if owner.id in work.accounts.coordinators() else owner.name
        nobody = found.role == "administrator" and not work.accounts.administrators()
        work.commit()
    return Removed(without, nobody)
