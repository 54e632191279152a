"""What charts that are drawn as HTML share: escaped words, a group's mark, lists of keys.

Charts with an axis are plotly figures. Where words carry the chart (questions, steps, offers), it
is drawn as HTML: words wrap on a narrow screen, and grow with the reader's own type size.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assessment.brand.theme import Theme, group_mark

__all__ = ["escape", "figure", "hidden", "keys", "mark"]


def figure(alt: str, drawn: str, style: str) -> str:
    """A drawing with the words that stand for it."""
    return f'<div class="{style}" role="img" aria-label="{escape(alt)}">{drawn}</div>'


def hidden(words: str) -> str:
    """Words for those who listen."""
    return f'<span class="pw-visually-hidden">{escape(words)}</span>'


def mark(group: str, position: int, theme: Theme) -> str:
    """The colour and shape of a group."""
    colour, shape = group_mark(group, position, theme)
    return (
        f'<span class="pw-shape pw-{shape}" aria-hidden="true" '
        f'style="--pw-shape-colour: {colour}"></span>'
    )


def keys(groups: Iterable[tuple[str, str]], theme: Theme) -> str:
    """The groups with their colours and shapes."""
    items = "".join(
        f'<li><span class="pw-key">{mark(group, position, theme)}{escape(title)}</span></li>'
        for position, (group, title) in enumerate(groups)
    )
    return f'<ul class="pw-chips">{items}</ul>'
