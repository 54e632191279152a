"""Fills a store with organisations as they are after a year: rounds in every state, and all that
people gave to them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from assessment.services.access.codes import hashed, new_id
from assessment.services.respondents import answering
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import (
    account,
    assessment,
    assessment_questionnaire,
    draft,
    draft_answer,
    invitation,
    organisation,
    response,
    session,
    stakeholder_group,
)
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of

#: Of each round in which people answer or answered: in each group, so many replies, drafts and
#: personal codes, and in each draft so many answers.
REPLIES, DRAFTS, CODES, ANSWERS = 10, 3, 12, 20
#: How many days ago the last day of each round of an organisation was.
ENDED = {"archived": 300, "published": 90, "closed": 3, "open": -20, "ahead": -60}

Rows = dict[sa.Table, list[dict[str, Any]]]


@dataclass(frozen=True)
class Example:
    """A round that was opened and answered as people do it, of which the others are copies."""

    record: AssessmentRecord
    row: Mapping[str, Any]
    groups: list[Mapping[str, Any]]
    asked: list[Mapping[str, Any]]
    answers: str


def example(store: Store) -> Example:
    """Open a round, and answer it once."""
    record = opened(store)
    token = begun(store, record)
    found = draft_of(store, token)
    answering.save(
        store, found, {q.item.id: q.choices[0].code for q in found.questions.values() if q.choices}
    )
    given = json.dumps(found.saved)
    answering.hand_in(store, token)
    with store.engine.connect() as connection:

        def rows(table: sa.Table, column: sa.Column[Any]) -> list[Mapping[str, Any]]:
            found = connection.execute(sa.select(table).where(column == record.id)).mappings()
            return [dict(row) for row in found]

        (row,) = rows(assessment, assessment.c.id)
        return Example(
            record,
            row,
            rows(stakeholder_group, stakeholder_group.c.assessment),
            rows(assessment_questionnaire, assessment_questionnaire.c.assessment),
            given,
        )


def fill(store: Store, like: Example, organisations: int, *, first: int = 0) -> None:
    """Add organisations.

    Args:
        first: the number of the first one; each has a name of its own.
    """
    for number in range(first, first + organisations):
        rows: Rows = {}
        _add_organisation(rows, like, number)
        with store.engine.begin() as connection:
            for table, values in rows.items():
                connection.execute(sa.insert(table), values)


def _add_organisation(rows: Rows, like: Example, number: int) -> None:
    name = f"House {number:05}"
    owner = new_id()
    _add(
        rows,
        organisation,
        id=owner,
        name=name,
        setting="Homeless service",
        help_contact="Ask at the front desk",
        time_zone="Europe/London",
    )
    _add(
        rows,
        account,
        id=new_id(),
        organisation=owner,
        role="coordinator",
        name=f"{number}@houses.example",
        name_key=f"{number}@houses.example",
    )
    for state, ended in ENDED.items():
        _add_round(rows, like, owner, state, date.today() - timedelta(days=ended))


def _add_round(rows: Rows, like: Example, owner: str, state: str, closes: date) -> None:
    round_ = new_id()
    over = state in ("archived", "published")
    dates = {
        "opens_on": closes - timedelta(days=30),
        "closes_on": closes,
        "published_on": closes + timedelta(days=2) if over else None,
        "archived_on": closes + timedelta(days=100) if state == "archived" else None,
    }
    named = {"id": round_, "organisation": owner, "working_group_code": new_id()}
    _add(rows, assessment, **dict(like.row) | dates | named | {"title": f"A round, {state}"})
    for group in like.groups:
        code = {"assessment": round_, "code": new_id()}
        _add(rows, stakeholder_group, **dict(group) | code)
    for asked in like.asked:
        _add(rows, assessment_questionnaire, **dict(asked) | {"assessment": round_})
    if state != "ahead":
        for group in like.groups:
            _add_answers(rows, like, round_, group["group"], answering=state == "open")


def _add_answers(rows: Rows, like: Example, round_: str, group: str, *, answering: bool) -> None:
    here = {"assessment": round_, "group": group}
    for number in range(CODES):
        state = "used" if number < REPLIES else "open"
        _add(rows, invitation, code_hash=hashed(new_id()), state=state, **here)
    for _ in range(REPLIES):
        seal = secrets.token_hex(32)
        _add(rows, response, id=new_id(), answers=like.answers, seal=seal, **here)
    for _ in range(DRAFTS if answering else 0):
        name = new_id()
        _add(rows, draft, id=name, **here)
        for _ in range(ANSWERS):
            given = secrets.token_bytes(60)
            _add(rows, draft_answer, draft=name, mark=new_id(), encrypted=given)
        _add(
            rows,
            session,
            token_hash=hashed(new_id()),
            draft=name,
            draft_key=secrets.token_bytes(60),
            own_device=True,
            **here,
        )


def _add(rows: Rows, table: sa.Table, **values: Any) -> None:
    rows.setdefault(table, []).append(values)


def in_each_state(store: Store, owner: str) -> Iterator[str]:
    """The ids of the rounds of an organisation, the one that ended first first."""
    found = sa.select(assessment.c.id).where(assessment.c.organisation == owner)
    with store.engine.connect() as connection:
        yield from connection.execute(found.order_by(assessment.c.closes_on)).scalars().all()
