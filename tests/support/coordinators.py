"""Somebody who has signed in to run rounds, to test with."""

from __future__ import annotations

import pytest

from assessment.screens.shared import access
from assessment.services.access import accounts
from assessment.services.access.accounts import Access
from assessment.services.access.codes import new_id
from assessment.store import Store, UnitOfWork, open_store
from assessment.store.records import AccountRecord, AccountRole, OrganisationRecord
from assessment.store.scope import Scope

#: Of the organisation of ``assessments.plan``.
ORGANISATION = "Willow Street"
NAME, ADMINISTRATOR = "robin@willow.example", "administrator"


def organisation_in(work: UnitOfWork) -> str:
    """The id of the first organisation, or of a new one."""
    there = [listed.record for listed in work.organisations.all()]
    if not there:
        there = [OrganisationRecord(new_id(), ORGANISATION, "", "")]
        work.organisations.add(there[0])
    return next((r.id for r in there if r.name == ORGANISATION), there[0].id)


def own(store: Store) -> Store:
    """The store of that organisation, and of nothing else."""
    with store.write() as work:
        scope = Scope(organisation_in(work), NAME)
        work.commit()
    return store.of(scope)


def coordinator_of(database_url: str, organisation: str = "") -> str:
    """The token of somebody who has signed in as a coordinator of an organisation in a database."""
    store = open_store(database_url)
    try:
        return signed_in(store, organisation=organisation)
    finally:
        store.close()


def administrator_of(database_url: str) -> str:
    """The token of somebody who has signed in to look after an installation."""
    store = open_store(database_url)
    try:
        return signed_in(store, "administrator")
    finally:
        store.close()


def new_organisation(database_url: str) -> str:
    """The id of an organisation that has just been opened, without a round."""
    record = OrganisationRecord(new_id(), f"House {new_id()[:8]}", "", "")
    store = open_store(database_url)
    try:
        with store.write() as work:
            work.organisations.add(record)
            work.commit()
    finally:
        store.close()
    return record.id


def signed_in(store: Store, role: AccountRole = "coordinator", *, organisation: str = "") -> str:
    """The same for a store that is open. An administrator belongs to no organisation."""
    name = f"{organisation or role}@example.org" if organisation or role == ADMINISTRATOR else NAME
    with store.write() as work:
        account = work.accounts.by_name(name)
        if account is None:
            owner = organisation or organisation_in(work)
            owner = None if role == "administrator" else owner
            account = AccountRecord(new_id(), owner, role, name)
            work.accounts.add(account)
        token = accounts.begin(work, account)
        work.commit()
    return token


def on_screens(monkeypatch: pytest.MonkeyPatch, role: AccountRole | None = "coordinator") -> None:
    """Let somebody have signed in wherever a screen is drawn without a browser; nobody if None."""

    def found(store: Store, _: str | None, *, seen: bool = False) -> Access | None:
        if role is None:
            return None
        with store.write() as work:
            account = work.accounts.by_name(NAME)
            if account is None:
                owner = None if role == "administrator" else organisation_in(work)
                account = AccountRecord(new_id(), owner, role, NAME)
                work.accounts.add(account)
            work.commit()
        return Access(account.id, account.organisation, role, NAME)

    monkeypatch.setattr(access, "access_of", found)
