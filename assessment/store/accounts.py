"""Accounts: who runs rounds or the installation, where they have signed in, and their links."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from assessment.store.names import name_key
from assessment.store.records import AccountLinkRecord, AccountRecord
from assessment.store.repository import Repository
from assessment.store.tables import account, account_link, organisation, sign_in

COLUMNS = tuple(account.c[field.name] for field in fields(AccountRecord))
LINK_COLUMNS = tuple(account_link.c[field.name] for field in fields(AccountLinkRecord))
#: The number of the lock of those who come in: by the organisation's own sign-in, or by a link.
COMING_IN = 1_802_661_751
#: Runs at every page of a coordinator. Nobody comes in whose organisation is closed.
SIGNED_IN = (
    select(*COLUMNS, sign_in.c.begun_at, sign_in.c.seen_at)
    .join_from(sign_in, account, account.c.id == sign_in.c.account)
    .outerjoin(organisation, organisation.c.id == account.c.organisation)
    .where(sign_in.c.token_hash == bindparam("token"), organisation.c.closed_on.is_(None))
)
#: What a link makes. Nobody is let in to an organisation that is closed.
LINK = (
    select(*LINK_COLUMNS)
    .outerjoin_from(account_link, organisation, organisation.c.id == account_link.c.organisation)
    .where(account_link.c.token_hash == bindparam("token"), organisation.c.closed_on.is_(None))
    .with_for_update(of=account_link)
)


class SignedIn(NamedTuple):
    """An account in a browser, since when, and when it was there last."""

    account: AccountRecord
    begun_at: datetime
    seen_at: datetime


class Accounts(Repository):
    """Keeps accounts, the browsers in which they are signed in, and links that make them."""

    def one_at_a_time(self) -> None:
        """Let no other unit of work pass here until this one ends, of other processes neither. On
        SQLite there is one that writes at a time."""
        if self._dialect == "postgresql":
            self._run(select(func.pg_advisory_xact_lock(COMING_IN)))

    def add(self, record: AccountRecord) -> None:
        """Add an account, whose name nobody else has."""
        self._run(insert(account).values(**asdict(record), name_key=name_key(record.name)))

    def get(self, name: str) -> AccountRecord | None:
        """The account of an id; None where there is none."""
        return self._one(account.c.id == name)

    def by_name(self, name: str) -> AccountRecord | None:
        """The account that signs in with a name; None where there is none."""
        return self._one(account.c.name_key == name_key(name))

    def by_subject(self, subject: str) -> AccountRecord | None:
        """The account of somebody whom the organisation's own sign-in knows; None where there is
        none."""
        return self._one(account.c.subject == subject)

    def all(self) -> list[AccountRecord]:
        """Every account, by role and name."""
        rows = self._run(select(*COLUMNS).order_by(account.c.role, account.c.name_key))
        return [AccountRecord(*row) for row in rows]

    def administrators(self) -> list[AccountRecord]:
        """Who looks after the installation, by name."""
        found = select(*COLUMNS).where(account.c.role == "administrator")
        return [AccountRecord(*row) for row in self._run(found.order_by(account.c.name_key))]

    def any(self) -> bool:
        """Whether there is an account at all."""
        return self._run(select(account.c.id).limit(1)).first() is not None

    def set_passphrase(self, name: str, passphrase: str) -> None:
        """Give an account another passphrase, by its slow hash. It is signed in nowhere then, and
        no other link gives it one."""
        self._run(update(account).where(account.c.id == name).values(passphrase=passphrase))
        self.remove_passphrase_links(name)
        self.end_all(name)

    def set_role(self, name: str, organisation: str | None, role: str) -> None:
        """What an account may do from now on, as the organisation's own sign-in says. The links
        that it made before do nothing any more."""
        changed = {"organisation": organisation, "role": role}
        self._run(update(account).where(account.c.id == name).values(**changed))
        self._run(delete(account_link).where(account_link.c.maker == name))

    def rename(self, name: str, to: str) -> None:
        """Give an account another name, which nobody else has."""
        changed = {"name": to, "name_key": name_key(to)}
        self._run(update(account).where(account.c.id == name).values(**changed))

    def hand_over(self, name: str, subject: str) -> None:
        """Let an account come by the organisation's own sign-in alone: its passphrase and its links
        do nothing any more, and it is signed in nowhere."""
        changed = {"subject": subject, "passphrase": None}
        self._run(update(account).where(account.c.id == name).values(**changed))
        self.remove_passphrase_links(name)
        self.end_all(name)

    def remove(self, name: str) -> None:
        """Delete an account; it is signed in nowhere then, and the links that it made end with
        it."""
        self._run(delete(account).where(account.c.id == name))

    def begin(self, token_hash: str, name: str, at: datetime) -> None:
        """An account has signed in."""
        self._run(
            insert(sign_in).values(token_hash=token_hash, account=name, begun_at=at, seen_at=at)
        )

    def signed_in(self, token_hash: str) -> SignedIn | None:
        """Who has signed in where a cookie is; None where nobody has, or may no longer."""
        row = self._run(SIGNED_IN, {"token": token_hash}).first()
        if row is None:
            return None
        *record, begun_at, seen_at = tuple(row)
        return SignedIn(AccountRecord(*record), begun_at, seen_at)

    def see(self, token_hash: str, at: datetime) -> None:
        """Somebody is still there."""
        here = sign_in.c.token_hash == token_hash
        self._run(update(sign_in).where(here).values(seen_at=at))

    def end(self, token_hash: str) -> None:
        """Somebody has signed out."""
        self._run(delete(sign_in).where(sign_in.c.token_hash == token_hash))

    def end_all(self, name: str) -> None:
        """An account is signed in nowhere any more."""
        self._run(delete(sign_in).where(sign_in.c.account == name))

    def end_all_of(self, organisation: str) -> None:
        """Nobody of an organisation is signed in anywhere any more."""
        own = select(account.c.id).where(account.c.organisation == organisation)
        self._run(delete(sign_in).where(sign_in.c.account.in_(own)))

    def end_before(self, begun: datetime, seen: datetime) -> None:
        """End what began, or was there last, before a moment; and links that are over."""
        old = (sign_in.c.begun_at <= begun) | (sign_in.c.seen_at <= seen)
        self._run(delete(sign_in).where(old))

    def add_link(self, token_hash: str, link: AccountLinkRecord) -> None:
        self._run(insert(account_link).values(token_hash=token_hash, **asdict(link)))

    def link(self, token_hash: str) -> AccountLinkRecord | None:
        """What a link makes; nobody else uses it until this unit of work ends. It may be over. None
        where its organisation is closed."""
        row = self._run(LINK, {"token": token_hash}).first()
        return None if row is None else AccountLinkRecord(*row)

    def links(self) -> dict[str, AccountLinkRecord]:
        """Every link by the hash of what is in it, the oldest first. They may be over."""
        found = select(account_link.c.token_hash, *LINK_COLUMNS).order_by(
            account_link.c.ends_at, account_link.c.token_hash
        )
        return {name: AccountLinkRecord(*link) for name, *link in map(tuple, self._run(found))}

    def remove_link(self, token_hash: str) -> None:
        self._run(delete(account_link).where(account_link.c.token_hash == token_hash))

    def remove_passphrase_links(self, name: str) -> None:
        """Delete the links that give an account another passphrase."""
        self._run(delete(account_link).where(account_link.c.account == name))

    def remove_first_links(self, organisation: str) -> None:
        """Delete the links that make the first coordinator of an organisation."""
        first = account_link.c.role == "first_coordinator"
        self._run(delete(account_link).where(account_link.c.organisation == organisation, first))

    def remove_links_before(self, moment: datetime) -> None:
        """Delete links that were over before a moment."""
        self._run(delete(account_link).where(account_link.c.ends_at <= moment))

    def coordinators(self) -> dict[str, int]:
        """How many coordinators each organisation has that has one."""
        rows = self._run(
            select(account.c.organisation, func.count())
            .where(account.c.role == "coordinator")
            .group_by(account.c.organisation)
        )
        return dict(rows.all())

    def _one(self, which: ColumnElement[bool]) -> AccountRecord | None:
        row = self._run(select(*COLUMNS).where(which)).first()
        return None if row is None else AccountRecord(*row)
