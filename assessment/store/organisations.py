"""Organisations, as an administrator sees them: their names, and nothing that anybody answered."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select, true, update

from assessment.store.assessments import SCHEDULE
from assessment.store.records import OrganisationRecord, Schedule
from assessment.store.repository import Repository
from assessment.store.tables import assessment, organisation

COLUMNS = tuple(organisation.c[field.name] for field in fields(OrganisationRecord))


class Listed(NamedTuple):
    """An organisation, and the dates of its rounds by their ids."""

    record: OrganisationRecord
    rounds: dict[str, Schedule]

    @property
    def closed_on(self) -> date | None:
        return self.record.closed_on


class Organisations(Repository):
    """Keeps organisations."""

    def add(self, record: OrganisationRecord) -> None:
        self._run(insert(organisation).values(**asdict(record)))

    def get(self, name: str) -> OrganisationRecord | None:
        """The organisation of an id; None where there is none."""
        row = self._run(select(*COLUMNS).where(organisation.c.id == name)).first()
        return None if row is None else OrganisationRecord(*row)

    def all(self) -> list[Listed]:
        """Every organisation, by name."""
        return self._listed(true())

    def listed(self, name: str) -> Listed | None:
        """The organisation of an id with its rounds; None where there is none."""
        return next(iter(self._listed(organisation.c.id == name)), None)

    def _listed(self, wanted: ColumnElement[bool]) -> list[Listed]:
        rounds: dict[str, dict[str, Schedule]] = {}
        dates = select(assessment.c.organisation, assessment.c.id, *SCHEDULE).join_from(
            assessment, organisation, organisation.c.id == assessment.c.organisation
        )
        for owner, name, *schedule in map(tuple, self._run(dates.where(wanted))):
            rounds.setdefault(owner, {})[name] = Schedule(*schedule)
        listed = select(*COLUMNS).order_by(organisation.c.name, organisation.c.id)
        return [
            Listed(OrganisationRecord(*row), rounds.get(row.id, {}))
            for row in self._run(listed.where(wanted))
        ]

    def rename(self, name: str, to: str) -> None:
        """Give an organisation another name."""
        self._run(update(organisation).where(organisation.c.id == name).values(name=to))

    def close(self, name: str, on: date | None) -> None:
        """Close an organisation from a day on, or open it again."""
        self._run(update(organisation).where(organisation.c.id == name).values(closed_on=on))

    def remove(self, name: str) -> None:
        """Delete an organisation with its rounds, its people, and all that was given to them."""
        self._run(delete(organisation).where(organisation.c.id == name))
