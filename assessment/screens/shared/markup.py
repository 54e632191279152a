"""Pieces of a page as HTML. ``Markup`` escapes what is put in: answers and names are never HTML."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from assessment.render.html.charts.drawing import hidden, listing
from assessment.report.basics import STATE_WORDS, BasicState, Sign
from assessment.report.model import (
    Detail,
    Point,
    Quotation,
    Step,
    paragraphs,
)
from assessment.report.tables import Column, Table
from questionnaires.phrases import upper

#: A link that looks like a button, of first and of second rank.
BUTTON, QUIET = "pw-button", "pw-button pw-quiet"
MARKS = {"good": ("✓", "pw-mark"), "careful": ("!", "pw-mark pw-careful"), "": ("·", "pw-mark")}
#: What a mark says to those who cannot see it.
MARK_WORDS = {"good": "Yes: ", "careful": "To look after: ", "": ""}


def heading(question: str, finding: str) -> Markup:
    """The small question, and the finding that answers it."""
    asked = Markup('<p class="pw-question">{}</p>').format(question) if question else ""
    return Markup('{}<h2 class="pw-finding">{}</h2>').format(asked, finding)


def message(title: str, text: str, *links: Markup) -> Markup:
    """A page that says one thing: its title, a sentence or two, and where to go on."""
    return headline(title) + texts([text]) + buttons(*links)


def headline(title: str) -> Markup:
    return Markup('<h1 class="pw-headline">{}</h1>').format(title)


def link(label: str, address: str, style: str = "") -> Markup:
    """A link to another screen, or to another place of this one."""
    return Markup('<a class="{}" href="{}" target="_self">{}</a>').format(style, address, label)


def contents(entries: Iterable[tuple[str, str]]) -> Markup:
    """What there is on the page, as links that stay in sight: each place with its name."""
    links = Markup().join(
        Markup('<li><a href="#{}" target="_self">{}</a></li>').format(place, title)
        for place, title in entries
    )
    return Markup('<nav class="pw-contents" aria-label="On this page"><ul>{}</ul></nav>').format(
        links
    )


def post_button(label: str, address: str, style: str = BUTTON) -> Markup:
    """A button that sends a form without fields to an address of the server that is no screen."""
    return Markup(
        '<form class="pw-post" method="post" action="{}"><button class="{}">{}</button></form>'
    ).format(address, style, label)


def buttons(*links: Markup) -> Markup:
    """Links and buttons in a row, mostly in the style ``BUTTON`` or ``QUIET``."""
    return Markup('<div class="pw-buttons">{}</div>').format(Markup().join(links))


def notice(text: str, *, role: str = "note", style: str = "pw-notice") -> Markup:
    """What stands out; ``alert`` is its role where something went wrong."""
    return Markup('<p class="{}" role="{}">{}</p>').format(style, role, text)


def progress(percent: float) -> Markup:
    """How far one is, for those who see it."""
    return Markup(
        '<div class="pw-progress" aria-hidden="true"><span style="width: {:.0f}%"></span></div>'
    ).format(percent)


def chips(words: Iterable[str]) -> Markup:
    return listing(words, "pw-chips")


def muted(words: str) -> Markup:
    return Markup('<p class="pw-muted">{}</p>').format(words) if words else Markup()


def texts(sentences: Iterable[str]) -> Markup:
    return Markup().join(
        Markup('<p class="pw-text">{}</p>').format(sentence) for sentence in sentences if sentence
    )


def sources(words: str) -> Markup:
    return muted(f"Source: {words}") if words else Markup()


def secondary(words: str) -> Markup:
    """Smaller words beside or below an entry."""
    return Markup('<span class="pw-secondary">{}</span>').format(words) if words else Markup()


def sign(text: str | int, style: str = "pw-mark") -> Markup:
    """The sign or number before an entry, for those who see it."""
    return Markup('<span class="{}" aria-hidden="true">{}</span>').format(style, text)


def marked(entries: Iterable[str], mark: str, style: str = "pw-mark") -> Markup:
    """A list of which each entry has the same mark."""
    icon = sign(mark, style)
    return listing((Markup("{}<span>{}</span>").format(icon, e) for e in entries), "pw-list")


def points(lines: Iterable[Point], *, numbered: bool = False) -> Markup:
    """A list with marks; each line may name its source."""
    entries = (
        Markup("{}<span>{}{}{}</span>").format(
            sign(number) if numbered else sign(*MARKS[point.mark]),
            hidden("" if numbered else MARK_WORDS[point.mark]),
            point.text,
            Markup('<span class="pw-source">{}</span>').format(point.sources)
            if point.sources
            else "",
        )
        for number, point in enumerate(lines, 1)
    )
    return listing(entries, "pw-list", "ol" if numbered else "ul")


def circle(state: BasicState) -> Markup:
    """One of the basics: full where it is in place, dashed where nobody has answered."""
    return Markup('<span class="pw-circled pw-circled-{}" aria-hidden="true"></span>').format(state)


def signs(entries: Iterable[Sign]) -> Markup:
    """The basics by name, each with its circle."""
    return listing(
        (
            Markup("{}<span>{}{}</span>").format(
                circle(entry.state),
                hidden(f"{upper(STATE_WORDS[entry.state])}: "),
                entry.title,
            )
            for entry in entries
        ),
        "pw-signs",
    )


def tasks(entries: Iterable[tuple[str, str]], style: str = "pw-list") -> Markup:
    """Steps in their order: what, and who or when."""
    numbered = (
        Markup("{}<span>{}{}</span>").format(sign(number), what, secondary(more))
        for number, (what, more) in enumerate(entries, 1)
    )
    return listing(numbered, style, "ol")


def fold(title: str, content: Markup, *, is_open: bool = False, printed: bool = False) -> Markup:
    """Something that opens, by tap or by key, without asking the server.

    Args:
        printed: it stands on paper also where nobody has opened it.
    """
    return Markup(
        '<details class="{}"{}><summary>{}</summary><div class="pw-open-in">{}</div></details>'
    ).format(
        "pw-open pw-printed" if printed else "pw-open",
        Markup(" open") if is_open else "",
        title,
        content,
    )


def folds(opening: Iterable[Markup]) -> Markup:
    """Things that open, beside each other; what is open takes the whole width."""
    content = Markup().join(opening)
    return Markup('<div class="pw-opens">{}</div>').format(content) if content else content


def entry_that_opens(
    mark: Markup, title: Markup | str, content: Markup, *, printed: bool = False
) -> Markup:
    """One entry of a list, with a mark before its title, that opens.

    Args:
        printed: it stands on paper also where nobody has opened it.
    """
    return Markup(
        '<details class="{}"><summary>{}<span>{}</span></summary>'
        '<div class="pw-open-in">{}</div></details>'
    ).format("pw-detail pw-printed" if printed else "pw-detail", mark, title, content)


def quotations(entries: Iterable[Quotation]) -> Markup:
    """What others wrote, each under its title, in its paragraphs."""
    return Markup().join(
        subheading(entry.title)
        + muted(entry.about)
        + Markup().join(quoted(text) for text in entry.texts)
        for entry in entries
    )


def quoted(text: str) -> Markup:
    """One text of somebody else's."""
    parts = (
        Markup("<p>{}</p>").format(Markup("<br>").join(map(escape, part.split("\n"))))
        for part in paragraphs(text)
    )
    return Markup('<blockquote class="pw-quoted" dir="auto">{}</blockquote>').format(
        Markup().join(parts)
    )


