"""What every sheet is told from: the published results, and the report's words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.render.xlsx.cells import NoNumber, Value
from assessment.render.xlsx.chart_data import ChartData
from assessment.report import Block, Report
from assessment.report.round import Round
from assessment.report.wording.suppressed import why_suppressed
from questionnaires.library import Library
from scoring.profile import Profile
from scoring.rules.rulebook import Guidance

#: Where a group was never asked, which is no secret and no gap.
NOT_ASKED = NoNumber("not asked")


@dataclass(frozen=True)
class WorkbookSource:
    """The results with their words, and the sheet on which charts have their numbers.

    ``so_far`` is a sentence that says that they are not final, empty where they are.
    """

    profile: Profile
    stability: Mapping[str, float]
    guidance: Guidance
    report: Report
    data: ChartData
    round: Round
    so_far: str = ""

    @property
    def whose(self) -> str:
        """Whose results they are, said on every sheet and on every page; not yet final ones so."""
        return f"{self.report.organisation} · so far" if self.so_far else self.report.organisation

    @property
    def library(self) -> Library:
        return self.profile.evidence.library

    def block(self, name: str) -> Block:
        """The report's block with this id; one without words where it is not told."""
        return next((b for b in self.report.blocks if b.id == name), Block(name, "", ""))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Every group in one order: those that are shown, then those that are hidden."""
        return (*(g.id for g in self.profile.partition.groups), *self.profile.partition.hidden)

    def position(self, group: str) -> int:
        """The place of a group, from which one of an organisation's own has its shape."""
        return self.groups.index(group)

    @property
    def hidden_note(self) -> str:
        """Which groups are not shown, and that they enter nothing."""
        hidden = [
            f"{self.profile.context.title(name)}: {why_suppressed(suppressed)}."
            for name, suppressed in self.profile.partition.hidden.items()
        ]
        return " ".join([*hidden, "Their answers enter no figure here."]) if hidden else ""


def ends(interval: tuple[int, int] | None) -> tuple[Value, Value]:
    """The ends of an interval as two cells."""
    return interval if interval is not None else (None, None)
