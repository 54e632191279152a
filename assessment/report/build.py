"""Tells a published profile: the headline first, then what follows, then what the answers say."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.report.blocks import (
    actions,
    agreed_answers,
    annex,
    boundaries,
    concerns,
    distributions,
    gates,
    gates_by_kind,
    groups,
    key_messages,
    ladders,
    next_steps,
    offer_path,
    respondents,
    scores,
)
from assessment.report.blocks import start as starting
from assessment.report.blocks.overall import overall
from assessment.report.headline import headline
from assessment.report.model import Report
from assessment.report.round import NO_ROUND, Round
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance


def build_report(
    profile: Profile,
    stability: Mapping[str, float],
    guidance: Guidance,
    round_: Round = NO_ROUND,
) -> Report:
    """Tell a profile.

    Args:
        stability: the share of resamples in which each offer is the start, by its id.
        about: what is known of the round beside its profile.
    """
    library = profile.evidence.library
    start = starting.start(profile, stability, guidance, round_)
    found = [
        offer_path.path(profile, guidance),
        gates.blocked(profile, guidance),
        gates_by_kind.gates_by_kind(profile, guidance),
        gates.gates(profile, round_),
        scores.domains(profile, library),
        scores.dimensions(profile, library),
        scores.gaps(profile, library),
        groups.heat(profile, library),
        ladders.ladders(profile, guidance),
        boundaries.boundaries(profile, library),
        actions.actions(profile, guidance),
        actions.all_actions(profile, guidance),
        concerns.concerns(profile, guidance),
        agreed_answers.agreed(profile, round_),
        respondents.respondents(profile, round_),
        scores.cautions(profile),
        annex.annex(profile, stability, guidance),
    ]
    blocks = {block.id: block for block in found if block is not None}
    band, title, sentence = overall(profile, guidance, round_)
    return Report(
        organisation=profile.organisation,
        meta=respondents.meta(profile, round_),
        headline=headline(profile),
        key_messages=key_messages.key_messages(profile, guidance, round_, start, blocks),
        band=band,
        band_title=title,
        band_sentence=sentence,
        start=start,
        next=next_steps.steps(profile, guidance),
        next_sentence=next_steps.sentence(profile),
        blocks=tuple(blocks.values()),
        groups=tuple(group.id for group in profile.partition.groups),
        answer_blocks=distributions.answers(profile, library),
    )
