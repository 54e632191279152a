"""The headline: what may begin and what may not yet, never the band alone."""

from __future__ import annotations

from scoring.recommend import Recommendation
from scoring.rulebook import Guidance
from scoring.rules import Evidence

#: The kind of peer work that is named as not yet possible where no wish is known, from the one
#: that organisations most often hope for on.
USUAL_WISHES = ("one_to_one", "outreach", "group_work", "peer_research", "mixed")


def headline(
    recommendation: Recommendation, evidence: Evidence, guidance: Guidance, *, heard: bool
) -> str:
    """One or two short sentences.

    Args:
        heard: somebody with lived experience is shown where they limit a domain.
    """
    start = recommendation.start
    if not heard:
        return (
            "Service users and peer workers were not heard, so no start can be advised yet. "
            f"Begin with {start.offer.phrase}."
        )
    if start.offer.id == guidance.choice.fallback:
        return f"Not ready to start peer work yet. Begin with {start.offer.phrase}."
    sentence = f"Ready to start with {start.offer.phrase}."
    not_yet = _not_yet(recommendation, evidence, guidance)
    return f"{sentence} Not yet ready for {not_yet}." if not_yet else sentence


def _not_yet(recommendation: Recommendation, evidence: Evidence, guidance: Guidance) -> str | None:
    """The wished-for kind of peer work that is not open, in words."""
    possible = {r.offer.model for r in (recommendation.start, *recommendation.open)}
    wished = evidence.facts.get(guidance.choice.wished_fact, frozenset())
    models = tuple(wished) if isinstance(wished, frozenset) else ()
    for model in (*models, *USUAL_WISHES):
        if model not in possible and model in guidance.choice.wished_phrases:
            return guidance.choice.wished_phrases[model]
    return None
