"""Every number in words: the questions behind it, how many answered, the arithmetic.

A reader with a pocket calculator gets the number that is shown; only published figures are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.story.model import Table
from assessment.story.words import cite, listed, lower
from questionnaires.library import Library
from questionnaires.model import Dimension, Item, group_title
from scoring import bands
from scoring.disclosure import SIDES, PublishedScore, ShownGroup, Suppressed
from scoring.distributions import Distribution
from scoring.profile import Profile
from scoring.readiness import NOT_HEARD
from scoring.rules import title_of, wording
from scoring.totals import DimensionResult, weights_of

SIDE_TITLES = {"lived_experience": "Lived experience", "organisation": "Organisation"}


@dataclass(frozen=True)
class Explanation:
    """How one number came about.

    Attributes:
        title: what it is and what it is: "Shared decisions: 53 of 100".
        about: what it measures.
        sentences: the arithmetic in words.
        items: the questions behind it; no rows where it rests on other numbers.
        sources: where what it measures comes from.
    """

    title: str
    about: str
    sentences: tuple[str, ...]
    items: Table
    sources: str


def dimension_explanation(profile: Profile, name: str) -> Explanation:
    """How a dimension's score came about."""
    library = profile.evidence.library
    dimension, result = library.dimensions[name], profile.dimensions[name]
    items = [item for item in library.items.values() if item.scored and item.dimension == name]
    if result.basis == "agreed":
        sentences = _agreed(profile, result, items)
    else:
        sentences = _said(profile, result, items)
    return Explanation(
        title=_titled(dimension.title, result.score),
        about=dimension.about,
        sentences=tuple(sentences),
        items=_items_table(profile, result, items),
        sources=cite(dimension.source, library),
    )


def domain_explanation(profile: Profile, name: str) -> Explanation:
    """How a domain's score and its band came about."""
    library, result = profile.evidence.library, profile.domains[name]
    domain = library.domains[name]
    members = _members(profile, name)
    sentences = []
    if result.score is not None:
        said = "; ".join(f"{lower(d.title)} {r.score}" for d, r in members)
        points = [r.score or 0 for _, r in members]
        sentences.append(f"It is the mean of its dimensions: {said}.")
        sentences.append(_mean_in_words(points, result.score))
        sentences += _interval_in_words(result.interval)
    if result.band is not None and result.score is not None:
        own = bands.TITLES[bands.band_of(result.score)]
        if result.capped_by:
            weak = profile.dimensions[result.capped_by].score or 0
            sentences.append(
                f"By its score it would be {own}. It stands at {bands.TITLES[result.band]}, since "
                f"{lower(title_of(result.capped_by, library))} is critical and at {weak} of 100 "
                f"stands at {bands.TITLES[bands.band_of(weak)]}: a domain stands at most one band "
                "above its weakest critical dimension."
            )
        elif result.limited_by_lived_experience:
            sentences.append(
                f"By its score it would be {own}. It stands at {bands.TITLES[result.band]}, one "
                "band above what people with lived experience alone say."
            )
        else:
            sentences.append(f"That is {own}. {_band_edges()}")
    if result.unknown:
        unknown = listed([lower(library.dimensions[d].title) for d in result.unknown])
        sentences.append(f"Its band is uncertain, since nothing is known of {unknown}.")
    return Explanation(
        title=_titled(domain.title, result.score),
        about=domain.about,
        sentences=tuple(sentences),
        items=Table((), ()),
        sources="",
    )


def overall_explanation(profile: Profile) -> Explanation:
    """How the overall score and band came about."""
    library, ready = profile.evidence.library, profile.readiness
    counting = [
        (domain, profile.domains[domain.id].score)
        for domain in library.domains.values()
        if domain.counts and profile.domains[domain.id].score is not None
    ]
    sentences = []
    if ready.score is not None:
        lowest = [lower(domain.title) for domain, score in counting if score == ready.score]
        said = "; ".join(f"{lower(domain.title)} {score}" for domain, score in counting)
        sentences.append(f"The domains: {said}.")
        sentences.append(f"Overall is the lowest of them: {listed(lowest)}, {ready.score}.")
        sentences.append(
            "The lowest and not the mean, since nothing makes up for a thing that is missing. Of "
            "several uncertain numbers the lowest is a little too low: read it as a caution."
        )
        sentences += _interval_in_words(ready.interval)
    gates = [limit for limit in ready.limited_by if limit in profile.gates]
    if gates:
        titles = listed([lower(profile.gates[gate].gate.title) for gate in gates])
        sentences.append(f"The band is held down by what is not in place: {titles}.")
    if NOT_HEARD in ready.limited_by:
        sentences.append("There is no band: nobody with lived experience is among the answers.")
    elif ready.band is not None:
        sentences.append(f"The band is {bands.TITLES[ready.band]}. {_band_edges()}")
    if ready.missing:
        missing = listed([lower(library.domains[name].title) for name in ready.missing])
        sentences.append(f"The band is uncertain: nothing is known of {missing}.")
    return Explanation(_titled("Overall", ready.score), "", tuple(sentences), Table((), ()), "")


