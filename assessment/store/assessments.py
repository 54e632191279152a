"""Organisations and their assessments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import RowMapping, bindparam, delete, insert, or_, select, update

from assessment.store.records import (
    AssessmentRecord,
    GroupRecord,
    OrganisationRecord,
    Schedule,
    WorkingGroupRecord,
)
from assessment.store.repository import Repository
from assessment.store.tables import (
    assessment,
    assessment_questionnaire,
    organisation,
    stakeholder_group,
)

R = TypeVar("R", OrganisationRecord, GroupRecord, WorkingGroupRecord, AssessmentRecord)

#: What says in which state a round is.
SCHEDULE = tuple(
    organisation.c.time_zone if name == "time_zone" else assessment.c[name]
    for name in Schedule._fields
)
NEWEST_FIRST = (assessment.c.opens_on.desc(), assessment.c.title, assessment.c.id)
NEWEST = select(assessment.c.id).order_by(*NEWEST_FIRST).limit(1)
EVERY = select(assessment).order_by(*NEWEST_FIRST)
EVERY_GROUP = select(stakeholder_group).order_by(
    stakeholder_group.c.assessment, stakeholder_group.c.position
)
EVERY_ASKED = select(
    assessment_questionnaire.c.assessment,
    assessment_questionnaire.c.questionnaire,
    assessment_questionnaire.c.version,
).order_by(assessment_questionnaire.c.questionnaire)
#: Built once, since they run whenever somebody comes or turns a page.
FIND = select(assessment).where(assessment.c.id == bindparam("name"))
SCHEDULES = select(*SCHEDULE).join_from(
    assessment, organisation, organisation.c.id == assessment.c.organisation
)
FIND_SCHEDULE = SCHEDULES.where(assessment.c.id == bindparam("name"))
FIND_REPLACED = select(assessment.c.replaced).where(assessment.c.id == bindparam("name"))
FIND_OWNER = select(organisation).where(organisation.c.id == bindparam("name"))
FIND_GROUPS = (
    select(stakeholder_group)
    .where(stakeholder_group.c.assessment == bindparam("name"))
    .order_by(stakeholder_group.c.position)
)
FIND_ASKED = (
    select(assessment_questionnaire.c.questionnaire, assessment_questionnaire.c.version)
    .where(assessment_questionnaire.c.assessment == bindparam("name"))
    .order_by(assessment_questionnaire.c.questionnaire)
)
GROUP_BY_CODE = select(stakeholder_group.c.assessment, stakeholder_group.c.group).where(
    stakeholder_group.c.code == bindparam("code")
)
TEAM_BY_CODE = select(assessment.c.id).where(assessment.c.working_group_code == bindparam("code"))


class Assessments(Repository):
    """Organisations and assessments in one transaction."""

    def add(self, record: AssessmentRecord) -> None:
        """Add a new assessment with its organisation as it is now, groups and questionnaires."""
        values = asdict(record)
        owner, team = values.pop("organisation"), values.pop("working_group")
        del owner["closed_on"]  # no round opens or closes it
        groups, questionnaires = values.pop("groups"), values.pop("questionnaires")
        before = update(organisation).where(organisation.c.id == owner["id"])
        if self._run(before.values(**owner)).rowcount == 0:
            self._run(insert(organisation).values(**owner))
        code = team.pop("code")
        values |= team | {"organisation": owner["id"], "working_group_code": code}
        self._run(insert(assessment).values(**values))
        self._run(
            insert(stakeholder_group),
            [
                {"assessment": record.id, "position": position, **group}
                for position, group in enumerate(groups)
            ],
        )
        self._run(
            insert(assessment_questionnaire),
            [
                {"assessment": record.id, "questionnaire": name, "version": version}
                for name, version in questionnaires.items()
            ],
        )

    def all(self) -> list[AssessmentRecord]:
        """Every assessment, the one that opens last first. Four queries, however many there are."""
        groups: dict[str, list[GroupRecord]] = {}
        for row in self._run(EVERY_GROUP).mappings():
            groups.setdefault(row["assessment"], []).append(_filled(GroupRecord, row))
        asked: dict[str, dict[str, int]] = {}
        for name, questionnaire, version in self._run(EVERY_ASKED):
            asked.setdefault(name, {})[questionnaire] = version
        owners = {
            row["id"]: _filled(OrganisationRecord, row)
            for row in self._run(select(organisation)).mappings()
        }
        return [
            _assessment(
                row,
                owners[row["organisation"]],
                groups.get(row["id"], ()),
                asked.get(row["id"], {}),
            )
            for row in self._run(EVERY).mappings()
        ]

    def newest(self) -> str | None:
        """The id of the assessment that opens last; None where there is none."""
        return self._run(NEWEST).scalar()

    def schedules_ending(self, first: date, last: date) -> list[Schedule]:
        """What says in which state each assessment is that ended between two days, or nearly so.

        Args:
            first, last: as they are anywhere in the world.
        """
        begin = datetime.combine(first, time(), UTC) - timedelta(days=1)
        end = datetime.combine(last, time.max, UTC) + timedelta(days=1)
        ending = or_(
            assessment.c.closes_on.between(first, last), assessment.c.closed_at.between(begin, end)
        )
        return [Schedule(*row) for row in self._run(SCHEDULES.where(ending))]

    def get(self, name: str) -> AssessmentRecord | None:
        """One assessment, or None where there is none of that id."""
        row = self._run(FIND, {"name": name}).mappings().first()
        if row is None:
            return None
        owner = self._run(FIND_OWNER, {"name": row["organisation"]})
        groups = self._run(FIND_GROUPS, {"name": name})
        asked = self._run(FIND_ASKED, {"name": name})
        return _assessment(
            row,
            _filled(OrganisationRecord, owner.mappings().one()),
            [_filled(GroupRecord, group) for group in groups.mappings()],
            dict(asked.all()),
        )

    def schedule(self, name: str) -> Schedule | None:
        """What says in which state an assessment is; None where there is none of that id."""
        row = self._run(FIND_SCHEDULE, {"name": name}).first()
        return None if row is None else Schedule(*row)

    def lock(self, name: str) -> None:
        """Let no other unit of work lock this assessment until this one ends. Answers can still be
        saved meanwhile."""
        here = select(assessment.c.id).where(assessment.c.id == name)
        self._run(here.with_for_update(key_share=True))

    def replaced(self, name: str) -> int:
        """How many replies of an assessment were replaced; 0 where there is none of that id."""
        return int(self._run(FIND_REPLACED, {"name": name}).scalar() or 0)

    def count_replaced(self, name: str, more: int) -> None:
        """Count replies that were replaced."""
        here = update(assessment).where(assessment.c.id == name)
        self._run(here.values(replaced=assessment.c.replaced + more))

    def change(self, name: str, **values: Any) -> None:
        """Give some columns of an assessment other values."""
        self._run(update(assessment).where(assessment.c.id == name).values(**values))

    def change_group(self, name: str, group: str, **values: Any) -> None:
        """Give some columns of a group other values."""
        here = (stakeholder_group.c.assessment == name, stakeholder_group.c.group == group)
        self._run(update(stakeholder_group).where(*here).values(**values))

    def change_organisation(self, name: str, **values: Any) -> None:
        """Give some columns of an organisation other values, for all its assessments."""
        self._run(update(organisation).where(organisation.c.id == name).values(**values))

    def remove(self, name: str) -> None:
        """Delete an assessment with all that was given to it."""
        self._run(delete(assessment).where(assessment.c.id == name))

    def by_code(self, code: str) -> tuple[str, str | None] | None:
        """The assessment that a link's code opens, and the group; None is the working group."""
        found = self._run(GROUP_BY_CODE, {"code": code}).first()
        if found is not None:
            return tuple(found)
        name = self._run(TEAM_BY_CODE, {"code": code}).scalar()
        return None if name is None else (name, None)


def _assessment(
    row: RowMapping,
    owner: OrganisationRecord,
    groups: Iterable[GroupRecord],
    questionnaires: dict[str, int],
) -> AssessmentRecord:
    """An assessment of its row and of what belongs to it."""
    return _filled(
        AssessmentRecord,
        row,
        organisation=owner,
        working_group=_filled(WorkingGroupRecord, row, code=row["working_group_code"]),
        groups=tuple(groups),
        questionnaires=questionnaires,
    )


def _filled(record: type[R], row: RowMapping, **others: Any) -> R:
    """A record whose fields have the values of the columns of their names, or these others."""
    columns = (field.name for field in fields(record) if field.name not in others)
    return record(**{name: row[name] for name in columns}, **others)
