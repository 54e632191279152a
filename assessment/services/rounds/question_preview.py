"""What each group of a round is asked, for those who run it: to read before anybody answers, and
while people do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.services.content.question_pages import Page, minutes, pages
from assessment.services.respondents.asked import asked_of
from assessment.services.rounds.overview import waiting_groups
from assessment.services.rounds.what_applies import what_applies
from assessment.services.rounds.workload import asked_in_plan, how_many
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.question_text import Reader
from questionnaires.reference_data import GROUP_TITLES


@dataclass(frozen=True)
class QuestionPreview:
    """What one group is asked.

    Attributes:
        group: its id in the round; empty in a plan, whose groups have none yet.
        questions: how many there are.
        texts: how many places for one's own words come on top.
        minutes: about how long that takes; of the working group, how long it talks.
        waits: whether some of it hangs on what the working group has not said yet.
    """

    group: str
    title: str
    pages: tuple[Page, ...]
    questions: int
    texts: int
    minutes: int
    waits: bool = False


def titles(record: AssessmentRecord) -> dict[str, str]:
    """The groups of a round by their ids, and the working group at the end."""
    groups = {group.group: group.title for group in record.groups}
    return groups | {WORKING_GROUP: GROUP_TITLES[WORKING_GROUP]}


def preview_of_round(store: Store, record: AssessmentRecord, group: str) -> QuestionPreview:
    """What a group is asked now, as the working group's answers stand.

    Args:
        group: one of ``titles``.
    """
    title = titles(record)[group]
    if group != WORKING_GROUP:
        asked = asked_of(store, record, group)
        waits = title in waiting_groups(store, record)
        return QuestionPreview(
            group, title, asked.pages, *asked.counted, asked.minutes, waits=waits
        )
    applies = what_applies(store, record)
    reader = Reader(WORKING_GROUP, None, WORKING_GROUP)
    together = pages(applies.library, record.questionnaires, reader, applies)
    return _preview(group, title, together, applies.library, reader)


def previews_of_plan(library: Library, values: Mapping[str, Any]) -> list[QuestionPreview]:
    """What each group of a plan will be asked, and the working group at the end.

    Args:
        library: with the questions of service users' own, where there are some.
        values: a plan, by the fields of ``AssessmentPlan``.
    """
    return [
        _preview("", title, asked, library, reader)
        for title, reader, asked in asked_in_plan(library, values)
    ]


def _preview(
    group: str, title: str, asked: tuple[Page, ...], library: Library, reader: Reader
) -> QuestionPreview:
    length = minutes(library, asked, reader)
    return QuestionPreview(group, title, asked, *how_many(reader, asked), length)
