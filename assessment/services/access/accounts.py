"""Accounts: how those who run rounds come in, what they may, and how they make others."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from assessment.services import clock
from assessment.services.access.codes import hashed, new_id, new_token
from assessment.services.access.limits import Limit, Rate
from assessment.services.access.own_sign_in import takes_passphrase
from assessment.services.access.passphrases import fits, problem_with, slow_hash
from assessment.services.rounds.audit import MACHINE, note_of_organisation
from assessment.store import Store, UnitOfWork
from assessment.store.accounts import SignedIn
from assessment.store.names import name_key
from assessment.store.records import (
    DEFAULT_ZONE,
    AccountLinkRecord,
    AccountRecord,
    AccountRole,
    LinkRole,
    OrganisationRecord,
)
from assessment.store.scope import Scope
from questionnaires.phrases import counted, lower, moment

#: Somebody is signed out after so long without a page, and after so long in any case.
IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)
#: It is written down that somebody is still there at most so often.
SEEN_EVERY = timedelta(minutes=1)
#: How long a link lets somebody make an account.
LINK_LASTS = timedelta(days=7)
LONGEST_NAME = 120
#: How often one name may be tried, wherever from: at once, and after that.
TRIES = Limit(Rate(10, 1 / 60), Rate(200, 2))

#: What an account is, as it is read.
ROLES: dict[AccountRole, str] = {
    "administrator": "looks after this installation",
    "coordinator": "coordinator",
    "viewer": "sees published results",
}
WRONG: Final = "This name and this passphrase do not belong together. Nothing was changed."
TAKEN: Final = "Somebody has this name already. Take another one."
NO_NAME: Final = "Write the name that you will sign in with, such as your e-mail address."
NO_ORGANISATION: Final = "Write the name of your organisation."
#: Told to those alone who have shown that they belong to it, or let its people in.
CLOSED: Final = "{} is closed here. Ask whoever looks after this installation."
BY_PROVIDER: Final = (
    "This account signs in by the organisation’s own sign-in, without a passphrase."
)
USED: Final = (
    "This link has done its work, is too old, was withdrawn, or its organisation is closed. "
    "Ask for a new one."
)


@dataclass(frozen=True)
class Access:
    """Who is here, and what they may.

    Attributes:
        account: its id.
        organisation: on which they work; None of an administrator.
        name: what they signed in with.
    """

    account: str
    organisation: str | None
    role: AccountRole
    name: str

    def own(self, store: Store) -> Store:
        """The store of their organisation, and of nothing else."""
        assert self.organisation is not None, "an administrator has no organisation"
        return store.of(Scope(self.organisation, self.name))


class RefusedError(Exception):
    """What somebody asked for is not done, and why: a sentence for them."""

    def __init__(self, message: str, place: str = "", status: int = 422) -> None:
        super().__init__(message)
        self.place = place
        self.status = status


def sign_in(store: Store, name: str, passphrase: str, before: str = "") -> str:
    """Sign somebody in.

    Args:
        before: the token that the browser has had so far, which ends.

    Returns:
        The token for the browser's cookie.

    Raises:
        RefusedError: name and passphrase do not fit, too many were tried, or their organisation is
            closed.
    """
    key = name_key(name)
    if wait := TRIES.wait(key):
        raise RefusedError(
            f"Too many tries with this name. Wait {counted(math.ceil(wait / 60), 'minute')}, then "
            "try again.",
            status=429,
        )
    with store.read() as work:
        account = work.accounts.by_name(name)
    right = fits(passphrase, account and account.passphrase)
    if not right or account is None or not takes_passphrase(account.role):
        TRIES.count(key)
        raise RefusedError(WRONG, status=401)
    with store.write() as work:
        token = begin(work, account, before)
        work.commit()
    return token


def begin(work: UnitOfWork, account: AccountRecord, before: str = "") -> str:
    """Sign an account in, in a unit of work. Returns the token for the browser's cookie.

    Raises:
        RefusedError: its organisation is closed.
    """
    owner = work.organisations.get(account.organisation) if account.organisation else None
    if owner is not None and owner.closed_on is not None:
        raise RefusedError(CLOSED.format(owner.name), "passphrase", 403)
    token = new_token()
    if before:
        work.accounts.end(hashed(before))
    work.accounts.begin(hashed(token), account.id, clock.now())
    return token


def sign_out(store: Store, token: str) -> None:
    """Let a cookie open nothing any more."""
    if not token:
        return
    with store.write() as work:
        work.accounts.end(hashed(token))
        work.commit()


def access_of(store: Store, token: str | None, *, seen: bool = False) -> Access | None:
    """Who has signed in with a cookie; None where nobody has, or it was too long ago.

    Args:
        seen: whether somebody has asked for a page, and not a page for itself.
    """
    if not token:
        return None
    now = clock.now()
    with store.read() as work:
        found = _signed_in(work, token, now)
    if found is None:
        return None
    if seen and now - found.seen_at >= SEEN_EVERY:
        with store.write() as work:
            work.accounts.see(hashed(token), now)
            work.commit()
    account = found.account
    return Access(account.id, account.organisation, account.role, account.name)


def _signed_in(work: UnitOfWork, token: str, now: datetime) -> SignedIn | None:
    found = work.accounts.signed_in(hashed(token))
    if found is None or now >= min(found.begun_at + LONGEST, found.seen_at + IDLE):
        return None
    return found


def signed_in_as(work: UnitOfWork, token: str) -> str | None:
    """The id of the account that is signed in with a cookie; None where none is."""
    found = _signed_in(work, token, clock.now())
    return found and found.account.id


def forget_old(work: UnitOfWork) -> None:
    """Delete what lets nobody in any more."""
    now = clock.now()
    work.accounts.end_before(now - LONGEST, now - IDLE)
    work.accounts.remove_links_before(now)


# Links.


@dataclass(frozen=True)
class AccountLink:
    """What a link makes, as its page says it.

    Attributes:
        organisation: the name of whose people somebody joins; empty where there is none.
        role: ``first`` where nobody has an account yet.
        several: of more than one organisation there are rounds already, so that an administrator
            has to come first.
        name: of the account whose passphrase it changes; empty where it makes one.
        until: the moment from which on it does nothing any more.
    """

    role: AccountRole | Literal["first"]
    organisation: str
    several: bool
    name: str
    until: str


def first_link(store: Store) -> str | None:
    """What is in the link of the first start; None where somebody has an account already, or comes
    by the organisation's own sign-in alone."""
    if not takes_passphrase("first"):
        return None
    with store.write() as work:
        if work.accounts.any():
            return None
        token = _new_link(work, AccountLinkRecord(None, None, "first", _ends()))
        work.commit()
    return token


