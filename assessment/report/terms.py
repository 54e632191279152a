"""Words that every part of the report uses: for items, sources, groups, shares, bands and risk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from questionnaires.library import Library
from questionnaires.model import Item, Reference
from questionnaires.own_questions import ASKED_BY_SERVICE_USERS, OWN_QUESTIONS
from questionnaires.phrases import listed
from questionnaires.reference_data import GROUPS
from scoring.answers.context import Context
from scoring.recommendation.offers import EXPERIENCE, FIT, RISK, RUNNING, OfferResult
from scoring.recommendation.risk import RiskPoint
from scoring.rules import bands
from scoring.rules.model import Band
from scoring.thresholds import thresholds

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
#: What blocks an offer beside its gates, in words.
BLOCKERS = {
    RISK: "its risk is too high for a start",
    FIT: "it does not answer the needs that were stated",
    EXPERIENCE: "those who would start, or the organisation, are new to peer work",
    RUNNING: "it runs already",
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
#: Shares in tenths, in words, and the same where there is little room, such as within a bar. Few
#: people's shares are rounded so far that numbers would add up to more than everybody; and a number
#: would promise a precision that they do not have.
SHARES = (
    ("nobody", ""),
    ("a few", "a few"),
    ("about one in five", "one in five"),
    ("about a third", "a third"),
    ("fewer than half", "under half"),
    ("about half", "half"),
    ("more than half", "over half"),
    ("about two thirds", "two thirds"),
    ("most", "most"),
    ("nearly all", "nearly all"),
    ("everybody", "all"),
)
#: What the bands are called.
BAND_TITLES: dict[Band, str] = {
    "groundwork": "Groundwork",
    "emerging": "Emerging",
    "nearly_ready": "Nearly ready",
    "ready": "Ready",
}
RISK_SIGNS = {"low": "▲", "moderate": "▲▲", "high": "▲▲▲"}


def wording(item: Item) -> str:
    """An item as the working group reads it, without its full stop."""
    text = item.text.for_group("working_group", None) or next(iter(item.text.variants().values()))
    return text.rstrip(".")


def question_in_words(item: Item, library: Library) -> str:
    """The same, and whose question it is where it is none of ours."""
    own = library.questionnaire_of[item.id].id == OWN_QUESTIONS
    return f"{ASKED_BY_SERVICE_USERS}: {wording(item)}" if own else wording(item)


def title_of(name: str, library: Library) -> str:
    """The title of a dimension or domain."""
    known = library.dimensions.get(name) or library.domains.get(name)
    return known.title if known else name


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


def together(groups: Sequence[str], context: Context, *, start: bool = False) -> str:
    """The names of groups with a last "and", to begin a sentence or to stand within one."""
    first, *others = groups
    name = context.title if start else context.within
    return listed([name(first), *map(context.within, others)])


def share_in_words(share: float, n: int) -> str:
    """A share in tenths of so many people, in words: "about half", "nobody"."""
    tenths = round(share * 10)
    if n >= thresholds().exact_share_under and tenths in (0, 10):
        return "hardly anybody" if tenths == 0 else "nearly everybody"
    return SHARES[tenths][0]


def short_share(share: float, n: int) -> str:
    """The same in so few words that they fit within a bar."""
    words = SHARES[round(share * 10)][1]
    return "nearly all" if words == "all" and n >= thresholds().exact_share_under else words


def share_of(share: float, n: int, group: str, context: Context) -> str:
    """A share of a group, to stand within a sentence: "about half of staff"."""
    words = share_in_words(share, n)
    design = GROUPS.get(group)
    own = group in context.titles or design is None or not design.one
    name = context.within(group)
    if words in ("nobody", "hardly anybody"):
        return f"{words} {'from' if own else 'among'} {name}"
    if words == "a few":
        return f"a few from {name}" if own else f"a few {name}"
    words = words.replace("everybody", "all")
    if words in ("all", "most", "nearly all", "about one in five") and not own:
        return f"{words} {name}"
    return f"{words} of {name}"


def band_starts() -> str:
    """The scores from which the bands after the first begin: "40, 60 and 80"."""
    return listed([str(start) for start in bands.starts()])


def risk_word(result: OfferResult) -> str:
    """The risk with a sign of its own, so that it never rests on colour."""
    return f"{RISK_SIGNS[result.risk.band]} {result.risk.band} risk"


def risk_point_in_words(point: RiskPoint) -> str:
    """What some points of a risk are for."""
    match point.kind:
        case "exposure":
            return f"{point.reason}: {point.exposes}"
        case "safeguard" if point.answered:
            return f"Not in place yet: {point.reason}"
        case "safeguard":
            return f"Not known to be in place: {point.reason}"
        case _:
            return point.reason