def _titled(title: str, score: int | None) -> str:
    return f"{title}: no score" if score is None else f"{title}: {score} of 100"


def _members(profile: Profile, domain: str) -> list[tuple[Dimension, DimensionResult]]:
    """The dimensions that enter a domain, as ``scoring.totals.domain_of`` counts them."""
    library = profile.evidence.library
    return [
        (dimension, result)
        for dimension in library.dimensions.values()
        if dimension.domain == domain
        and (dimension.counts or not library.domains[domain].counts)
        and (result := profile.dimensions.get(dimension.id)) is not None
        and result.score is not None
    ]


def _said(profile: Profile, result: DimensionResult, items: Sequence[Item]) -> list[str]:
    """The arithmetic of a score that rests on what groups say or claim."""
    questions = "one question" if len(items) == 1 else f"{len(items)} questions"
    claimed = (
        "Nothing was agreed here by the working group, so it rests on what groups claim. "
        if result.basis == "claimed"
        else ""
    )
    sentences = [
        f"{claimed}A person's score is the mean of their answers, from 0 to 100, if they answered "
        f"at least half of what applies to them. There are {questions}; not every group is asked "
        "each."
    ]
    scored = [
        (group, cell)
        for group in profile.shown.groups
        if isinstance(cell := result.groups.get(group.id), PublishedScore)
    ]
    for group, cell in scored:
        sentences.append(
            f"{_title(group, result)}: {cell.score}, the mean of {cell.n} people; their scores lie "
            f"about {cell.sd} points around it."
        )
    if scored:
        sentences += _total_in_words(profile, result, scored)
        sentences += _interval_in_words(result.interval)
        if result.score_by_respondents is not None and len(scored) > 1:
            heads = " + ".join(f"{cell.n} × {cell.score}" for _, cell in scored)
            people = sum(cell.n for _, cell in scored)
            sentences.append(
                f"Counting each person alike instead: ({heads}) / {people} = "
                f"{result.score_by_respondents}."
            )
    sentences += _left_out(result)
    return sentences


def _title(group: ShownGroup, result: DimensionResult) -> str:
    members = result.of.get(group.id, ())
    together = f" ({listed([group_title(m).lower() for m in members])})" if members else ""
    return group_title(group.id) + together


def _total_in_words(
    profile: Profile,
    result: DimensionResult,
    scored: Sequence[tuple[ShownGroup, PublishedScore]],
) -> list[str]:
    """How the groups' scores make the total."""
    if len(scored) == 1 or result.score is None:
        return []
    groups = [group for group, _ in scored]
    weights = weights_of(groups, profile.context)
    if any(member.id in profile.context.weights for g in groups for member in g.members):
        parts = " + ".join(f"{weights[g.id]:.1%} × {cell.score}" for g, cell in scored)
        return [f"With the weights that were set: {parts} = {result.score}."]
    sides: dict[str, list[int]] = {
        side: [cell.score for group, cell in scored if group.side == side] for side in SIDES
    }
    sides = {side: points for side, points in sides.items() if points}
    if len(sides) == 1:
        return [_mean_in_words(next(iter(sides.values())), result.score)]
    sentences = [
        f"{SIDE_TITLES[side]}: {_sum(points)} = {_tidy(sum(points) / len(points))}."
        for side, points in sides.items()
        if len(points) > 1
    ]
    halves = " + ".join(f"½ × {_tidy(sum(points) / len(points))}" for points in sides.values())
    return [
        *sentences,
        f"Each side counts half, so that many do not drown few: {halves} = {result.score}.",
    ]


def _sum(points: Sequence[int]) -> str:
    return f"({' + '.join(map(str, points))}) / {len(points)}"