def new_link(
    store: Store, role: LinkRole, organisation: str | None, maker: Access | None = None
) -> str:
    """What is in a new link, which makes one account of an organisation, or an administrator. One
    for a first coordinator ends the earlier ones.

    Args:
        maker: who makes it; None where whoever runs the machine does.

    Raises:
        RefusedError: the organisation is closed.
    """
    with store.write() as work:
        work.accounts.one_at_a_time()
        if organisation is not None:
            _not_closed(work, organisation)
            if role == "first_coordinator":
                work.accounts.remove_first_links(organisation)
            _note_link(work, organisation, maker, "account_link_made", role=made(role))
        record = AccountLinkRecord(None, organisation, role, _ends(), maker and maker.account)
        token = _new_link(work, record)
        work.commit()
    return token


def new_passphrase_link(store: Store, account: str, maker: Access | None = None) -> str:
    """What is in a new link with which somebody gives their account another passphrase. Earlier
    ones of this account end.

    Args:
        maker: who makes it; None where whoever runs the machine does.

    Raises:
        RefusedError: there is no such account, it has no passphrase, or its organisation is closed.
    """
    with store.write() as work:
        work.accounts.one_at_a_time()
        found = work.accounts.get(account)
        if found is None:
            raise RefusedError("This account is not there any more.")
        if found.subject is not None or not takes_passphrase(found.role):
            raise RefusedError(BY_PROVIDER)
        owner = found.organisation
        if owner is not None:
            _not_closed(work, owner)
            _note_link(work, owner, maker, "passphrase_link_made", name=found.name)
        work.accounts.remove_passphrase_links(found.id)
        record = AccountLinkRecord(found.id, owner, found.role, _ends(), maker and maker.account)
        token = _new_link(work, record)
        work.commit()
    return token


def _not_closed(work: UnitOfWork, organisation: str) -> None:
    found = work.organisations.get(organisation)
    if found is not None and found.closed_on is not None:
        raise RefusedError(CLOSED.format(found.name))


def _note_link(
    work: UnitOfWork, organisation: str, maker: Access | None, action: str, **details: str
) -> None:
    note_of_organisation(work, organisation, maker.name if maker else MACHINE, action, **details)


def made(role: LinkRole) -> AccountRole | Literal["first"]:
    """What a link makes, by its role."""
    return "coordinator" if role == "first_coordinator" else role


def maker_of(work: UnitOfWork, record: AccountLinkRecord) -> str:
    """Who made a link, within a sentence."""
    if record.maker is None:
        return lower(MACHINE)
    found = work.accounts.get(record.maker)
    # An administrator belongs to no organisation, and is not found by those of one.
    return found.name if found else f"somebody who {ROLES['administrator']}"


def _ends() -> datetime:
    return clock.now() + LINK_LASTS


def _new_link(work: UnitOfWork, record: AccountLinkRecord) -> str:
    token = new_token()
    work.accounts.add_link(hashed(token), record)
    return token


