"""What was asked and known when assessments were opened."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, delete, select, update

from assessment.store.answers import INSERTS
from assessment.store.repository import Repository
from assessment.store.tables import assessment, content_snapshot

FILES_OF = select(content_snapshot.c.files).where(content_snapshot.c.hash == bindparam("name"))


class Snapshots(Repository):
    """Keeps snapshots of the content, each once."""

    def add(self, name: str, files: bytes) -> None:
        """Keep a snapshot by its hash, unless it is there."""
        fresh = INSERTS[self._dialect](content_snapshot).values(hash=name, files=files)
        self._run(fresh.on_conflict_do_nothing())

    def files(self, name: str) -> bytes | None:
        """The files of a snapshot, compressed; None where there is none of that hash."""
        return self._run(FILES_OF, {"name": name}).scalar()

    def remove_unused(self, name: str) -> None:
        """Delete a snapshot that no assessment has any more."""
        used = select(assessment.c.id).where(assessment.c.content == name).exists()
        self._run(delete(content_snapshot).where(content_snapshot.c.hash == name, ~used))

    def without(self) -> int:
        """How many assessments have no snapshot."""
        found = select(assessment.c.id).where(assessment.c.content.is_(None))
        return len(self._run(found).all())

    def pin_those_without(self, name: str, on: date) -> None:
        """Give assessments without a snapshot this one."""
        here = update(assessment).where(assessment.c.content.is_(None))
        self._run(here.values(content=name, content_of=on))

    def of_assessments_open_on(self, on: date) -> list[tuple[str, str]]:
        """The snapshots, and the ladders, of assessments that are not over on a day."""
        found = select(assessment.c.content, assessment.c.ladder).distinct()
        wanted = found.where(assessment.c.content.is_not(None), assessment.c.closes_on >= on)
        return [tuple(row) for row in self._run(wanted)]
