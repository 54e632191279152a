"""Answers that come in workbooks: into the store all together, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from assessment.services.access.sessions import round_state
from assessment.services.content import loaded
from assessment.services.respondents.answering import add_response
from assessment.services.results.round_results import context_of
from assessment.store import Store, UnitOfWork
from assessment.store.records import NO_ANSWER, AgreedRecord, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import listing
from questionnaires.problems import Place, Problem, ProblemsError, in_table
from questionnaires.reference_data import group_title
from scoring.answers.validation import check


@dataclass(frozen=True)
class ImportedAnswers:
    """What came in: how many respondents of each group, and how many agreed answers."""

    respondents: Mapping[str, int]
    agreed: int


def import_answers(
    store: Store, record: AssessmentRecord, table: pd.DataFrame, *, replace: bool = False
) -> ImportedAnswers:
    """Keep answers from workbooks as responses and as the working group's, in one transaction.

    Args:
        table: columns respondent, group, questionnaire, item, value; text. Its index says where
            each answer stands. The respondents' names only tell them apart and are not kept.
        replace: let the working group's answers replace those that stand already and differ.

    Raises:
        ProblemsError: nothing was kept. Its code is ``agreed_otherwise`` where ``replace`` would
            let the answers in.
    """
    library = loaded.library(record.ladder)
    if problems := _problems(record, library, table):
        raise ProblemsError(problems)
    team = table["group"] == WORKING_GROUP
    people = table[~team]
    with store.write() as work:
        agreed = _agree(work, record, library, table[team], replace=replace)
        for _, rows in people.groupby("respondent", sort=True):
            given = {item: value for item, value in _given(rows).items() if item in library.items}
            add_response(work, record, str(rows["group"].iat[0]), given)
        work.commit()
    heads = people.drop_duplicates("respondent")["group"].value_counts()
    return ImportedAnswers(
        {group.group: int(heads.get(group.group, 0)) for group in record.groups}, agreed
    )


def _problems(record: AssessmentRecord, library: Library, table: pd.DataFrame) -> list[Problem]:
    if round_state(record, date.today()) != "open":
        return [Problem("round_not_open", Place())]
    if table.empty:
        return [Problem("no_answer_in_workbooks", Place())]
    known = {group.group: group for group in record.groups}
    strangers = sorted(set(table["group"]) - {*known, WORKING_GROUP})
    if strangers:
        names = listing([group_title(name) for name in strangers])
        titles = [group.title for group in record.groups]
        return [Problem("group_not_in_round", Place(), names, titles)]
    found: list[Problem] = []
    item_of_note = {item.note_id: item for item in library.items.values() if item.takes_note}
    pairs = table[["group", "item"]].drop_duplicates()
    for group, name in pairs.itertuples(index=False):
        item = item_of_note.get(name) or library.items.get(name)
        if item is None:
            continue
        asked_like = known[group].asked_like if group in known else WORKING_GROUP
        own = library.questionnaire_of[item.id]
        if own.id not in record.questionnaires:
            title = own.title.for_group("", "organisation") or own.id
            found.append(Problem("questionnaire_not_in_round", Place(), title))
        elif asked_like not in library.groups_of(item):
            whom = known[group].title if group in known else group_title(group)
            words = next(iter(item.text.variants().values()), item.id)
            found.append(Problem("question_not_asked_of", Place(), words, details={"group": whom}))
    index = list(table.index)
    for problem in check(table.reset_index(drop=True), library, context_of(record)):
        found.append(in_table(problem, "", index))
    return list(dict.fromkeys(found))


def _given(rows: pd.DataFrame) -> dict[str, str]:
    """The answers in some rows by item, without empty ones."""
    pairs = zip(rows["item"], rows["value"], strict=True)
    return {str(item): str(value) for item, value in pairs if value}


def _agree(
    work: UnitOfWork,
    record: AssessmentRecord,
    library: Library,
    rows: pd.DataFrame,
    *,
    replace: bool,
) -> int:
    """The working group's answers; where one stands already and differs, ``replace`` decides."""
    if rows.empty:
        return 0
    given, standing = _given(rows), work.agreed.all(record.id)
    wanted: dict[str, AgreedRecord] = {}
    for item in library.items.values():
        old = standing.get(item.id, NO_ANSWER)
        value = given.get(item.id) or old.value
        note = (given.get(item.note_id) or old.note) if item.takes_note else old.note
        if (value, note) != (old.value, old.note):
            wanted[item.id] = AgreedRecord(value, note, old.revision)
    differing = [
        item
        for item, new in wanted.items()
        if (old := standing.get(item))
        and ((old.value and old.value != new.value) or (old.note and old.note != new.note))
    ]
    if differing and not replace:
        raise ProblemsError.of("agreed_otherwise", found=len(differing))
    for item, new in wanted.items():
        seen = new.revision
        if not work.agreed.put(record.id, item, new.value, new.note, after=seen, on=date.today()):
            raise ProblemsError.of("agreed_just_now")
    return len(wanted)
