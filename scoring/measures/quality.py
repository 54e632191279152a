"""Answer quality: flags beside the results. A flag never takes an answer away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from questionnaires.model import WORKING_GROUP
from scoring.answers.matrix import DONT_KNOW_CELL, Answers, Group
from scoring.disclosure.groups_and_rounding import (
    Partition,
    Suppressed,
    publishable_counts,
    round_to_whole,
)
from scoring.measures.totals import DimensionResult
from scoring.rules.model import NOT_HEARD
from scoring.thresholds import thresholds

FlagCode = Literal[
    "invented",
    "written_statement",
    "service_users_not_heard",
    "group_missing",
    "group_hidden",
    "more_than_eligible",
    "low_response",
    "mix_far_from_head_counts",
    "straight_lining",
    "dont_know",
    "critical_unknown",
    "claimed_not_agreed",
    "facts_assumed",
    "content_unreadable",
    "answers_left_out",
    "agreed_left_out",
    "ladder_gone",
]


@dataclass(frozen=True)
class Flag:
    """One thing to keep in mind when reading the results.

    Attributes:
        ids: the group, questionnaire, dimensions, facts or ladder that it is about.
        people: how many answered, or answered so; None where that may not be published.
        answers: how many answers; None where that may not be published.
        head_count: people in the group.
        shares: of all answers that are don't know; or of the people who were asked, then of those
            who answered, who are of the group.
        suppressed: why a group is hidden.
    """

    flag: FlagCode
    ids: tuple[str, ...] = ()
    people: int | None = None
    answers: int | None = None
    head_count: int | None = None
    shares: tuple[float, ...] = ()
    suppressed: Suppressed | None = None


def flags(
    answers: Answers,
    partition: Partition,
    dimensions: Mapping[str, DimensionResult],
    *,
    heard: bool,
    statement: bool,
    assumed: tuple[str, ...],
) -> tuple[Flag, ...]:
    """Every flag, in a fixed order.

    Args:
        heard: people with lived experience are shown where they limit a domain.
        statement: too few service users exist to be shown, and a statement of theirs counts.
    """
    limits, context = thresholds(), answers.context
    found: list[Flag] = []
    if statement:
        found.append(Flag("written_statement"))
    elif not heard:
        found.append(Flag(NOT_HEARD))
    present = {group.id for group in answers.groups}
    # Nobody is missing who was not invited: where head counts are known, they name who was.
    invited = context.eligible or dict.fromkeys(limits.expected_groups)
    found += [
        Flag("group_missing", (group,))
        for group in invited
        if group not in present
        and not (statement and answers.library.sides.get(group) == "lived_experience")
    ]
    found += [
        Flag("group_hidden", (name,), suppressed=suppressed)
        for name, suppressed in partition.hidden.items()
    ]
    counts = publishable_counts(answers.groups, partition)
    published = [group for group in answers.groups if group.id in counts]
    found += _more_than_eligible(answers.groups, published)
    found += _responses(published, answers, partition.minimum)
    found += _mix(published)
    found += _straight_lining(answers, partition)
    found += [
        Flag("dont_know", (result.id,), shares=(result.dont_know,))
        for result in dimensions.values()
        if result.dont_know is not None and result.dont_know >= limits.high_dont_know
    ]
    found += _unknown_critical(answers, dimensions)
    claimed = [r.id for r in dimensions.values() if r.basis == "claimed" and r.score is not None]
    if claimed:
        found.append(Flag("claimed_not_agreed", tuple(claimed)))
    if assumed:
        found.append(Flag("facts_assumed", assumed))
    return tuple(found)


def left_out(table: pd.DataFrame, partition: Partition) -> Iterator[Flag]:
    """Stored answers that the questions as they are now have no place for.

    Of hidden groups nothing is said. Of the others the number is told to the nearest five: where
    one option has gone, it is the number of people who had chosen it.

    Args:
        table: the answers that are left out, with the column group.
    """
    shown = [member.id for group in partition.groups for member in group.members]
    if count := int(table["group"].isin(shown).sum()):
        about = None if count < partition.minimum else 5 * round_to_whole(count / 5)
        yield Flag("answers_left_out", answers=about)
    if agreed := int((table["group"] == WORKING_GROUP).sum()):
        yield Flag("agreed_left_out", answers=agreed)


def _unknown_critical(
    answers: Answers, dimensions: Mapping[str, DimensionResult]
) -> Iterator[Flag]:
    """Critical dimensions without a score in a domain that has one."""
    library = answers.library
    known = {library.dimensions[r.id].domain for r in dimensions.values() if r.score is not None}
    for dimension in library.dimensions.values():
        result = dimensions.get(dimension.id)
        unknown = result is not None and result.score is None and result.asked
        if dimension.critical and dimension.domain in known and unknown:
            yield Flag("critical_unknown", (dimension.id,))


def _more_than_eligible(groups: Sequence[Group], published: Sequence[Group]) -> Iterator[Flag]:
    """Groups with more replies than heads: said, and never a reason to hide the results."""
    for group in groups:
        if group.head_count and group.n > group.head_count:
            people = group.n if group in published else None
            yield Flag("more_than_eligible", (group.id,), people, head_count=group.head_count)


def _responses(published: Sequence[Group], answers: Answers, minimum: int) -> Iterator[Flag]:
    """Groups of which few answered; of one with fewer heads than the minimum nothing is said."""
    least = thresholds().low_response
    for group in answers.groups:
        heads = group.head_count
        if heads and heads >= minimum and group.n / heads < least:
            people = group.n if group in published else None
            yield Flag("low_response", (group.id,), people, head_count=heads)


def _mix(groups: Sequence[Group]) -> Iterator[Flag]:
    """Groups whose share among the replies is far from their share of heads."""
    known = [(g, max(g.head_count, g.n)) for g in groups if g.head_count]
    replies = sum(group.n for group, _ in known)
    heads = sum(count for _, count in known)
    if len(known) < 2:
        return
    for group, count in known:
        of_replies, of_heads = group.n / replies, count / heads
        if abs(of_replies - of_heads) > thresholds().mix_apart:
            yield Flag("mix_far_from_head_counts", (group.id,), shares=(of_heads, of_replies))


def _straight_lining(answers: Answers, partition: Partition) -> Iterator[Flag]:
    """People who gave one answer to all scored items of a questionnaire."""
    least = thresholds().straight_lining_items
    members = [member for group in partition.groups for member in group.members]
    for questionnaire in answers.library.questionnaires:
        by_scale: dict[str, list[int]] = {}
        for item in questionnaire.items():
            scale = answers.library.scale(item)
            if item.scored and scale is not None:
                by_scale.setdefault(scale.id, []).append(answers.rows[item.id])
        count = 0
        for rows in by_scale.values():
            for member in members:
                cells = answers.matrix[rows, member.start : member.stop]
                scored = cells < DONT_KNOW_CELL
                low = np.where(scored, cells, 255).min(axis=0)
                high = np.where(scored, cells, 0).max(axis=0)
                count += int(((scored.sum(axis=0) >= least) & (low == high)).sum())
        if count:
            people = count if count >= partition.minimum else None
            yield Flag("straight_lining", (questionnaire.id,), people)
