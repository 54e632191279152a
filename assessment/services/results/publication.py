"""Publication: the results of a round, made once, kept, and from then on the same for everybody.

What is kept is what readers are given: pages, workbook and data as they were on that day, with
published figures and nothing finer. So neither a later version of the tool nor changed rules
change what people have seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import TypeAdapter

from assessment.render.result_json import dumps, result_json
from assessment.report.build import build_report
from assessment.report.model import Report
from assessment.report.summary import Summary, summary_of
from assessment.services.own_words.published import with_own_words
from assessment.services.results import round_results
from assessment.services.rounds.audit import note
from assessment.services.rounds.changes import GONE, NOT_NOW, NotChangedError, changing
from assessment.services.rounds.states import Act, allows, state_of, today
from assessment.store import Store
from assessment.store.records import AssessmentRecord

#: The parts of a publication: the summary, the data as JSON, the results workbook.
SUMMARY: Final = "summary"
DATA: Final = "data"
WORKBOOK: Final = "workbook"
SUMMARIES = TypeAdapter(Summary)
#: Draws the pages of a publication, each a part by its name.
Draw = Callable[[Store, AssessmentRecord, Report], Mapping[str, bytes]]
#: How often the results are made anew where an answer came while they were made.
TRIES = 5
ALREADY = (
    "The results are published already, just now or by somebody else. They are the same for "
    "everybody."
)
TOO_BUSY = (
    "Answers were changed while the results were made, so nothing is published. Wait until nobody "
    "changes them any more, and try again."
)


def publish(store: Store, name: str, draw: Draw) -> None:
    """Publish the results of a round that is closed: for everybody, once.

    They are made before the round is locked, since others write meanwhile, and made anew where an
    answer has come in between. So they are those of the moment in which they are published.

    Raises:
        NotChangedError: the round is gone, is not closed yet or published already, or its answers
            are being changed. Nothing is changed.
        UnreachableError: the store does not answer; nothing is changed.
    """
    for _ in range(TRIES):
        with store.read() as work:
            record, made_of = work.assessments.get(name), round_results.state_of_answers(work, name)
        _refuse_unless_closed(record)
        assert record is not None
        parts = made_parts(store, record, draw)
        if _keep(store, record, made_of, parts):
            return
    raise NotChangedError(TOO_BUSY)


def made_parts(store: Store, record: AssessmentRecord, draw: Draw) -> dict[str, bytes]:
    """Everything that is published of a round, as its answers stand now."""
    from assessment.render.xlsx import write_workbook  # noqa: PLC0415  openpyxl is slow

    result = round_results.result(store, record)
    round_ = with_own_words(store, record, round_results.round_of(store, record))
    report = build_report(result, round_)
    return {
        SUMMARY: SUMMARIES.dump_json(summary_of(report)),
        DATA: dumps(result_json(report.result, report.round)).encode(),
        WORKBOOK: write_workbook(report),
        **draw(store, record, report),
    }


def _refuse_unless_closed(record: AssessmentRecord | None) -> None:
    if record is None:
        raise NotChangedError(GONE)
    if state_of(record).published:
        raise NotChangedError(ALREADY)
    if not allows(record, Act.PUBLISH):
        raise NotChangedError(NOT_NOW)


def _keep(store: Store, record: AssessmentRecord, made_of: str, parts: Mapping[str, bytes]) -> bool:
    """Publish what was made of the answers that still stand; False where they are others."""
    try:
        with changing(store, record.id, Act.PUBLISH) as (work, now):
            if round_results.state_of_answers(work, record.id) != made_of:
                return False
            work.publications.add(record.id, parts)
            work.assessments.change(record.id, published_on=today(now))
            note(work, now, "published")
    except NotChangedError:
        with store.read() as work:
            _refuse_unless_closed(work.assessments.get(record.id))
        raise
    return True
