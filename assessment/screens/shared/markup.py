"""Pieces of a page as HTML. All text is escaped: answers and names are never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assessment.report import Detail, Point, Sign, Step, Table, Task
from assessment.report.basics import STATE_WORDS
from assessment.report.model import BasicState
from assessment.report.tables import Column
from questionnaires.phrases import upper

MARKS = {"good": ("✓", "pw-mark"), "careful": ("!", "pw-mark pw-careful"), "": ("·", "pw-mark")}
#: What a mark says to those who cannot see it.
MARK_WORDS = {"good": "Yes: ", "careful": "To look after: ", "": ""}


def heading(question: str, finding: str) -> str:
    """The small question, and the finding that answers it."""
    asked = f'<p class="pw-question">{escape(question)}</p>' if question else ""
    return f'{asked}<h2 class="pw-finding">{escape(finding)}</h2>'


def chips(words: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(word)}</li>" for word in words)
    return f'<ul class="pw-chips">{items}</ul>' if items else ""


def soft(words: str) -> str:
    return f'<p class="pw-soft">{escape(words)}</p>' if words else ""


def texts(sentences: Iterable[str]) -> str:
    return "".join(
        f'<p class="pw-text">{escape(sentence)}</p>' for sentence in sentences if sentence
    )


def sources(words: str) -> str:
    return soft(f"Source: {words}") if words else ""


def points(lines: Iterable[Point], *, numbered: bool = False) -> str:
    """A list with marks; each line may name its source."""
    items = []
    for number, point in enumerate(lines, 1):
        sign, style = (str(number), "pw-mark") if numbered else MARKS[point.mark]
        text = "" if numbered else MARK_WORDS[point.mark]
        spoken = f'<span class="pw-unseen">{text}</span>' if text else ""
        source = f'<span class="pw-source">{escape(point.sources)}</span>' if point.sources else ""
        items.append(
            f'<li><span class="{style}" aria-hidden="true">{sign}</span>'
            f"<span>{spoken}{escape(point.text)}{source}</span></li>"
        )
    tag = "ol" if numbered else "ul"
    return f'<{tag} class="pw-list">{"".join(items)}</{tag}>' if items else ""


def circle(state: BasicState) -> str:
    """One of the basics: full where it is in place, dashed where nobody has answered."""
    return f'<span class="pw-circled pw-circled-{state}" aria-hidden="true"></span>'


def signs(entries: Iterable[Sign]) -> str:
    """The basics by name, each with its circle."""
    items = "".join(
        f'<li>{circle(sign.state)}<span><span class="pw-unseen">'
        f"{upper(STATE_WORDS[sign.state])}: </span>{escape(sign.title)}</span></li>"
        for sign in entries
    )
    return f'<ul class="pw-signs">{items}</ul>' if items else ""


def tasks(entries: Iterable[Task]) -> str:
    """Steps in their order: what, who, when."""
    items = "".join(
        f'<li><span class="pw-mark" aria-hidden="true">{number}</span><span>{escape(one.what)}'
        f'<span class="pw-beside">{escape(" · ".join(filter(None, (one.who, one.when))))}</span>'
        "</span></li>"
        for number, one in enumerate(entries, 1)
    )
    return f'<ol class="pw-list">{items}</ol>' if items else ""


def fold(title: str, content: str, *, style: str = "pw-open") -> str:
    """Something that opens, by tap or by key, without asking the server."""
    return (
        f'<details class="{style}"><summary>{escape(title)}</summary>'
        f'<div class="pw-open-in">{content}</div></details>'
    )


def folds(opening: Iterable[str]) -> str:
    """Things that open, beside each other; what is open takes the whole width."""
    content = "".join(opening)
    return f'<div class="pw-opens">{content}</div>' if content else ""


def detail(detail: Detail, number: int | None = None) -> str:
    """One thing that opens: an action, a gate, a ready response."""
    sign, style = MARKS[detail.mark] if number is None else (str(number), "pw-mark")
    inner = texts(detail.texts) + points(detail.points) + sources(detail.sources)
    beside = (
        f'<span class="pw-beside">{escape(" · ".join(detail.chips))}</span>' if detail.chips else ""
    )
    shape = f'<span class="{style}" aria-hidden="true">{sign}</span>'
    return (
        f'<details class="pw-detail"><summary>{shape}'
        f"<span>{escape(detail.title)}{beside}</span></summary>"
        f'<div class="pw-open-in">{inner}</div></details>'
    )


def details(entries: Iterable[Detail], *, first: int | None = None) -> str:
    """Things that open, below each other; numbered where an order is meant."""
    return "".join(
        detail(entry, None if first is None else number)
        for number, entry in enumerate(entries, first or 0)
    )


def steps(sentence: str, coming: Iterable[Step]) -> str:
    """The way to the next offers, fix by fix."""
    parts = [f'<p class="pw-way">{escape(sentence)}</p>'] if sentence else []
    for step in coming:
        parts.append(f'<h3 class="pw-step">{escape(step.title)}</h3>')
        parts.append(chips(step.chips))
        parts.append(points(step.fixes, numbered=True))
    return "".join(parts)


#: A row for a heading or a total within a table.
PART = ' class="pw-part"'


def table(table_: Table, *, stack: bool = False, label: str = "") -> str:
    """A table; a stacked one becomes a list on a narrow screen. One unnamed column is a list."""
    if table_.columns == (Column(""),):
        return points([Point(text) for (text,) in table_.texts])
    head = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table_.columns)
    rows = "".join(
        f"<tr{PART if row.strong else ''}>"
        + "".join(
            f'<td data-label="{escape(column.title)}">{escape(text)}</td>'
            for column, text in zip(table_.columns, texts, strict=True)
        )
        + "</tr>"
        for row, texts in zip(table_.rows, table_.texts, strict=True)
    )
    style = "pw-table pw-stack" if stack else "pw-table"
    drawn = f'<table class="{style}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    if stack:
        return drawn
    return (
        f'<div class="pw-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f"{drawn}</div>"
    )
