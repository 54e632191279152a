"""How the answers to each question spread, dimension by dimension."""

from __future__ import annotations

from assessment.story.model import Answers, Bar, Block, StackedChart, StackedRow, Table
from assessment.story.words import listed, lower
from questionnaires.library import Library
from questionnaires.model import Dimension, group_title
from scoring.disclosure import Suppressed
from scoring.distributions import Spread
from scoring.profile import Profile
from scoring.rules import wording

#: From this share on low answers are the finding; else the high ones are.
ENOUGH = 0.3


def answers(profile: Profile, library: Library) -> tuple[Answers, ...]:
    """The spread of the answers to every dimension that a shown group was asked."""
    found = []
    for dimension in library.dimensions.values():
        rows = _rows(dimension, profile, library)
        if any(bar.shares for row in rows for bar in row.bars):
            title = library.domains[dimension.domain].title
            block = _block(dimension.id, dimension.title, rows, _hidden(profile))
            found.append(Answers(dimension.id, dimension.title, title, block))
    return tuple(found)


def of_group(about: Answers, group: str) -> Block:
    """The block with one group's answers, and with what is found in these."""
    rows = tuple(
        StackedRow(row.label, bars)
        for chart in about.block.charts
        if isinstance(chart, StackedChart)
        for row in chart.rows
        if (bars := tuple(bar for bar in row.bars if bar.group == group))
    )
    if not any(bar.shares for row in rows for bar in row.bars):
        return about.block
    return _block(about.id, about.title, rows, "")


def _rows(dimension: Dimension, profile: Profile, library: Library) -> tuple[StackedRow, ...]:
    rows = []
    for item in library.items.values():
        cells = profile.distributions.get(item.id)
        if item.dimension == dimension.id and cells:
            bars = tuple(
                _bar(group, cell)
                for group, cell in cells.items()
                if group not in profile.shown.hidden
            )
            rows.append(StackedRow(wording(item), bars))
    return tuple(rows)


def _hidden(profile: Profile) -> str:
    """The groups of which nothing is shown, in one sentence instead of in every row."""
    names = [lower(group_title(name)) for name in profile.shown.hidden]
    if not names:
        return ""
    return f"Not shown: {listed(names)}, with fewer than {profile.shown.minimum} replies."


def _bar(group: str, cell: Spread) -> Bar:
    title = group_title(group)
    if isinstance(cell, Suppressed):
        return Bar(group, title, reason=cell.reason)
    return Bar(
        group,
        title,
        cell.classes,
        cell.shares,
        cell.middle,
        cell.dont_know,
        cell.does_not_apply,
    )


def _block(name: str, title: str, rows: tuple[StackedRow, ...], note: str) -> Block:
    finding = _finding(rows)
    groups = dict.fromkeys((bar.group, bar.title) for row in rows for bar in row.bars)
    alt = f"{title}. {finding}. " + " ".join(
        f"{row.label}: " + "; ".join(said(bar) for bar in row.bars if bar.shares) + "."
        for row in rows
    )
    return Block(
        f"answers-{name}",
        f"What did people answer about {lower(title)}?",
        finding,
        (StackedChart(alt, rows, tuple(groups)),),
        Table(
            ("Question", "Group", "Answers", "Don't know", "Does not apply"),
            tuple(
                (
                    row.label,
                    bar.title,
                    bar.reason or _shares(bar),
                    "" if bar.dont_know is None else f"{bar.dont_know:.0%}",
                    "" if bar.does_not_apply is None else f"{bar.does_not_apply:.0%}",
                )
                for row in rows
                for bar in row.bars
            ),
        ),
        how=(
            "Shares of the people of a group who answered on the scale, to the nearest 10%, so "
            "they need not add up. Under 50 answers there are three classes instead of all the "
            "options, so that nobody can be recognised.",
            "Don't know and does not apply are shares of everybody who said anything to the "
            "question. They stand apart, since they are no points on the scale.",
        ),
        note=note,
    )


def said(bar: Bar) -> str:
    """A bar in words."""
    words = f"{bar.title}: {_shares(bar)}"
    return f"{words}, don't know {bar.dont_know:.0%}" if bar.dont_know else words


def _shares(bar: Bar) -> str:
    return ", ".join(
        f"{name.lower()} {share:.0%}" for name, share in zip(bar.classes, bar.shares, strict=True)
    )


def sides(bar: Bar) -> tuple[float, float]:
    """The share of the low answers and of the high ones; the middle counts for neither."""
    count = len(bar.shares)
    low_end = bar.middle if bar.middle is not None else count // 2
    high_start = low_end + 1 if bar.middle is not None else low_end
    return sum(bar.shares[:low_end]), sum(bar.shares[high_start:])


def _finding(rows: tuple[StackedRow, ...]) -> str:
    """The question and group with the most low answers, or else with the most high ones."""
    known = [(bar, row) for row in rows for bar in row.bars if bar.shares and bar.classes]
    bar, row = max(known, key=lambda pair: sides(pair[0])[0])
    low = sides(bar)[0]
    if low < ENOUGH:
        bar, row = max(known, key=lambda pair: sides(pair[0])[1])
    short = len(bar.classes) <= 3
    if low >= ENOUGH:
        words = bar.classes[0] if short else f"below “{_turning(bar)}”"
        share = bar.shares[0] if short else low
    else:
        words = bar.classes[-1] if short else f"above “{_turning(bar)}”"
        share = bar.shares[-1] if short else sides(bar)[1]
    return f"{share:.0%} of {lower(bar.title)} say {words.lower()}: {lower(row.label)}"


def _turning(bar: Bar) -> str:
    """The class at which low answers turn into high ones."""
    return bar.classes[bar.middle if bar.middle is not None else len(bar.classes) // 2].lower()
