"""What members of a working group answer alone before they agree, and what is kept of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, select

from assessment.store.records import SpreadRecord
from assessment.store.repository import Repository
from assessment.store.tables import assessment, member_response, spread_before_agreement

COUNT = (
    select(func.count())
    .select_from(member_response)
    .where(member_response.c.assessment == bindparam("name"))
)
FIND = select(
    spread_before_agreement.c.ended_on,
    spread_before_agreement.c.members,
    spread_before_agreement.c.spreads,
).where(spread_before_agreement.c.assessment == bindparam("name"))


class MemberResponses(Repository):
    """Keeps members' own answers until the part in which they answer alone ends, and from then on
    how these spread."""

    def add(self, name: str, assessment: str, values: Mapping[str, str]) -> None:
        """Keep what a member handed in, under a random id, by item."""
        answers = json.dumps(dict(sorted(values.items())), ensure_ascii=False)
        self._run(insert(member_response).values(id=name, assessment=assessment, answers=answers))

    def count(self, assessment: str) -> int:
        """How many handed in. It is told to nobody as it is."""
        return int(self._run(COUNT, {"name": assessment}).scalar_one())

    def all(self, assessment: str) -> list[dict[str, str]]:
        """What each handed in, in the order of their random ids."""
        rows = self._run(
            select(member_response.c.answers)
            .where(member_response.c.assessment == assessment)
            .order_by(member_response.c.id)
        )
        return [json.loads(answers) for answers in rows.scalars()]

    def write_anew(self, assessment: str) -> None:
        """Write all rows of an assessment anew in an order by chance, as those of respondents."""
        if self._dialect != "postgresql":
            return
        here = delete(member_response).where(member_response.c.assessment == assessment)
        gone = self._run(here.returning(*member_response.columns))
        rows = [dict(row) for row in gone.mappings()]
        secrets.SystemRandom().shuffle(rows)
        if rows:
            self._run(insert(member_response), rows)

    def remove(self, assessment: str) -> None:
        """Delete what members handed in."""
        self._run(delete(member_response).where(member_response.c.assessment == assessment))

    def remove_of_closed(self, before: date) -> None:
        """The same of assessments whose last day was before a day."""
        over = select(assessment.c.id).where(assessment.c.closes_on < before)
        self._run(delete(member_response).where(member_response.c.assessment.in_(over)))

    def end(self, assessment: str, record: SpreadRecord) -> None:
        """Keep how the answers spread: nobody answers alone from now on."""
        self._run(insert(spread_before_agreement).values(assessment=assessment, **vars(record)))

    def spread(self, assessment: str) -> SpreadRecord | None:
        """How the answers spread; None as long as members can still answer alone."""
        row = self._run(FIND, {"name": assessment}).first()
        return None if row is None else SpreadRecord(*row)
