"""The results workbook: the story with its numbers as numbers, and native charts.

It takes the published profile and nothing finer, so no raw answer can leave through it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl import Workbook

from assessment.reports.workbook import (
    actions,
    agreed,
    all_actions,
    boundaries,
    concerns,
    figures,
    gaps,
    gates,
    groups,
    ladders,
    look,
    method,
    next_steps,
    recommendation,
    responses,
    risk,
    scores,
    spread,
    summary,
)
from assessment.reports.workbook.cells import printable
from assessment.reports.workbook.chart_data import TITLE as CHART_DATA
from assessment.reports.workbook.chart_data import ChartData
from assessment.reports.workbook.packing import DAY, packed
from assessment.reports.workbook.page import Page, set_up_print
from assessment.reports.workbook.told import Told
from assessment.story import story
from assessment.story.round import NOTHING_MORE, Round
from scoring.profile import Profile
from scoring.rulebook import Guidance

Widths = tuple[float, ...]


@dataclass(frozen=True)
class _Sheet:
    title: str
    widths: Callable[[Told], Widths]
    write: Callable[[Page, Told], None]


def _fixed(widths: Widths) -> Callable[[Told], Widths]:
    return lambda _: widths


#: What a decision needs first, what it rests on after it, the statistics at the end.
SHEETS = (
    _Sheet("Summary", _fixed(summary.WIDTHS), summary.write),
    _Sheet("Profile", _fixed(scores.WIDTHS), scores.write),
    _Sheet("Groups", groups.widths, groups.write),
    _Sheet("Gaps", _fixed(gaps.WIDTHS), gaps.write),
    _Sheet("Distributions", spread.widths, spread.write),
    _Sheet("Boundaries", _fixed(boundaries.WIDTHS), boundaries.write),
    _Sheet("Ladders", _fixed(ladders.WIDTHS), ladders.write),
    _Sheet("Concerns", _fixed(concerns.WIDTHS), concerns.write),
    _Sheet("Responses", _fixed(responses.WIDTHS), responses.write),
    _Sheet("Gates", _fixed(gates.WIDTHS), gates.write),
    _Sheet("Recommendation", _fixed(recommendation.WIDTHS), recommendation.write),
    _Sheet("Next steps", _fixed(next_steps.WIDTHS), next_steps.write),
    _Sheet("Risk", _fixed(risk.WIDTHS), risk.write),
    _Sheet("Working group", _fixed(agreed.WIDTHS), agreed.write),
    _Sheet("Actions", _fixed(actions.WIDTHS), actions.write),
    _Sheet("All actions", _fixed(all_actions.WIDTHS), all_actions.write),
    _Sheet("Method", _fixed(method.WIDTHS), method.write),
    _Sheet("Group figures", _fixed(figures.GROUP_WIDTHS), figures.write_groups),
    _Sheet("Statistics", _fixed(figures.WIDTHS), figures.write),
)


def write_workbook(
    profile: Profile,
    stability: Mapping[str, float],
    guidance: Guidance,
    about: Round = NOTHING_MORE,
    *,
    so_far: str = "",
) -> bytes:
    """The results as an Excel workbook.

    Args:
        profile: the published profile.
        stability: the share of resamples in which each offer is the start, by its id.
        guidance: the rules and the advice that the profile rests on.
        about: what is known of the round beside its profile.
        so_far: a sentence that says that the numbers are not final; empty where they are.

    Returns:
        The file's bytes; the same for the same results.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    # The widths of columns count digits of the usual typeface, so it has to be ours.
    workbook._named_styles["Normal"].font = look.font()  # pyright: ignore[reportAttributeAccessIssue]
    sheets = [workbook.create_sheet(sheet.title) for sheet in SHEETS]
    data = ChartData(workbook.create_sheet(CHART_DATA))
    words = story(profile, stability, guidance, about)
    told = Told(profile, stability, guidance, words, data, about, so_far)
    pages: list[Page] = []
    for worksheet, sheet in zip(sheets, SHEETS, strict=True):
        page = Page(worksheet, told.whose, sheet.widths(told))
        sheet.write(page, told)
        page.close()
        pages.append(page)
    set_up_print(data.sheet, told.whose)
    properties = workbook.properties
    properties.title = printable(f"Readiness for peer work: {told.story.organisation}")
    properties.subject = printable(told.story.headline)
    properties.creator = "Peer work readiness"
    properties.language = "en-GB"
    properties.created = properties.modified = DAY
    return packed(workbook, [page.charts for page in pages if page.charts])
