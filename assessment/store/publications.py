"""What was published of rounds, and what was done about it since."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields

from sqlalchemy import delete, insert, select

from assessment.store.records import FollowUpRecord
from assessment.store.repository import Repository
from assessment.store.tables import follow_up, published_result

COLUMNS = tuple(follow_up.c[field.name] for field in fields(FollowUpRecord))


class Publications(Repository):
    """Keeps what is published, which is written once, and follow-ups."""

    def add(self, assessment: str, parts: Mapping[str, bytes]) -> None:
        """Keep the parts of a publication; each can be read alone."""
        self._run(
            insert(published_result),
            [
                {"assessment": assessment, "part": name, "content": zlib.compress(content)}
                for name, content in parts.items()
            ],
        )

    def published_part(self, assessment: str, name: str) -> bytes | None:
        """One part of a publication; None where there is none."""
        kept = published_result.c
        here = select(kept.content).where(kept.assessment == assessment, kept.part == name)
        found = self._run(here).scalar()
        return None if found is None else zlib.decompress(found)

    def add_follow_up(self, record: FollowUpRecord) -> None:
        self._run(insert(follow_up).values(**asdict(record)))

    def follow_ups(self, assessment: str) -> list[FollowUpRecord]:
        """What was said and done, the newest first."""
        here = select(*COLUMNS).where(follow_up.c.assessment == assessment)
        rows = self._run(here.order_by(follow_up.c.done_on.desc(), follow_up.c.id))
        return [FollowUpRecord(*row) for row in rows]

    def remove_follow_up(self, assessment: str, name: str) -> bool:
        """Take an entry back; False where there is none."""
        here = (follow_up.c.assessment == assessment, follow_up.c.id == name)
        return self._run(delete(follow_up).where(*here)).rowcount > 0
