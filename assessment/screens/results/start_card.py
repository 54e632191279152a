"""The start as a card: its first steps, why, at what risk, what else could be chosen, what next."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from assessment.report.model import Detail, Report, Start
from assessment.screens.shared import markup
from questionnaires.phrases import counted


def start_card(report: Report) -> Markup:
    """Everything about the start: what is to be done stands first."""
    start = report.start
    held_back = report.block("gates").question
    why = _reasons(start, held_back) + markup.muted(start.certainty) + markup.folds(_opening(start))
    return Markup().join(
        (
            markup.heading(start.question, start.title),
            markup.chips(start.chips),
            markup.texts([start.description]),
            _halves(start.steps_title, _first_steps(start), why) if start.first_steps else why,
            *map(_alternatives, start.alternatives),
            markup.steps(f"{report.next_sentence}.", report.next[:1]),
            markup.folds(
                [
                    markup.fold(
                        "The offers after that", markup.steps("", report.next[1:]), printed=True
                    )
                ]
                if report.next[1:]
                else []
            ),
        )
    )


def _reasons(start: Start, question: str) -> Markup:
    """Why; on paper without what the card of that question says again."""
    twice = [point for point in start.reasons if point.twice]
    if not twice:
        return markup.points(start.reasons)
    once = [point for point in start.reasons if not point.twice]
    missing = counted(len(twice), "thing is", "things are", in_words=True)
    below = f"Of what every start needs, {missing} not in place: see “{question}” below."
    return Markup('<div class="pw-on-screen">{}</div><div class="pw-on-paper">{}{}</div>').format(
        markup.points(start.reasons), markup.points(once), markup.texts([below])
    )


def _halves(title: str, first: Markup, second: Markup) -> Markup:
    """Two parts beside each other; below each other on a narrow screen."""
    return Markup('<div class="pw-halves"><div>{}{}</div><div>{}{}</div></div>').format(
        markup.subheading(title), first, markup.subheading("Why"), second
    )


def _first_steps(start: Start) -> Markup:
    """Who does what on which day, what training, and the day to look back."""
    training = Markup('<p class="pw-text"><strong>Training.</strong> {}</p>').format(start.training)
    steps = (
        (step.what, " · ".join(filter(None, (step.who, step.when)))) for step in start.first_steps
    )
    return markup.tasks(steps) + (training if start.training else "") + markup.texts([start.review])


def _opening(start: Start) -> Iterator[Markup]:
    """Why in full, and what makes the risk."""
    yield markup.fold(
        "Why this, and where it comes from",
        markup.texts([start.reason]) + markup.sources(start.sources),
        printed=True,
    )
    if start.risk_sentence:
        risk = markup.texts([start.risk_sentence]) + markup.points(start.risk)
        yield markup.fold("What makes the risk", risk, printed=True)


def _alternatives(entry: Detail) -> Markup:
    """What could be chosen instead, runs already, or has to wait."""
    return (
        markup.subheading(entry.title)
        + markup.chips(entry.chips)
        + markup.texts(entry.texts)
        + markup.points(entry.points)
        + markup.sources(entry.sources)
    )
