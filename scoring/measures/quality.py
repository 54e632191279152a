"""Answer quality: flags beside the results. A flag never takes an answer away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.answers.context import Context
from scoring.answers.matrix import DONT_KNOW_CELL, Answers, Group
from scoring.disclosure.groups_and_rounding import Partition, count_in_words, publishable_counts
from scoring.measures.totals import DimensionResult
from scoring.rules.model import NOT_HEARD
from scoring.thresholds import thresholds

MORE_THAN_ELIGIBLE = "more_than_eligible"


@dataclass(frozen=True)
class Flag:
    """One thing to keep in mind when reading the results."""

    flag: str
    detail: str


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
        found.append(
            Flag(
                "written_statement",
                "There are too few service users for their answers to be shown. They gave a "
                "written statement, so they count as heard; no number comes of it.",
            )
        )
    elif not heard:
        band = "" if context.form == "quick" else "no overall band and "
        found.append(
            Flag(
                NOT_HEARD,
                "Too few people with lived experience answered for their view to be shown in the "
                f"principles or the culture, so there is {band}no start beyond involvement.",
            )
        )
    present = {group.id for group in answers.groups}
    # Nobody is missing who was not invited: where head counts are known, they name who was.
    invited = context.eligible or dict.fromkeys(limits.expected_groups)
    found += [
        Flag("group_missing", f"Nobody answered from: {context.within(group)}.")
        for group in invited
        if group not in present
        and not (statement and answers.library.sides.get(group) == "lived_experience")
    ]
    found += [
        Flag("group_hidden", f"{context.title(name)}: {suppressed.reason}.")
        for name, suppressed in partition.hidden.items()
    ]
    published = [
        group
        for group in answers.groups
        if group.id in publishable_counts(answers.groups, partition)
    ]
    found += _more_than_eligible(answers.groups, published, context)
    found += _responses(published, answers, partition.minimum, limits.low_response)
    found += _mix(published, limits.mix_apart, context)
    found += _straight_lining(answers, partition, limits.straight_lining_items)
    for result in dimensions.values():
        if result.dont_know is not None and result.dont_know >= limits.high_dont_know:
            title = answers.library.dimensions[result.id].title
            found.append(
                Flag("dont_know", f"{title}: {result.dont_know:.0%} of the answers are don't know.")
            )
    found += _unknown_critical(answers, dimensions)
    claimed = [
        answers.library.dimensions[r.id].title
        for r in dimensions.values()
        if r.basis == "claimed" and r.score is not None
    ]
    if claimed:
        found.append(
            Flag(
                "claimed_not_agreed",
                "The working group has not agreed its answers on: "
                f"{', '.join(claimed)}. What groups claim stands instead.",
            )
        )
    if assumed:
        texts = [
            _question(answers.library.items[fact].text.for_group("working_group", None) or fact)
            for fact in assumed
        ]
        found.append(
            Flag(
                "facts_assumed",
                f"Not answered, so the cautious answer was taken: {' '.join(texts)}",
            )
        )
    return tuple(found)


def _question(text: str) -> str:
    """The question alone, without what is told beside it."""
    return text.split("?", maxsplit=1)[0] + "?" if "?" in text else text


def _unknown_critical(
    answers: Answers, dimensions: Mapping[str, DimensionResult]
) -> Iterator[Flag]:
    """Critical dimensions without a score in a domain that has one. A quick look has no bands."""
    library = answers.library
    so = "." if answers.context.form == "quick" else ": the band is uncertain."
    known = {library.dimensions[r.id].domain for r in dimensions.values() if r.score is not None}
    for dimension in library.dimensions.values():
        result = dimensions.get(dimension.id)
        unknown = result is not None and result.score is None and result.asked
        if dimension.critical and dimension.domain in known and unknown:
            yield Flag(
                "critical_unknown",
                f"{dimension.title} has no score, and it matters most in its domain{so}",
            )


def _more_than_eligible(
    groups: Sequence[Group], published: Sequence[Group], context: Context
) -> Iterator[Flag]:
    """Groups with more replies than heads: said, and never a reason to hide the results."""
    for group in groups:
        if group.head_count and group.n > group.head_count:
            more = (
                f"{group.n} people answered, and there should be about {group.head_count}"
                if group in published
                else "more people answered than there should be"
            )
            yield Flag(
                MORE_THAN_ELIGIBLE,
                f"{context.title(group.id)}: {more}. Perhaps somebody came by since, or the number "
                "was an estimate. The group counts as if all of it had answered.",
            )


def _responses(
    published: Sequence[Group], answers: Answers, minimum: int, least: float
) -> Iterator[Flag]:
    """Groups of which few answered; of one with fewer heads than the minimum nothing is said."""
    for group in answers.groups:
        heads = group.head_count
        if heads and heads >= minimum and group.n / heads < least:
            replies = (
                f"{group.n} of {heads} people answered, under {least:.0%}"
                if group in published
                else f"of {heads} people under {least:.0%} answered"
            )
            yield Flag("low_response", f"{answers.context.title(group.id)}: {replies}.")


def _mix(groups: Sequence[Group], threshold: float, context: Context) -> Iterator[Flag]:
    """Groups whose share among the replies is far from their share of heads."""
    known = [(g, max(g.head_count, g.n)) for g in groups if g.head_count]
    replies = sum(group.n for group, _ in known)
    heads = sum(count for _, count in known)
    if len(known) < 2:
        return
    for group, count in known:
        of_replies, of_heads = group.n / replies, count / heads
        if abs(of_replies - of_heads) > threshold:
            yield Flag(
                "mix_far_from_head_counts",
                f"{context.title(group.id)}: {of_heads:.0%} of the people who were asked, and "
                f"{of_replies:.0%} of those who answered.",
            )


def _straight_lining(answers: Answers, partition: Partition, least: int) -> Iterator[Flag]:
    """People who gave one answer to all scored items of a questionnaire."""
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
            text = count_in_words(count, partition.minimum)
            title = questionnaire.title.for_group("", "organisation") or questionnaire.id
            yield Flag(
                "straight_lining",
                f"“{title}”: {text} gave one and the same answer to at least {least} "
                "questions. That can be a view; it can also be haste.",
            )
