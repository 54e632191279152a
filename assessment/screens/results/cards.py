"""Cards: blocks of the report as HTML, drawn once and then only shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from assessment.render.html.charts.concern_bars import legend, shares
from assessment.render.html.charts.dots import dots
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

#: Concerns that stand in view; the others open.
FIRST_CONCERNS = 3
#: Cards whose details would fill many sheets of paper: they are printed where somebody opened them.
LONG = ("kinds", "all_actions")


@dataclass(frozen=True)
class Card:
    """A card.

    Attributes:
        open: what else the card holds, such as buttons, is put below it by hand.
    """

    id: str
    html: Markup
    open: bool = False


def card(block: Block, *, explained: Markup = Markup()) -> Card:
    """Draw a block.

    Args:
        explained: further HTML for "How this is worked out", such as explanations of numbers.
    """
    drawn = Markup().join(map(draw, block.charts))
    if len(block.charts) > 1:
        drawn = Markup('<div class="pw-pair">{}</div>').format(drawn)
    heading = markup.heading(block.question, block.finding)
    parts = [heading, markup.signs(block.signs), drawn, _below(block, explained)]
    return Card(block.id, Markup().join(parts))


def draw(chart: Chart) -> Markup:
    """Draw one chart."""
    match chart:
        case DotChart():
            return dots(chart)
        case DumbbellChart():
            return dumbbells(chart)
        case StackedChart():
            return stacked(chart)
        case HeatChart():
            return heat(chart)
        case LadderChart():
            return ladders(chart)
        case PathChart():
            return path(chart)
        case ShareChart():
            rest = chart.rows[FIRST_CONCERNS:]
            more = f"{len(rest)} more concerns" if len(rest) > 1 else "One more concern"
            return (
                legend()
                + shares(chart.rows[:FIRST_CONCERNS], chart)
                + (markup.fold(more, shares(rest, chart), printed=True) if rest else Markup())
            )


def _below(block: Block, explained: Markup) -> Markup:
    """What stands below the chart: points, details, a note, and what opens."""
    parts = [markup.points(block.points), markup.quotations(block.quotations)]
    first, rest = block.details[: block.first_details], block.details[block.first_details :]
    numbered = bool(rest) and bool(first)
    on_paper = 0 if block.id in LONG else block.on_paper
    printed = on_paper != 0
    parts.append(markup.details(first, first=1 if numbered else None, printed=printed))
    if rest:
        start = len(first) + 1 if numbered else None
        entries = (
            markup.details(rest, first=start, printed=printed)
            if on_paper in (0, None)
            else markup.details(rest[:on_paper]) + markup.details(rest[on_paper:], printed=False)
        )
        parts.append(markup.folds([markup.fold(block.more, entries, printed=printed)]))
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


def stacked_cards(cards: Iterable[Card]) -> Markup:
    """Cards as one piece of HTML: each element of a page costs every rerun. The ground of an open
    card goes on below."""
    return Markup().join(
        Markup('<div class="pw-card pw-card-top" id="{}">{}</div>').format(entry.id, entry.html)
        if entry.open
        else Markup('<section class="pw-card" id="{}">{}</section>').format(entry.id, entry.html)
        for entry in cards
    )
