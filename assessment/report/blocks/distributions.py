"""How the answers to each question spread, dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessment.report.chart_specifications import Bar, Groups, StackedChart, StackedRow
from assessment.report.model import AnswerBlock, Block
from assessment.report.tables import Cell, NoNumber, Row, Table, padded, table
from assessment.report.terms import share_in_words, share_of, wording
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.library import Library
from questionnaires.model import Dimension
from questionnaires.phrases import listed, lower, upper
from scoring.answers.context import Context
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.distributions import Spread
from scoring.profile import Profile
from scoring.thresholds import thresholds

#: Tables have columns for at least so many classes of answers.
FEWEST = 3


def answers(profile: Profile, library: Library) -> tuple[AnswerBlock, ...]:
    """The spread of the answers to every dimension that a shown group was asked."""
    found = []
    for dimension in library.dimensions.values():
        rows = _rows(dimension, profile, library)
        if any(bar.shares for row in rows for bar in row.bars):
            block = _block(
                dimension.id, dimension.title, rows, hidden_groups(profile), profile.context
            )
            found.append(AnswerBlock(dimension.id, dimension.title, rows, block))
    return tuple(found)


def of_group(entry: AnswerBlock, group: str, context: Context) -> Block:
    """The block with one group's answers, and with what is found in these."""
    rows = tuple(
        StackedRow(row.label, bars)
        for row in entry.rows
        if (bars := tuple(bar for bar in row.bars if bar.group == group))
    )
    if not any(bar.shares for row in rows for bar in row.bars):
        return entry.block
    return _block(entry.id, entry.title, rows, "", context)


def _rows(dimension: Dimension, profile: Profile, library: Library) -> tuple[StackedRow, ...]:
    rows = []
    for item in library.items.values():
        cells = profile.distributions.get(item.id)
        if item.dimension == dimension.id and cells:
            bars = tuple(
                _bar(group, profile.context.title(group), cell)
                for group, cell in cells.items()
                if group not in profile.partition.hidden
            )
            rows.append(StackedRow(wording(item), bars))
    return tuple(rows)


def hidden_groups(profile: Profile) -> str:
    """The groups of which nothing is shown, in one sentence instead of in every row."""
    names = [profile.context.within(name) for name in profile.partition.hidden]
    if not names:
        return ""
    return f"Not shown: {listed(names)}, with fewer than {profile.partition.minimum} replies."


def _bar(group: str, title: str, cell: Spread) -> Bar:
    if isinstance(cell, Suppressed):
        return Bar(group, title, reason=why_suppressed(cell))
    return Bar(
        group,
        title,
        cell.classes,
        cell.shares,
        cell.middle,
        cell.dont_know,
        cell.does_not_apply,
        n=cell.n,
    )


def _block(
    name: str, title: str, rows: tuple[StackedRow, ...], note: str, context: Context
) -> Block:
    finding = _finding(rows, context)
    groups = dict.fromkeys((bar.group, bar.title) for row in rows for bar in row.bars)
    return Block(
        f"answers-{name}",
        f"What did people answer about {lower(title)}?",
        finding,
        (stacked_chart(f"{title}. {finding}", rows, tuple(groups)),),
        _spreads(f"answers-{name}", [(title, rows)]),
        how=(
            "Shares of the people of a group who answered on the scale, to the nearest tenth and "
            "therefore in words. Under 50 answers there are three classes instead of all the "
            "options, so that nobody can be recognised.",
            "Don't know and does not apply are shares of everybody who said anything to the "
            "question. They stand apart, since they are no points on the scale.",
        ),
        note=note,
    )


def stacked_chart(finding: str, rows: tuple[StackedRow, ...], groups: Groups) -> StackedChart:
    """The chart of some questions, and in words what every bar shows."""
    sentences = [
        f"{row.label}: {'; '.join(_answers_in_words(bar) for bar in row.bars if bar.shares)}."
        for row in rows
    ]
    return StackedChart(" ".join([f"{finding}.", *sentences]), rows, groups)


def _answers_in_words(bar: Bar) -> str:
    """A bar in words: "Staff: never: a few, often: about half"."""
    shares = zip(bar.classes, bar.shares, strict=True)
    parts = [f"{name.lower()}: {share_in_words(share, bar.n)}" for name, share in shares]
    if bar.dont_know:
        parts.append(f"don't know: {off_scale_in_words(bar.dont_know)}")
    return f"{bar.title}: {', '.join(parts)}"


def spreads(parts: Iterable[AnswerBlock]) -> Table:
    """The answers to every question, dimension by dimension."""
    return _spreads("answers", [(part.title, part.rows) for part in parts])


def _spreads(name: str, parts: Sequence[tuple[str, tuple[StackedRow, ...]]]) -> Table:
    """The answers to questions; a heading says what the classes are called from there on."""
    bars = [bar for _, rows in parts for row in rows for bar in row.bars]
    count = max([FEWEST, *(len(bar.classes) for bar in bars)])
    between = ("Between" for _ in range(count - 2))
    heads = ("Lowest answers", *between, "Highest answers", "Don't know", "Does not apply")
    found: list[Row] = []
    for title, rows in parts:
        classes: tuple[str, ...] = ()
        for row in rows:
            question: Cell = row.label
            for bar in row.bars:
                if bar.classes and bar.classes != classes:
                    classes, question = bar.classes, row.label
                    named = (title, None, *padded(classes, count), None, None)
                    found.append(Row(named, strong=True))
                shares: tuple[Cell, ...] = (NoNumber(bar.reason), *(None,) * (count - 1))
                if not bar.reason:
                    words = [share_in_words(share, bar.n) for share in bar.shares]
                    shares = padded(words, count)
                off_scale = map(off_scale_in_words, (bar.dont_know, bar.does_not_apply))
                found.append(Row((question, bar.title, *shares, *off_scale)))
                question = None
    return table(name, ("Question", "Group", *heads), found)


def off_scale_in_words(share: float | None) -> str:
    """A share of don't know or does not apply; nothing where it is not shown."""
    if share is None:
        return ""
    return "hardly anybody" if not share else share_in_words(share, 0)


def sides(bar: Bar) -> tuple[float, float]:
    """The share of the low answers and of the high ones; the middle counts for neither."""
    count = len(bar.shares)
    low_end = bar.middle if bar.middle is not None else count // 2
    high_start = low_end + 1 if bar.middle is not None else low_end
    return sum(bar.shares[:low_end]), sum(bar.shares[high_start:])


def _finding(rows: tuple[StackedRow, ...], context: Context) -> str:
    """The question and group with the most low answers, or else with the most high ones."""
    known = [(bar, row) for row in rows for bar in row.bars if bar.shares and bar.classes]
    # Which of the two sides, the class at its end, and what its finer classes are called.
    side, end, beyond = 0, 0, "below"
    if max(sides(bar)[0] for bar, _ in known) < thresholds().low_answers_from:
        side, end, beyond = 1, -1, "above"
    bar, row = max(known, key=lambda pair: sides(pair[0])[side])
    words, share = bar.classes[end], bar.shares[end]
    if len(bar.classes) > 3:
        # The class at which low answers turn into high ones.
        turning = bar.classes[bar.middle if bar.middle is not None else len(bar.classes) // 2]
        words, share = f"{beyond} “{turning}”", sides(bar)[side]
    who = upper(share_of(share, bar.n, bar.group, context))
    return f"{who} say {words.lower()}: {lower(row.label)}"
