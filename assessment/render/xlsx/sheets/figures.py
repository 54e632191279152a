"""For the careful: every group's figures, and how far answers agree and hang together."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.render.xlsx.page import Column, Page, Row
from assessment.render.xlsx.source import WorkbookSource, ends
from assessment.report.wording.suppressed import people_in_words
from scoring.disclosure.groups_and_rounding import Suppressed

GROUP_WIDTHS = (34, 34, 10, 10, 10, 12, 12, 14)
GROUP_COLUMNS = (
    Column("Dimension"),
    Column("Group"),
    Column("Score", "points"),
    Column("From", "points"),
    Column("To", "points"),
    Column("Answers", "count"),
    Column("Spread", "points"),
    Column("Don't know", "share"),
)
WIDTHS = (34, 14, 10, 10, 10, 10, 10, 12, 42)
COLUMNS = (
    Column("Dimension"),
    Column("By person", "points"),
    Column("AD", "tenths"),
    Column("r*wg", "tenths"),
    Column("Alpha", "hundredths"),
    Column("From", "hundredths"),
    Column("To", "hundredths"),
    Column("People", "count"),
    Column("Note"),
)


def write_groups(page: Page, source: WorkbookSource) -> None:
    """Write the sheet with every group's figures."""
    page.top(
        "What are the figures behind each group's score?",
        "Each group's figures, dimension by dimension",
        source.hidden_note,
        "Spread is the standard deviation of the people's scores, points. It stays empty where so "
        "few answered that it could tell what each of them said.",
    )
    page.table(GROUP_COLUMNS, list(_figures(source)), main=True)


def _figures(source: WorkbookSource) -> Iterator[Row]:
    for name, result in source.profile.dimensions.items():
        for shown in source.profile.partition.groups:
            group = shown.id
            cell = result.groups.get(group)
            if cell is None:
                continue
            title = source.profile.context.title(group)
            if group in result.of:
                title += (
                    f" ({', '.join(source.profile.context.within(g) for g in result.of[group])})"
                )
            start = (source.library.dimensions[name].title, title)
            if isinstance(cell, Suppressed):
                yield Row((*start, cell, None, None, None, None, None))
            else:
                yield Row(
                    (*start, cell.score, *ends(cell.interval), cell.n, cell.sd, cell.dont_know)
                )


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet with agreement and reliability."""
    block = source.block("annex")
    page.top(
        "For the careful",
        block.finding or "How far answers agree, and how well questions hang together",
        "By person: the mean weighted by people instead of by groups. AD: how far answers lie from "
        "their mean, in steps of the scale. r*wg: 1 is full agreement, 0 what chance would give. "
        "Alpha: how well the questions of a dimension hang together, with Feldt's interval, from "
        "20 complete answers on.",
    )
    rows = []
    for result in source.profile.dimensions.values():
        agreement, alpha = result.agreement, result.alpha
        if agreement is None and alpha is None:
            continue
        rows.append(
            (
                source.library.dimensions[result.id].title,
                result.score_by_respondents,
                agreement.ad if agreement else None,
                agreement.r_star_wg if agreement else None,
                alpha.value if alpha else None,
                alpha.interval[0] if alpha else None,
                alpha.interval[1] if alpha else None,
                alpha.n if alpha else None,
                f"{people_in_words(alpha.excluded)} left out of alpha, with an answer missing"
                if alpha
                else "alpha: too few to say",
            )
        )
    page.table(COLUMNS, rows, main=True)
    for sentence in block.how:
        page.line(sentence)
