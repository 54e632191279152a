"""Words that every part of the story uses: names of groups, sources, signs of risk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from questionnaires.library import Library
from questionnaires.model import Reference
from scoring.recommend import EXPERIENCE, FIT, RISK, OfferResult

ARRANGEMENTS = {
    "with_staff": "with staff",
    "paired": "in pairs",
    "independent": "working independently",
}
MODELS = {
    "group_work": "group work",
    "one_to_one": "one to one",
    "peer_research": "peer research",
    "outreach": "outreach",
    "mixed": "mixed",
}
#: What blocks an offer beside its gates, in words.
BLOCKERS = {
    RISK: "its risk is too high for a start",
    FIT: "it does not answer the needs that were stated",
    EXPERIENCE: "nobody here has done peer work yet",
}
#: How much work an action is.
EFFORTS = {
    1: "an hour or two",
    2: "some days",
    3: "some weeks",
    4: "some months",
    5: "about a year",
}
RISK_SIGNS = {"low": "▲", "moderate": "▲▲", "high": "▲▲▲"}


def cite(references: Iterable[Reference], library: Library) -> str:
    """References as people read them, each document with its sections."""
    sections: dict[str, list[str]] = {}
    for reference in references:
        places = sections.setdefault(reference.document, [])
        if reference.section not in places:
            places.append(reference.section)
    return "; ".join(
        f"{library.sources[document].title.split(':')[0]}, {', '.join(places)}"
        for document, places in sections.items()
    )


def chips_of(result: OfferResult) -> tuple[str, ...]:
    """An offer in a few words: what kind, in what company, at what risk, how well it fits."""
    offer = result.offer
    if offer.arrangement is None or offer.model is None:
        return ()
    return (
        MODELS[offer.model],
        ARRANGEMENTS[offer.arrangement],
        risk_word(result),
        f"fits the needs {result.fit} of 100",
    )


def risk_word(result: OfferResult) -> str:
    """The risk with a sign of its own, so that it never rests on colour."""
    return f"{RISK_SIGNS[result.risk.band]} {result.risk.band} risk"


def lower(text: str) -> str:
    """The text with a small first letter, to stand within a sentence; "I" and names stay."""
    first = text.split(" ", 1)[0]
    if first == "I" or first.startswith("I'") or (len(first) > 1 and first.isupper()):
        return text
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """The text with a capital first letter, to begin a sentence."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Words with commas and a last "and"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
