"""The path of offers: from today's start to the wished-for, one stop after the other."""

from __future__ import annotations

from assessment.render.html.charts.drawing import escape
from assessment.report import PathChart, Stop

#: A sign for each state, so that it never rests on colour.
SIGNS = {"start": "✓", "open": "✓", "next": "→", "blocked": "–"}


def path(chart: PathChart) -> str:
    """Draw the path: beside each other on a wide screen, below each other on a narrow one."""
    stops = "".join(_stop(stop) for stop in chart.stops)
    return f'<ol class="pw-path" style="--pw-stops: {len(chart.stops)}">{stops}</ol>'


def _stop(stop: Stop) -> str:
    needs = "".join(f"<li>{escape(need)}</li>" for need in stop.needs)
    wished = '<span class="pw-stop-wish">What we hope for</span>' if stop.wished else ""
    return (
        f'<li class="pw-stop pw-stop-{stop.state}">'
        f'<span class="pw-stop-sign" aria-hidden="true">{SIGNS[stop.state]}</span>'
        f'<div><span class="pw-stop-far">{escape(stop.distance)}</span>'
        f'<h3 class="pw-step">{escape(stop.title)}</h3>{wished}'
        f'<span class="pw-stop-kind">{escape(_kind(stop))}</span>'
        + (f'<ul class="pw-stop-needs">{needs}</ul>' if needs else "")
        + "</div></li>"
    )


def _kind(stop: Stop) -> str:
    """What kind of offer; the sign of its risk stays with the word for it."""
    return ", ".join(stop.chips).replace("▲ ", "▲\u00a0")