def _tidy(number: float) -> str:
    """A number with two decimals where it needs them."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _mean_in_words(points: Sequence[int], result: int) -> str:
    if len(points) == 1:
        return f"There is only one, so it is {result}."
    exact = sum(points) / len(points)
    rounded = "" if exact == result else f", rounded {result}"
    return f"{_sum(points)} = {_tidy(exact)}{rounded}."


def _interval_in_words(interval: tuple[int, int] | None) -> list[str]:
    if interval is None:
        return []
    low, high = interval
    if low == high:  # what was agreed has no range
        return []
    return [
        f"The range from {low} to {high} says how sure it is: if everybody were asked, the number "
        "would lie in it 95 times of 100."
    ]


def _left_out(result: DimensionResult) -> list[str]:
    """Don't know, and groups that enter nothing."""
    sentences = []
    if result.dont_know is not None:
        often = f"in about {result.dont_know:.0%}" if result.dont_know else "in under 5%"
        sentences.append(
            f"“I don't know” was said {often} of the cases. It enters no score, and neither does "
            "“does not apply”; below, both are named where they come to 5% or more."
        )
    hidden = [
        f"{group_title(group).lower()} ({cell.reason})"
        for group, cell in result.groups.items()
        if isinstance(cell, Suppressed)
    ]
    if hidden:
        sentences.append(f"Not in it: {listed(hidden)}.")
    return sentences


def _agreed(profile: Profile, result: DimensionResult, items: Sequence[Item]) -> list[str]:
    """The arithmetic of a score that rests on what the working group agreed."""
    points = [
        practice.score
        for item in items
        if (practice := profile.evidence.practices.get(item.id)) is not None
        and practice.agreed
        and practice.code in profile.evidence.library.points[item.id]
    ]
    steps = " + ".join(_tidy(score) for score in points)
    mean = _tidy(sum(points) / len(points))
    worked = f"({steps}) / {len(points)} = {mean}" if len(points) > 1 else mean
    shown = result.shown[0] if result.shown else 0
    sentences = [
        "It stands as the working group agreed it. Each practice has the points of its step: not "
        "in place 0, planned 15, partly 50, in place 100.",
        f"{worked}, rounded {result.score}." if mean != str(result.score) else f"{worked}.",
        f"Of {len(points)} agreed answers, {shown} have a note of what shows them.",
    ]
    if result.dont_know:
        sentences.append(f"“We don't know” stands at about {result.dont_know:.0%} of them.")
    if result.claimed:
        claims = listed(
            [f"{group_title(group).lower()} {score}" for group, score in result.claimed.items()]
        )
        sentences.append(f"What groups claim stands beside it and does not enter: {claims}.")
    return sentences


def _items_table(profile: Profile, result: DimensionResult, items: Sequence[Item]) -> Table:
    """The questions behind a dimension: what was agreed, and what each shown group answered."""
    library = profile.evidence.library
    groups = [
        group
        for group in profile.shown.groups
        if any(group.id in profile.distributions.get(item.id, {}) for item in items)
    ]
    agreed = result.basis == "agreed"
    columns = ("Question", *(("Agreed",) if agreed else ()), *(group_title(g.id) for g in groups))
    rows = []
    for item in items:
        cells = profile.distributions.get(item.id, {})
        step = (_agreed_step(profile, item, library),) if agreed else ()
        rows.append(
            (wording(item), *step, *(_cell(cells.get(g.id), item, library) for g in groups))
        )
    return Table(columns, tuple(rows))


def _agreed_step(profile: Profile, item: Item, library: Library) -> str:
    practice = profile.evidence.practices.get(item.id)
    if practice is None or not practice.agreed:
        return "no answer"
    labels: Mapping[str, str] = {o.code: f"{o.label} ({o.score:g})" for o in library.options(item)}
    return labels.get(practice.code or "", (practice.code or "").replace("_", " ").capitalize())


def _cell(spread: Distribution | Suppressed | None, item: Item, library: Library) -> str:
    if spread is None:
        return "not asked"
    if isinstance(spread, Suppressed):
        return spread.reason
    parts = [f"{spread.n} answered"]
    if spread.mean is not None:
        parts.insert(0, f"{spread.mean:g} of {len(library.options(item))}")
    if spread.dont_know:
        parts.append(f"don't know {spread.dont_know:.0%}")
    if spread.does_not_apply:
        parts.append(f"does not apply {spread.does_not_apply:.0%}")
    return ", ".join(parts)


def _band_edges() -> str:
    low, middle, high = bands.FROM
    return (
        f"Bands begin at {low} ({bands.TITLES['emerging']}), {middle} "
        f"({bands.TITLES['nearly_ready']}) and {high} ({bands.TITLES['ready']}): our judgement."
    )
