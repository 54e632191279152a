"""The audit log: what those who run a round did. It is added to, and never changed."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Select, bindparam, func, insert, or_, select

from assessment.store.records import AuditRecord
from assessment.store.repository import Repository
from assessment.store.tables import audit_entry

COLUMNS = tuple(audit_entry.c[field.name] for field in fields(AuditRecord))
#: Built once, since it runs whenever somebody looks at results.
COUNT_ENTRIES = select(func.count()).where(audit_entry.c.assessment == bindparam("name"))


class AuditLog(Repository):
    """Keeps what coordinators did."""

    def add(self, record: AuditRecord) -> None:
        self._run(insert(audit_entry).values(**asdict(record)))

    def of(self, assessment: str, organisation: str, *everywhere: str) -> list[AuditRecord]:
        """The entries of a round, the newest first.

        Args:
            everywhere: actions that are told in all rounds of the organisation.
        """
        told = (audit_entry.c.organisation == organisation) & audit_entry.c.action.in_(everywhere)
        return self._found(
            select(*COLUMNS).where(or_(audit_entry.c.assessment == assessment, told))
        )

    def of_organisation(self, organisation: str) -> list[AuditRecord]:
        """All entries of an organisation, the newest first."""
        return self._found(select(*COLUMNS).where(audit_entry.c.organisation == organisation))

    def moments(self, action: str) -> dict[str, datetime]:
        """When something was last done to each round to which it was."""
        chosen = select(audit_entry.c.assessment, func.max(audit_entry.c.at)).where(
            audit_entry.c.action == action, audit_entry.c.assessment.is_not(None)
        )
        return dict(self._run(chosen.group_by(audit_entry.c.assessment)).all())

    def count(self, assessment: str) -> int:
        """How many entries a round has: the number rises with every change."""
        return int(self._run(COUNT_ENTRIES, {"name": assessment}).scalar_one())

    def _found(self, wanted: Select[tuple[object, ...]]) -> list[AuditRecord]:
        rows = self._run(wanted.order_by(audit_entry.c.at.desc(), audit_entry.c.id))
        return [AuditRecord(*row) for row in rows]
