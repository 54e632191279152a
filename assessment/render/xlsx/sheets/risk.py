"""Risk: every point that makes an offer's risk, with its reason."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource

WIDTHS = (32, 18, 12, 60, 40)
FRAME, EACH = 3.4, 0.9


def write(page: Page, source: WorkbookSource) -> None:
    """Write the sheet."""
    rules, start = source.guidance.risk, source.report.start
    page.top(
        "What could go wrong?",
        start.risk_sentence or "Building involvement exposes nobody to the risks of peer work",
        f"Up to {rules.low_up_to} points is low, up to {rules.moderate_up_to} moderate, above that "
        "high. A gate that is not met is not also a risk point.",
        rules.reason,
    )
    page.table(source.report.tables["risk"], main=True)
    _chart(page, source)


def _chart(page: Page, source: WorkbookSource) -> None:
    """The risk of the start and of what is near, in points."""
    advice = source.profile.recommendation
    near = [advice.start, *advice.open, *(result for result, _ in source.profile.next)]
    rows = [(r.offer.title, (r.risk.total,)) for r in near if r.offer.model is not None]
    if not rows:
        return
    top = max(source.guidance.risk.moderate_up_to, *(values[0] for _, values in rows))
    first = next(r for r in near if r.offer.model is not None)
    finding = (
        f"{first.offer.title}: {first.risk.total} risk points, {first.risk.band} risk; beside it "
        "what else is possible or comes next"
    )
    chart = charts.bars(
        source.data.add("Risk points", ("Risk points",), rows),
        finding,
        height=FRAME + EACH * len(rows),
        axis=f"Risk points: up to {source.guidance.risk.low_up_to} low, up to "
        f"{source.guidance.risk.moderate_up_to} moderate",
        top=float(-(-top // 5) * 5),
        strong=0,
    )
    text = "; ".join(f"{title} {values[0]}" for title, values in rows)
    page.chart(chart, f"Bar chart. {finding}: {text}.")
