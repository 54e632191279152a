"""What charts that are drawn as HTML share: lists, words for those who listen, a group's mark.

Words wrap on a narrow screen and on paper, and grow with the reader's own type size. Colours are
variables of the style, so that one drawing is right in both themes and in print.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assessment.brand.theme import group_colour, group_shape


def figure(alt: str, drawn: Markup, style: str) -> Markup:
    """A drawing with the words that stand for it."""
    return Markup('<div class="{}" role="img" aria-label="{}">{}</div>').format(style, alt, drawn)


def hidden(words: str) -> Markup:
    """Words for those who listen."""
    return Markup('<span class="pw-visually-hidden">{}</span>').format(words) if words else Markup()


def listing(entries: Iterable[str], style: str, tag: str = "ul") -> Markup:
    """A list; nothing where it has no entries."""
    items = Markup().join(Markup("<li>{}</li>").format(entry) for entry in entries)
    return Markup('<{0} class="{1}">{2}</{0}>').format(tag, style, items) if items else items


def suppressed(reason: str) -> Markup:
    """In place of figures that are not published."""
    return Markup('<span class="pw-spread-none">not shown: {}</span>').format(reason)


def mark(group: str, position: int) -> Markup:
    """The colour and shape of a group."""
    return Markup(
        '<span class="pw-shape pw-{}" aria-hidden="true" style="--pw-shape-colour: {}"></span>'
    ).format(group_shape(group, position), group_colour(group))


def keys(groups: Iterable[tuple[str, str]]) -> Markup:
    """The groups with their colours and shapes."""
    entries = (
        Markup('<span class="pw-key">{}{}</span>').format(mark(group, position), title)
        for position, (group, title) in enumerate(groups)
    )
    return listing(entries, "pw-chips")


def swatch(words: str, style: str = "pw-swatch") -> Markup:
    """An entry of a legend: a colour and what it stands for."""
    return Markup(
        '<li><span class="pw-key"><span class="{}" aria-hidden="true"></span>{}</span></li>'
    ).format(style, words)


def points_axis(ticks: Iterable[int]) -> Markup:
    """The axis from 0 to 100 points below a chart's rows."""
    marks = Markup().join(
        Markup('<span style="--pw-x: {0}%">{0}</span>').format(tick) for tick in ticks
    )
    return Markup(
        '<div class="pw-points-row pw-axis"><span class="pw-points-track">{}</span></div>'
    ).format(marks)


def interval(low: int | None, high: int | None) -> Markup:
    """From where to where a score may lie, as a thin bar with ends; nothing where it is certain."""
    if low is None or high is None or high <= low:
        return Markup()
    return Markup('<span class="pw-interval" style="--pw-x: {}%; --pw-to: {}%"></span>').format(
        low, high
    )
