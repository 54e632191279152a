"""Names as they are compared, and whether an organisation has one."""

from __future__ import annotations

from sqlalchemy import func, select

from assessment.store.repository import Repository
from assessment.store.tables import organisation

#: The number of the lock of those who give an organisation a name.
NAMING = 1_802_661_752


def name_key(name: str) -> str:
    """A name as it is compared: blanks and capital letters do not matter."""
    return " ".join(name.split()).casefold()


class OrganisationNames(Repository):
    """The one thing that is asked of all organisations, also for somebody of one of them."""

    def one_at_a_time(self) -> None:
        """Let no other unit of work give a name until this one ends. On SQLite there is one that
        writes at a time."""
        if self._dialect == "postgresql":
            self._run(select(func.pg_advisory_xact_lock(NAMING)))

    def is_taken(self, name: str, but_of: str | None = None) -> bool:
        """Whether an organisation has a name.

        Args:
            but_of: the id of the one that may have it.
        """
        key = name_key(name)
        rows = self._run(select(organisation.c.id, organisation.c.name))
        return any(name_key(other) == key and found != but_of for found, other in rows)
