"""What each length of an assessment asks, and how long it takes the groups of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assessment.services.content.question_pages import (
    Page,
    Reader,
    counted,
    minutes,
    pages,
)
from questionnaires.forms import Form
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP, Questionnaire
from questionnaires.reference_data import GROUP_SIDES, GROUP_TITLES
from questionnaires.skip_logic import Applies

#: The questionnaire that is answered on a participation ladder.
LADDER_QUESTIONNAIRE = "participation-ladder"
#: Longer times are given in hours.
LONGEST_IN_MINUTES = 100


@dataclass(frozen=True)
class Workload:
    """What one person of a group is asked: how many questions, and for about how many minutes."""

    group: str
    title: str
    questions: int
    minutes: int


def groups_asked(library: Library, form: Form, questionnaire: Questionnaire) -> set[str]:
    """The built-in groups that a length asks something of a questionnaire."""
    return {
        group
        for item in questionnaire.items()
        for group in library.forms.groups(form, item, questionnaire)
    }


def questionnaires_of(library: Library, form: Form) -> tuple[Questionnaire, ...]:
    """The questionnaires of which a length asks somebody something, in their order."""
    ordered = sorted(library.questionnaires, key=lambda questionnaire: questionnaire.order)
    return tuple(q for q in ordered if groups_asked(library, form, q))


def extent(library: Library, form: Form, questionnaire: Questionnaire) -> tuple[int, int]:
    """How many questions of a questionnaire a length asks at most, and how many there are."""
    items = list(questionnaire.items())
    asked = [item for item in items if library.forms.groups(form, item, questionnaire)]
    return len(asked), len(items)


def readers(values: Mapping[str, Any]) -> list[tuple[str, Reader]]:
    """The groups of a plan that are asked, by their titles, and the working group at the end."""
    found = [
        (group["own_title"] or GROUP_TITLES[like], Reader(like, GROUP_SIDES[like], like))
        for group in values["groups"]
        if (like := group["asked_like"]) in GROUP_SIDES
    ]
    return [*found, (GROUP_TITLES[WORKING_GROUP], Reader(WORKING_GROUP, None, WORKING_GROUP))]


def asked_in_plan(
    library: Library, values: Mapping[str, Any], form: Form | None = None
) -> list[tuple[str, Reader, tuple[Page, ...]]]:
    """The groups of a plan that are asked, and the working group at the end: each with its title,
    how it reads, and its questions.

    No facts about the organisation have been given yet: it is taken for one without peer work.
    The working group, which gives them, is told what its round begins with.

    Args:
        values: a plan as far as it is filled in, by the fields of ``AssessmentPlan``.
        form: one of the lengths; the one that the plan has chosen if None.
    """
    description = library.forms.file
    facts = description.situations[0].as_facts if description else {}
    without_peer_work = Applies(library, facts, form or values["form"] or "full")
    nothing_known = replace(without_peer_work, facts={})
    found = []
    for title, reader in readers(values):
        applies = nothing_known if reader.group == WORKING_GROUP else without_peer_work
        asked = pages(library, values["questionnaires"], reader, applies)
        found.append((title, reader, asked))
    return found


def workloads(
    library: Library, values: Mapping[str, Any], form: Form | None = None
) -> list[Workload]:
    """How much that is of each, with the same arguments."""
    return [
        Workload(reader.group, title, how_many(reader, asked)[0], minutes(library, asked, reader))
        for title, reader, asked in asked_in_plan(library, values, form)
    ]


def how_many(reader: Reader, asked: tuple[Page, ...]) -> tuple[int, int]:
    """How many questions these are, and how many places for one's own words come on top: others
    may write beside what they answer, the working group answers in words of its own."""
    questions, own_words = counted(asked)
    return (questions + own_words, 0) if reader.group == WORKING_GROUP else (questions, own_words)


def time_in_words(minutes: int) -> str:
    """A time in whole minutes, and in hours where they are many."""
    if not minutes:
        return "nothing"
    if minutes <= LONGEST_IN_MINUTES:
        return f"about {minutes} min"
    halves = round(minutes / 30)
    hours, half = divmod(halves, 2)
    return f"about {hours}{'½' if half else ''} hours"
