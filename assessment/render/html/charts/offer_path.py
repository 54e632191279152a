"""The path of offers: from today's start to the wished-for, one stop after the other."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import listing
from assessment.report.chart_specifications import PathChart, Stop

#: A sign for each state, so that it never rests on colour.
SIGNS = {"start": "✓", "open": "✓", "next": "→", "blocked": "–"}


def path(chart: PathChart) -> Markup:
    """Draw the path: beside each other on a wide screen, below each other on a narrow one."""
    stops = Markup().join(_stop(stop) for stop in chart.stops)
    return Markup('<ol class="pw-path" style="--pw-stops: {}">{}</ol>').format(
        len(chart.stops), stops
    )


def _stop(stop: Stop) -> Markup:
    return Markup(
        '<li class="pw-stop pw-stop-{}"><span class="pw-stop-sign" aria-hidden="true">{}</span>'
        '<div><span class="pw-stop-far">{}</span><h3 class="pw-step">{}</h3>{}'
        '<span class="pw-stop-kind">{}</span>{}</div></li>'
    ).format(
        stop.state,
        SIGNS[stop.state],
        stop.distance,
        stop.title,
        Markup('<span class="pw-stop-wish">What we hope for</span>') if stop.wished else "",
        _kind(stop),
        listing(stop.needs, "pw-stop-needs"),
    )


def _kind(stop: Stop) -> str:
    """What kind of offer; the sign of its risk stays with the word for it."""
    return ", ".join(stop.chips).replace("▲ ", "▲\u00a0")
