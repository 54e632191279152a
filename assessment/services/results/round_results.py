"""Results: from what was handed in and agreed to the profile with its recommendation.

Nothing here is for a screen: results are published once (``publication``), and what was published
is seen through one gate (``viewing``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

import pandas as pd

from assessment.report.round_details import Round, Team
from assessment.services.content import loaded
from assessment.services.rounds import dates_in_words, states
from assessment.services.rounds.workload import questionnaires_of
from assessment.services.working_group.before_agreement import alone_part
from assessment.store import Store, UnitOfWork
from assessment.store.records import AgreedRecord, AssessmentRecord
from questionnaires.content_folder import use
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.reference_data import group_title
from scoring.answers.context import LEAST_MINIMUM, Context
from scoring.answers.fitting import fitting
from scoring.answers.matrix import COLUMNS, Group, read_answers
from scoring.disclosure.groups_and_rounding import Partition, partition
from scoring.measures.quality import Flag, left_out
from scoring.result import Result, result_of

#: How the working group is called in a table of answers.
TEAM = "working-group"


def context_of(record: AssessmentRecord, library: Library) -> Context:
    """What scoring knows about an assessment beside its answers.

    Args:
        library: what the assessment asks.
    """
    with use(library.content):
        return Context(
            organisation=record.organisation.name,
            form=record.form,
            questionnaires=_chosen(record, library),
            # One that was opened when less was allowed shows less than it said, never more.
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
            ladder=library.ladder,
            closes_on=states.last_day(record),
        )


def _chosen(record: AssessmentRecord, library: Library) -> tuple[str, ...]:
    """The questionnaires of an assessment, if some that its length would ask are left out; those
    that are gone are not among them."""
    usual = {one.id for one in questionnaires_of(library, record.form)}
    if usual <= record.questionnaires.keys():
        return ()
    known = {questionnaire.id for questionnaire in library.questionnaires}
    return tuple(name for name in record.questionnaires if name in known)


@dataclass(frozen=True)
class StoredAnswers:
    """Everything that was handed in and agreed, without what people wrote.

    Both tables have one row an answer and the columns respondent, group, questionnaire, item,
    value. These are raw answers: they belong into scoring and backups, never on a screen.

    Attributes:
        table: the answers that fit the questions.
        left_out: those that do not. A question is what it was when it was answered, unless that
            cannot be read any more.
    """

    table: pd.DataFrame
    left_out: pd.DataFrame


def stored_answers(store: Store, record: AssessmentRecord) -> StoredAnswers:
    """The answers of an assessment as they stand now."""
    library = loaded.of_round(store, record).library
    with store.read() as work:
        rows = [
            *_rows(work.responses.rows(record.id), library),
            *agreed_rows(work.agreed.all(record.id), library),
        ]
    return _divided(rows, record, library)


def _divided(
    rows: list[tuple[str, ...]], record: AssessmentRecord, library: Library
) -> StoredAnswers:
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    with use(library.content):
        fit = fitting(table, library, context_of(record, library))
    return StoredAnswers(table[fit].reset_index(drop=True), table[~fit])


def _rows(answers: list[tuple[str, str, str, str]], library: Library) -> Iterator[tuple[str, ...]]:
    for response, group, item, value in answers:
        yield response, group, _questionnaire(item, library), item, value


def _questionnaire(item: str, library: Library) -> str:
    """The questionnaire that an item is in; none where the item is gone."""
    found = library.questionnaire_of.get(item)
    return found.id if found else ""


def agreed_table(
    agreed: Mapping[str, AgreedRecord], record: AssessmentRecord, library: Library
) -> pd.DataFrame:
    """The working group's answers that fit the questions, as a table of answers."""
    return _divided(list(agreed_rows(agreed, library)), record, library).table


def agreed_rows(answers: Mapping[str, AgreedRecord], library: Library) -> Iterator[tuple[str, ...]]:
    """The working group's answers with their notes, and what they were before, as rows of a table
    of answers."""
    for name, answer in answers.items():
        item, questionnaire = library.items.get(name), _questionnaire(name, library)
        rows = [(name, answer.value)]
        if item is not None:
            rows += [(item.note_id, answer.note), (item.reason_id, answer.reason)]
            if answer.value and answer.earlier_value and item.takes_note:
                rows.append((item.earlier_id, answer.earlier_value))
                rows.append((item.earlier_note_id, answer.earlier_note))
                rows.append((item.earlier_reason_id, answer.earlier_reason))
        for where, value in rows:
            if value:
                yield TEAM, WORKING_GROUP, questionnaire, where, value


def result(store: Store, record: AssessmentRecord) -> Result:
    """The result of exactly what was handed in and agreed by now, by the questions and the rules
    that the assessment was opened with. Where those cannot be read any more, what is installed
    stands for them, and a flag says so. A stored answer that does not fit, or a ladder that is
    there no more, ends nobody's results: it is left out, and flagged."""
    content = loaded.of_round(store, record)
    library = content.library
    stored = stored_answers(store, record)
    with use(library.content):
        answers = read_answers(stored.table, library, context_of(record, library))
        found = result_of(answers, content.guidance)
        flags = [*left_out(stored.left_out, found.profile.partition)]
    if library.ladder != record.ladder:
        flags.append(Flag("ladder_gone", (record.ladder,)))
    if not content.readable:
        flags.insert(0, Flag("content_unreadable"))
    profile = replace(found.profile, quality=(*found.profile.quality, *flags))
    return replace(found, profile=profile)


def round_of(store: Store, record: AssessmentRecord) -> Round:
    """What is known of a round beside its answers: whether it is over, who ran it, and how members
    of the working group saw it before they agreed."""
    team = record.working_group
    known = {field.name: getattr(team, field.name) for field in fields(Team)}  # without its code
    return Round(
        closed=states.state_of(record).final,
        until=dates_in_words.hand_in_by(record),
        team=Team(**known),
        before=alone_part(store, record).spreads,
    )


def shown_groups(store: Store, record: AssessmentRecord) -> Partition:
    """Which groups the results show, by counts alone: as they would be published now."""
    library = loaded.of_round(store, record).library
    context = context_of(record, library)
    table = stored_answers(store, record).table
    people = table[table["group"] != WORKING_GROUP].groupby("group")["respondent"].nunique()
    groups = [
        Group(group.group, group.side, 0, int(people[group.group]), group.head_count)
        for group in record.groups
        if group.group in people.index
    ]
    return partition(groups, context.minimum_group_size)


def state_of_answers(work: UnitOfWork, name: str) -> str:
    """A sign that is another whenever the results of an assessment may be.

    What was handed in changes only where a mended workbook replaces one, which is counted, so
    counts stand for it; agreed answers count their changes, and so does what coordinators do to the
    round.
    """
    handed_in, ended = work.responses.counts(name), work.members.spread(name) is not None
    replaced, agreed = work.assessments.replaced(name), work.agreed.changes(name)
    return f"{sorted(handed_in.items())} {replaced} {agreed} {work.audit.count(name)} {ended}"
