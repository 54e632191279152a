"""The start as a card: its first steps, why, at what risk, what else could be chosen, what next."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assessment.report import Detail, Report, Start
from assessment.screens.shared import markup


def start_card(report: Report) -> str:
    """Everything about the start: what is to be done stands first."""
    start = report.start
    why = (
        markup.points(start.reasons) + markup.soft(start.certainty) + markup.folds(_opening(start))
    )
    return "".join(
        (
            markup.heading(start.question, start.title),
            markup.chips(start.chips),
            markup.texts([start.description]),
            _halves(start.steps_title, _first_steps(start), why) if start.first_steps else why,
            "".join(_alternatives(entry) for entry in start.alternatives),
            markup.steps(f"{report.next_sentence}.", report.next[:1]),
            markup.folds(
                [markup.fold("The offers after that", markup.steps("", report.next[1:]))]
                if report.next[1:]
                else []
            ),
        )
    )


def _halves(title: str, first: str, second: str) -> str:
    """Two parts beside each other; below each other on a narrow screen."""
    return (
        f'<div class="pw-halves"><div><h3 class="pw-step">{escape(title)}</h3>{first}</div>'
        f'<div><h3 class="pw-step">Why</h3>{second}</div></div>'
    )


def _first_steps(start: Start) -> str:
    """Who does what on which day, what training, and the day to look back."""
    training = f"<strong>Training.</strong> {escape(start.training)}"
    return (
        markup.tasks(start.first_steps)
        + (f'<p class="pw-text">{training}</p>' if start.training else "")
        + markup.texts([start.review])
    )


def _opening(start: Start) -> Iterator[str]:
    """Why in full, and what makes the risk."""
    yield markup.fold(
        "Why this, and where it comes from",
        markup.texts([start.reason]) + markup.sources(start.sources),
    )
    if start.risk_sentence:
        risk = markup.texts([start.risk_sentence]) + markup.points(start.risk)
        yield markup.fold("What makes the risk", risk)


def _alternatives(entry: Detail) -> str:
    """What could be chosen instead, runs already, or has to wait."""
    return (
        f'<h3 class="pw-step">{escape(entry.title)}</h3>'
        + markup.chips(entry.chips)
        + markup.texts(entry.texts)
        + markup.points(entry.points)
        + markup.sources(entry.sources)
    )
