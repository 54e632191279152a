"""The story: a published profile as blocks that screens and documents tell in the same words.

A block has a small question, a finding as a sentence, a chart or a table, and in words how it was
worked out. Nothing here knows how a block is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.library import Library
from questionnaires.model import Reference
from scoring import bands
from scoring.disclosure import PublishedScore
from scoring.fixes import Fix
from scoring.guidance import Band
from scoring.guidance_library import Guidance
from scoring.profile import Profile
from scoring.readiness import NOT_HEARD
from scoring.recommend import EXPERIENCE, FIT, RISK, OfferResult
from scoring.rules import title_of, wording
from scoring.totals import DimensionResult

GROUP_TITLES = {
    "service_user": "Service users",
    "peer_worker": "Peer workers",
    "staff": "Staff",
    "manager": "Managers",
    "board": "Board",
    "working_group": "Working group",
    "other": "Smaller groups together",
    "other_lived_experience": "Smaller groups with lived experience",
    "other_organisation": "Smaller groups of the organisation",
}
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
BLOCKERS = {
    RISK: "its risk is too high for a start",
    FIT: "it does not answer the needs that were stated",
    EXPERIENCE: "nobody here has done peer work yet",
}
RISK_SIGNS = {"low": "▲", "moderate": "▲▲", "high": "▲▲▲"}
#: How many of the largest gaps are drawn, and how many next offers are told.
MOST_GAPS, MOST_NEXT = 5, 3


@dataclass(frozen=True)
class Dot:
    """One row of a dot-and-interval chart; points from 0 to 100."""

    label: str
    value: int | None
    low: int | None = None
    high: int | None = None
    strong: bool = False
    note: str = ""


@dataclass(frozen=True)
class DotChart:
    """Scores with their intervals, in rows."""

    alt: str
    rows: tuple[Dot, ...]


@dataclass(frozen=True)
class Dumbbell:
    """One row of a dumbbell chart: a value for each group, and how far the ends lie apart."""

    label: str
    values: Mapping[str, int]
    note: str


@dataclass(frozen=True)
class DumbbellChart:
    """Groups side by side, in rows."""

    alt: str
    rows: tuple[Dumbbell, ...]
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A short table of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """One thing to know: its question, the finding, what shows it, and how it was worked out."""

    id: str
    question: str
    finding: str
    charts: tuple[DotChart | DumbbellChart, ...] = ()
    table: Table | None = None
    how: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Point:
    """One line of a list; the mark says good, or careful, or plain."""

    text: str
    mark: str = ""
    sources: str = ""


@dataclass(frozen=True)
class Step:
    """One offer to come, with what unlocks it."""

    title: str
    chips: tuple[str, ...]
    fixes: tuple[Point, ...]


@dataclass(frozen=True)
class Start:
    """The recommended start with its reasons, its risk and its sources."""

    question: str
    title: str
    about: str
    chips: tuple[str, ...]
    reasons: tuple[Point, ...]
    risk: tuple[Point, ...]
    risk_sentence: str
    sources: str
    reason: str


@dataclass(frozen=True)
class Story:
    """Everything that the first screen and the summary tell."""

    organisation: str
    meta: str
    headline: str
    band: Band | None
    band_title: str
    band_sentence: str
    start: Start
    next: tuple[Step, ...]
    next_sentence: str
    blocks: tuple[Block, ...]
    groups: tuple[str, ...]


def group_title(group: str) -> str:
    """A group's name as people read it."""
    return GROUP_TITLES.get(group, group.replace("_", " ").replace("-", " ").capitalize())


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