def detail(detail: Detail, number: int | None = None, *, printed: bool = True) -> Markup:
    """One thing that opens: an action, a gate, a ready response."""
    return entry_that_opens(
        sign(*MARKS[detail.mark]) if number is None else sign(number),
        Markup("{}{}").format(detail.title, secondary(" · ".join(detail.chips))),
        texts(detail.texts) + points(detail.points) + sources(detail.sources),
        printed=printed,
    )


def details(entries: Iterable[Detail], *, first: int | None = None, printed: bool = True) -> Markup:
    """Things that open, below each other; numbered where an order is meant."""
    return Markup().join(
        detail(entry, None if first is None else number, printed=printed)
        for number, entry in enumerate(entries, first or 0)
    )


def steps(sentence: str, coming: Iterable[Step]) -> Markup:
    """The way to the next offers, fix by fix."""
    head = Markup('<p class="pw-next-offers">{}</p>').format(sentence) if sentence else Markup()
    return head + Markup().join(
        subheading(step.title) + chips(step.chips) + points(step.fixes, numbered=True)
        for step in coming
    )


def as_typed(address: str, path: str) -> str:
    """An address of this installation as people type it."""
    return f"{address.removeprefix('https://')}{path}"


def subheading(title: str) -> Markup:
    return Markup('<h3 class="pw-step">{}</h3>').format(title)


#: A row for a heading or a total within a table.
PART = Markup(' class="pw-part"')


def table(table_: Table, *, stack: bool = False, label: str = "") -> Markup:
    """A table; a stacked one becomes a list on a narrow screen. One unnamed column is a list."""
    if table_.columns == (Column(""),):
        return points([Point(text) for (text,) in table_.texts])
    head = Markup().join(
        Markup('<th scope="col">{}</th>').format(column.title) for column in table_.columns
    )
    rows = Markup().join(
        Markup("<tr{}>{}</tr>").format(
            PART if row.strong else "",
            Markup().join(
                Markup('<td data-label="{}">{}</td>').format(column.title, text)
                for column, text in zip(table_.columns, texts, strict=True)
            ),
        )
        for row, texts in zip(table_.rows, table_.texts, strict=True)
    )
    drawn = Markup('<table class="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        "pw-table pw-stack" if stack else "pw-table", head, rows
    )
    if stack:
        return drawn
    return Markup(
        '<div class="pw-scroll" tabindex="0" role="region" aria-label="{}">{}</div>'
    ).format(label, drawn)
