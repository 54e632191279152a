"""The participation ladder: wanted and now, service users first; and what practices show."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.report.chart_specifications import LadderArea, LadderChart, LadderPlace
from assessment.report.model import Block
from assessment.report.tables import Cell, Column, NoNumber, Row, Table, columns, table
from assessment.report.terms import cite, together
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.phrases import listed, lower
from scoring.answers.context import Context
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.ladder import AreaResult, RungCell
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance

#: How many areas a finding names; the rest is counted.
MAX_NAMED = 3
NOT_ASKED = NoNumber("not asked")
NOT_ANSWERED, NOT_TIED = "not answered yet", "no practice is tied to it"
LADDERS = (
    Column("Area, and who says so"),
    *columns("Now", "Wanted", kind="steps"),
    Column("Shown by practices", "whole"),
    Column("What this says"),
)


def places(profile: Profile, guidance: Guidance) -> Table:
    """Every area with what practices show, and below it where each shown group places it."""
    titles = area_titles(profile, guidance)
    rungs = tuple(rung.title for rung in guidance.ladder(profile.evidence.library.ladder).rungs)
    rows: list[Row] = []
    for area in profile.ladder.values():
        evidenced: Cell = area.evidenced
        if area.evidenced is None or not area.known:
            evidenced = NoNumber(evidenced_by_practices(area, rungs, guidance))
        text = caution(area, profile.context)
        cells = (titles[area.id], None, None, evidenced, text and f"{text}.")
        rows.append(Row(cells, strong=True))
        for group in (group.id for group in profile.partition.groups):
            if group in area.now or group in area.wanted:
                found = (area.now.get(group, NOT_ASKED), area.wanted.get(group, NOT_ASKED))
                rows.append(Row((profile.context.title(group), *found, "", ""), indent=1))
    return table("ladder", LADDERS, rows)


def ladders(profile: Profile, guidance: Guidance, places: Table) -> Block | None:
    """A ladder for every area that somebody answered."""
    library = profile.evidence.library
    ladder = guidance.ladder(library.ladder)
    rungs = tuple(rung.title for rung in ladder.rungs)
    titles = area_titles(profile, guidance)
    answered = [
        area
        for area in profile.ladder.values()
        if any(isinstance(rung, float) for rung in (*area.now.values(), *area.wanted.values()))
    ]
    areas = tuple(_area(area, titles[area.id], rungs, profile, guidance) for area in answered)
    if not areas:
        return None
    finding = _finding(answered, titles, profile)
    alt = f"{finding}. {' '.join(area.sentence for area in areas)}"
    groups = tuple((g.id, profile.context.title(g.id)) for g in profile.partition.groups)
    return Block(
        "ladder",
        "How much say do people have?",
        finding,
        (LadderChart(alt, rungs, areas, groups),),
        places,
        how=(
            f"{ladder.title}. A group's place is the mean of its people's answers, to the nearest "
            "half step. Service users are asked about what they can see.",
            "Shown by practices: the highest step all of whose practices are in place, and those "
            "of the steps below. Which practices show a step is our judgement.",
            "Where managers, staff or the board see us at least one step above what practices "
            "show, it is named a risk of tokenism. It changes no score.",
            "The steps, lowest first: "
            + " ".join(f"{n}. {r.title}: {r.description}" for n, r in enumerate(ladder.rungs, 1))
            + f" Source: {cite(ladder.source, library)}.",
        ),
    )


def area_titles(profile: Profile, guidance: Guidance) -> dict[str, str]:
    """The names of the areas, those of an organisation's own included."""
    known = {area.id: area.title for area in guidance.ladders.areas}
    return {name: known.get(name, name.replace("_", " ").capitalize()) for name in profile.ladder}


def evidenced_by_practices(area: AreaResult, rungs: tuple[str, ...], guidance: Guidance) -> str:
    """The step that practices show, in words; what nobody has answered is not called absent."""
    if all(evidence.area != area.id for evidence in guidance.ladders.evidence):
        return NOT_TIED
    if area.evidenced is None:
        return "none yet" if area.known else NOT_ANSWERED
    reached = f"{area.evidenced} ({rungs[area.evidenced - 1].lower()})"
    return reached if area.known else f"at least {reached}"


def caution(area: AreaResult, context: Context) -> str:
    """That somebody sees more say than practices show; empty where nobody does."""
    if not area.claimed_above:
        return ""
    who = together(area.claimed_above, context)
    return f"Tokenism risk: {who} see more say than practices show"


def _area(
    area: AreaResult, title: str, rungs: tuple[str, ...], profile: Profile, guidance: Guidance
) -> LadderArea:
    context = profile.context
    places = []
    for group in dict.fromkeys((*area.now, *area.wanted)):
        now, wanted = area.now.get(group), area.wanted.get(group)
        reason = why_suppressed(now) if isinstance(now, Suppressed) else ""
        places.append(LadderPlace(group, context.title(group), _rung(now), _rung(wanted), reason))
    parts = [part for place in places if (part := _text(place))]
    shows = "shown by practices:" if area.evidenced is None else "practices show"
    shows += f" {evidenced_by_practices(area, rungs, guidance)}"
    hidden = [context.within(place.group) for place in places if place.reason]
    notes = [f"Not shown: {listed(hidden)}"] if hidden else []
    if not area.known:
        notes.append("What practices show here is not answered yet")
    return LadderArea(
        area.id,
        title,
        tuple(places),
        area.evidenced,
        caution(area, context),
        f"{title}: {'; '.join(parts)}; {shows}.",
        ". ".join(notes),
    )


def _rung(cell: RungCell | None) -> float | None:
    return cell if isinstance(cell, float) else None


def _text(place: LadderPlace) -> str:
    """One group's place in words, what it wants first."""
    if place.now is None:
        return "" if place.wanted is None else f"{place.title} want {place.wanted:g}"
    if place.wanted is None:
        return f"{place.title} see {place.now:g}"
    return f"{place.title} want {place.wanted:g} and see {place.now:g}"


def _finding(areas: list[AreaResult], titles: Mapping[str, str], profile: Profile) -> str:
    """What people with lived experience want first; then where practices do not bear it out."""
    context = profile.context
    sides = {group.id: group.side for group in profile.partition.groups}
    climbs = sorted(
        (
            (sides.get(group) != "lived_experience", now - wanted, place, group)
            for place, area in enumerate(areas)
            for group, wanted in area.wanted.items()
            if isinstance(wanted, float) and isinstance(now := area.now.get(group), float)
            if wanted - now >= 1
        )
    )
    parts = []
    if climbs:
        _, far, place, group = climbs[0]
        steps = "one step" if far == -1 else f"{-far:g} steps"
        where = lower(titles[areas[place].id])
        whose = "" if sides.get(group) == "lived_experience" else "people to have "
        parts.append(f"{context.title(group)} want {whose}{steps} more say than now, in {where}")
    claimed = [area for area in areas if area.claimed_above]
    if claimed:
        who = tuple(dict.fromkeys(group for area in claimed for group in area.claimed_above))
        where = [lower(titles[area.id]) for area in claimed[:MAX_NAMED]]
        if len(claimed) > MAX_NAMED:
            where.append(f"{len(claimed) - MAX_NAMED} more")
        names = together(who, context, start=not parts)
        parts.append(f"{names} see more say than practices show: {listed(where)}")
    if parts:
        return "; ".join(parts)
    if all(area.known for area in areas):
        return "Nobody sees more say than practices show"
    return "Where each group sees us; what practices show is not answered yet"
