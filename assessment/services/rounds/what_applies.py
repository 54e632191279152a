"""What applies in an assessment: its length, and what the working group has said about itself."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.services.content import loaded
from assessment.store import Store
from assessment.store.records import AgreedRecord, AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.skip_logic import Applies, applies
from scoring.answers.fitting import fits


def what_applies(store: Store, record: AssessmentRecord) -> Applies:
    """What is asked in an assessment, as the working group's answers stand now."""
    with store.read() as work:
        library = loaded.in_work(work, record.content, record.ladder).library
        return with_answers(record, work.agreed.all(record.id), library)


def with_answers(
    record: AssessmentRecord, agreed: Mapping[str, AgreedRecord], library: Library
) -> Applies:
    """The same with these answers of the working group.

    Args:
        library: what the assessment asks.
    """
    # A stored answer that its question no longer allows is no fact.
    given = {
        item: answer.value
        for item, answer in agreed.items()
        if fits(library, WORKING_GROUP, item, answer.value)
    }
    return applies(library, given, record.form, record.questionnaires)
