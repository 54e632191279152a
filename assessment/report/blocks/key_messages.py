"""The first screen: four short answers, each a line or two, and where the rest of each stands."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.report.basics import (
    basics,
    known_in_words,
    missing_gates,
    missing_in_words,
    too_early,
)
from assessment.report.blocks.first_steps import missing as to_gather
from assessment.report.blocks.gates import limits_beside_scores
from assessment.report.blocks.next_steps import coming
from assessment.report.blocks.scores import (
    NOT_CERTAIN,
    clear_gaps,
    gap_in_words,
    intervals_by_group,
    scores_by_group,
)
from assessment.report.blocks.start import after_weeks
from assessment.report.chart_specifications import Dumbbell, DumbbellChart
from assessment.report.model import Block, KeyMessage, Start, Task
from assessment.report.round_details import Round
from assessment.report.terms import ARRANGEMENTS, risk_word, together
from assessment.report.who_answered import few, too_small
from questionnaires.phrases import counted, lower, number, upper
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance

#: How many things come first.
FIRST = 3


def key_messages(
    profile: Profile, guidance: Guidance, round_: Round, start: Start, blocks: Mapping[str, Block]
) -> tuple[KeyMessage, ...]:
    """What a manager comes for, in the order in which it is read."""
    return (
        _start(profile, guidance, round_, start),
        _held_back(profile),
        _largest_gap(profile),
        _first(profile, blocks.get("actions")),
    )


def _start(profile: Profile, guidance: Guidance, round_: Round, start: Start) -> KeyMessage:
    """What may start: its name, its risk, the first step, the day to look back."""
    advice = profile.recommendation
    chosen = advice.start
    lines: list[str] = []
    chips: tuple[str, ...] = ()
    more = "All first steps, and why"
    first = [_first_step(start.first_steps[0])] if start.first_steps else []
    if chosen.offer.id != guidance.choice.fallback:
        arrangement = chosen.offer.arrangement
        chips = (risk_word(chosen), *([ARRANGEMENTS[arrangement]] if arrangement else []))
        look_back = f"Look back {after_weeks(chosen.offer)}."
        lines = [*first, *([look_back] if start.review else [])]
    elif too_early(profile):
        # How many basics are missing stands in the headline and in the block beside.
        others = [
            text for text in missing_in_words(profile, guidance, round_) if " basics " not in text
        ]
        lines = [known_in_words(profile), *others[:1]]
        lines += [f"Next: {lower(detail.title)}." for detail in list(to_gather(profile))[:1]]
        more = "What is known, and what is missing"
    elif advice.because == "no_need_answered":
        near = [lower(result.offer.title) for result in advice.nearest[:2]]
        lines = [f"Possible by now: {' or '.join(near)}."] if near else []
        more = "What is possible, and why"
    else:
        lines = [f"Meanwhile: {chosen.offer.phrase}.", *first]
        more = "Why, and what to do meanwhile"
    return KeyMessage("start", start.question, start.title, more, chips=chips, lines=tuple(lines))


def _first_step(step: Task) -> str:
    when = f", {lower(step.when)}" if step.when else ""
    return f"First{when}: {lower(step.what)}"


def _held_back(profile: Profile) -> KeyMessage:
    """The basics as circles, those that are not in place by name."""
    found = basics(profile)
    text = limits_beside_scores(profile)
    return KeyMessage(
        "gates",
        "What holds us back?",
        found.counted,
        "Each by name, and the scores",
        signs=found.signs,
        lines=(text,) if text else (),
    )


def _largest_gap(profile: Profile) -> KeyMessage:
    """One clear gap, or that no difference is certain."""
    question, more = "Who sees it differently?", "All groups side by side"
    if len(profile.partition.groups) < 2:
        finding = "No group can be shown yet"
        if profile.partition.groups:
            only_group = profile.context.within(profile.partition.groups[0].id)
            finding = f"Only {only_group} can be shown yet"
            if len(profile.context.eligible) == 1:
                finding = f"Only {only_group} were asked, so there is nobody to compare with"
        return KeyMessage("respondents", question, finding, "Who answered", lines=_hidden(profile))
    clear = clear_gaps(profile)
    if not clear:
        return KeyMessage("gaps", question, NOT_CERTAIN, more, lines=_hidden(profile))
    gap = clear[0]
    result = profile.dimensions[gap.dimension]
    scores, intervals = scores_by_group(result), intervals_by_group(result)
    ends = {group: scores[group] for group in (gap.low, gap.high)}
    groups = tuple((group, profile.context.title(group)) for group in ends)
    row = Dumbbell(gap_in_words(gap, profile), ends, f"{gap.difference} points apart", intervals)
    alt = ", ".join(f"{title} {ends[group]}" for group, title in groups)
    largest_gap = DumbbellChart(f"{alt} of 100", (row,), groups)
    return KeyMessage(
        "gaps", question, row.label, more, lines=_hidden(profile), largest_gap=largest_gap
    )


def _hidden(profile: Profile) -> tuple[str, ...]:
    """The groups that are too few to be shown, in a line or two."""
    context, some, small = profile.context, few(profile), too_small(profile)
    parts = [f"Some {together(some, context)} answered, too few to show."] if some else []
    parts += [f"{together(small, context, start=True)} are too few to be shown."] if small else []
    return tuple(parts)


def _first(profile: Profile, block: Block | None) -> KeyMessage:
    """The first three things, with who does them."""
    question = "What comes first?"
    if block is None:
        more = "All first steps" if profile.recommendation.running else "The start"
        return KeyMessage("start", question, "Nothing is weak enough to come first", more)
    gather = tuple(to_gather(profile)) if too_early(profile) else ()
    details = gather or block.details
    tasks = tuple(Task(detail.title, detail.who) for detail in details[:FIRST])
    near = coming(profile)
    finding = f"{upper(counted(len(tasks), 'thing', in_words=True))} first"
    if gather:
        finding = "First gather what is missing"
    elif basics(profile).unmet:
        finding = "First the basics"
    elif any(missing_gates(result) for result in profile.recommendation.running):
        finding = "First put right what runs already"
    elif near:
        finding = f"{_opens(len(near[0][1]))} {lower(near[0][0].offer.title)}"
    return KeyMessage("actions", question, finding, "How, and what comes after", tasks=tasks)


def _opens(changes: int) -> str:
    if changes >= FIRST:
        return "They open" if changes == FIRST else "They begin to open"
    return "The first opens" if changes == 1 else f"The first {number(changes)} open"
