"""The first screen: four short answers, each a line or two, and where the rest of each stands."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.report.basics import basics, known, missing, missing_gates, too_early
from assessment.report.blocks.first_steps import missing as to_gather
from assessment.report.blocks.gates import beside_the_scores
from assessment.report.blocks.next_steps import coming
from assessment.report.blocks.respondents import few, joined, too_small
from assessment.report.blocks.scores import NOT_CERTAIN, clear_gaps, gap_in_words
from assessment.report.blocks.start import after_weeks
from assessment.report.model import Block, Brief, Detail, Doing, Dumbbell, DumbbellChart, Start
from assessment.report.round import Round
from assessment.report.terms import ARRANGEMENTS, number, risk_word, together
from questionnaires.phrases import lower, upper
from scoring.disclosure.groups_and_rounding import PublishedScore
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance

#: How many things come first.
FIRST = 3


def briefs(
    profile: Profile, guidance: Guidance, about: Round, start: Start, blocks: Mapping[str, Block]
) -> tuple[Brief, ...]:
    """What a manager comes for, in the order in which it is read."""
    return (
        _start(profile, guidance, about, start),
        _held_back(profile),
        _apart(profile),
        _first(profile, blocks.get("actions")),
    )


def _start(profile: Profile, guidance: Guidance, about: Round, start: Start) -> Brief:
    """What may start: its name, its risk, the first step, the day to look back."""
    advice = profile.recommendation
    chosen = advice.start
    lines: list[str] = []
    chips: tuple[str, ...] = ()
    more = "All first steps, and why"
    first = [_first_step(start.doings[0])] if start.doings else []
    if chosen.offer.id != guidance.choice.fallback:
        arrangement = chosen.offer.arrangement
        chips = (risk_word(chosen), *([ARRANGEMENTS[arrangement]] if arrangement else []))
        lines += [*first]
        lines += [f"Look back {after_weeks(chosen.offer)}."] if start.look_back else []
    elif too_early(profile):
        # How many basics are missing stands in the headline and in the block beside.
        others = [text for text in missing(profile, guidance, about) if " basics " not in text]
        lines = [known(profile), *others[:1]]
        lines += [f"Next: {lower(detail.title)}." for detail in list(to_gather(profile))[:1]]
        more = "What is known, and what is missing"
    elif advice.because == "no_need_answered":
        near = [lower(result.offer.title) for result in advice.nearest[:2]]
        lines = [f"Possible by now: {' or '.join(near)}."] if near else []
        more = "What is possible, and why"
    else:
        lines = [f"Meanwhile: {chosen.offer.phrase}.", *first]
        more = "Why, and what to do meanwhile"
    return Brief("start", start.question, start.title, more, chips=chips, lines=tuple(lines))


def _first_step(step: Doing) -> str:
    when = f", {lower(step.when)}" if step.when else ""
    return f"First{when}: {lower(step.what)}"


def _held_back(profile: Profile) -> Brief:
    """The basics as circles, those that are not in place by name."""
    found = basics(profile)
    said = beside_the_scores(profile)
    return Brief(
        "gates",
        "What holds us back?",
        found.counted,
        "Each by name, and the scores",
        signs=found.signs,
        lines=(said,) if said else (),
    )


def _apart(profile: Profile) -> Brief:
    """One clear gap, or that no difference is certain."""
    question, more = "Who sees it differently?", "All groups side by side"
    if len(profile.shown.groups) < 2:
        few = "No group can be shown yet"
        if profile.shown.groups:
            alone = profile.context.within(profile.shown.groups[0].id)
            few = f"Only {alone} can be shown yet"
            if len(profile.context.eligible) == 1:
                few = f"Only {alone} were asked, so there is nobody to compare with"
        return Brief("respondents", question, few, "Who answered", lines=_hidden(profile))
    clear = clear_gaps(profile)
    if not clear:
        return Brief("gaps", question, NOT_CERTAIN, more, lines=_hidden(profile))
    gap = clear[0]
    cells = profile.dimensions[gap.dimension].groups
    ends = {
        group: cell.score
        for group in (gap.low, gap.high)
        if isinstance(cell := cells[group], PublishedScore)
    }
    groups = tuple((group, profile.context.title(group)) for group in ends)
    row = Dumbbell(gap_in_words(gap, profile), ends, f"{gap.difference} points apart")
    alt = ", ".join(f"{title} {ends[group]}" for group, title in groups)
    apart = DumbbellChart(f"{alt} of 100", (row,), groups)
    return Brief("gaps", question, row.label, more, lines=_hidden(profile), apart=apart)


def _hidden(profile: Profile) -> tuple[str, ...]:
    """The groups that are too few to be shown, in a line or two."""
    context, some = profile.context, few(profile)
    small = [group for group in too_small(profile) if group not in joined(profile)]
    said = [f"Some {together(some, context)} answered, too few to show."] if some else []
    said += [f"{together(small, context, start=True)} are too few to be shown."] if small else []
    return tuple(said)


def _first(profile: Profile, block: Block | None) -> Brief:
    """The first three things, with who does them."""
    question = "What comes first?"
    if block is None:
        more = "All first steps" if profile.recommendation.running else "The start"
        return Brief("start", question, "Nothing is weak enough to come first", more)
    gather = tuple(to_gather(profile)) if too_early(profile) else ()
    details = gather or block.details
    doings = tuple(_doing(detail) for detail in details[:FIRST])
    near = coming(profile)
    things = "thing" if len(doings) == 1 else "things"
    finding = f"{upper(number(len(doings)))} {things} first"
    if gather:
        finding = "First gather what is missing"
    elif basics(profile).unmet:
        finding = "First the basics"
    elif any(missing_gates(result) for result in profile.recommendation.running):
        finding = "First put right what runs already"
    elif near:
        finding = f"{_opens(len(near[0][1]))} {lower(near[0][0].offer.title)}"
    return Brief("actions", question, finding, "How, and what comes after", doings=doings)


def _opens(changes: int) -> str:
    if changes >= FIRST:
        return "They open" if changes == FIRST else "They begin to open"
    return "The first opens" if changes == 1 else f"The first {number(changes)} open"


def _doing(detail: Detail) -> Doing:
    """An action in a few words: whoever else could do it stands below."""
    who = next((c.removeprefix("Who: ") for c in detail.chips if c.startswith("Who: ")), "")
    return Doing(detail.title, who.split("; or,")[0])
