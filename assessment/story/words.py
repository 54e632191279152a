"""Words that every part of the story uses: names of groups, sources, signs of risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from questionnaires.library import Library
from questionnaires.model import Reference, group_title
from questionnaires.words import listed as listed
from questionnaires.words import lower as lower
from questionnaires.words import upper as upper
from scoring.recommend import EXPERIENCE, FIT, RISK, RUNNING, OfferResult

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
    "in_house": "in-house",
    "advice_and_training": "advice and training",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: What blocks an offer beside its gates, in words.
BLOCKERS = {
    RISK: "its risk is too high for a start",
    FIT: "it does not answer the needs that were stated",
    EXPERIENCE: "those who would start, or the organisation, are new to peer work",
    RUNNING: "it runs already",
}
#: One person of a group whose title names several.
SINGULAR = {
    "service_user": "service user",
    "peer_worker": "peer worker",
    "staff": "member of staff",
    "manager": "manager",
    "board": "board member",
}
#: How much work an action is.
EFFORTS = {
    1: "an hour or two",
    2: "some days",
    3: "some weeks",
    4: "some months",
    5: "about a year",
}
#: Which of the stated needs an offer answers, in words.
NEEDS = {
    "main": "answers the main need",
    "other": "answers another need",
    None: "answers no stated need",
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
        NEEDS[result.need],
    )


def counted(count: int, group: str) -> str:
    """So many people of a group: "1 service user", "4 staff"."""
    title = lower(group_title(group))
    return f"{count} {SINGULAR.get(group, title) if count == 1 else title}"


def day(when: date) -> str:
    """A day as people write it: ``3 March 2026``."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def risk_word(result: OfferResult) -> str:
    """The risk with a sign of its own, so that it never rests on colour."""
    return f"{RISK_SIGNS[result.risk.band]} {result.risk.band} risk"
