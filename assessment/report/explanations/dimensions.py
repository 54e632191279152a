"""Every number in words: the questions behind it, how many answered, the arithmetic.

A reader with a pocket calculator gets the number that is shown; only published figures are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessment.report.explanations.arithmetic import (
    mean_in_words,
    range_in_words,
    rounded,
    total_in_words,
)
from assessment.report.explanations.model import Explanation, titled
from assessment.report.tables import Table, table
from assessment.report.terms import cite, wording
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.library import Library
from questionnaires.model import DOES_NOT_APPLY, Item
from questionnaires.phrases import listed
from scoring.answers.context import Context
from scoring.disclosure.groups_and_rounding import PublishedGroup, PublishedScore, Suppressed
from scoring.measures.distributions import Distribution
from scoring.measures.totals import DimensionResult
from scoring.profile import Profile


def dimension_explanation(profile: Profile, name: str) -> Explanation:
    """How a dimension's score came about."""
    library = profile.evidence.library
    dimension, result = library.dimensions[name], profile.dimensions[name]
    items = [item for item in library.items.values() if item.scored and item.dimension == name]
    if result.basis == "agreed":
        sentences = _agreed(profile, result, items)
    else:
        sentences = _sentences(profile, result, items)
    return Explanation(
        title=titled(dimension.title, result.score),
        topic=dimension.description,
        sentences=tuple(sentences),
        items=_items_table(profile, result, items),
        sources=cite(dimension.source, library),
    )


def _sentences(profile: Profile, result: DimensionResult, items: Sequence[Item]) -> list[str]:
    """The arithmetic of a score that rests on what groups say or claim."""
    questions = "one question" if len(items) == 1 else f"{len(items)} questions"
    claimed = (
        "Nothing was agreed here by the working group, so it rests on what groups claim. "
        if result.basis == "claimed"
        else ""
    )
    sentences = [
        f"{claimed}A person's score is the mean of their answers, from 0 to 100, if they answered "
        f"at least half of what applies to them. There are {questions}; not every group is asked "
        "each."
    ]
    scored = [
        (group, cell)
        for group in profile.partition.groups
        if isinstance(cell := result.groups.get(group.id), PublishedScore)
    ]
    for group, cell in scored:
        steps = ", to the nearest half step of the only question" if cell.half_steps else ""
        around = "" if cell.sd is None else f"; their scores lie about {cell.sd} points around it"
        name = _title(group, result, profile.context)
        sentences.append(f"{name}: {cell.score}, the mean of {cell.n} people{steps}{around}.")
    if scored:
        if len(scored) > 1 and result.score is not None:
            sentences.append(total_in_words(scored, profile.context, result.score))
        if result.interval is not None:
            sentences += range_in_words(scored, profile.context, result.interval)
        if result.score_by_respondents is not None and len(scored) > 1:
            heads = " + ".join(f"{cell.n} × {cell.score}" for _, cell in scored)
            people = sum(cell.n for _, cell in scored)
            alike = sum(cell.n * cell.score for _, cell in scored) / people
            sentences.append(
                f"Counting each person alike instead: ({heads}) / {people} = "
                f"{rounded(alike, result.score_by_respondents)}."
            )
    sentences += _excluded(result, profile.context)
    return sentences


def _title(group: PublishedGroup, result: DimensionResult, context: Context) -> str:
    members = result.of.get(group.id, ())
    together = f" ({listed([context.within(m) for m in members])})" if members else ""
    return context.title(group.id) + together


def _excluded(result: DimensionResult, context: Context) -> list[str]:
    """Don't know, and groups that enter nothing."""
    sentences = []
    if result.dont_know is not None:
        often = f"in about {result.dont_know:.0%}" if result.dont_know else "in under 5%"
        sentences.append(
            f"“I don't know” was said {often} of the cases. It enters no score, and neither does "
            "“does not apply”; below, both are named where they come to 5% or more."
        )
    hidden = [
        f"{context.within(group)} ({why_suppressed(cell)})"
        for group, cell in result.groups.items()
        if isinstance(cell, Suppressed)
    ]
    if hidden:
        sentences.append(f"Not in it: {listed(hidden)}.")
    return sentences


def _agreed(profile: Profile, result: DimensionResult, items: Sequence[Item]) -> list[str]:
    """The arithmetic of a score that rests on what the working group agreed."""
    agreed = [
        (item, practice)
        for item in items
        if (practice := profile.evidence.practices.get(item.id)) is not None and practice.agreed
    ]
    scale = profile.evidence.library.points
    points = [practice.score for item, practice in agreed if practice.code in scale[item.id]]
    with_evidence = result.with_evidence[0] if result.with_evidence else 0
    not_here = sum(practice.code == DOES_NOT_APPLY for _, practice in agreed)
    sentences = [
        "It stands as the working group agreed it. Each practice has the points of its step: not "
        "in place 0, planned 15, partly 50, in place 100.",
        f"{mean_in_words(points, result.score or 0)}.",
        f"Of the {len(items)} questions {len(points)} have an agreed answer on the scale, and "
        f"{with_evidence} of these a note of what shows it. "
        + (
            f"{not_here} do not apply here and are left out."
            if not_here > 1
            else "One does not apply here and is left out."
            if not_here
            else "At least half of what applies has to have one."
        ),
    ]
    if result.dont_know:
        sentences.append(f"“We don't know” stands at about {result.dont_know:.0%} of them.")
    if result.claimed:
        claims = listed(
            [f"{profile.context.within(group)} {score}" for group, score in result.claimed.items()]
        )
        sentences.append(f"What groups claim stands beside it and does not enter: {claims}.")
    return sentences


def _items_table(profile: Profile, result: DimensionResult, items: Sequence[Item]) -> Table:
    """The questions behind a dimension: what was agreed, and what each shown group answered."""
    library = profile.evidence.library
    groups = [
        group
        for group in profile.partition.groups
        if any(group.id in profile.distributions.get(item.id, {}) for item in items)
    ]
    agreed = result.basis == "agreed"
    columns = (
        "Question",
        *(("Agreed",) if agreed else ()),
        *(profile.context.title(g.id) for g in groups),
    )
    rows = []
    for item in items:
        cells = profile.distributions.get(item.id, {})
        step = (_agreed_step(profile, item, library),) if agreed else ()
        rows.append(
            (wording(item), *step, *(_cell(cells.get(g.id), item, library) for g in groups))
        )
    return table("items", columns, tuple(rows))


def _agreed_step(profile: Profile, item: Item, library: Library) -> str:
    practice = profile.evidence.practices.get(item.id)
    if practice is None or not practice.agreed:
        return "no answer"
    labels: Mapping[str, str] = {o.code: f"{o.label} ({o.score:g})" for o in library.options(item)}
    return labels.get(practice.code or "", (practice.code or "").replace("_", " ").capitalize())


def _cell(spread: Distribution | Suppressed | None, item: Item, library: Library) -> str:
    if spread is None:
        return "not asked"
    if isinstance(spread, Suppressed):
        return why_suppressed(spread)
    parts = [f"{spread.n} answered"]
    if spread.mean is not None:
        parts.insert(0, f"{spread.mean:g} of {len(library.options(item))}")
    if spread.dont_know:
        parts.append(f"don't know {spread.dont_know:.0%}")
    if spread.does_not_apply:
        parts.append(f"does not apply {spread.does_not_apply:.0%}")
    return ", ".join(parts)
