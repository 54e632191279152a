"""Somebody who answers, by the services alone: from the code of a link to a draft."""

from __future__ import annotations

import sqlalchemy as sa

from assessment.services.access import sessions
from assessment.services.access.sessions import EnteredSession
from assessment.services.respondents import answering
from assessment.services.respondents.answering import Draft
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.store.tables import draft, draft_answer


def entered(
    store: Store, code: str, session: str = "", *, own_device: bool = False
) -> EnteredSession:
    """The session that a code leads to, on a device that has a session already or none."""
    entered_session = sessions.enter(store, code, session, own_device=own_device)
    assert entered_session is not None
    return entered_session


def begun(
    store: Store, record: AssessmentRecord, group: str = "staff", *, own_device: bool = True
) -> str:
    """The token of a session that has begun to answer."""
    return entered(store, record.group(group).code, own_device=own_device).token


def draft_of(store: Store, token: str) -> Draft:
    draft = answering.find_visit(store, token).draft
    assert draft is not None
    return draft


def first_answer(draft: Draft) -> dict[str, str]:
    """The first option of the first question."""
    question = draft.pages[0].questions[0]
    return {question.item.id: question.choices[0].code}


def answer_all(store: Store, draft: Draft) -> None:
    """Answer everything that has choices."""
    questions = [q for q in draft.questions.values() if q.choices]
    answering.save(store, draft, {q.item.id: q.choices[1].code for q in questions})


def drafts_by_group(store: Store) -> dict[str, int]:
    """How many drafts with an answer each group has."""
    with store.engine.connect() as connection:
        rows = connection.execute(
            sa.select(draft.c.group, sa.func.count(sa.distinct(draft.c.id)))
            .join(draft_answer, draft_answer.c.draft == draft.c.id)
            .group_by(draft.c.group)
        )
        return dict(rows.all())
