"""Invitations: codes of which each lets one person of a group answer once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, select, update

from assessment.store.records import Entry, InvitationState
from assessment.store.repository import Repository
from assessment.store.tables import draft, invitation, stakeholder_group

FIND = select(invitation.c.assessment, invitation.c.group, invitation.c.state).where(
    invitation.c.code_hash == bindparam("code")
)


class FoundInvitation(NamedTuple):
    """What a code opens, and whether it still does."""

    assessment: str
    group: str
    state: InvitationState


class Invitations(Repository):
    """Keeps invitations, by the hashes of their codes."""

    def add(self, assessment: str, group: str, code_hashes: Iterable[str]) -> None:
        """Add invitations, in the order of their hashes, which is one by chance."""
        rows = [
            {"code_hash": code, "assessment": assessment, "group": group, "state": "open"}
            for code in sorted(code_hashes)
        ]
        if rows:
            self._run(insert(invitation), rows)

    def by_code(self, code_hash: str) -> FoundInvitation | None:
        row = self._run(FIND, {"code": code_hash}).first()
        return None if row is None else FoundInvitation(*row)

    def lock(self, code_hash: str) -> FoundInvitation | None:
        """As ``by_code``; nobody else begins with it until this unit of work ends."""
        row = self._run(FIND.with_for_update(), {"code": code_hash}).first()
        return None if row is None else FoundInvitation(*row)

    def use(self, code_hash: str) -> None:
        """Somebody has handed in with it."""
        self._run(
            update(invitation).where(invitation.c.code_hash == code_hash).values(state="used")
        )

    def revoke(self, assessment: str, group: str) -> None:
        """Let a group's codes with which nobody has begun open nothing any more. How many those
        are is told to nobody: it would tell how many have begun."""
        here = (invitation.c.assessment == assessment, invitation.c.group == group)
        begun = select(draft.c.id).where(draft.c.invitation_hash == invitation.c.code_hash)
        still = update(invitation).where(*here, invitation.c.state == "open", ~begun.exists())
        self._run(still.values(state="revoked"))

    def counts(self, assessment: str) -> dict[str, int]:
        """How many codes were made for each group, whatever became of them: more would tell who has
        just begun or handed in."""
        rows = self._run(
            select(invitation.c.group, func.count())
            .where(invitation.c.assessment == assessment)
            .group_by(invitation.c.group)
        )
        return dict(rows.all())

    def set_entry(self, assessment: str, group: str, entry: Entry) -> None:
        """How people of a group come in from now on."""
        here = (stakeholder_group.c.assessment == assessment, stakeholder_group.c.group == group)
        self._run(update(stakeholder_group).where(*here).values(entry=entry))
