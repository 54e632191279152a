"""Cards: blocks of the story, drawn once for a theme and then only shown.

What has no axis is HTML, a whole card in one element; charts with an axis are plotly figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from assessment.charts.dots import dots
from assessment.charts.drawn import keys
from assessment.charts.dumbbells import dumbbells
from assessment.charts.heat import heat
from assessment.charts.ladders import ladders
from assessment.charts.paths import path
from assessment.charts.shares import legend, shares
from assessment.charts.stacked import stacked
from assessment.charts.theme import Theme
from assessment.screens.components import markup
from assessment.story import (
    Block,
    Chart,
    DotChart,
    DumbbellChart,
    HeatChart,
    LadderChart,
    PathChart,
    ShareChart,
    StackedChart,
)

CHART_CONFIG = {"displayModeBar": False, "staticPlot": True, "responsive": True}
#: Concerns that stand in view; the others open.
FIRST_CONCERNS = 3


@dataclass(frozen=True)
class Picture:
    """A figure with the words that stand for it."""

    figure: go.Figure
    alt: str


Piece = str | tuple[Picture, ...]


@dataclass(frozen=True)
class Card:
    """A card: pieces of HTML, and rows of pictures between them."""

    id: str
    pieces: tuple[Piece, ...]

    @property
    def html(self) -> str:
        """The whole card where it has no pictures."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def plain(self) -> bool:
        return all(isinstance(piece, str) for piece in self.pieces)


def card(block: Block, theme: Theme, *, explained: str = "") -> Card:
    """Draw a block.

    Args:
        explained: further HTML for "How this is worked out", such as explanations of numbers.
    """
    pieces: list[Piece] = [markup.heading(block.question, block.finding)]
    pictures: list[Picture] = []
    for chart in block.charts:
        drawn = draw(chart, theme)
        if isinstance(drawn, Picture):
            pictures.append(drawn)
        else:
            pieces.append(drawn)
    if pictures:
        pieces.append(tuple(pictures))
    pieces += [
        keys(chart.groups, theme) for chart in block.charts if isinstance(chart, DumbbellChart)
    ]
    pieces.append(_below(block, explained))
    return Card(block.id, tuple(pieces))


def draw(chart: Chart, theme: Theme) -> str | Picture:
    """Draw one chart: with an axis as a figure, without one as HTML."""
    match chart:
        case DotChart():
            return Picture(dots(chart, theme), chart.alt)
        case DumbbellChart():
            return Picture(dumbbells(chart, theme), chart.alt)
        case StackedChart():
            return stacked(chart, theme)
        case HeatChart():
            return heat(chart, theme)
        case LadderChart():
            return ladders(chart, theme)
        case PathChart():
            return path(chart)
        case ShareChart():
            rest = chart.rows[FIRST_CONCERNS:]
            more = f"{len(rest)} more concerns" if len(rest) > 1 else "One more concern"
            return (
                legend()
                + shares(chart.rows[:FIRST_CONCERNS], chart, theme)
                + (markup.fold(more, shares(rest, chart, theme)) if rest else "")
            )


def _below(block: Block, explained: str) -> str:
    """What stands below the chart: points, details, a note, and what opens."""
    parts = [markup.points(block.points)]
    first, rest = block.details[: block.first_details], block.details[block.first_details :]
    numbered = bool(rest) and bool(first)
    parts.append(markup.details(first, first=1 if numbered else None))
    if rest:
        start = len(first) + 1 if numbered else None
        parts.append(markup.folds([markup.fold(block.more, markup.details(rest, first=start))]))
    folded = block.folded or bool(block.charts)
    if block.table is not None and not folded:
        parts.append(markup.table(block.table, stack=True))
    parts.append(markup.soft(block.note))
    folds = [markup.fold("How this is worked out", markup.texts(block.how))] if block.how else []
    folds.append(explained)
    heatmap = any(isinstance(chart, HeatChart) for chart in block.charts)
    if block.table is not None and folded and not heatmap:
        label = f"{block.question} As a table"
        short = not block.charts and block.id != "annex"
        folds.append(
            markup.fold("Show the table", markup.table(block.table, stack=short, label=label))
        )
    parts.append(markup.folds(folds))
    return "".join(parts)


@dataclass(frozen=True)
class _Ready:
    """HTML that is shown as it is. A plain text would be searched for indents at every rerun."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def put(html: str) -> None:
    """Put HTML of ours on the page."""
    st.html(_Ready(html))


def anchor(name: str) -> str:
    """Where a link of the contents leads."""
    return f'<span class="pw-anchor" id="{name}"></span>'


def show(drawn: Card) -> None:
    """Put a card on the page."""
    if drawn.plain:
        put(f'<section class="pw-card" id="{drawn.id}">{drawn.html}</section>')
        return
    with st.container(key=f"card-{drawn.id}"):
        for number, piece in enumerate(drawn.pieces):
            if isinstance(piece, str):
                if piece:
                    put((anchor(drawn.id) if number == 0 else "") + piece)
                continue
            places = st.columns(len(piece), gap="large") if len(piece) > 1 else [st]
            for at, (place, picture) in enumerate(zip(places, piece, strict=True)):
                place.plotly_chart(
                    picture.figure,
                    theme=None,
                    config=CHART_CONFIG,
                    key=f"chart-{drawn.id}-{number}-{at}",
                    alt=picture.alt,
                )
