"""The participation ladder: where groups see the organisation, where they want it, and where the
practices that are in place would put it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaires.model import Item
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedGroup,
    Suppressed,
    round_half_step,
)
from scoring.rules.conditions import Evidence, Practice
from scoring.rules.rulebook import Guidance

RungCell = float | Suppressed
#: A practice is in place from this score on.
IN_PLACE = 100.0


@dataclass(frozen=True)
class AreaResult:
    """One area of the ladder; rungs count from 1.

    Attributes:
        now, wanted: mean rung by group, to the nearest half step.
        evidenced: the highest rung all of whose practices, and those of the rungs below, are in
            place; None below consulting.
        known: whether more than ``evidenced`` is known not to be shown. False where only answers
            that nobody has given yet keep practices from showing a further rung.
        claimed_above: groups of the organisation that place it at least one rung above the
            evidence, where that is known. Service users say how they see it; they claim nothing.
    """

    id: str
    now: Mapping[str, RungCell]
    wanted: Mapping[str, RungCell]
    evidenced: int | None
    known: bool
    claimed_above: tuple[str, ...]


def ladder(
    answers: Answers, partition: Partition, guidance: Guidance, evidence: Evidence
) -> dict[str, AreaResult]:
    """Every area that a questionnaire asks about."""
    library = answers.library
    results = {}
    asked = {i.area for i in library.items.values() if i.area and _is_asked(i, answers)}
    for area in [*(a.id for a in guidance.ladders.areas), *sorted(asked)]:
        if area is None or area in results or area not in asked:
            continue
        now = _rungs("rung_now", area, answers, partition)
        wanted = _rungs("rung_wanted", area, answers, partition)
        levels = _levels(area, guidance, library.ladder)
        reached, known = _evidenced(levels, evidence)
        base = reached if reached is not None else levels[0][0] - 1 if levels else None
        above = tuple(
            group.id
            for group in partition.groups
            if base is not None
            and known
            and group.side == "organisation"
            and isinstance(rung := now.get(group.id), float)
            # Above the highest that practices could show nobody claims too much.
            and min(rung, levels[-1][0]) >= base + 1
        )
        results[area] = AreaResult(area, now, wanted, reached, known, above)
    return results


def _is_asked(item: Item, answers: Answers) -> bool:
    """Whether this assessment asks about an item, or somebody answered it anyway."""
    return item.id in answers.asked_of_anybody or any(
        answers.asked(item, group) for group in answers.groups
    )


def _rungs(kind: str, area: str, answers: Answers, partition: Partition) -> dict[str, RungCell]:
    items = [i for i in answers.library.items.values() if i.kind == kind and i.area == area]
    cells: dict[str, RungCell] = {}
    for item in items:
        for group in partition.groups:
            if any(answers.asked(item, member) for member in group.members):
                cells[group.id] = _mean_rung(answers, item.id, group, partition.minimum)
        for name, suppressed in partition.hidden.items():
            if answers.required(item, answers.by_group[name]):
                cells[name] = suppressed
    return cells


def _mean_rung(answers: Answers, item: str, group: PublishedGroup, minimum: int) -> RungCell:
    rungs = answers.on_scale(item, group.members)
    if len(rungs) < minimum:
        return Suppressed("few_scored_answers", minimum)
    return round_half_step(float(rungs.mean()) + 1)


Levels = Sequence[tuple[int, set[str]]]


def _levels(area: str, guidance: Guidance, ladder_id: str) -> Levels:
    """The rungs of an area that have evidence, lowest first, with the practices of each."""
    levels: dict[int, set[str]] = {}
    for evidence in guidance.ladders.evidence:
        if evidence.area == area and ladder_id in evidence.rung:
            levels.setdefault(evidence.rung[ladder_id], set()).update(evidence.practices)
    return sorted(levels.items())


def _evidenced(levels: Levels, evidence: Evidence) -> tuple[int | None, bool]:
    """The highest rung that practices show, and whether it is known that they show no more."""
    reached = None
    for rung, names in levels:
        missing = [
            practice
            for name in names
            if (practice := _agreed(name, evidence)) is None or practice.opening < IN_PLACE
        ]
        if missing:
            return reached, any(practice is not None for practice in missing)
        reached = rung
    return reached, True


def _agreed(name: str, evidence: Evidence) -> Practice | None:
    """What the working group agreed about a practice; what groups claim shows nothing."""
    practice = evidence.practices.get(name)
    return practice if practice is not None and practice.agreed else None