def look_at_link(store: Store, token: str) -> AccountLink | None:
    """What a link makes; None where it does nothing any more. Looking uses nothing up."""
    with store.read() as work:
        record = _open_link(work, token)
        if record is None:
            return None
        account = work.accounts.get(record.account) if record.account else None
        owner = work.organisations.get(record.organisation) if record.organisation else None
        every = work.organisations.all() if record.role == "first" else []
    only = every[0].record.name if len(every) == 1 else ""
    zone = clock.zone(owner.time_zone if owner else DEFAULT_ZONE)
    return AccountLink(
        made(record.role),
        owner.name if owner else only,
        len(every) > 1,
        account.name if account else "",
        moment(record.ends_at.astimezone(zone)),
    )


def _open_link(work: UnitOfWork, token: str) -> AccountLinkRecord | None:
    record = work.accounts.link(hashed(token))
    return record if record is not None and works(work, record) else None


def works(work: UnitOfWork, record: AccountLinkRecord) -> bool:
    """Whether a link of an organisation that is open still does something."""
    if record.ends_at <= clock.now() or not takes_passphrase(record.role):
        return False
    # That of the first start makes the first account, and that of an administrator the first
    # coordinator of an organisation, and no second one beside it: who is in lets others in.
    if record.role == "first":
        return not work.accounts.any()
    if record.role == "first_coordinator":
        return record.organisation not in work.accounts.coordinators()
    return True


def use_link(
    store: Store,
    token: str,
    *,
    name: str,
    passphrase: str,
    again: str,
    organisation: str | None = None,
    before: str = "",
) -> str:
    """Make the account of a link, or change its passphrase, and sign in. The link is used up.

    Args:
        organisation: of the first start: the name of the one organisation that is served here;
            None where there are to be several.
        before: the token that the browser has had so far, which ends.

    Returns:
        The token for the browser's cookie.

    Raises:
        RefusedError: something is missing or wrong, or the link does nothing any more.
    """
    name = " ".join(name.split())
    look = look_at_link(store, token)
    if look is None:
        raise RefusedError(USED, status=404)
    if not look.name and (not name or len(name) > LONGEST_NAME):
        raise RefusedError(NO_NAME, "name")
    if organisation is not None and not organisation.strip():
        raise RefusedError(NO_ORGANISATION, "organisation")
    if problem := problem_with(passphrase, again, look.name or name):
        raise RefusedError(problem, "passphrase")
    kept = slow_hash(passphrase)  # before others have to wait for it
    with store.write() as work:
        # Of two links for one thing that are used at once, the second finds that it is done.
        work.accounts.one_at_a_time()
        record = _open_link(work, token)
        if record is None:
            raise RefusedError(USED, status=404)
        work.accounts.remove_link(hashed(token))
        if record.account:
            account = work.accounts.get(record.account)
            assert account is not None, "a link goes with its account"
            work.accounts.set_passphrase(account.id, kept)
        else:
            account = _new_account(work, record, name, kept, organisation)
        if account.organisation is not None:
            did = "passphrase_changed_by" if record.account else "account_made_by"
            told = {"role": account.role, "maker": maker_of(work, record)}
            note_of_organisation(work, account.organisation, account.name, did, **told)
        signed_in = begin(work, account, before)
        work.commit()
    return signed_in


def _new_account(
    work: UnitOfWork, record: AccountLinkRecord, name: str, kept: str, organisation: str | None
) -> AccountRecord:
    # The log has to tell people from whoever runs the machine.
    if work.accounts.by_name(name) is not None or name_key(name) == name_key(MACHINE):
        raise RefusedError(TAKEN, "name")
    if record.role == "first_coordinator":
        account = AccountRecord(new_id(), record.organisation, "coordinator", name, kept)
    elif record.role != "first":
        account = AccountRecord(new_id(), record.organisation, record.role, name, kept)
    elif organisation is None:
        account = AccountRecord(new_id(), None, "administrator", name, kept)
    else:
        only = _only_organisation(work, organisation)
        account = AccountRecord(new_id(), only, "coordinator", name, kept)
    work.accounts.add(account)
    return account


def _only_organisation(work: UnitOfWork, name: str) -> str:
    """The id of the one organisation that is served here: the one that is there, or a new one."""
    there = work.organisations.all()
    if len(there) > 1:
        raise RefusedError(
            "There are rounds of several organisations here already. Choose to look after several.",
            "organisation",
        )
    if there and there[0].record.closed_on is not None:
        raise RefusedError(
            "The organisation that is here is closed. Choose to look after several, and open it "
            "again.",
            "organisation",
        )
    if there:
        return there[0].record.id
    fresh = OrganisationRecord(new_id(), name.strip()[:200], "", "")
    work.organisations.add(fresh)
    return fresh.id
