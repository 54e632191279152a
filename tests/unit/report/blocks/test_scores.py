"""The scores in the report: what is said of gaps."""

from __future__ import annotations

from assessment.report.blocks.scores import NOT_CERTAIN
from tests.support.organisations import library
from tests.support.reports import block, reported


def test_the_report_names_no_gap_that_is_not_certain() -> None:
    """Six staff at (75 + 75 + 50) / 3 = 67 and six service users at 25 in one principle: 42 points
    are 2.42 standard errors of 17.32. Alone it takes 1.96, among seven principles 2.69."""
    items = [i.id for i in library().items.values() if i.dimension == "shared_decisions"]
    by_kind = {"frequency": "sometimes"}
    users = {"people": 6, "by_kind": by_kind, "items": dict.fromkeys(items, "not_often")}
    staff = {"people": 6, "by_kind": by_kind, "items": dict.fromkeys(items[:2], "often")}
    profile, of = reported({"groups": {"service_user": users, "staff": staff}})
    assert [(g.difference, g.evidence, g.finding) for g in profile.gaps] == [(42, "clear", False)]
    assert block(of, "gaps").finding == NOT_CERTAIN
    staff["items"] = dict.fromkeys(items, "always")
    _, of = reported({"groups": {"service_user": users, "staff": staff}})
    assert "75 points" in block(of, "gaps").finding
