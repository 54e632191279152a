"""One dimension as it may be seen: its groups' cells first, then everything else from these.

Practices that the working group agreed stand as agreed; what groups claim stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from questionnaires.library import Library
from questionnaires.model import DID_NOT_AGREE, DOES_NOT_APPLY, SPECIAL_CODES, Item
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import (
    Grain,
    Partition,
    PublishedScore,
    round_share,
    round_to_whole,
)
from scoring.measures import group_scores as dim
from scoring.measures.totals import (
    Cell,
    DimensionResult,
    PublishedAgreement,
    PublishedAlpha,
    total_of,
)
from scoring.rules.conditions import step_score


def dimension_result(name: str, scorer: dim.Scorer, partition: Partition) -> DimensionResult:
    """One dimension: its groups' cells first, then everything else from these."""
    answers = scorer.answers
    items = scorer.items.get(name, [])
    cells: dict[str, Cell] = {}
    parts: dict[str, dim.Scores] = {}
    for group in partition.groups:
        scores = scorer.group(items, group)
        if scores is None or not scores.scored + scores.dont_knows:
            continue
        grain = grain_of(scores, answers.library)
        cells[group.id] = scores.published(group, partition.minimum, grain)
        parts[group.id] = scores
    for hidden, suppressed in partition.hidden.items():
        if any(answers.required(item, answers.by_group[hidden]) for item in items):
            cells[hidden] = suppressed
    published = {g: parts[g] for g, cell in cells.items() if isinstance(cell, PublishedScore)}
    of = {
        group.id: tuple(member.id for member in group.members)
        for group in partition.groups
        if group.together and group.id in cells
    }
    practice = bool(items) and all(item.kind == "practice" for item in items)
    total = total_of(cells, partition.groups, answers.context)
    result = DimensionResult(
        id=name,
        score=total.score if total else None,
        score_by_respondents=total.by_respondents if total else None,
        interval=total.interval if total else None,
        n=total.n if total else 0,
        dont_know=_dont_know(parts, partition),
        basis="claimed" if practice else "groups",
        groups=cells,
        of=of,
        agreement=_agreement(published),
        alpha=_alpha(published, partition),
        asked=any(item.id in answers.asked_of_anybody for item in items),
    )
    agreed = agreed_score(items, answers) if practice else None
    if agreed is None:
        return result
    return replace(
        result,
        score=agreed.score,
        score_by_respondents=agreed.score,
        interval=None,
        n=1,
        dont_know=agreed.dont_know,
        basis="agreed",
        claimed={g: c.score for g, c in cells.items() if isinstance(c, PublishedScore)} or None,
        agreement=None,
        with_evidence=(agreed.with_evidence, agreed.answered),
    )


def grain_of(scores: dim.Scores, library: Library) -> Grain:
    """What the scores of a group are made of: the items that it is asked."""
    options = tuple(count for _, count in scores.scales)
    steps = library.points[scores.items[0]].values() if len(options) == 1 else ()
    return Grain(options, tuple(sorted(steps)))


def _dont_know(parts: Mapping[str, dim.Scores], partition: Partition) -> float | None:
    """The share of don't know over the shown groups; it never touches a mean.

    A group in which fewer than the minimum said anything does not enter, or the share of the
    others beside it would tell what these few said.
    """
    counted = [part for part in parts.values() if part.answered_any >= partition.minimum]
    knows = sum(part.dont_knows for part in counted)
    both = knows + sum(part.scored for part in counted)
    return round_share(knows / both) if both else None


def _agreement(published: Mapping[str, dim.Scores]) -> PublishedAgreement | None:
    found = dim.pooled_agreement(published)
    if found is None:
        return None
    return PublishedAgreement(
        round_to_whole(found.ad * 10) / 10, round_to_whole(found.r_star_wg * 10) / 10, found.view
    )


def _alpha(published: Mapping[str, dim.Scores], partition: Partition) -> PublishedAlpha | None:
    found = dim.pooled_alpha(published)
    if found is None:
        return None
    low, high = (round_to_whole(end * 100) / 100 for end in found.interval)
    excluded = None if 0 < found.excluded < partition.minimum else found.excluded
    return PublishedAlpha(round_to_whole(found.value * 100) / 100, (low, high), found.n, excluded)


@dataclass(frozen=True)
class Agreed:
    """The working group's score of a dimension."""

    score: int
    dont_know: float
    answered: int
    with_evidence: int


def agreed_code(item: Item, value: str, library: Library) -> str:
    """The step that an agreed answer stands for.

    "We did not agree" counts as the lowest of the options that members chose.
    """
    if not value.startswith(f"{DID_NOT_AGREE}:"):
        return value
    chosen = value.partition(":")[2].split(";")
    return next(option.code for option in library.options(item) if option.code in chosen)


def agreed_score(items: Sequence[Item], answers: Answers) -> Agreed | None:
    """The agreed score, where at least half of the applicable items have agreed answers.

    What the assessment does not ask, and what its facts leave out, does not apply.
    """
    library = answers.library
    applicable = [
        item
        for item in items
        if (value := answers.agreed.get(item.id)) != DOES_NOT_APPLY
        and (value is not None or answers.team_required(item))
    ]
    points, notes, unknown = [], 0, 0
    for item in applicable:
        value = answers.agreed.get(item.id)
        if value is None or value in SPECIAL_CODES:
            unknown += value == "dont_know"
            continue
        points.append(step_score(library, item.id, agreed_code(item, value, library)))
        notes += item.id in answers.notes
    if not points or 2 * len(points) < len(applicable):
        return None
    share = round_share(unknown / (unknown + len(points)))
    return Agreed(round_to_whole(sum(points) / len(points)), share, len(points), notes)