def story(profile: Profile, stability: Mapping[str, float], guidance: Guidance) -> Story:
    """Tell a profile."""
    library = profile.evidence.library
    blocks = [
        _domains(profile, library),
        _dimensions(profile, library),
        _gaps(profile, library),
        _blocked(profile, guidance),
        _gates(profile, library),
        _keep_in_mind(profile),
    ]
    return Story(
        organisation=profile.organisation,
        meta=_meta(profile),
        headline=profile.headline,
        band=profile.readiness.band,
        band_title=bands.TITLES[profile.readiness.band] if profile.readiness.band else "No band",
        band_sentence=_band_sentence(profile, guidance),
        start=_start(profile, stability, guidance),
        next=tuple(
            Step(
                result.offer.title,
                _chips(result),
                tuple(_fix(fix, profile, guidance, result) for fix in needed),
            )
            for result, needed in profile.next[:MOST_NEXT]
        ),
        next_sentence=_next_sentence(profile),
        blocks=tuple(block for block in blocks if block is not None),
        groups=tuple(group.id for group in profile.shown.groups),
    )


def _meta(profile: Profile) -> str:
    people = sum(profile.respondents.values())
    answered = ", ".join(
        f"{count} {group_title(group).lower()}" for group, count in profile.respondents.items()
    )
    return f"{people} people answered: {answered}" if people else "Nobody has answered yet"


def _band_sentence(profile: Profile, guidance: Guidance) -> str:
    """What holds the overall band down, in words."""
    ready = profile.readiness
    library = profile.evidence.library
    parts = []
    for limit in ready.limited_by:
        if limit == NOT_HEARD:
            parts.append("service users were not heard")
        elif limit in guidance.gates:
            parts.append(_lower(guidance.gates[limit].title))
        else:
            parts.append(title_of(limit, library).lower())
    sentence = f"overall, held down by {_and(parts)}" if parts else "overall"
    if ready.band is None:
        sentence = f": {_and(parts)}" if parts else ": there are not enough answers"
    elif ready.uncertain:
        sentence += "; uncertain, the answers also allow another band"
    return sentence


def _domains(profile: Profile, library: Library) -> Block | None:
    scored = [
        (d, r)
        for d in library.domains.values()
        if (r := profile.domains.get(d.id)) and r.score is not None
    ]
    if not scored:
        return None
    counting = [pair for pair in scored if pair[0].counts] or scored
    lowest, weakest = min(counting, key=lambda pair: pair[1].score or 0)
    missing = [library.domains[name].title for name in profile.readiness.missing]
    rows = tuple(
        Dot(
            domain.title,
            result.score,
            *(result.interval or (None, None)),
            strong=domain.id == lowest.id,
        )
        for domain, result in scored
    )
    table = Table(
        ("Domain", "Score", "From", "To", "Band", "Held down by"),
        tuple(
            (
                domain.title,
                str(result.score),
                *(map(str, result.interval) if result.interval else ("", "")),
                bands.TITLES[result.band] if result.band else "",
                title_of(result.capped_by, library)
                if result.capped_by
                else "what people with lived experience say"
                if result.limited_by_lived_experience
                else "",
            )
            for domain, result in scored
        ),
    )
    how = (
        "A domain's score is the mean of its dimensions, from 0 to 100. The thin bar is the range "
        "in which the score would lie if everybody had answered, 95 times of 100.",
        "A domain stands at most one band above its weakest critical dimension; the principles and "
        "the culture at most one band above what people with lived experience alone say.",
        "Overall counts the lowest domain: one thing near zero means not ready. Participation is "
        "reported beside it. Bands begin at 40, 60 and 80; these numbers are our judgement.",
    )
    note = f"No answers yet: {', '.join(missing)}." if missing else ""
    finding = f"{lowest.title} stands lowest, at {weakest.score} of 100"
    alt = f"{finding}. " + "; ".join(f"{row.label} {row.value}" for row in rows)
    return Block(
        "domains", "What holds us back?", finding, (DotChart(alt, rows),), table, how, note
    )


