"""The first screen: the headline with who answered, then four short answers, as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assessment.render.html.charts.drawing import keys
from assessment.render.html.charts.dumbbells import lanes
from assessment.report.basics import Sign
from assessment.report.chart_specifications import DumbbellChart
from assessment.report.model import KeyMessage, Report
from assessment.screens.shared import markup

#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}
#: How many of the basics are named that are not in place.
MAX_NAMED = 3


def first_screen(report: Report) -> Markup:
    """The headline, and below it what it rests on in four short answers."""
    answers = Markup().join(_key_message(message) for message in report.key_messages)
    return headline(report) + Markup('<div class="pw-key-messages">{}</div>').format(answers)


def headline(report: Report) -> Markup:
    """The headline with the band and what holds it down."""
    return Markup(
        '<p class="pw-meta">{} · {}</p><h1 class="pw-headline pw-full-width" id="top">{}</h1>'
        '<p class="pw-band"><span class="pw-disc" style="--pw-fill: {}%" aria-hidden="true"></span>'
        "<span><strong>{}</strong>{}.</span></p>"
    ).format(
        report.organisation,
        report.meta,
        Markup("<br>").join(report.headline),
        FILL.get(report.band or "", 0),
        report.band_title,
        report.after_band.rstrip(),
    )


def _key_message(message: KeyMessage) -> Markup:
    return Markup(
        '<section class="pw-card pw-key-message">{}{}{}{}{}{}'
        '<p class="pw-more"><a href="#{}" target="_self">{}</a></p></section>'
    ).format(
        markup.heading(message.question, message.finding),
        markup.chips(message.chips),
        _circles(message.signs, message.finding) if message.signs else "",
        _largest_gap(message.largest_gap) if message.largest_gap else "",
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


def _largest_gap(chart: DumbbellChart) -> Markup:
    """Two groups from 0 to 100, each with its number."""
    (row,) = chart.rows
    places = {group: at for at, (group, _) in enumerate(chart.groups)}
    named = [(group, f"{title} {row.values[group]}") for group, title in chart.groups]
    return Markup(
        '<div class="pw-gap" role="img" aria-label="{}">{}'
        '<div class="pw-gap-ends">{}<span class="pw-gap-of">of 100</span></div></div>'
    ).format(chart.alt, lanes(row, places), keys(named))
