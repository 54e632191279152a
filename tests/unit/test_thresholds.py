"""The numbers in ``data/guidance/thresholds.yaml``: they decide, and privacy bounds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from questionnaires.content_folder import INSTALLED
from questionnaires.phrases import number
from questionnaires.problems import ProblemsError
from scoring.disclosure.groups_and_rounding import Grain, PublishedScore, publish_score
from scoring.rules import bands
from scoring.statistics.estimates import Estimate, difference
from scoring.thresholds import Threshold, load_thresholds, read_thresholds, thresholds
from tests.support.content_files import read_thresholds_from

ROOT = Path(__file__).parents[2]
Use = Callable[[str, object], None]


def changed(folder: Path, name: str, value: object) -> Path:
    """A copy of the file in which one value is another one."""
    text = INSTALLED.thresholds.read_text(encoding="utf-8")
    head, _, rest = text.partition(f"  - id: {name}\n    value: ")
    assert rest
    copy = folder / "thresholds.yaml"
    text = f"{head}  - id: {name}\n    value: {value}\n{rest.partition(chr(10))[2]}"
    copy.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture
def using(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    def use(name: str, value: object) -> None:
        read_thresholds_from(changed(tmp_path, name, value), monkeypatch)

    return use


def test_a_changed_band_moves_a_score_into_another(using: Use) -> None:
    assert bands.band_of(75) == "nearly_ready"
    using("ready_from", 75)
    assert bands.band_of(75) == "ready"


def test_a_changed_number_of_people_hides_a_deviation(using: Use) -> None:
    def published() -> PublishedScore:
        score = publish_score(Estimate(60, 20, 11), 0, 5, Grain((5, 5, 5)))
        assert isinstance(score, PublishedScore)
        return score

    assert published().sd == 20
    using("sd_from", 12)
    assert published().sd is None


def test_a_changed_level_widens_an_interval(using: Use) -> None:
    """40 ± 1.96 · 30 · √(1/6 + 1/5) = 40 ± 35.6; at 99 % it is 2.576 times as much: 46.8."""
    high, low = Estimate(80, None, 6), Estimate(40, None, 5)
    assert difference(high, low) == pytest.approx((4.4, 75.6), abs=0.05)
    using("confidence_level", 0.99)
    assert difference(high, low) == pytest.approx((-6.8, 86.8), abs=0.05)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("minimum_group_size", 3, "found 3; allowed: at least 4 and at most 100"),
        ("sd_from", 9, "found 9; allowed: at least 10"),
        ("options_from", 20, "found 20; allowed: at least 50"),
        ("tag_weight_up_to", 0.8, "found 0.8; allowed: at least 0.5 and at most 0.75"),
        ("ready_from", 60, "found 60; allowed: above nearly_ready_from, which is 60"),
        ("sd_from", 10.5, "10.5"),
        ("sd_from", "ten", "'ten'"),
        ("sd_from", "true", "True"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(
    tmp_path: Path, name: str, value: object, expected: str
) -> None:
    copy = changed(tmp_path, name, value)
    with pytest.raises(ProblemsError) as refused:
        load_thresholds(copy)
    lines = copy.read_text(encoding="utf-8").splitlines()
    (problem,) = {str(problem) for problem in refused.value.problems}
    assert problem.startswith(f"{copy.as_posix()}:{lines.index(f'  - id: {name}') + 2}: "), problem
    assert expected in problem, problem


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: sd_floor", "id: sd_flor", "(did you mean 'sd_floor'?)"),
        ("id: sd_floor", "id: sd_flor", "threshold sd_floor is missing"),
        ("    judgement: true\n", "", "write 'judgement: true', or a source"),
        ("    unit: points\n", "    units: points\n", "'units'"),
    ],
)
def test_an_entry_that_does_not_fit_is_named(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    copy = tmp_path / "thresholds.yaml"
    text = INSTALLED.thresholds.read_text(encoding="utf-8")
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProblemsError) as refused:
        load_thresholds(copy)
    assert expected in str(refused.value)


def test_where_privacy_rests_on_a_number_it_has_the_bound_that_was_measured() -> None:
    """Lower ones told people's answers (``tests/attacks``): a bound moves with a measurement."""
    entries = {entry.id: entry for _, entry in read_thresholds()[1]}
    bounds = {
        "minimum_group_size": 4,
        "sd_from": 10,
        "sd_of_two_short_items_from": 12,
        "short_scale": 4,
        "sd_of_one_item_from": 50,
        "means_of_one_item": 5,
        "options_from": 50,
        "agreement_from": 10,
        "agreement_of_two_items_from": 15,
        "alpha_from": 20,
        "alpha_items_from": 3,
        "tag_items_from": 3,
    }
    assert {name: entries[name].at_least for name in bounds} == bounds
    assert entries["tag_weight_up_to"].at_most == 0.75


def test_every_number_has_a_bound_and_says_what_it_rests_on() -> None:
    for _, entry in read_thresholds()[1]:
        assert isinstance(entry, Threshold) and entry.reason
        assert entry.allowed or entry.id == "expected_groups", entry.id


def test_the_pages_quote_the_numbers_in_use() -> None:
    limits = thresholds()
    one, two = limits.sd_of_one_item_from, limits.sd_of_two_short_items_from
    first, second, third = bands.starts()
    quoted = {
        "README.md": (
            f"under {number(limits.sd_from)} people, under {two} for two practices, under {one}",
            f"`agreement` is `null` under {number(limits.agreement_from)} people",
            f"at least {limits.sd_floor:g} points",
        ),
        "docs/design/scoring.md": (
            f"`groundwork` under {first}, `emerging` under {second}, `nearly_ready` under {third}",
            f"at most {number(limits.means_of_one_item)} different means | {one} people",
            f"two questions of at most {number(limits.short_scale)} options | {two} people",
            f"anything else | {limits.sd_from} people",
            f"m ± t(n − 1) · max(s, {limits.sd_floor:g}) / √n",
            f"Both at {limits.confidence_level * 100:g} %",
            f"`clear`: at least {limits.clear_gap_from} points",
            f"`possible`: not clear, at least {limits.possible_gap_from} points",
        ),
    }
    for name, phrases in quoted.items():
        text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
        assert not [phrase for phrase in phrases if phrase not in text], name