def _dimensions(profile: Profile, library: Library) -> Block | None:
    """Every dimension in two charts of about the same length, domain by domain."""
    charts: list[list[Dot]] = []
    table: list[tuple[str, ...]] = []
    for domain in library.domains.values():
        scored = [
            result
            for d in library.dimensions.values()
            if d.domain == domain.id
            and (result := profile.dimensions.get(d.id))
            and result.score is not None
        ]
        if not scored:
            continue
        charts.append([Dot(domain.title, None, strong=True)])
        for result in scored:
            title = library.dimensions[result.id].title
            interval = result.interval or (None, None)
            charts[-1].append(Dot(title, result.score, *interval, note=_basis_note(result.basis)))
            table.append((domain.title, title, *_dimension_cells(result)))
    if not table:
        return None
    divided = [
        library.dimensions[r.id].title
        for r in profile.dimensions.values()
        if r.agreement and r.agreement.view == "divided"
    ]
    known = [r for r in profile.dimensions.values() if r.score is not None]
    counted = [r for r in known if library.dimensions[r.id].domain != "participation"]
    lowest = min(counted or known, key=lambda r: r.score or 0)
    finding = f"{library.dimensions[lowest.id].title} is the weakest point, at {lowest.score}"
    if divided:
        finding += f"; opinion is divided on {_and([_lower(d) for d in divided[:3]])}"
    columns = (
        "Domain",
        "Dimension",
        "Score",
        "From",
        "To",
        "Answers",
        "Don't know",
        "Agreement",
        "Rests on",
    )
    how = (
        "Each person's score on a dimension is the mean of their answers, if they answered at "
        "least half of what applies. Groups count equally within each side, and lived experience "
        "and organisation half each, so that many staff do not drown few service users.",
        "Practices that the working group agreed stand as agreed, without an interval. Don't know "
        "and does not apply are never points on the scale.",
        "Divided: at least a quarter of the people at the lower end and a quarter at the upper.",
    )
    return Block(
        "dimensions", "Where exactly?", finding, _in_two(charts), Table(columns, tuple(table)), how
    )


def _dimension_cells(result: DimensionResult) -> tuple[str, ...]:
    view = result.agreement.view if result.agreement else ""
    return (
        str(result.score),
        *(map(str, result.interval) if result.interval else ("", "")),
        str(result.n),
        "" if result.dont_know is None else f"{result.dont_know:.0%}",
        {"shared": "shared view", "divided": "divided", "mixed": "mixed"}.get(view, ""),
        {"agreed": "agreed", "claimed": "claimed", "groups": "answers"}[result.basis],
    )


def _in_two(parts: Sequence[Sequence[Dot]]) -> tuple[DotChart, ...]:
    """The domains as two charts, cut where the lengths differ least."""
    half = sum(map(len, parts)) / 2
    cut = min(range(len(parts) + 1), key=lambda at: abs(sum(map(len, parts[:at])) - half))
    charts = []
    for some in (parts[:cut], parts[cut:]):
        rows = tuple(dot for part in some for dot in part)
        if rows:
            said = "; ".join(f"{row.label} {row.value}" for row in rows if row.value is not None)
            charts.append(DotChart(f"Dimensions with their scores: {said}", rows))
    return tuple(charts)


def _basis_note(basis: str) -> str:
    return {"agreed": "agreed", "claimed": "claimed"}.get(basis, "")


