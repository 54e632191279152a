"""The overall band: its word, what holds it down, or why there is none."""

from __future__ import annotations

from assessment.report.basics import basics, too_early
from assessment.report.round_details import Round
from assessment.report.terms import BAND_TITLES, title_of
from assessment.report.who_answered import not_shown_in_words
from questionnaires.phrases import listed, lower
from scoring.profile import Profile
from scoring.rules.model import NOT_HEARD, Band
from scoring.rules.rulebook import Guidance

NO_BAND = "No overall band"


def overall(profile: Profile, guidance: Guidance, round_: Round) -> tuple[Band | None, str, str]:
    """The band, its title, and the words that follow the title, without a full stop."""
    ready = profile.readiness
    if too_early(profile):
        return None, f"{NO_BAND} yet", ""
    if profile.form == "quick":
        return None, NO_BAND, ": a quick look gives none"
    if ready.band is None:
        why = not_shown_in_words(profile, round_) if NOT_HEARD in ready.limited_by else ""
        return None, NO_BAND, f": {lower(why) if why else 'there are not enough answers'}"
    library = profile.evidence.library
    held = [
        lower(guidance.gates[limit].title)
        if limit in guidance.gates
        else lower(title_of(limit, library))
        for limit in ready.limited_by
    ]
    # The titles of gates have commas of their own.
    names = "; ".join(held) if any("," in name for name in held) else listed(held)
    sentence = f"overall, held down by {names}" if held else "overall"
    if ready.uncertain:
        unknown = any(domain.unknown for domain in profile.domains.values())
        open_ = basics(profile).unanswered or ready.missing or unknown
        sentence += "; uncertain, " + (
            "not everything is answered" if open_ else "the answers also allow another band"
        )
    return ready.band, BAND_TITLES[ready.band], sentence
