"""Blocks of the story on a page. All text is escaped: answers and names are never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from assessment.charts.dots import dots
from assessment.charts.dumbbells import dumbbells
from assessment.charts.theme import group_mark
from assessment.screens.components.page import theme
from assessment.story import Block, DotChart, DumbbellChart, Point, Start, Step, Story, Table

CHART_CONFIG = {"displayModeBar": False, "staticPlot": True, "responsive": True}
MARKS = {"good": ("✓", "pw-mark"), "careful": ("!", "pw-mark pw-careful"), "": ("·", "pw-mark")}
#: How far the band's disc is filled, so that grey print and any eye can read it.
FILL = {"groundwork": 25, "emerging": 50, "nearly_ready": 75, "ready": 100}


def headline(story: Story) -> None:
    """The headline with the band and what holds it down."""
    fill = FILL.get(story.band or "", 0)
    joint = "" if story.band_sentence.startswith(":") else " "
    st.html(
        f'<p class="pw-meta">{escape(story.organisation)} · {escape(story.meta)}</p>'
        f'<h1 class="pw-headline">{escape(story.headline)}</h1>'
        f'<p class="pw-band"><span class="pw-disc" style="--pw-fill: {fill}%" '
        f'aria-hidden="true"></span><span><strong>{escape(story.band_title)}</strong>{joint}'
        f"{escape(story.band_sentence)}.</span></p>"
    )


def start(about: Start) -> None:
    """The recommended start: why, at what risk, on which sources."""
    with st.container(key="card-start"):
        st.html(
            _heading(about.question, about.title)
            + _chips(about.chips)
            + f'<p class="pw-text">{escape(about.about)}</p>'
            + _points(about.reasons)
        )
        if about.risk_sentence:
            with st.expander("What makes the risk, and what lowers it"):
                st.html(
                    f'<p class="pw-text">{escape(about.risk_sentence)}</p>' + _points(about.risk)
                )
        with st.expander("Why this offer, and where it comes from"):
            st.html(
                f'<p class="pw-text">{escape(about.reason)}</p>'
                f'<p class="pw-soft">Source: {escape(about.sources)}</p>'
            )


def next_steps(sentence: str, steps: Iterable[Step]) -> None:
    """The way to the next offers."""
    with st.container(key="card-next"):
        parts = [_heading("What comes next?", sentence)]
        for step in steps:
            parts.append(f'<h3 class="pw-step">{escape(step.title)}</h3>')
            parts.append(_chips(step.chips))
            parts.append(_points(step.fixes, numbered=True))
        st.html("".join(parts))


def block(about: Block) -> None:
    """One block: question, finding, chart or table, how it was worked out."""
    with st.container(key=f"card-{about.id}"):
        st.html(_heading(about.question, about.finding))
        _charts(about)
        if about.points:
            st.html(_points(about.points))
        folded = about.folded or bool(about.charts)
        if about.table is not None and not folded:
            st.html(_table(about.table, stack=True))
        if about.note:
            st.html(f'<p class="pw-soft">{escape(about.note)}</p>')
        if about.how:
            with st.expander("How this is worked out"):
                st.html("".join(f'<p class="pw-text">{escape(text)}</p>' for text in about.how))
        if about.table is not None and folded:
            with st.expander("Show the table"):
                st.html(
                    _table(
                        about.table,
                        stack=not about.charts,
                        label=f"{about.question} As a table",
                    )
                )


def _charts(about: Block) -> None:
    """The charts of a block, side by side where there are two and the screen is wide."""
    if not about.charts:
        return
    places = st.columns(len(about.charts), gap="large") if len(about.charts) > 1 else [st]
    for number, (place, chart) in enumerate(zip(places, about.charts, strict=True)):
        drawn = dots(chart, theme()) if isinstance(chart, DotChart) else dumbbells(chart, theme())
        place.plotly_chart(
            drawn,
            theme=None,
            config=CHART_CONFIG,
            key=f"chart-{about.id}-{number}",
            alt=chart.alt,
        )
        if isinstance(chart, DumbbellChart):
            place.html(_keys(chart.groups))


def problems(title: str, lines: Iterable[str]) -> None:
    """What is wrong with something that was given, calmly, line by line."""
    with st.container(key="card-problems"):
        points = tuple(Point(line, "careful") for line in lines)
        st.html(
            f'<div role="alert">{_heading("Nothing was stored or changed", title)}'
            f"{_points(points)}</div>"
        )


def _heading(question: str, finding: str) -> str:
    return (
        f'<p class="pw-question">{escape(question)}</p>'
        f'<h2 class="pw-finding">{escape(finding)}</h2>'
    )


def _chips(chips: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(chip)}</li>" for chip in chips)
    return f'<ul class="pw-chips">{items}</ul>' if items else ""


def _points(points: Iterable[Point], *, numbered: bool = False) -> str:
    items = []
    for number, point in enumerate(points, 1):
        sign, style = (str(number), "pw-mark") if numbered else MARKS[point.mark]
        source = f'<span class="pw-source">{escape(point.sources)}</span>' if point.sources else ""
        items.append(
            f'<li><span class="{style}" aria-hidden="true">{sign}</span>'
            f"<span>{escape(point.text)}{source}</span></li>"
        )
    tag = "ol" if numbered else "ul"
    return f'<{tag} class="pw-list">{"".join(items)}</{tag}>' if items else ""


def _keys(groups: Iterable[tuple[str, str]]) -> str:
    """The groups with their colours and shapes."""
    items = []
    for position, (group, title) in enumerate(groups):
        colour, shape = group_mark(group, position, theme())
        items.append(
            f'<li><span class="pw-key"><span class="pw-shape pw-{shape}" aria-hidden="true" '
            f'style="--pw-shape-colour: {colour}"></span>{escape(title)}</span></li>'
        )
    return f'<ul class="pw-chips">{"".join(items)}</ul>'


def _table(about: Table, *, stack: bool = False, label: str = "") -> str:
    """A table; a stacked one becomes a list on a narrow screen. One unnamed column is a list."""
    if about.columns == ("",):
        return _points([Point(row[0]) for row in about.rows])
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in about.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{escape(name)}">{escape(cell)}</td>'
            for name, cell in zip(about.columns, row, strict=True)
        )
        + "</tr>"
        for row in about.rows
    )
    style = "pw-table pw-stack" if stack else "pw-table"
    table = f'<table class="{style}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    if stack:
        return table
    return (
        f'<div class="pw-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f"{table}</div>"
    )
