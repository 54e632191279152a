"""Diverging stacked bars: low answers left of the middle, high ones right, don't know apart."""

from __future__ import annotations

from markupsafe import Markup

from assessment.render.html.charts.drawing import figure, mark, suppressed, swatch
from assessment.report.chart_specifications import Bar, StackedChart, StackedRow
from assessment.report.terms import short_share

#: A narrower part has no room for its words on a phone, or for any.
ROOM, LITTLE_ROOM = 0.35, 0.09


def stacked(chart: StackedChart) -> Markup:
    """Draw diverging stacked bars, one row a question with a bar for each group."""
    bars = [bar for row in chart.rows for bar in row.bars if bar.shares]
    if not bars:
        return Markup()
    left = max(_offset(bar) for bar in bars) or 0.01
    right = max(1 - _offset(bar) for bar in bars) or 0.01
    places = {group: at for at, (group, _) in enumerate(chart.groups)}
    with_off_scale = any(bar.dont_know is not None for bar in bars)
    drawn = Markup().join(_row(row, left, right, places, with_off_scale) for row in chart.rows)
    kinds = dict.fromkeys((bar.classes, bar.middle) for bar in bars)
    legend = Markup().join(_legend(classes, middle, with_off_scale) for classes, middle in kinds)
    return legend + figure(chart.alt, drawn, "pw-spread")


def _offset(bar: Bar) -> float:
    """How far a bar reaches to the left of the middle, as a share."""
    if bar.middle is None:
        return sum(bar.parts[: len(bar.parts) // 2])
    return sum(bar.parts[: bar.middle]) + bar.parts[bar.middle] / 2


def tones(count: int, middle: int | None) -> tuple[int, ...]:
    """A step of the tones for each class: the ends strong, what lies between them light."""
    lowest, low, neutral, high, highest = range(5)
    half = count // 2 if middle is None else middle
    found = []
    for at in range(count):
        if at == middle:
            found.append(neutral)
        elif at < half:
            found.append(lowest if at == 0 else low)
        else:
            found.append(highest if at == count - 1 else high)
    return tuple(found)


def _row(
    row: StackedRow,
    offset: float,
    right: float,
    places: dict[str, int],
    with_off_scale: bool,
) -> Markup:
    lines = Markup().join(
        Markup(
            '<div class="pw-spread-line"><span class="pw-spread-who">{}<span>{}</span></span>{}{}'
            "</div>"
        ).format(
            mark(bar.group, places.get(bar.group, 0)),
            bar.title,
            _bar(bar, offset, right),
            _off_scale(bar) if with_off_scale else "",
        )
        for bar in row.bars
    )
    head = Markup('<span class="pw-spread-dk-head">don\'t know</span>') if with_off_scale else ""
    return Markup(
        '<div class="pw-spread-row"><div class="pw-spread-label"><span>{}</span>{}</div>{}</div>'
    ).format(row.label, head, lines)


def _bar(bar: Bar, offset: float, right: float) -> Markup:
    if not bar.shares:
        return suppressed(bar.reason)
    total = offset + right
    before = (offset - _offset(bar)) / total
    parts = Markup().join(
        Markup('<span style="width: {:.2%}" class="pw-tone-spread-{}{}</span>').format(
            part, tone, _words(part / total, short_share(share, bar.n))
        )
        for part, share, tone in zip(
            bar.parts, bar.shares, tones(len(bar.shares), bar.middle), strict=True
        )
        if share
    )
    return Markup(
        '<span class="pw-spread-track" style="--pw-zero: {:.2%}"><span class="pw-spread-bar" '
        'style="margin-left: {:.2%}; width: {:.2%}">{}</span></span>'
    ).format(offset / total, before, 1 / total, parts)


def _words(width: float, words: str) -> Markup:
    """The share in words, where a part of a bar has room for them, after the end of its class."""
    if width >= ROOM:
        return Markup('">{}').format(words)
    return Markup(' pw-tiny">{}').format(words) if width >= LITTLE_ROOM else Markup('">')


def _off_scale(bar: Bar) -> Markup:
    """Don't know in a panel of its own."""
    if bar.dont_know is None:
        return Markup('<span class="pw-spread-dk"></span>')
    return Markup(
        '<span class="pw-spread-dk"><span class="pw-spread-dk-bar" style="width: {:.0%}"></span>'
        "<span>{}</span></span>"
    ).format(bar.dont_know, short_share(bar.dont_know, 0))


def _legend(classes: tuple[str, ...], middle: int | None, with_off_scale: bool) -> Markup:
    items = Markup().join(
        swatch(name, f"pw-swatch pw-tone-spread-{tone}")
        for name, tone in zip(classes, tones(len(classes), middle), strict=True)
    )
    if with_off_scale:
        items += swatch("Don't know, apart", "pw-swatch pw-swatch-dk")
    return Markup('<ul class="pw-legend" aria-label="Answers">{}</ul>').format(items)
