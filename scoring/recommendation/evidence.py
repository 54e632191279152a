"""Where an organisation stands, as rules may read it: published or agreed, nothing finer."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.model import SPECIAL_CODES, Item, chosen_by_members
from scoring.answers.matrix import Answers
from scoring.disclosure.groups_and_rounding import (
    Partition,
    PublishedScore,
    partition,
    round_half_step_down,
)
from scoring.measures import group_scores as dim
from scoring.measures.dimension_results import agreed_code
from scoring.measures.totals import DimensionResult, DomainResult, total_of
from scoring.rules.conditions import Evidence, Practice, step_score
from scoring.rules.rulebook import Guidance


def evidence_of(
    answers: Answers,
    partition: Partition,
    scorer: dim.Scorer,
    results: Mapping[str, DimensionResult],
    domains: Mapping[str, DomainResult],
) -> Evidence:
    """Everything that rules may read: published or agreed."""
    library = answers.library
    scores = {name: float(r.score) for name, r in results.items() if r.score is not None}
    scores |= {name: float(d.score) for name, d in domains.items() if d.score is not None}
    lived = {group.id for group in partition.groups if group.side == "lived_experience"}
    heard = frozenset(
        library.dimensions[name].domain
        for name, result in results.items()
        if library.dimensions[name].counts
        and any(isinstance(result.groups.get(group), PublishedScore) for group in lived)
    )
    return Evidence(
        library=library,
        practices=_practices(answers, partition, scorer),
        scores=scores,
        facts=answers.applies.facts,
        heard=heard,
        too_few=frozenset(
            group
            for group, count in answers.context.eligible.items()
            if count < answers.context.minimum_group_size
        ),
    )


def agreed_evidence(answers: Answers) -> Evidence:
    """What rules may read of the working group's answers alone: nobody else was heard."""
    nobody = partition((), answers.context.minimum_group_size)
    return evidence_of(answers, nobody, dim.Scorer(answers), {}, {})


def _practices(answers: Answers, partition: Partition, scorer: dim.Scorer) -> dict[str, Practice]:
    """Agreed practices, and what shown groups claim where nothing was agreed."""
    library = answers.library
    practices = {}
    for item in library.items.values():
        if item.kind != "practice":
            continue
        value = answers.agreed.get(item.id)
        if value in SPECIAL_CODES:
            why = answers.skipped.get(item.id, "")
            practices[item.id] = Practice(0.0, value, agreed=True, skipped=why)
        elif value is not None:
            code = agreed_code(item, value, library)
            score = step_score(library, item.id, code)
            apart = chosen_by_members(value) is not None
            noted = item.id in answers.notes
            practices[item.id] = Practice(score, code, True, noted, disagreed=apart)
        elif (score := _claimed(item, answers, partition, scorer)) is not None:
            practices[item.id] = Practice(score, None, agreed=False)
    return practices


def _claimed(
    item: Item, answers: Answers, partition: Partition, scorer: dim.Scorer
) -> float | None:
    cells = {
        group.id: scores.published(group, partition.minimum)
        for group in partition.groups
        if (scores := scorer.group([item], group)) is not None
    }
    total = total_of(cells, partition.groups, answers.context)
    if total is None:
        return None
    return round_half_step_down(total.score, sorted(answers.library.points[item.id].values()))


def assumed_facts(guidance: Guidance, evidence: Evidence, answers: Answers) -> tuple[str, ...]:
    """Facts that a rule reads, that were asked and nobody answered, as the questionnaires go."""
    choice = guidance.choice
    conditions = [c for gate in guidance.gates.values() for c in (gate.needs, gate.when) if c]
    conditions += [fit.when for offer in guidance.starts for fit in offer.fits]
    conditions += [safeguard.missing for safeguard in guidance.risk.safeguards]
    conditions.append(choice.experience.when)
    read = {leaf.fact for condition in conditions for leaf in condition.leaves()}
    read |= {choice.need.needs_fact, choice.need.main_fact, choice.running.fact}
    read.add(choice.appetite.fact)
    return tuple(
        item.id
        for item in evidence.library.items.values()
        if item.id in read and item.id not in evidence.facts and answers.team_required(item)
    )
