"""What charts that are drawn as HTML share: lists, words for those who listen, a group's mark.

Charts with an axis are plotly figures. Where words carry the chart (questions, steps, offers), it
is drawn as HTML: words wrap on a narrow screen, and grow with the reader's own type size.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from assessment.brand.theme import Theme, group_mark


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


def mark(group: str, position: int, theme: Theme) -> Markup:
    """The colour and shape of a group."""
    colour, shape = group_mark(group, position, theme)
    return Markup(
        '<span class="pw-shape pw-{}" aria-hidden="true" style="--pw-shape-colour: {}"></span>'
    ).format(shape, colour)


def keys(groups: Iterable[tuple[str, str]], theme: Theme) -> Markup:
    """The groups with their colours and shapes."""
    entries = (
        Markup('<span class="pw-key">{}{}</span>').format(mark(group, position, theme), title)
        for position, (group, title) in enumerate(groups)
    )
    return listing(entries, "pw-chips")


def swatch(words: str, style: str = "pw-swatch", ground: str = "") -> Markup:
    """An entry of a legend: a colour and what it stands for.

    Args:
        ground: the colour; empty where the style brings it.
    """
    colour = Markup(' style="background: {}"').format(ground) if ground else ""
    return Markup(
        '<li><span class="pw-key"><span class="{}" aria-hidden="true"{}></span>{}</span></li>'
    ).format(style, colour, words)
