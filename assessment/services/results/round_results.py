"""Results: from what was handed in and agreed to the profile with its recommendation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date

import pandas as pd

from assessment.report.round_details import Round, Team
from assessment.services.access.sessions import round_state
from assessment.services.content import loaded
from assessment.services.results.evaluation import evaluate
from assessment.services.rounds.workload import questionnaires_of
from assessment.store import Store
from assessment.store.records import AgreedRecord, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.reference_data import group_title
from scoring.answers.context import LEAST_MINIMUM, Context
from scoring.answers.matrix import COLUMNS
from scoring.result import Result

#: How the working group is called in a table of answers.
TEAM = "working-group"


def context_of(record: AssessmentRecord) -> Context:
    """What scoring knows about an assessment beside its answers."""
    return Context(
        organisation=record.organisation.name,
        form=record.form,
        questionnaires=_chosen(record),
        # An assessment that was opened when less was allowed shows less than it said, never more.
        minimum_group_size=max(record.minimum_group_size, LEAST_MINIMUM),
        eligible={group.group: group.head_count for group in record.groups},
        sides={group.group: group.side for group in record.groups},
        asked_like={g.group: g.asked_like for g in record.groups if g.asked_like != g.group},
        titles={
            group.group: group.title
            for group in record.groups
            if group.title != group_title(group.group)
        },
        seed=record.seed,
        ladder=record.ladder,
        closes_on=record.closes_on,
    )


def _chosen(record: AssessmentRecord) -> tuple[str, ...]:
    """The questionnaires of an assessment, if some that its length would ask are left out."""
    usual = {one.id for one in questionnaires_of(loaded.library(record.ladder), record.form)}
    return () if usual <= record.questionnaires.keys() else tuple(record.questionnaires)


def answers_table(store: Store, record: AssessmentRecord) -> pd.DataFrame:
    """Everything that was handed in and agreed, one row an answer, without what people wrote.

    Returns:
        The columns respondent, group, questionnaire, item, value. These are raw answers: they
        belong into scoring and backups, never on a screen.
    """
    with store.read() as work:
        rows = [
            *_rows(work.responses.rows(record.id), loaded.library(record.ladder)),
            *agreed_rows(work.agreed.all(record.id), loaded.library(record.ladder)),
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _rows(answers: list[tuple[str, str, str, str]], library: Library) -> Iterator[tuple[str, ...]]:
    for response, group, item, value in answers:
        if item in library.items:
            yield response, group, library.questionnaire_of[item].id, item, value


def agreed_rows(answers: Mapping[str, AgreedRecord], library: Library) -> Iterator[tuple[str, ...]]:
    """The working group's answers with their notes, and what they were before, as rows of a table
    of answers."""
    for name, answer in answers.items():
        if name not in library.items:
            continue
        item, questionnaire = library.items[name], library.questionnaire_of[name].id
        rows = [(name, answer.value), (item.note_id, answer.note)]
        if answer.value and answer.earlier_value and item.takes_note:
            rows.append((item.earlier_id, answer.earlier_value))
            rows.append((item.earlier_note_id, answer.earlier_note))
        for where, value in rows:
            if value:
                yield TEAM, WORKING_GROUP, questionnaire, where, value


def result(store: Store, record: AssessmentRecord) -> Result:
    """The result of exactly what was handed in and agreed by now."""
    return evaluate(answers_table(store, record), context_of(record), name=record.title)


def round_of(record: AssessmentRecord, today: date) -> Round:
    """What is known of a round beside its answers: whether it is over, and who ran it."""
    team = record.working_group
    known = {field.name: getattr(team, field.name) for field in fields(Team)}  # without its code
    return Round(closed=round_state(record, today) == "closed", team=Team(**known))


def so_far(record: AssessmentRecord, today: date) -> str:
    """That results are not final, as long as people can answer; empty from then on."""
    if round_state(record, today) == "closed":
        return ""
    return "Results so far: people can still answer. Numbers will change."


def version(store: Store, assessment: str | None) -> tuple[str, str]:
    """An assessment, the newest one unless it is named, and a sign that changes whenever its
    results may have changed.

    What was handed in never changes, so counts stand for it; agreed answers count their changes.
    With the day it changes what is said of the last day.
    """
    with store.read() as work:
        name = assessment or work.assessments.newest() or ""
        handed_in = work.responses.counts(name)
        return name, f"{sorted(handed_in.items())} {work.agreed.changes(name)} {date.today()}"