def _gaps(profile: Profile, library: Library) -> Block | None:
    if len(profile.shown.groups) < 2:
        return None
    hidden = [group_title(group).lower() for group in profile.shown.hidden]
    note = ""
    if hidden:
        note = (
            f"Not shown: {_and(hidden)}, with fewer than {profile.shown.minimum} replies. "
            "Their answers enter no figure on this page."
        )
    if not profile.gaps:
        return Block(
            "gaps",
            "Where do we see it differently?",
            "No two groups differ by enough to be sure of it",
            note=note,
        )
    largest: dict[str, tuple[str, str, int, str]] = {}
    for gap in profile.gaps:
        largest.setdefault(gap.dimension, (gap.high, gap.low, gap.difference, gap.evidence))
    rows = []
    for dimension, (_, _, apart, evidence) in list(largest.items())[:MOST_GAPS]:
        cells = profile.dimensions[dimension].groups
        values = {g: c.score for g, c in cells.items() if isinstance(c, PublishedScore)}
        sure = "" if evidence == "clear" else ", worth talking about"
        rows.append(Dumbbell(library.dimensions[dimension].title, values, f"{apart} apart{sure}"))
    shown = {group for row in rows for group in row.values}
    groups = tuple((g.id, group_title(g.id)) for g in profile.shown.groups if g.id in shown)
    first = profile.gaps[0]
    title = library.dimensions[first.dimension].title
    finding = (
        f"{group_title(first.low)} see {_lower(title)} {first.difference} points lower than "
        f"{group_title(first.high).lower()}"
    )
    table = Table(
        ("Dimension", "Higher", "Lower", "Points apart", "From", "To", "How sure"),
        tuple(
            (
                library.dimensions[gap.dimension].title,
                group_title(gap.high),
                group_title(gap.low),
                str(gap.difference),
                *(map(str, gap.interval) if gap.interval else ("", "")),
                "clear" if gap.evidence == "clear" else "worth talking about",
            )
            for gap in profile.gaps
        ),
    )
    how = (
        "A gap is clear where the difference is at least 10 points and its interval, widened for "
        "the number of pairs, leaves out zero. From 15 points on a gap is worth talking about "
        "in any case.",
    )
    alt = f"{finding}. " + " ".join(
        f"{row.label}: " + ", ".join(f"{group_title(g)} {v}" for g, v in row.values.items()) + "."
        for row in rows
    )
    return Block(
        "gaps",
        "Where do we see it differently?",
        finding,
        (DumbbellChart(alt, tuple(rows), groups),),
        table,
        how,
        note,
    )


def _start(profile: Profile, stability: Mapping[str, float], guidance: Guidance) -> Start:
    start = profile.recommendation.start
    offer, library = start.offer, profile.evidence.library
    fallback = offer.id == guidance.choice.fallback
    share = stability.get(offer.id, 0.0)
    sure = f"stays first in {share:.0%} of resamples"
    chips = (sure,) if fallback else (*_chips(start), sure)
    reasons = [Point(text, "good") for text in start.fits]
    if fallback:
        reasons += [
            Point(
                f"{gate.gate.title}: not met. {gate.gate.to_meet}",
                "careful",
                cite(gate.sources, library),
            )
            for gate in profile.gates.values()
            if gate.gate.every_offer and not gate.met
        ]
        if not reasons:
            reasons.append(Point("No offer that fits the stated needs is possible yet.", "careful"))
    else:
        count = sum(gate.gate.every_offer and gate.met for gate in profile.gates.values())
        reasons.append(Point(f"All {count} things that every offer needs are in place.", "good"))
        own = [profile.gates[gate] for gate in offer.gates if profile.gates[gate].applies]
        reasons += [
            Point(f"{result.gate.title}.", "good", cite(result.sources, library)) for result in own
        ]
    risk = [Point(f"+{point.points}  {point.because}", "careful") for point in start.risk.points]
    risk += [Point(f"In place: {text}", "good") for text in start.risk.in_place]
    return Start(
        question="What may we start?",
        title=offer.title,
        about=offer.about,
        chips=chips,
        reasons=tuple(reasons),
        risk=tuple(risk),
        risk_sentence="" if fallback else _risk_sentence(start, guidance),
        sources=cite(offer.source, library),
        reason=offer.reason,
    )


def _risk_sentence(result: OfferResult, guidance: Guidance) -> str:
    rules = guidance.risk
    return (
        f"{result.risk.band.capitalize()} risk: {result.risk.total} points. Up to "
        f"{rules.low_up_to} is low, up to {rules.moderate_up_to} moderate, above that high."
    )


def _chips(result: OfferResult) -> tuple[str, ...]:
    offer = result.offer
    if offer.arrangement is None or offer.model is None:
        return ()
    return (
        MODELS[offer.model],
        ARRANGEMENTS[offer.arrangement],
        _risk_word(result),
        f"fits the needs {result.fit} of 100",
    )


def _risk_word(result: OfferResult) -> str:
    """The risk with a sign of its own, so that it never rests on colour."""
    return f"{RISK_SIGNS[result.risk.band]} {result.risk.band} risk"


