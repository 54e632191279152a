"""What the answers say: domains, dimensions, gaps between groups, what needs care."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from assessment.report.chart_specifications import Dot, DotChart, Dumbbell, DumbbellChart
from assessment.report.model import Block
from assessment.report.tables import Column, Row, Table, columns, ends, table
from assessment.report.terms import BAND_TITLES, band_starts, title_of
from assessment.report.who_answered import hidden
from assessment.report.wording.flags import flag_in_words
from questionnaires.library import Library
from questionnaires.model import WORKING_GROUP
from questionnaires.phrases import listed, lower
from questionnaires.reference_data import Domain
from questionnaires.skip_logic import Applies
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.measures.gaps import Gap
from scoring.measures.totals import DimensionResult, DomainResult, members_of
from scoring.profile import Profile
from scoring.thresholds import thresholds

#: How many of the largest gaps are drawn.
MAX_GAPS = 5
GAPS = (
    *columns("Dimension", "Higher", "Lower"),
    *columns("Points apart", "From", "To", kind="whole"),
    Column("How sure"),
)
WHO_DIFFERS = "Who sees it differently?"
NOT_CERTAIN = "No difference between groups is certain"
SCORES = (
    Column("Domain and dimension"),
    *columns("Score", "From", "To", kind="whole"),
    Column("Band"),
    Column("Answers", "whole"),
    Column("Don't know", "share"),
    *columns("Agreement", "Rests on", "Note"),
)
VIEWS = {"shared": "shared view", "mixed": "mixed", "divided": "divided"}
BASES = {"agreed": "agreed", "claimed": "claimed", "groups": "answers"}


def scores(profile: Profile, library: Library) -> Table:
    """Every domain, and below it its dimensions; also those without a score."""
    rows: list[Row] = []
    for domain in library.domains.values():
        result = profile.domains[domain.id]
        members = members_of(domain, profile.dimensions, library)
        if result.score is not None or members:
            rows.append(_domain_row(domain.title, result, library))
            rows += [_dimension_row(found, library) for found in members]
    return table("scores", SCORES, rows)


def _domain_row(title: str, result: DomainResult, library: Library) -> Row:
    held = ""
    if result.capped_by:
        held = f"Held down by {lower(title_of(result.capped_by, library))}"
    elif result.limited_by_lived_experience:
        held = "Held down by what people with lived experience say"
    # A quick look gives a score and no band.
    no_band = "no score" if result.score is None else None
    band = BAND_TITLES[result.band] if result.band else no_band
    cells = (title, result.score, *ends(result.interval), band, None, None, None, None, held)
    return Row(cells, strong=True)


def _dimension_row(result: DimensionResult, library: Library) -> Row:
    scored = result.score is not None
    shown = ""
    if result.with_evidence is not None:
        with_note, agreed = result.with_evidence
        shown = f"{with_note} of {agreed} answers have a note that shows it"
    return Row(
        (
            library.dimensions[result.id].title,
            result.score,
            *ends(result.interval),
            None if scored else "no score",
            result.n if scored else None,
            result.dont_know,
            VIEWS[result.agreement.view] if result.agreement else None,
            BASES[result.basis] if scored else None,
            shown,
        ),
        indent=1,
    )


def domains(profile: Profile, library: Library, scores: Table) -> Block | None:
    scored = [
        (domain, score, profile.domains[domain.id].interval)
        for domain in library.domains.values()
        if (score := profile.domains[domain.id].score) is not None
    ]
    if not scored:
        return None
    counting = [entry for entry in scored if entry[0].counts] or scored
    lowest, weakest, _ = min(counting, key=lambda entry: entry[1])
    missing = [library.domains[name].title for name in profile.readiness.missing]
    dots = tuple(
        Dot(domain.title, score, *ends(interval), strong=domain is lowest)
        for domain, score, interval in scored
    )
    level = f"{thresholds().confidence_level:.0%}"
    rows = (row for row in scores.rows if row.strong and row.cells[1] is not None)
    of_domains = scores.part("domains", (0, 1, 2, 3, 4, 9), rows)
    how = (
        "A domain's score is the mean of its dimensions, from 0 to 100. The thin bar allows for "
        f"chance in who answered ({level}). Whoever did not answer may see it differently.",
        "A domain stands at most one band above its weakest critical dimension; the principles and "
        "the culture at most one band above what people with lived experience alone say.",
        "Overall counts the lowest domain: one thing near zero means not ready. Participation is "
        f"reported beside it. Bands begin at {band_starts()}; these numbers are our judgement.",
    )
    notes = [_rests_on(lowest, profile, library)]
    if missing:
        notes.append(f"Nothing to show for: {', '.join(missing)}.")
    note = " ".join(filter(None, notes))
    finding = f"{lowest.title} stands lowest, at {weakest} of 100"
    if any(score < weakest for _, score, _ in scored):
        finding = f"Of what counts, {lower(lowest.title)} stands lowest, at {weakest} of 100"
    chart, question = _dot_chart(f"{finding}.", dots), "What do the scores say?"
    return Block("domains", question, finding, (chart,), of_domains, how=how, note=note)


def _rests_on(domain: Domain, profile: Profile, library: Library) -> str:
    """On how few of its questions the score of a domain of practices rests; empty where all that
    are asked of the working group are answered."""
    evidence = profile.evidence
    applies = Applies(library, evidence.facts, profile.form)
    asked = [
        item.id
        for item in library.items.values()
        if item.kind == "practice"
        and item.dimension is not None
        and library.dimensions[item.dimension].domain == domain.id
        and applies.asked(item, WORKING_GROUP)
    ]
    practices = (evidence.practices.get(item) for item in asked)
    answered = sum(practice is not None and practice.agreed for practice in practices)
    if not 0 < answered < len(asked):
        return ""
    return (
        f"{domain.title}: the working group has answered {answered} of {len(asked)} questions, and "
        "the score rests on those."
    )


def dimensions(profile: Profile, library: Library, scores: Table) -> Block | None:
    """Every dimension in two charts of about the same length, domain by domain."""
    charts: list[list[Dot]] = []
    for domain in library.domains.values():
        dots = [
            Dot(
                library.dimensions[result.id].title,
                result.score,
                *ends(result.interval),
                note="" if result.basis == "groups" else result.basis,
            )
            for result in members_of(domain, profile.dimensions, library)
            if result.score is not None
        ]
        if dots:
            charts.append([Dot(domain.title, None, strong=True), *dots])
    if not charts:
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
        finding += f"; opinion is divided on {listed([lower(d) for d in divided[:3]])}"
    how = (
        "Each person's score on a dimension is the mean of their answers, if they answered at "
        "least half of what applies. Groups count equally within each side, and lived experience "
        "and organisation half each, so that many staff do not drown few service users.",
        "Practices that the working group agreed stand as agreed, without an interval. Don't know "
        "and does not apply are never points on the scale.",
        "Divided: at least a quarter of the people at the lower end and a quarter at the upper.",
    )
    agreed = any(result.basis == "agreed" for result in known)
    return Block(
        "dimensions",
        "Where exactly?",
        finding,
        _in_two(charts),
        scores,
        how=how,
        note="A dot without a bar: the working group agreed the answer." if agreed else "",
    )


def _in_two(parts: Sequence[Sequence[Dot]]) -> tuple[DotChart, ...]:
    """The domains as two charts, cut where the lengths differ least."""
    half = sum(map(len, parts)) / 2
    cut = min(range(len(parts) + 1), key=lambda at: abs(sum(map(len, parts[:at])) - half))
    halves = (tuple(chain.from_iterable(some)) for some in (parts[:cut], parts[cut:]))
    return tuple(_dot_chart("Dimensions with their scores:", dots) for dots in halves if dots)


def _dot_chart(title: str, dots: tuple[Dot, ...]) -> DotChart:
    known = "; ".join(f"{dot.label} {dot.value}" for dot in dots if dot.value is not None)
    return DotChart(f"{title} {known}", dots)


def clear_gaps(profile: Profile) -> tuple[Gap, ...]:
    """The gaps that may be told as a finding, the largest first."""
    return tuple(gap for gap in profile.gaps if gap.finding)


def gap_in_words(gap: Gap, profile: Profile) -> str:
    """A gap as a finding, without a full stop."""
    context = profile.context
    title = profile.evidence.library.dimensions[gap.dimension].title
    return (
        f"{context.title(gap.low)} see {lower(title)} {gap.difference} points lower than "
        f"{context.within(gap.high)}"
    )


def scores_by_group(result: DimensionResult) -> dict[str, int]:
    """The scores of a dimension that are shown, by group."""
    return {g: cell.score for g, cell in result.groups.items() if isinstance(cell, PublishedScore)}


def intervals_by_group(result: DimensionResult) -> dict[str, tuple[int, int]]:
    """From where to where the scores that are shown may lie, by group, where that is known."""
    shown = {g: cell for g, cell in result.groups.items() if isinstance(cell, PublishedScore)}
    return {group: cell.interval for group, cell in shown.items() if cell.interval}


def gaps(profile: Profile, library: Library) -> Block | None:
    """Who sees it differently: only a clear gap is a finding."""
    if len(profile.partition.groups) < 2:
        return None
    context, note = profile.context, hidden(profile)
    clear = clear_gaps(profile)
    finding = gap_in_words(clear[0], profile) if clear else NOT_CERTAIN
    if not profile.gaps:
        return Block("gaps", WHO_DIFFERS, finding, note=note)
    largest: dict[str, Gap] = {}
    for gap in (*clear, *profile.gaps):  # a row says how far apart those are whom a finding names
        largest.setdefault(gap.dimension, gap)
    rows = []
    for dimension, gap in list(largest.items())[:MAX_GAPS]:
        values = scores_by_group(profile.dimensions[dimension])
        certainty = ", clear by itself" if gap.evidence == "clear" else ", not certain"
        sure = f"{gap.difference} points apart{'' if gap.finding else certainty}"
        if gap.difference < max(values.values()) - min(values.values()):
            sure = f"{context.within(gap.low)} and {context.within(gap.high)} {sure}"
        title, result = library.dimensions[dimension].title, profile.dimensions[dimension]
        rows.append(Dumbbell(title, values, sure, intervals_by_group(result)))
    drawn = {group for row in rows for group in row.values}
    groups = tuple((g.id, context.title(g.id)) for g in profile.partition.groups if g.id in drawn)
    differences = table(
        "gaps",
        GAPS,
        (
            (
                library.dimensions[gap.dimension].title,
                context.title(gap.high),
                context.title(gap.low),
                gap.difference,
                *ends(gap.interval),
                "clear" if gap.evidence == "clear" else "not certain, worth talking about",
            )
            for gap in profile.gaps
        ),
    )
    limits = thresholds()
    how = (
        f"A gap is clear where the difference is at least {limits.clear_gap_from} points and its "
        "interval, widened for the number of pairs, leaves out zero. From "
        f"{limits.possible_gap_from} points on a gap "
        "whose own interval leaves out zero is worth talking about. Smaller ones may be chance.",
        "Whoever looks at a hundred differences finds one that is clear by itself. The sentence "
        "above names only what stays clear when all of them are counted, and does not rest on one "
        "question.",
        f"A thin bar shows where a group's score may lie, as far as chance in who answered goes "
        f"({limits.confidence_level:.0%}).",
    )
    alt = f"{finding}. " + " ".join(
        f"{row.label}: " + ", ".join(f"{context.title(g)} {v}" for g, v in row.values.items()) + "."
        for row in rows
    )
    chart = DumbbellChart(alt, tuple(rows), groups)
    return Block("gaps", WHO_DIFFERS, finding, (chart,), differences, how=how, note=note)


def cautions(profile: Profile) -> Block | None:
    if not profile.quality:
        return None
    rows = tuple((flag_in_words(flag, profile),) for flag in profile.quality)
    return Block(
        "quality",
        "What should we keep in mind?",
        "Some answers need care when you read them" if len(rows) > 1 else "One thing needs care",
        table=table("quality", ("",), rows),
    )
