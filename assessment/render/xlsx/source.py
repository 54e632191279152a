"""What every sheet is told from: the published results, and the report's words for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from assessment.render.xlsx.chart_data import ChartData
from assessment.report.chart_specifications import Chart
from assessment.report.model import Block, Report
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.library import Library
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance

AnyChart = TypeVar("AnyChart", bound=Chart)


@dataclass(frozen=True)
class WorkbookSource:
    """The results with their words, and the sheet on which charts have their numbers."""

    report: Report
    data: ChartData

    @property
    def whose(self) -> str:
        """Whose results they are, said on every sheet and on every page."""
        return self.report.organisation

    @property
    def profile(self) -> Profile:
        return self.report.result.profile

    @property
    def guidance(self) -> Guidance:
        return self.report.result.rulebook

    @property
    def library(self) -> Library:
        return self.report.result.library

    @property
    def hidden_note(self) -> str:
        """Which groups are not shown, and that they enter nothing."""
        hidden = [
            f"{self.profile.context.title(name)}: {why_suppressed(suppressed)}."
            for name, suppressed in self.profile.partition.hidden.items()
        ]
        return " ".join([*hidden, "Their answers enter no figure here."]) if hidden else ""


def charts_of(block: Block, kind: type[AnyChart]) -> list[AnyChart]:
    """The charts of one kind that a block of the report has."""
    return [chart for chart in block.charts if isinstance(chart, kind)]
