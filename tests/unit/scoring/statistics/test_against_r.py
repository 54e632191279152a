"""Statistics against figures that were computed elsewhere: published ones, and R.

``oracle_r.yaml`` holds each value with the R call that gave it; ``oracle_r.R`` makes it anew.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from scoring.statistics import agreement, estimates
from scoring.statistics.estimates import Estimate
from scoring.thresholds import thresholds

HERE = Path(__file__).parent
ORACLE: dict[str, Any] = yaml.safe_load((HERE / "oracle_r.yaml").read_text(encoding="utf-8"))
TABLES = ORACLE["tables"]


def r(name: str) -> Any:
    return ORACLE["oracles"][name]["value"]


def near(name: str) -> Any:
    return pytest.approx(r(name), rel=1e-8, abs=1e-9)


def moments(values: list[float], scale: float = 1.0) -> Estimate:
    array = np.array(values, dtype=float) * scale
    return Estimate(float(array.mean()), float(array.std(ddof=1)), len(array))


def item_counts(rows: list[list[int]], options: int) -> np.ndarray:
    """Items × options, from respondents × items with answers 1..options."""
    table = np.array(rows)
    return np.array([np.bincount(column - 1, minlength=options) for column in table.T])


def counted(name: str) -> list[np.ndarray]:
    """The groups of a published data set from its counts of answers."""
    path = HERE / ORACLE["counts"][name]["file"]
    with path.open(encoding="utf-8") as file:
        lines = [line for line in csv.reader(file) if not line[0].startswith("#")]
    values = np.array(lines[0][1:], dtype=float)
    return [np.repeat(values, np.array(line[1:], dtype=int)) for line in lines[1:]]


def test_feldt_interval_is_the_published_one() -> None:
    # alpha .85, 7 items, n = 89: .7971 to .8931
    low, high = estimates.feldt_interval(0.85, 7, 89)
    assert (round(low, 4), round(high, 4)) == (0.7971, 0.8931)
    assert [low, high] == near("alpha_published_ci_nk")


@pytest.mark.parametrize("table", ["alpha_25x4", "alpha_30x3"])
def test_alpha_and_its_interval(table: str) -> None:
    values = np.array(TABLES[table], dtype=float).T
    found = agreement.alpha(values, np.ones(values.shape[1], dtype=np.int64))
    assert found is not None
    assert found.value == near(table)
    assert list(found.interval) == near(f"{table}_ci_nk")


def test_alpha_counts_whom_it_left_out() -> None:
    values = np.array(TABLES["alpha_25x4"], dtype=float).T
    with_gap = np.column_stack([values, [0, np.nan, 1, 2]])
    found = agreement.alpha(with_gap, np.ones(26, dtype=np.int64))
    assert found is not None and found.excluded == 1 and found.value == near("alpha_25x4")


def test_alpha_of_nineteen_people_is_too_few_to_say() -> None:
    values = np.array(TABLES["alpha_25x4"], dtype=float).T[:, :19]
    assert agreement.alpha(values, np.ones(19, dtype=np.int64)) is None


def test_r_star_wg_and_ad() -> None:
    for name in "abc":
        counts = item_counts(TABLES[f"agree_{name}"], 5)
        assert agreement.r_star_wg(counts) == pytest.approx(r("rwg_star_j")[name], rel=1e-8)
        assert agreement.average_deviation(counts) == pytest.approx(r("ad_m")[name], rel=1e-8)


def test_rwg_of_companies_is_the_published_one() -> None:
    # lq2002, LEAD06 by company: mean .5067; 59.2 % above .51; 90th percentile .72. rwg is cut
    # at 0 there; r*wg of one item is the same figure uncut.
    companies = [
        np.bincount(group.astype(int) - 1, minlength=5)[None, :] for group in counted("lq2002")
    ]
    rwg = np.array([max(0.0, agreement.r_star_wg(company)) for company in companies])
    assert round(float(rwg.mean()), 4) == 0.5067
    assert round(float((rwg > 0.51).mean()), 3) == 0.592
    assert round(float(np.quantile(rwg, 0.9)), 2) == 0.72
    assert float(rwg.mean()) == near("rwg_lq2002_mean")


def test_icc1_is_the_published_one() -> None:
    # bhr2000, hours of work: .1741
    found = agreement.icc1(counted("bhr2000"))
    assert found is not None and round(found, 4) == 0.1741
    assert found == near("icc1_bhr2000")


def test_icc1_takes_the_plain_mean_group_size() -> None:
    groups = [np.array(v, dtype=float) for v in TABLES["icc_unbalanced"].values()]
    assert agreement.icc1(groups) == near("icc1_unbalanced")


def test_icc1_of_shrout_and_fleiss() -> None:
    # Six subjects by four judges: single-rater ICC(1,1) = .17
    groups = [np.array(row, dtype=float) for row in TABLES["shrout_fleiss"]]
    found = agreement.icc1(groups)
    assert found is not None and round(found, 2) == 0.17
    assert found == pytest.approx(r("icc_shrout_fleiss")["ICC1"], rel=1e-8)


def test_t_quantiles() -> None:
    assert [estimates.quantile(df) for df in (2, 4, 9, 7.3)] == near("t_quantiles")


@pytest.fixture
def no_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """R knows no floor of the deviation; the formulas are compared without it."""
    without = thresholds().model_copy(update={"sd_floor": 0.0})
    monkeypatch.setattr(estimates, "thresholds", lambda: without)


@pytest.mark.usefixtures("no_floor")
def test_interval_of_a_mean() -> None:
    found = estimates.group_interval(moments(TABLES["t_one"]))
    assert found is not None and list(found) == near("t_one_ci")


@pytest.mark.usefixtures("no_floor")
@pytest.mark.parametrize("pair", [1, 2])
@pytest.mark.parametrize(("comparisons", "name"), [(1, "ci"), (3, "ci_third")])
def test_interval_of_a_difference(pair: int, comparisons: int, name: str) -> None:
    x, y = (moments(TABLES[f"welch_{pair}_{side}"]) for side in "xy")
    found = estimates.difference(x, y, comparisons)
    assert found is not None and list(found) == near(f"welch_{pair}_{name}")


@pytest.mark.usefixtures("no_floor")
def test_interval_of_a_total() -> None:
    groups = [moments(TABLES["weighted"][group]) for group in ("g1", "g2", "g3")]
    found = estimates.total(groups, TABLES["weights"])
    assert found is not None and found[1] is not None
    assert found[0] == near("weighted_mean")
    assert list(found[1]) == near("weighted_mean_ci")


def test_five_alike_answers_do_not_claim_certainty() -> None:
    # s = 0 counts as 10: 75 ± t(4) · 10/√5 = 75 ± 2.776 · 4.472 = 75 ± 12.42
    found = estimates.group_interval(Estimate(75.0, 0.0, 5))
    assert found is not None
    assert [round(end, 1) for end in found] == [62.6, 87.4]


def test_when_everybody_answered_the_interval_is_the_mean() -> None:
    assert estimates.group_interval(Estimate(60.0, 20.0, 6, 6)) == (60.0, 60.0)


def test_two_people_have_no_interval() -> None:
    assert estimates.group_interval(Estimate(60.0, 20.0, 2)) is None


def test_a_finite_group_narrows_the_interval() -> None:
    # 50 ± t(9) · 10/√10 · √(1 - 10/20) = 50 ± 2.2622 · 3.1623 · 0.7071 = 50 ± 5.06
    found = estimates.group_interval(Estimate(50.0, 10.0, 10, 20))
    assert found is not None and [round(end, 2) for end in found] == [44.94, 55.06]
