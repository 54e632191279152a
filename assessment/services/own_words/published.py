"""What people wrote and what groups say, as it is published with the results."""

from __future__ import annotations

from assessment.report.round_details import GroupStatement, Round
from assessment.services.content import loaded
from assessment.services.own_words.text_review import asked_in_words, least_to_show
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.phrases import day
from scoring.disclosure.written_texts import Texts, publish_texts


def with_own_words(store: Store, record: AssessmentRecord, round_: Round) -> Round:
    """What is known of a round, with the words of people and groups. For publication alone: before
    it nobody reads them in the results."""
    return round_.with_words(texts(store, record), statements(store, record))


def texts(store: Store, record: AssessmentRecord) -> dict[str, Texts]:
    """By question, what may be published of what was written in answer to it. Not reviewed is not
    shown."""
    items = asked_in_words(loaded.of_round(store, record).library, record)
    with store.read() as work:
        written, again = work.written.all(record.id), work.assessments.replaced(record.id)
    minimum = least_to_show(record)
    found = {}
    for item in items:
        own = [text for text in written if text.item == item]
        shown = [text.text for text in own if text.review == "shown"]
        found[item] = publish_texts(shown, len(own), minimum, perhaps_again=again)
    return found


def statements(store: Store, record: AssessmentRecord) -> tuple[GroupStatement, ...]:
    """What groups say, in the order of the groups."""
    with store.read() as work:
        found = work.statements.all(record.id)
    return tuple(
        GroupStatement(
            group=group.group,
            title=group.title,
            text=said.text,
            facilitated=said.origin == "facilitated",
            written_by=said.written_by,
            written_on=day(said.written_on),
        )
        for group in record.groups
        if (said := found.get(group.group))
    )
