"""What an organisation says that it needs and hopes for, and how that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scoring.recommendation.offers import FIT, Recommendation, certain_blocks, stated_needs
from scoring.rules.conditions import Evidence
from scoring.rules.rulebook import Guidance

#: The kind of peer work that is looked at where no wish is known, from the one that organisations
#: most often hope for on.
USUAL_WISHES = ("one_to_one", "outreach", "group_work", "peer_research", "mixed")


@dataclass(frozen=True)
class ClosedWish:
    """The wished-for kind of peer work, or else a usual one, where it is not open.

    Attributes:
        phrase: what the kind is called, as the rules have it.
        state: it would answer no need that was named; too little is answered to say; or something
            is known that stands in its way.
    """

    phrase: str
    state: Literal["answers_no_need", "unknown", "not_yet"]


@dataclass(frozen=True)
class Wishes:
    """What an organisation says that it needs and hopes for.

    Attributes:
        any_need: whether it named a need.
        main_need: the label of the main one; None where none is named as such.
        closed: the kind that it hopes for, where that is not open.
    """

    any_need: bool
    main_need: str | None
    closed: ClosedWish | None


def wishes(recommendation: Recommendation, evidence: Evidence, guidance: Guidance) -> Wishes:
    """What was said to be needed and hoped for."""
    main, stated = stated_needs(guidance.choice, evidence)
    item = evidence.library.items[guidance.choice.need.main_fact]
    labels = {option.code: option.label for option in evidence.library.options(item)}
    label = None if main is None else labels.get(main, main)
    return Wishes(bool(stated), label, _closed(recommendation, evidence, guidance))


def _closed(
    recommendation: Recommendation, evidence: Evidence, guidance: Guidance
) -> ClosedWish | None:
    phrases = guidance.choice.wished_phrases
    here = (recommendation.start, *recommendation.open, *recommendation.running)
    possible = {result.offer.model for result in here}
    near = {result.offer.model for result in recommendation.nearest}
    unknown = {
        result.offer.model
        for result in recommendation.ruled_out
        if not certain_blocks(result, guidance, evidence) - {FIT}
    }
    for model in evidence.codes(guidance.choice.wished_fact):
        if model not in phrases:
            continue
        if model in possible:
            return None
        if model in near:
            return ClosedWish(phrases[model], "answers_no_need")
        return ClosedWish(phrases[model], "unknown" if model in unknown else "not_yet")
    for model in USUAL_WISHES:
        if model not in possible | near | unknown and model in phrases:
            return ClosedWish(phrases[model], "not_yet")
    return None
