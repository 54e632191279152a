"""Tells a published profile: the headline first, then what follows, then what the answers say."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.story import (
    actions,
    advice,
    agreed,
    annex,
    boundaries,
    brief,
    coming,
    findings,
    groups,
    kinds,
    ladders,
    path,
    respondents,
    spread,
    worries,
)
from assessment.story import start as starting
from assessment.story.model import Story
from assessment.story.overall import overall
from assessment.story.round import NOTHING_MORE, Round
from scoring.profile import Profile
from scoring.rulebook import Guidance


def story(
    profile: Profile,
    stability: Mapping[str, float],
    guidance: Guidance,
    about: Round = NOTHING_MORE,
) -> Story:
    """Tell a profile.

    Args:
        stability: the share of resamples in which each offer is the start, by its id.
        about: what is known of the round beside its profile.
    """
    library = profile.evidence.library
    start = starting.start(profile, stability, guidance, about)
    found = [
        path.path(profile, guidance),
        advice.blocked(profile, guidance),
        kinds.gates_by_kind(profile, guidance),
        advice.gates(profile, about),
        findings.domains(profile, library),
        findings.dimensions(profile, library),
        findings.gaps(profile, library),
        groups.heat(profile, library),
        ladders.ladders(profile, guidance),
        boundaries.boundaries(profile, library),
        actions.actions(profile, guidance),
        actions.whole_list(profile, guidance),
        worries.concerns(profile, guidance),
        agreed.agreed(profile, about),
        respondents.respondents(profile, about),
        findings.keep_in_mind(profile),
        annex.annex(profile, stability, guidance),
    ]
    blocks = {block.id: block for block in found if block is not None}
    band, title, sentence = overall(profile, guidance, about)
    return Story(
        organisation=profile.organisation,
        meta=respondents.meta(profile, about),
        headline=profile.headline,
        briefs=brief.briefs(profile, guidance, about, start, blocks),
        band=band,
        band_title=title,
        band_sentence=sentence,
        start=start,
        next=coming.steps(profile, guidance),
        next_sentence=coming.sentence(profile),
        blocks=tuple(blocks.values()),
        groups=tuple(group.id for group in profile.shown.groups),
        answers=spread.answers(profile, library),
    )
