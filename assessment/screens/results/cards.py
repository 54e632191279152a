"""Cards: blocks of the report, drawn once for a theme and then only shown.

What has no axis is HTML, a whole card in one element; charts with an axis are plotly figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from assessment.brand.theme import Theme
from assessment.render.html.charts.concern_bars import legend, shares
from assessment.render.html.charts.dots import dots
from assessment.render.html.charts.drawing import keys
from assessment.render.html.charts.dumbbells import dumbbells
from assessment.render.html.charts.heatmap import heat
from assessment.render.html.charts.ladders import ladders
from assessment.render.html.charts.offer_path import path
from assessment.render.html.charts.stacked_bars import stacked
from assessment.report.chart_specifications import (
    Chart,
    DotChart,
    DumbbellChart,
    HeatChart,
    LadderChart,
    PathChart,
    ShareChart,
    StackedChart,
)
from assessment.report.model import Block
from assessment.screens.shared import markup
from assessment.screens.shared.page import put

CHART_CONFIG = {"displayModeBar": False, "staticPlot": True, "responsive": True}
#: Concerns that stand in view; the others open.
FIRST_CONCERNS = 3


class StaticFigure(go.Figure):
    """A figure that never changes again. Others are copied through and through at every rerun."""

    def to_dict(self) -> dict[str, Any]:
        return self._as_dict

    @cached_property
    def _as_dict(self) -> dict[str, Any]:
        return super().to_dict()


@dataclass(frozen=True)
class Picture:
    """A figure with the words that stand for it."""

    figure: go.Figure
    alt: str


@dataclass(frozen=True)
class Card:
    """A card: HTML, and below that perhaps pictures with more HTML below them.

    Attributes:
        open: what else the card holds, such as buttons, is put below it by hand.
    """

    id: str
    html: Markup
    pictures: tuple[Picture, ...] = ()
    foot: Markup = Markup()
    open: bool = False


#: A picture in its place: its key says which card it belongs to, and what stands beside it.
PlacedPicture = tuple[str, Picture]


def card(block: Block, theme: Theme, *, explained: Markup = Markup()) -> Card:
    """Draw a block.

    Args:
        explained: further HTML for "How this is worked out", such as explanations of numbers.
    """
    drawn = [draw(chart, theme) for chart in block.charts]
    pictures = tuple(chart for chart in drawn if isinstance(chart, Picture))
    html = [chart for chart in drawn if isinstance(chart, Markup)]
    legends = [
        keys(chart.groups, theme) for chart in block.charts if isinstance(chart, DumbbellChart)
    ]
    heading = markup.heading(block.question, block.finding)
    top = Markup().join([heading, markup.signs(block.signs), *html])
    foot = Markup().join([*legends, _below(block, explained)])
    return Card(block.id, top, pictures, foot) if pictures else Card(block.id, top + foot)


def draw(chart: Chart, theme: Theme) -> Markup | Picture:
    """Draw one chart: with an axis as a figure, without one as HTML."""
    match chart:
        case DotChart():
            return Picture(StaticFigure(dots(chart, theme)), chart.alt)
        case DumbbellChart():
            return Picture(StaticFigure(dumbbells(chart, theme)), chart.alt)
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
                + (markup.fold(more, shares(rest, chart, theme)) if rest else Markup())
            )


def _below(block: Block, explained: Markup) -> Markup:
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
    parts.append(markup.muted(block.note))
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
    return Markup().join(parts)


def stacked_cards(cards: Iterable[Card]) -> tuple[Markup | PlacedPicture, ...]:
    """Cards as what is put on the page: HTML that meets is one element.

    Each element costs every rerun, so a card with pictures has no box of its own; its top, its
    pictures and its foot are drawn as one by their style.
    """
    found: list[Markup | PlacedPicture] = []
    html = Markup()
    for entry in cards:
        if not entry.pictures and not entry.open:
            html += Markup('<section class="pw-card" id="{}">{}</section>').format(
                entry.id, entry.html
            )
            continue
        html += Markup('<div class="pw-card pw-card-top" id="{}">{}</div>').format(
            entry.id, entry.html
        )
        if entry.pictures:
            found += [html, *_placed(entry)]
            html = Markup('<div class="pw-card pw-card-foot" data-card="{}">{}</div>').format(
                entry.id, entry.foot
            )
    return (*found, html) if html else tuple(found)


def _placed(drawn: Card) -> Iterator[PlacedPicture]:
    """The pictures of a card, two beside each other if there are more than one."""
    for number, picture in enumerate(drawn.pictures):
        place = ("left", "right")[number % 2] if len(drawn.pictures) > 1 else "full"
        yield f"chart-{place}-{drawn.id}-{number}", picture


def show(pieces: Iterable[Markup | PlacedPicture]) -> None:
    """Put pieces on the page."""
    for piece in pieces:
        if isinstance(piece, Markup):
            put(piece)
        else:
            key, picture = piece
            st.plotly_chart(
                picture.figure, theme=None, config=CHART_CONFIG, key=key, alt=picture.alt
            )
