"""The first screen: the headline with who answered, then four short answers, as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assessment.brand.theme import Theme
from assessment.render.html.charts.drawing import mark
from assessment.report.chart_specifications import DumbbellChart
from assessment.report.model import KeyMessage, Report, Sign
from assessment.screens.shared import markup

#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}
#: How many of the basics are named that are not in place.
MAX_NAMED = 3


def first_screen(report: Report, theme: Theme) -> Markup:
    """The headline, and below it what it rests on in four short answers."""
    answers = Markup().join(_key_message(message, theme) for message in report.key_messages)
    return headline(report) + Markup('<div class="pw-key-messages">{}</div>').format(answers)


def headline(report: Report) -> Markup:
    """The headline with the band and what holds it down."""
    first, *others = report.headline.split(". ")
    lines = Markup("<br>").join(
        line if line.endswith(".") else f"{line}." for line in (first, *others)
    )
    return Markup(
        '<p class="pw-meta">{} · {}</p><h1 class="pw-headline pw-full-width" id="top">{}</h1>'
        '<p class="pw-band"><span class="pw-disc" style="--pw-fill: {}%" aria-hidden="true"></span>'
        "<span><strong>{}</strong>{}.</span></p>"
    ).format(
        report.organisation,
        report.meta,
        lines,
        FILL.get(report.band or "", 0),
        report.band_title,
        report.after_band.rstrip(),
    )


def _key_message(message: KeyMessage, theme: Theme) -> Markup:
    return Markup(
        '<section class="pw-card pw-key-message">{}{}{}{}{}{}'
        '<p class="pw-more"><a href="#{}" target="_self">{}</a></p></section>'
    ).format(
        markup.heading(message.question, message.finding),
        markup.chips(message.chips),
        _circles(message.signs, message.finding) if message.signs else "",
        _largest_gap(message.largest_gap, theme) if message.largest_gap else "",
        Markup().join(
            Markup('<p class="pw-key-message-line">{}</p>').format(line) for line in message.lines
        ),
        markup.tasks(((task.what, task.who) for task in message.tasks), "pw-list pw-tasks"),
        message.block,
        message.more,
    )


def _circles(signs: Iterable[Sign], text: str) -> Markup:
    """The basics as circles in a row, and the first that are not in place by name."""
    signs = tuple(signs)
    drawn = Markup().join(markup.circle(sign.state) for sign in signs)
    unmet = [sign for sign in signs if sign.state == "unmet"]
    return Markup('<p class="pw-circles" role="img" aria-label="{}">{}</p>{}').format(
        text, drawn, markup.signs(unmet[:MAX_NAMED])
    )


def _largest_gap(chart: DumbbellChart, theme: Theme) -> Markup:
    """Two groups on one line from 0 to 100."""
    titles = dict(chart.groups)
    (row,) = chart.rows
    markers, ends = Markup(), Markup()
    for at, (group, value) in enumerate(row.values.items()):
        shape = mark(group, at, theme)
        markers += Markup('<span class="pw-gap-marker" style="--pw-x: {}%">{}</span>').format(
            value, shape
        )
        ends += Markup('<span class="pw-key">{}{} {}</span>').format(shape, titles[group], value)
    return Markup(
        '<div class="pw-gap" role="img" aria-label="{}"><div class="pw-gap-line">'
        '<span class="pw-gap-between" style="--pw-x: {}%; --pw-to: {}%"></span>{}</div>'
        '<div class="pw-gap-ends">{}<span class="pw-gap-of">of 100</span></div></div>'
    ).format(chart.alt, min(row.values.values()), max(row.values.values()), markers, ends)
