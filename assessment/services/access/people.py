"""Who may come in to an organisation: its coordinators and viewers."""

from __future__ import annotations

from assessment.services.access import accounts
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.rounds.audit import note_of_organisation
from assessment.store import Store
from assessment.store.records import AccountRecord, AccountRole

LAST_ONE = (
    "This is the last coordinator: nobody could run the rounds any more. Let another one in first."
)

#: Who does what is done on the command line, in the log.
MACHINE = "Whoever runs the machine"


def people(store: Store) -> list[AccountRecord]:
    """The accounts of an organisation, coordinators first."""
    with store.read() as work:
        return work.accounts.all()


def _own(here: Access) -> str:
    assert here.organisation is not None, "a coordinator has an organisation"
    return here.organisation


def invite(store: Store, here: Access, role: AccountRole) -> str:
    """What is in a new link with which one person makes an account of one's own organisation."""
    token = accounts.new_link(store, role, here.organisation)
    with store.write() as work:
        note_of_organisation(work, _own(here), here.name, "account_link_made", role=role)
        work.commit()
    return token


def new_passphrase(store: Store, here: Access, account: str) -> str:
    """What is in a new link with which somebody of one's own organisation changes a passphrase.

    Raises:
        RefusedError: there is no such account in it.
    """
    token = accounts.new_passphrase_link(store, account)
    with store.write() as work:
        found = work.accounts.get(account)
        if found is not None:
            name = found.name
            note_of_organisation(work, _own(here), here.name, "passphrase_link_made", name=name)
        work.commit()
    return token


def remove(store: Store, here: Access, account: str) -> None:
    """Let somebody in no more. One who is gone already stays so.

    Raises:
        RefusedError: nobody would be left who could run the rounds.
    """
    with store.write() as work:
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


def remove_by_machine(store: Store, name: str) -> bool:
    """The same for whoever runs the machine, who lets others in without being in.

    Returns:
        Whether there was such an account.
    """
    with store.write() as work:
        found = work.accounts.by_name(name)
        if found is None:
            return False
        work.accounts.remove(found.id)
        if found.organisation is not None:
            note_of_organisation(
                work, found.organisation, MACHINE, "account_removed", name=found.name
            )
        work.commit()
    return True