def _next_sentence(profile: Profile) -> str:
    if not profile.next:
        return "No further offer can be unlocked by a few changes."
    result, needed = profile.next[0]
    fixes = "one change" if len(needed) == 1 else f"{len(needed)} changes"
    return f"The nearest next offer is {fixes} away: {_lower(result.offer.title)}"


def _fix(fix: Fix, profile: Profile, guidance: Guidance, result: OfferResult) -> Point:
    """A fix in words, with the source of the gate or safeguard that asks for it."""
    library = profile.evidence.library
    asked = [
        rule.source
        for rule in (*guidance.gates_of(result.offer), *guidance.risk.safeguards)
        for condition in [getattr(rule, "needs", None) or getattr(rule, "missing", None)]
        if condition is not None
        and any(fix.id in (leaf.practice, leaf.fact, leaf.score) for leaf in condition.leaves())
    ]
    sources = cite(asked[0], library) if asked else ""
    if fix.kind == "lift":
        return Point(f"Lift {_lower(title_of(fix.id, library))} to {fix.to}", "", sources)
    item = library.items[fix.id]
    if fix.kind == "raise":
        return Point(item.steps.get(fix.to, wording(item)), "", sources)
    label = next((o.label for o in library.options(item) if o.code == fix.to), fix.to)
    return Point(f"{wording(item).rstrip('?')}: {_lower(label)}", "", sources)


def _blocked(profile: Profile, guidance: Guidance) -> Block | None:
    """What blocks the offers that answer a stated need; the others in one sentence."""
    out = profile.recommendation.ruled_out
    wanted = [result for result in out if FIT not in result.blocked_by]
    others = [result for result in out if FIT in result.blocked_by]
    if not out:
        return None
    library = profile.evidence.library
    rows = tuple(
        (
            result.offer.title,
            _risk_word(result),
            "; ".join(
                BLOCKERS.get(name) or _lower(guidance.gates[name].title)
                for name in result.blocked_by
            ),
            cite(result.offer.source, library),
        )
        for result in wanted
    )
    notes = []
    opened = [_lower(result.offer.title) for result in profile.recommendation.open]
    if opened:
        notes.append(f"Also possible today: {_and(opened)}.")
    if others:
        titles = _and([_lower(result.offer.title) for result in others])
        notes.append(f"Not considered, since they answer no need that was stated: {titles}.")
    count = len(rows)
    if not count:
        finding = "Nothing else that answers a stated need is held back"
    elif count == 1:
        finding = "One more offer would answer a stated need and is not possible yet"
    else:
        finding = f"{count} more offers would answer a stated need and are not possible yet"
    return Block(
        "blocked",
        "What blocks the rest?",
        finding,
        table=Table(("Offer", "Risk", "What is missing", "Source"), rows) if rows else None,
        note=" ".join(notes),
        how=(
            "An offer is possible when every gate it needs is met, its risk is not too high, it "
            "answers a stated need, and somebody has the experience it takes.",
        ),
    )


def _gates(profile: Profile, library: Library) -> Block:
    general = [result for result in profile.gates.values() if result.gate.every_offer]
    met = sum(result.met for result in general)
    finding = (
        "Everything that any peer work needs is in place"
        if met == len(general)
        else f"{met} of {len(general)} things that any peer work needs are in place"
    )
    rows = tuple(
        (
            "✓ met" if result.met else "– not met",
            result.gate.title,
            " ".join(result.because),
            cite(result.sources, library),
        )
        for result in general
    )
    return Block(
        "gates",
        "What must be there first?",
        finding,
        table=Table(("State", "What", "What we know", "Source"), rows),
        how=("Nothing makes up for one of these: each is asked for by itself.",),
    )


def _keep_in_mind(profile: Profile) -> Block | None:
    if not profile.quality:
        return None
    rows = tuple((flag.detail,) for flag in profile.quality)
    return Block(
        "quality",
        "What should we keep in mind?",
        "Some answers need care when you read them" if len(rows) > 1 else "One thing needs care",
        table=Table(("",), rows),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
