"""Answers that come in workbooks: into the store all together, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assessment.services import clock
from assessment.services.access.codes import new_id
from assessment.services.content import loaded
from assessment.services.respondents.masking import masked_words
from assessment.services.results.round_results import context_of
from assessment.services.rounds.states import Act, schedule_allows, state_at, today
from assessment.services.rounds.workbook_copies import earlier, reply_id
from assessment.store import Store, UnitOfWork
from assessment.store.records import NO_ANSWER, AgreedRecord, AssessmentRecord
from questionnaires.content_folder import use
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import listing
from questionnaires.problems import Place, Problem, ProblemsError, in_table
from questionnaires.reference_data import group_title
from scoring.answers.validation import check


@dataclass(frozen=True)
class ImportedAnswers:
    """What came in: how many respondents of each group, how many of them replace an earlier reply,
    and how many agreed answers."""

    respondents: Mapping[str, int]
    agreed: int
    replaced: int = 0


@dataclass(frozen=True)
class Copy:
    """How a workbook with a number is taken in.

    Attributes:
        number: of the copy.
        before: how many replies with this number had been taken in when somebody decided.
        replaces: the answers take the place of the one earlier reply.
    """

    number: str
    before: int = 0
    replaces: bool = False


def import_answers(
    store: Store,
    record: AssessmentRecord,
    table: pd.DataFrame,
    *,
    replace: bool = False,
    late: bool = False,
    copies: Mapping[str, Copy] | None = None,
) -> ImportedAnswers:
    """Keep answers from workbooks as responses and as the working group's, in one transaction.

    Args:
        table: columns respondent, group, questionnaire, item, value; text. Its index says where
            each answer stands. The respondents' names only tell them apart and are not kept.
        replace: let the working group's answers replace those that stand already and differ.
        late: take them in after the last day.
        copies: by respondent, those of workbooks with a number.

    Raises:
        ProblemsError: nothing was kept. Its code is ``agreed_otherwise`` where ``replace`` would
            let the answers in, ``round_closed`` where ``late`` would, and ``taken_in_just_now``
            where another decision is needed about a copy.
    """
    library = loaded.of_round(store, record).library
    if problems := problems_of(record, library, table):
        raise ProblemsError(problems)
    team = table["group"] == WORKING_GROUP
    people = table[~team]
    replies = [
        _Reply(
            str(rows["group"].iat[0]),
            {item: value for item, value in _given(rows).items() if item in library.items},
            (copies or {}).get(str(name)),
        )
        for name, rows in people.groupby("respondent", sort=True)
    ]
    with store.write() as work:
        # Of two who take in the same workbook at once, one waits here and is told.
        work.assessments.lock(record.id)
        _refuse_unless_taken(work, record, late=late)
        agreed = _agree(work, record, library, table[team], replace=replace)
        _keep(work, record, library, replies)
        for group in {reply.group for reply in replies}:
            work.responses.write_anew(record.id, group)
        work.commit()
    store.traces.erase()
    heads = people.drop_duplicates("respondent")["group"].value_counts()
    return ImportedAnswers(
        {group.group: int(heads.get(group.group, 0)) for group in record.groups},
        agreed,
        sum(reply.copy is not None and reply.copy.replaces for reply in replies),
    )


@dataclass(frozen=True)
class _Reply:
    """What one respondent said."""

    group: str
    answers: Mapping[str, str]
    copy: Copy | None


def _keep(
    work: UnitOfWork, record: AssessmentRecord, library: Library, replies: Sequence[_Reply]
) -> None:
    """Keep replies. They go in by their random ids, and what people wrote goes in last by ids of
    its own, so that no order in the database is the order of the files."""
    named = _named(work, record, replies)
    before = set(work.responses.texts(record.id))
    texts: dict[str, tuple[str, str]] = {}
    words_come = any(masked_words(reply.answers, library) for reply in replies)
    if words_come and work.written.read(record.id):
        # Whoever has read the others would know whose this one is.
        raise ProblemsError.of("texts_are_read")
    for name, reply in sorted(named.items()):
        written = masked_words(reply.answers, library)
        values = {item: value for item, value in reply.answers.items() if item not in written}
        words = set(written.items())
        if reply.copy is not None and reply.copy.replaces:
            work.responses.replace(name, values)
            # What was written stands apart from its reply, and cannot be found to be replaced.
            words -= before
        else:
            work.responses.add(name, record.id, reply.group, values, {})
        texts |= {new_id(): pair for pair in words}
    work.responses.add_texts(record.id, texts)
    replaced = sum(reply.copy is not None and reply.copy.replaces for reply in replies)
    if replaced:
        work.assessments.count_replaced(record.id, replaced)


def _named(
    work: UnitOfWork, record: AssessmentRecord, replies: Sequence[_Reply]
) -> dict[str, _Reply]:
    """The replies by the ids under which they are kept.

    Raises:
        ProblemsError: since somebody decided about a copy, it was taken in.
    """
    found: dict[str, _Reply] = {}
    further: dict[str, int] = {}
    for reply in replies:
        copy = reply.copy
        if copy is None:
            found[new_id()] = reply
            continue
        if copy.number not in further:
            stored = earlier(work, record, copy.number)
            fits = not copy.replaces or stored.groups == (reply.group,)
            if stored.count != copy.before or not fits:
                raise ProblemsError.of("taken_in_just_now")
            further[copy.number] = stored.count
        number = 0 if copy.replaces else further[copy.number]
        further[copy.number] += not copy.replaces
        found[reply_id(record, copy.number, number)] = reply
    return found


def _refuse_unless_taken(work: UnitOfWork, record: AssessmentRecord, *, late: bool) -> None:
    """Look in this unit of work whether a round takes workbooks in.

    Raises:
        ProblemsError: it does not, or does only where somebody says that they come late.
    """
    schedule = work.assessments.schedule(record.id)
    if schedule is None:
        raise ProblemsError.of("round_gone")
    if schedule_allows(schedule, Act.TAKE_IN):
        return
    if schedule_allows(schedule, Act.TAKE_IN_LATE):
        if late:
            return
        raise ProblemsError.of("round_closed")
    ahead = state_at(schedule, clock.now()).ahead
    raise ProblemsError.of("round_not_open" if ahead else "round_final")


def problems_of(record: AssessmentRecord, library: Library, table: pd.DataFrame) -> list[Problem]:
    """Why answers cannot be taken into an assessment, whatever is stored already."""
    with use(library.content):
        return _problems_of(record, library, table)


def _problems_of(record: AssessmentRecord, library: Library, table: pd.DataFrame) -> list[Problem]:
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
    for problem in check(table.reset_index(drop=True), library, context_of(record, library)):
        found.append(in_table(problem, "", index))
    return list(dict.fromkeys(found))


def _given(rows: pd.DataFrame) -> dict[str, str]:
    """The answers in some rows by item, without empty ones."""
    pairs = zip(rows["item"], rows["value"], strict=True)
    return {str(item): str(value) for item, value in pairs if value}


def agreed_otherwise(store: Store, record: AssessmentRecord, table: pd.DataFrame) -> int:
    """How many of the working group's answers stand already and differ from these.

    Raises:
        UnreachableError: the store does not answer.
    """
    library = loaded.of_round(store, record).library
    with store.read() as work:
        standing = work.agreed.all(record.id)
    return len(_differing(standing, _wanted(library, table, standing)))


def _wanted(
    library: Library, rows: pd.DataFrame, standing: Mapping[str, AgreedRecord]
) -> dict[str, AgreedRecord]:
    """The agreed answers that would be others."""
    given = _given(rows)
    wanted: dict[str, AgreedRecord] = {}
    for item in library.items.values():
        old = standing.get(item.id, NO_ANSWER)
        value = given.get(item.id) or old.value
        note = (given.get(item.note_id) or old.note) if item.takes_note else old.note
        if (value, note) != (old.value, old.note):
            wanted[item.id] = AgreedRecord(value, note, old.revision)
    return wanted


def _differing(
    standing: Mapping[str, AgreedRecord], wanted: Mapping[str, AgreedRecord]
) -> list[str]:
    """The items of which something that stands already would be replaced."""
    return [
        item
        for item, new in wanted.items()
        if (old := standing.get(item))
        and ((old.value and old.value != new.value) or (old.note and old.note != new.note))
    ]


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
    standing = work.agreed.all(record.id)
    wanted = _wanted(library, rows, standing)
    differing = _differing(standing, wanted)
    if differing and not replace:
        raise ProblemsError.of("agreed_otherwise", found=len(differing))
    for item, new in wanted.items():
        seen = new.revision
        if not work.agreed.put(record.id, item, new.value, new.note, after=seen, on=today(record)):
            raise ProblemsError.of("agreed_just_now")
    return len(wanted)
