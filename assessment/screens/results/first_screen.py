"""The first screen: the headline with who answered, then four short answers, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import mark
from assessment.report import DumbbellChart, KeyMessage, Report, Sign, Task
from assessment.screens.shared import markup

#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}
#: How many of the basics are named that are not in place.
MAX_NAMED = 3


def first_screen(report: Report, theme: Theme) -> str:
    """The headline, and below it what it rests on in four short answers."""
    answers = "".join(_brief(message, theme) for message in report.key_messages)
    return f'{headline(report)}<div class="pw-key-messages">{answers}</div>'


def headline(report: Report) -> str:
    """The headline with the band and what holds it down."""
    fill = FILL.get(report.band or "", 0)
    first, *others = report.headline.split(". ")
    lines = "<br>".join(
        escape(line if line.endswith(".") else f"{line}.") for line in (first, *others)
    )
    band = f"<strong>{escape(report.band_title)}</strong>{escape(report.after_band)}"
    return (
        f'<p class="pw-meta">{escape(report.organisation)} · {escape(report.meta)}</p>'
        f'<h1 class="pw-headline pw-full-width" id="top">{lines}</h1>'
        f'<p class="pw-band"><span class="pw-disc" style="--pw-fill: {fill}%" '
        f'aria-hidden="true"></span><span>{band.rstrip()}.</span></p>'
    )


def _brief(message: KeyMessage, theme: Theme) -> str:
    return (
        f'<section class="pw-card pw-key-message">{markup.heading(message.question, message.finding)}'
        + markup.chips(message.chips)
        + (_circles(message.signs, message.finding) if message.signs else "")
        + (_largest_gap(message.largest_gap, theme) if message.largest_gap else "")
        + "".join(f'<p class="pw-key-message-line">{escape(line)}</p>' for line in message.lines)
        + _tasks(message.tasks)
        + f'<p class="pw-more"><a href="#{message.block}" target="_self">'
        f"{escape(message.more)}</a></p>"
        "</section>"
    )


def _circles(signs: Iterable[Sign], text: str) -> str:
    """The basics as circles in a row, and the first that are not in place by name."""
    signs = tuple(signs)
    drawn = "".join(markup.circle(sign.state) for sign in signs)
    unmet = [sign for sign in signs if sign.state == "unmet"]
    named = markup.signs(unmet[:MAX_NAMED]) if unmet else ""
    return f'<p class="pw-circles" role="img" aria-label="{escape(text)}">{drawn}</p>{named}'


def _largest_gap(chart: DumbbellChart, theme: Theme) -> str:
    """Two groups on one line from 0 to 100."""
    titles = dict(chart.groups)
    (row,) = chart.rows
    low, high = min(row.values.values()), max(row.values.values())
    marks = "".join(
        f'<span class="pw-gap-marker" style="--pw-x: {value}%">{mark(group, at, theme)}</span>'
        for at, (group, value) in enumerate(row.values.items())
    )
    ends = "".join(
        f'<span class="pw-key">{mark(group, at, theme)}{escape(titles[group])} {value}</span>'
        for at, (group, value) in enumerate(row.values.items())
    )
    return (
        f'<div class="pw-gap" role="img" aria-label="{escape(chart.alt)}">'
        f'<div class="pw-gap-line"><span class="pw-gap-between" '
        f'style="--pw-x: {low}%; --pw-to: {high}%"></span>{marks}</div>'
        f'<div class="pw-gap-ends">{ends}<span class="pw-gap-of">of 100</span></div></div>'
    )


def _tasks(tasks: Iterable[Task]) -> str:
    items = "".join(
        f'<li><span class="pw-mark" aria-hidden="true">{number}</span><span>{escape(message.what)}'
        + (f'<span class="pw-secondary">{escape(message.who)}</span>' if message.who else "")
        + "</span></li>"
        for number, message in enumerate(tasks, 1)
    )
    return f'<ol class="pw-list pw-tasks">{items}</ol>' if items else ""
