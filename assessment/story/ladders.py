"""The participation ladder: now, wanted, and what the practices in place would show."""

from __future__ import annotations

from assessment.story.model import Block, LadderArea, LadderChart, LadderPlace, Table
from assessment.story.words import cite, listed, lower
from questionnaires.model import group_title
from scoring.disclosure import Suppressed
from scoring.ladder import AreaResult
from scoring.profile import Profile
from scoring.rulebook import Guidance


def ladders(profile: Profile, guidance: Guidance) -> Block | None:
    """A ladder for every area that somebody answered."""
    library = profile.evidence.library
    ladder = guidance.ladder(library.ladder)
    rungs = tuple(rung.title for rung in ladder.rungs)
    titles = {area.id: area.title for area in guidance.ladders.areas}
    areas = tuple(
        _area(area, titles.get(area.id, area.id.replace("_", " ").capitalize()), rungs)
        for area in profile.ladder.values()
        if any(isinstance(rung, float) for rung in area.now.values())
    )
    if not areas:
        return None
    finding = _finding(areas)
    shown = tuple((group.id, group_title(group.id)) for group in profile.shown.groups)
    rows = tuple(
        (
            area.title,
            place.title,
            f"{place.now:g}" if place.now is not None else place.reason,
            "" if place.wanted is None else f"{place.wanted:g}",
            _rung(area.evidenced, rungs) if area.evidenced else "none yet",
        )
        for area in areas
        for place in area.places
    )
    return Block(
        "ladder",
        "How much say do people have?",
        finding,
        (LadderChart(f"{finding}. " + " ".join(a.sentence for a in areas), rungs, areas, shown),),
        Table(("Area", "Group", "Now", "Wanted", "Shown by practices"), rows),
        how=(
            f"{ladder.title}. A group's place is the mean of its people's answers, to the nearest "
            "half step. Service users are asked about what they can see, and not where they want "
            "us to be.",
            "Shown by practices: the highest step all of whose practices are in place, and those "
            "of the steps below. Which practices show a step is our judgement.",
            "Claimed at least one step above what practices show is named a risk of tokenism. It "
            "changes no score.",
            "The steps, lowest first: "
            + " ".join(f"{n}. {rung.title}: {rung.about}" for n, rung in enumerate(ladder.rungs, 1))
            + f" Source: {cite(ladder.source, library)}.",
        ),
    )


def _area(area: AreaResult, title: str, rungs: tuple[str, ...]) -> LadderArea:
    places = []
    for group in dict.fromkeys((*area.now, *area.wanted)):
        now, wanted = area.now.get(group), area.wanted.get(group)
        reason = now.reason if isinstance(now, Suppressed) else ""
        places.append(
            LadderPlace(
                group,
                group_title(group),
                now if isinstance(now, float) else None,
                wanted if isinstance(wanted, float) else None,
                reason,
            )
        )
    above = tuple(group_title(group) for group in area.claimed_above)
    said = [
        f"{place.title} {place.now:g}"
        + (f", wanting {place.wanted:g}" if place.wanted is not None else "")
        for place in places
        if place.now is not None
    ]
    shows = (
        f"practices show {_rung(area.evidenced, rungs)}"
        if area.evidenced
        else "no step is shown by practices yet"
    )
    sentence = f"{title}: {'; '.join(said)}; {shows}."
    return LadderArea(area.id, title, tuple(places), area.evidenced, above, sentence)


def _rung(rung: int, rungs: tuple[str, ...]) -> str:
    return f"{rung} ({rungs[rung - 1].lower()})"


def _finding(areas: tuple[LadderArea, ...]) -> str:
    claimed = [area for area in areas if area.claimed_above]
    if claimed:
        who = list(dict.fromkeys(group for area in claimed for group in area.claimed_above))
        where = listed([lower(area.title) for area in claimed[:3]])
        more = len(claimed) - 3
        where += f" and {more} more" if more > 0 else ""
        return f"{listed([who[0], *map(lower, who[1:])])} see more say than practices show: {where}"
    apart = [
        (place.wanted - place.now, area.title)
        for area in areas
        for place in area.places
        if place.wanted is not None and place.now is not None
    ]
    if apart and max(apart)[0] >= 1:
        far, where = max(apart)
        return f"The longest climb that is wished for: {far:g} steps, in {lower(where)}"
    return "Nobody places us above what practices show"
