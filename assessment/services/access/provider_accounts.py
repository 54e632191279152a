"""Accounts of those who come by the organisation's own sign-in: what they may, and whose they are.

Who somebody is, is told by the provider's subject. An address can change hands, so it opens no
account that another subject, or a passphrase, has opened before.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from hashlib import sha256
from typing import Final

from assessment.exchange.sign_in_file import RoleRule, SignIn
from assessment.services.access import accounts, own_sign_in
from assessment.services.access.accounts import LONGEST_NAME, RefusedError
from assessment.services.access.codes import new_id
from assessment.services.access.openid_connect import Identity
from assessment.services.rounds.audit import note_of_organisation
from assessment.store import Store, UnitOfWork
from assessment.store.records import AccountRecord, OrganisationRecord

log = logging.getLogger(__name__)

NO_ROLE: Final = (
    "You are known there, but nothing is set up for you here. Ask whoever runs this tool to let "
    "you in. Nothing was changed."
)
CLOSED: Final = "Your organisation is closed here. Ask whoever runs this tool. Nothing was changed."
HAS_PASSPHRASE: Final = (
    "Somebody signs in here with your address and a passphrase. If that is you, sign in with the "
    "passphrase once more: from then on you need none. If it is not, ask a coordinator, or whoever "
    "runs this tool, to remove that account. Nothing was changed."
)
#: What a refusal is about: there is something that somebody can do at once.
PASSPHRASE_FIRST: Final = "passphrase"
OF_ANOTHER: Final = (
    "Somebody else has signed in here with your address before. Ask a coordinator of your "
    "organisation, or whoever runs this tool, to remove their account, then try again. Nothing was "
    "changed."
)


def subject_of(identity: Identity) -> str:
    """What is kept of who somebody is at the provider."""
    return sha256(f"{identity.issuer}\n{identity.subject}".encode()).hexdigest()


def rule_of(own: SignIn, identity: Identity) -> RoleRule | None:
    """The first rule that fits somebody."""
    return next((rule for rule in own.file.roles if _fits(rule, identity)), None)


def _fits(rule: RoleRule, identity: Identity) -> bool:
    if rule.address is not None:
        return bool(identity.address) and rule.address.casefold() == identity.address.casefold()
    assert rule.claim is not None, "a rule asks for an address or a claim"
    said = identity.claims.get(rule.claim)
    return said == rule.has or (isinstance(said, list) and rule.has in said)


def sign_in(store: Store, own: SignIn, identity: Identity, before: str = "") -> str:
    """Sign in somebody whom the provider knows, with the role that they have now.

    Args:
        before: the token that the browser has had so far, which ends.

    Returns:
        The token for the browser's cookie.

    Raises:
        RefusedError: they may not come in, and why.
    """
    rule, subject = rule_of(own, identity), subject_of(identity)
    with store.write() as work:
        # Two who come first at once open one organisation, and a double click makes one account.
        work.accounts.one_at_a_time()
        if rule is None:
            _end(work, subject)
            work.commit()
            raise RefusedError(NO_ROLE, status=403)
        owner = _organisation(work, rule)
        account = _account(work, rule, owner, identity, subject, before)
        token = accounts.begin(work, account, before)
        work.commit()
    return token


def _end(work: UnitOfWork, subject: str) -> None:
    """Whoever has no role any more has no account, and is signed in nowhere."""
    account = work.accounts.by_subject(subject)
    if account is None:
        return
    work.accounts.remove(account.id)
    if account.organisation is not None:
        note_of_organisation(work, account.organisation, account.name, "role_ended")


def _organisation(work: UnitOfWork, rule: RoleRule) -> str | None:
    """The id of the organisation of a rule, which the first of its people opens."""
    if rule.organisation is None:
        return None
    there = [one for one in work.organisations.all() if one.record.name == rule.organisation]
    if len(there) > 1:
        log.warning("several organisations have one name: %r", rule.organisation)
        raise RefusedError(NO_ROLE, status=403)
    if there:
        if there[0].closed_on is not None:
            raise RefusedError(CLOSED, status=403)
        return there[0].record.id
    fresh = OrganisationRecord(new_id(), rule.organisation, "", "")
    work.organisations.add(fresh)
    return fresh.id


def _account(
    work: UnitOfWork,
    rule: RoleRule,
    owner: str | None,
    identity: Identity,
    subject: str,
    before: str,
) -> AccountRecord:
    """Their account as it is now: it is made, or gets the role and the name that they have now."""
    name = (identity.address or identity.subject)[:LONGEST_NAME]
    named = work.accounts.by_name(name)
    account = work.accounts.by_subject(subject)
    if account is None and named is not None:
        _hand_over(work, named, subject, before)
        account = named
    if account is None:
        account = AccountRecord(new_id(), owner, rule.role, name, None, subject)
        work.accounts.add(account)
        if owner is not None:
            note_of_organisation(work, owner, name, "came_by_provider", role=rule.role)
        return account
    if account.name != name and (named is None or named.id == account.id):
        work.accounts.rename(account.id, name)
        account = replace(account, name=name)
    if (account.role, account.organisation) != (rule.role, owner):
        work.accounts.set_role(account.id, owner, rule.role)
        if owner is not None:
            note_of_organisation(work, owner, account.name, "came_by_provider", role=rule.role)
    return account


def _hand_over(work: UnitOfWork, named: AccountRecord, subject: str, before: str) -> None:
    """An account with a passphrase goes to whoever has just shown that they have it, or comes by
    its name where its passphrase does nothing any more. What it might do goes to nobody.

    Raises:
        RefusedError: nobody has, or it is somebody else's at the provider.
    """
    if named.subject is not None:
        raise RefusedError(OF_ANOTHER, status=403)
    needed = own_sign_in.takes_passphrase(named.role)
    if needed and (not before or accounts.signed_in_as(work, before) != named.id):
        raise RefusedError(HAS_PASSPHRASE, PASSPHRASE_FIRST, status=403)
    work.accounts.hand_over(named.id, subject)
    if named.organisation is not None:
        note_of_organisation(work, named.organisation, named.name, "handed_over")
