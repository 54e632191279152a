"""Tells a published profile: the headline first, then what follows, then what the answers say."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.story import (
    actions,
    advice,
    annex,
    boundaries,
    findings,
    groups,
    kinds,
    ladders,
    path,
    spread,
    worries,
)
from assessment.story.model import Step, Story
from assessment.story.words import chips_of, counted, day, listed, lower
from questionnaires.model import group_title
from scoring import bands
from scoring.profile import Profile
from scoring.readiness import NOT_HEARD
from scoring.rulebook import Guidance
from scoring.rules import title_of

#: How many of the next offers are told.
MOST_NEXT = 3


def story(profile: Profile, stability: Mapping[str, float], guidance: Guidance) -> Story:
    """Tell a profile."""
    library = profile.evidence.library
    blocks = [
        findings.domains(profile, library),
        findings.gaps(profile, library),
        worries.concerns(profile, guidance),
        actions.actions(profile, guidance),
        path.path(profile, guidance),
        advice.blocked(profile, guidance),
        advice.gates(profile, library),
        kinds.gates_by_kind(profile, guidance),
        findings.dimensions(profile, library),
        groups.heat(profile, library),
        ladders.ladders(profile, guidance),
        boundaries.boundaries(profile, library),
        findings.keep_in_mind(profile),
        annex.annex(profile, stability, guidance),
    ]
    return Story(
        organisation=profile.organisation,
        meta=_meta(profile),
        headline=profile.headline,
        band=profile.readiness.band,
        band_title=bands.TITLES[profile.readiness.band] if profile.readiness.band else "No band",
        band_sentence=_band_sentence(profile, guidance),
        start=advice.start(profile, stability, guidance),
        next=tuple(
            Step(
                result.offer.title,
                chips_of(result),
                tuple(advice.fix_in_words(fix, profile, guidance, result) for fix in needed),
            )
            for result, needed in profile.next[:MOST_NEXT]
        ),
        next_sentence=advice.next_sentence(profile),
        blocks=tuple(block for block in blocks if block is not None),
        groups=tuple(group.id for group in profile.shown.groups),
        answers=spread.answers(profile, library),
    )


def _meta(profile: Profile) -> str:
    """Who answered, and until when others can; without a full stop at the end."""
    people = sum(profile.respondents.values())
    answered = ", ".join(counted(count, group) for group, count in profile.respondents.items())
    who = "1 person" if people == 1 else f"{people} people"
    said = f"{who} answered: {answered}" if people else "Nobody has answered yet"
    if profile.uncounted:
        few = listed([lower(group_title(group)) for group in profile.uncounted])
        # Whether anybody of them replied is not told either.
        said = f"{who} answered: {answered}; " if people else ""
        said += f"{'not' if people else 'Not'} counted, being so few: {few}"
    last = profile.context.closes_on
    # Without a look at the calendar: the same answers give the same document on every day.
    return (
        f"{said}. Last day for answers: {day(last)}; until then numbers can change"
        if last
        else said
    )


def _band_sentence(profile: Profile, guidance: Guidance) -> str:
    """What holds the overall band down, in words."""
    ready = profile.readiness
    library = profile.evidence.library
    parts = []
    for limit in ready.limited_by:
        if limit == NOT_HEARD:
            parts.append("service users were not heard")
        elif limit in guidance.gates:
            parts.append(lower(guidance.gates[limit].title))
        else:
            parts.append(title_of(limit, library).lower())
    sentence = f"overall, held down by {listed(parts)}" if parts else "overall"
    if ready.band is None:
        sentence = f": {listed(parts)}" if parts else ": there are not enough answers"
    elif ready.uncertain:
        sentence += "; uncertain, the answers also allow another band"
    return sentence
