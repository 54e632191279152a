"""Diverging stacked bars: low answers left of the middle, high ones right, don't know apart."""

from __future__ import annotations

from assessment.brand.theme import Theme, Tone
from assessment.render.html.charts.drawing import escape, figure, mark
from assessment.report import Bar, StackedChart, StackedRow
from questionnaires.phrases import SHORT_SHARES, short_share

#: A narrower part has no room for its words on a phone, or for any.
ROOM, LITTLE_ROOM = 0.35, 0.09


def stacked(chart: StackedChart, theme: Theme) -> str:
    """Draw diverging stacked bars, one row a question with a bar for each group."""
    bars = [bar for row in chart.rows for bar in row.bars if bar.shares]
    if not bars:
        return ""
    left = max(_offset(bar) for bar in bars) or 0.01
    right = max(1 - _offset(bar) for bar in bars) or 0.01
    places = {group: at for at, (group, _) in enumerate(chart.groups)}
    with_off_scale = any(bar.dont_know is not None for bar in bars)
    drawn = "".join(_row(row, left, right, places, with_off_scale, theme) for row in chart.rows)
    kinds = dict.fromkeys((bar.classes, bar.middle) for bar in bars)
    legend = "".join(_legend(classes, middle, with_off_scale, theme) for classes, middle in kinds)
    return f"{legend}{figure(chart.alt, drawn, 'pw-spread')}"


def _offset(bar: Bar) -> float:
    """How far a bar reaches to the left of the middle, as a share."""
    if bar.middle is None:
        return sum(bar.parts[: len(bar.parts) // 2])
    return sum(bar.parts[: bar.middle]) + bar.parts[bar.middle] / 2


def tones(count: int, middle: int | None, theme: Theme) -> tuple[Tone, ...]:
    """A tone for each class: the ends strong, what lies between them light."""
    lowest, low, neutral, high, highest = theme.spread
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
    theme: Theme,
) -> str:
    lines = "".join(
        f'<div class="pw-spread-line"><span class="pw-spread-who">'
        f"{mark(bar.group, places.get(bar.group, 0), theme)}<span>{escape(bar.title)}</span></span>"
        f"{_bar(bar, offset, right, theme)}{_off_scale(bar) if with_off_scale else ''}</div>"
        for bar in row.bars
    )
    head = '<span class="pw-spread-dk-head">don\'t know</span>' if with_off_scale else ""
    return (
        f'<div class="pw-spread-row"><div class="pw-spread-label"><span>{escape(row.label)}</span>'
        f"{head}</div>{lines}</div>"
    )


def _bar(bar: Bar, offset: float, right: float, theme: Theme) -> str:
    if not bar.shares:
        return f'<span class="pw-spread-none">not shown: {escape(bar.reason)}</span>'
    total = offset + right
    before = (offset - _offset(bar)) / total
    parts = "".join(
        f'<span style="width: {part:.2%}; background: {ground}; color: {ink}"'
        f"{_words(part / total, short_share(share, bar.n))}"
        for part, share, (ground, ink) in zip(
            bar.parts, bar.shares, tones(len(bar.shares), bar.middle, theme), strict=True
        )
        if share
    )
    return (
        f'<span class="pw-spread-track" style="--pw-zero: {offset / total:.2%}">'
        f'<span class="pw-spread-bar" style="margin-left: {before:.2%}; '
        f'width: {1 / total:.2%}">{parts}</span></span>'
    )


def _words(width: float, words: str) -> str:
    """The share in words, where a part of a bar has room for them."""
    if width >= ROOM:
        return f">{words}</span>"
    return f' class="pw-tiny">{words}</span>' if width >= LITTLE_ROOM else "></span>"


def _off_scale(bar: Bar) -> str:
    """Don't know in a panel of its own."""
    if bar.dont_know is None:
        return '<span class="pw-spread-dk"></span>'
    words = SHORT_SHARES[round(bar.dont_know * 10)]
    return (
        f'<span class="pw-spread-dk"><span class="pw-spread-dk-bar" '
        f'style="width: {bar.dont_know:.0%}"></span><span>{words}</span></span>'
    )


def _legend(
    classes: tuple[str, ...], middle: int | None, with_off_scale: bool, theme: Theme
) -> str:
    items = "".join(
        f'<li><span class="pw-key"><span class="pw-swatch" aria-hidden="true" '
        f'style="background: {ground}"></span>{escape(name)}</span></li>'
        for name, (ground, _) in zip(classes, tones(len(classes), middle, theme), strict=True)
    )
    if with_off_scale:
        items += (
            '<li><span class="pw-key"><span class="pw-swatch pw-swatch-dk" aria-hidden="true">'
            "</span>Don't know, apart</span></li>"
        )
    return f'<ul class="pw-legend" aria-label="Answers">{items}</ul>'
