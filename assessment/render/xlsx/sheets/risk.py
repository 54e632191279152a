"""Risk: every point that makes an offer's risk, with its reason."""

from __future__ import annotations

from assessment.render.xlsx import charts
from assessment.render.xlsx.page import Page
from assessment.render.xlsx.source import WorkbookSource


def draw_risk(page: Page, source: WorkbookSource) -> None:
    """The risk of the start and of what is near, in points."""
    advice, rules = source.profile.recommendation, source.guidance.risk
    near = [advice.start, *advice.open, *(result for result, _ in source.profile.next)]
    offers = [result for result in near if result.offer.model is not None]
    if not offers:
        return
    rows = [(result.offer.title, (result.risk.total,)) for result in offers]
    top = max(rules.moderate_up_to, *(result.risk.total for result in offers))
    first = offers[0]
    finding = (
        f"{first.offer.title}: {first.risk.total} risk points, {first.risk.band} risk; beside it "
        "what else is possible or comes next"
    )
    chart = charts.bars(
        source.data.add("Risk points", ("Risk points",), rows),
        finding,
        height=3.4 + 0.9 * len(rows),
        axis=f"Risk points: up to {rules.low_up_to} low, up to {rules.moderate_up_to} moderate",
        top=float(-(-top // 5) * 5),
    )
    text = "; ".join(f"{result.offer.title} {result.risk.total}" for result in offers)
    page.chart(chart, f"Bar chart. {finding}: {text}.")
