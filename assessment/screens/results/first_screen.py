"""The first screen: the headline with who answered, then four short answers, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import mark
from assessment.report import Brief, Doing, DumbbellChart, Sign, Story
from assessment.screens.shared import markup

#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}
#: How many of the basics are named that are not in place.
MOST_NAMED = 3


def first_screen(told: Story, theme: Theme) -> str:
    """The headline, and below it what it rests on in four short answers."""
    answers = "".join(_brief(about, theme) for about in told.briefs)
    return f'{headline(told)}<div class="pw-briefs">{answers}</div>'


def headline(told: Story) -> str:
    """The headline with the band and what holds it down."""
    fill = FILL.get(told.band or "", 0)
    first, *others = told.headline.split(". ")
    lines = "<br>".join(
        escape(line if line.endswith(".") else f"{line}.") for line in (first, *others)
    )
    band = f"<strong>{escape(told.band_title)}</strong>{escape(told.after_band)}"
    return (
        f'<p class="pw-meta">{escape(told.organisation)} · {escape(told.meta)}</p>'
        f'<h1 class="pw-headline pw-whole" id="top">{lines}</h1>'
        f'<p class="pw-band"><span class="pw-disc" style="--pw-fill: {fill}%" '
        f'aria-hidden="true"></span><span>{band.rstrip()}.</span></p>'
    )


def _brief(about: Brief, theme: Theme) -> str:
    return (
        f'<section class="pw-card pw-brief">{markup.heading(about.question, about.finding)}'
        + markup.chips(about.chips)
        + (_circles(about.signs, about.finding) if about.signs else "")
        + (_apart(about.apart, theme) if about.apart else "")
        + "".join(f'<p class="pw-brief-line">{escape(line)}</p>' for line in about.lines)
        + _doings(about.doings)
        + f'<p class="pw-more"><a href="#{about.block}" target="_self">{escape(about.more)}</a></p>'
        "</section>"
    )


def _circles(signs: Iterable[Sign], said: str) -> str:
    """The basics as circles in a row, and the first that are not in place by name."""
    signs = tuple(signs)
    drawn = "".join(markup.circle(sign.state) for sign in signs)
    unmet = [sign for sign in signs if sign.state == "unmet"]
    named = markup.signs(unmet[:MOST_NAMED]) if unmet else ""
    return f'<p class="pw-circles" role="img" aria-label="{escape(said)}">{drawn}</p>{named}'


def _apart(about: DumbbellChart, theme: Theme) -> str:
    """Two groups on one line from 0 to 100."""
    titles = dict(about.groups)
    (row,) = about.rows
    low, high = min(row.values.values()), max(row.values.values())
    marks = "".join(
        f'<span class="pw-apart-at" style="--pw-x: {value}%">{mark(group, at, theme)}</span>'
        for at, (group, value) in enumerate(row.values.items())
    )
    ends = "".join(
        f'<span class="pw-key">{mark(group, at, theme)}{escape(titles[group])} {value}</span>'
        for at, (group, value) in enumerate(row.values.items())
    )
    return (
        f'<div class="pw-apart" role="img" aria-label="{escape(about.alt)}">'
        f'<div class="pw-apart-line"><span class="pw-apart-between" '
        f'style="--pw-x: {low}%; --pw-to: {high}%"></span>{marks}</div>'
        f'<div class="pw-apart-ends">{ends}<span class="pw-apart-of">of 100</span></div></div>'
    )


def _doings(doings: Iterable[Doing]) -> str:
    items = "".join(
        f'<li><span class="pw-mark" aria-hidden="true">{number}</span><span>{escape(about.what)}'
        + (f'<span class="pw-beside">{escape(about.who)}</span>' if about.who else "")
        + "</span></li>"
        for number, about in enumerate(doings, 1)
    )
    return f'<ol class="pw-list pw-doings">{items}</ol>' if items else ""
