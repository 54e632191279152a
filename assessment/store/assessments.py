"""Organisations and their assessments."""

from __future__ import annotations

from dataclasses import asdict

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

NEWEST_FIRST = select(assessment.c.id).order_by(
    assessment.c.opens_on.desc(), assessment.c.title, assessment.c.id
)


class Assessments:
    """Keeps organisations and assessments."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: AssessmentRecord) -> None:
        """Keep a new assessment with its organisation as it is now, groups and questionnaires."""
        run = self._connection.execute
        owner = asdict(record.organisation)
        known = update(organisation).where(organisation.c.id == record.organisation.id)
        if run(known.values(**owner)).rowcount == 0:
            run(insert(organisation).values(**owner))
        team = asdict(record.working_group)
        run(
            insert(assessment).values(
                id=record.id,
                organisation=record.organisation.id,
                title=record.title,
                opens_on=record.opens_on,
                closes_on=record.closes_on,
                minimum_group_size=record.minimum_group_size,
                ladder=record.ladder,
                seed=record.seed,
                form=record.form,
                follows=record.follows,
                working_group_code=team.pop("code"),
                **team,
            )
        )
        run(
            insert(stakeholder_group),
            [
                {"assessment": record.id, "position": position, **asdict(group)}
                for position, group in enumerate(record.groups)
            ],
        )
        run(
            insert(assessment_questionnaire),
            [
                {"assessment": record.id, "questionnaire": name, "version": version}
                for name, version in record.questionnaires.items()
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
        return _record(
            row,
            owner.mappings().one(),
            [_group(group) for group in groups.mappings()],
            {str(questionnaire): int(version) for questionnaire, version in asked},
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


def _group(row: RowMapping) -> GroupRecord:
    return GroupRecord(
        group=row["group"],
        title=row["title"],
        side=row["side"],
        asked_like=row["asked_like"],
        head_count=row["head_count"],
        code=row["code"],
    )


def _record(
    row: RowMapping,
    owner: RowMapping,
    groups: list[GroupRecord],
    questionnaires: dict[str, int],
) -> AssessmentRecord:
    return AssessmentRecord(
        id=row["id"],
        organisation=OrganisationRecord(
            owner["id"], owner["name"], owner["setting"], owner["help_contact"]
        ),
        title=row["title"],
        opens_on=row["opens_on"],
        closes_on=row["closes_on"],
        minimum_group_size=row["minimum_group_size"],
        ladder=row["ladder"],
        seed=row["seed"],
        working_group=WorkingGroupRecord(
            members=row["members"],
            members_lived_experience=row["members_lived_experience"],
            members_paid=row["members_paid"],
            key_holders=row["key_holders"],
            key_holders_lived_experience=row["key_holders_lived_experience"],
            code=row["working_group_code"],
        ),
        groups=tuple(groups),
        questionnaires=questionnaires,
        form="quick" if row["form"] == "quick" else "full",
        follows=row["follows"],
    )
