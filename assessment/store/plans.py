"""Plans in the making: what somebody has typed of an assessment that is not open yet."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select, update

from assessment.store.answers import INSERTS
from assessment.store.records import PlanRecord
from assessment.store.repository import Repository
from assessment.store.tables import plan

FIND = select(plan.c.id, plan.c["values"], plan.c.changed_on)


class Plans(Repository):
    """Keeps plans in the making, each as text."""

    def add(self, name: str, organisation: str | None, on: date) -> None:
        """Add a plan of an organisation in which nothing stands yet, unless it is there."""
        fresh = INSERTS[self._dialect](plan).values(
            id=name, organisation=organisation, values="{}", changed_on=on
        )
        self._run(fresh.on_conflict_do_nothing())

    def get(self, name: str) -> PlanRecord | None:
        """A plan; None where there is none of that id."""
        row = self._run(FIND.where(plan.c.id == name)).first()
        return None if row is None else PlanRecord(*row)

    def lock(self, name: str) -> PlanRecord | None:
        """The same; nobody else changes or opens it until this unit of work ends."""
        row = self._run(FIND.where(plan.c.id == name).with_for_update()).first()
        return None if row is None else PlanRecord(*row)

    def lock_all_of(self, organisation: str) -> list[PlanRecord]:
        """The same of every plan of an organisation."""
        own = FIND.where(plan.c.organisation == organisation).order_by(plan.c.id)
        return [PlanRecord(*row) for row in self._run(own.with_for_update())]

    def put(self, record: PlanRecord) -> None:
        """Let a plan that is there say something else."""
        changed = {"values": record.values, "changed_on": record.changed_on}
        self._run(update(plan).where(plan.c.id == record.id).values(changed))

    def all(self) -> list[PlanRecord]:
        """Every plan, the one that was changed last first."""
        rows = self._run(FIND.order_by(plan.c.changed_on.desc(), plan.c.id))
        return [PlanRecord(*row) for row in rows]

    def remove(self, name: str) -> None:
        self._run(delete(plan).where(plan.c.id == name))
