"""Organisations and their assessments."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from assessment.store.records import (
    AssessmentRecord,
    GroupRecord,
    OrganisationRecord,
    WorkingGroupRecord,
)
from assessment.store.tables import (
    assessment,
    assessment_questionnaire,
    organisation,
    stakeholder_group,
)

R = TypeVar("R", OrganisationRecord, GroupRecord, WorkingGroupRecord, AssessmentRecord)

NEWEST_FIRST = select(assessment.c.id).order_by(
    assessment.c.opens_on.desc(), assessment.c.title, assessment.c.id
)


class Assessments:
    """Organisations and assessments in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: AssessmentRecord) -> None:
        """Add a new assessment with its organisation as it is now, groups and questionnaires."""
        run = self._connection.execute
        values = asdict(record)
        owner, team = values.pop("organisation"), values.pop("working_group")
        groups, questionnaires = values.pop("groups"), values.pop("questionnaires")
        before = update(organisation).where(organisation.c.id == owner["id"])
        if run(before.values(**owner)).rowcount == 0:
            run(insert(organisation).values(**owner))
        code = team.pop("code")
        values |= team | {"organisation": owner["id"], "working_group_code": code}
        run(insert(assessment).values(**values))
        run(
            insert(stakeholder_group),
            [
                {"assessment": record.id, "position": position, **group}
                for position, group in enumerate(groups)
            ],
        )
        run(
            insert(assessment_questionnaire),
            [
                {"assessment": record.id, "questionnaire": name, "version": version}
                for name, version in questionnaires.items()
            ],
        )

    def all(self) -> list[AssessmentRecord]:
        """Every assessment, the one that opens last first."""
        found = [self.get(name) for name in self._connection.execute(NEWEST_FIRST).scalars().all()]
        return [record for record in found if record is not None]

    def newest(self) -> str | None:
        """The id of the assessment that opens last; None where there is none."""
        return self._connection.execute(NEWEST_FIRST).scalars().first()

    def count(self) -> int:
        return self._connection.execute(select(func.count()).select_from(assessment)).scalar_one()

    def get(self, name: str) -> AssessmentRecord | None:
        """One assessment, or None where there is none of that id."""
        run = self._connection.execute
        row = run(select(assessment).where(assessment.c.id == name)).mappings().first()
        if row is None:
            return None
        owner = run(select(organisation).where(organisation.c.id == row["organisation"]))
        groups = run(
            select(stakeholder_group)
            .where(stakeholder_group.c.assessment == name)
            .order_by(stakeholder_group.c.position)
        )
        asked = run(
            select(assessment_questionnaire.c.questionnaire, assessment_questionnaire.c.version)
            .where(assessment_questionnaire.c.assessment == name)
            .order_by(assessment_questionnaire.c.questionnaire)
        )
        return _filled(
            AssessmentRecord,
            row,
            organisation=_filled(OrganisationRecord, owner.mappings().one()),
            working_group=_filled(WorkingGroupRecord, row, code=row["working_group_code"]),
            groups=tuple(_filled(GroupRecord, group) for group in groups.mappings()),
            questionnaires={str(name): int(version) for name, version in asked},
        )

    def by_code(self, code: str) -> tuple[str, str | None] | None:
        """The assessment that a link's code opens, and the group; None is the working group."""
        run = self._connection.execute
        found = run(
            select(stakeholder_group.c.assessment, stakeholder_group.c.group).where(
                stakeholder_group.c.code == code
            )
        ).first()
        if found is not None:
            return str(found[0]), str(found[1])
        name = run(select(assessment.c.id).where(assessment.c.working_group_code == code)).scalar()
        return None if name is None else (str(name), None)


def _filled(record: type[R], row: RowMapping, **others: Any) -> R:
    """A record whose fields have the values of the columns of their names, or these others."""
    columns = (field.name for field in fields(record) if field.name not in others)
    return record(**{name: row[name] for name in columns}, **others)
