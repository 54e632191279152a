"""The README keeps its word: its example, its picture, its questionnaire, its figures."""

from __future__ import annotations

import re
from math import floor
from pathlib import Path

import pytest

from assessment.services.results.demonstration import demonstration
from assessment.services.results.evaluation import evaluate
from questionnaires.library import load
from scoring.disclosure.groups_and_rounding import PublishedScore
from tests.support.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BENCHES = ("scoring", "layout", "evaluate", "first_visit", "saving", "dashboard", "choice")


def test_the_worked_example_is_what_the_demonstration_gives() -> None:
    demo = demonstration(load())
    profile = evaluate(demo.table, demo.context, name="demonstration").profile
    result = profile.dimensions["shared_decisions"]
    cells = {g: c for g, c in result.groups.items() if isinstance(c, PublishedScore)}
    patterns = {
        "service_user": r"(\d+) service users \((\d+)\)",
        "staff": r"(\d+) staff \((\d+)\)",
        "manager": r"(\d+)\s+managers \((\d+)\)",
        "board": r"(\d+)\s+board members \((\d+)\)",
    }
    # Whoever is not named there is too few to be shown.
    assert set(cells) == set(patterns)
    for group, pattern in patterns.items():
        match = re.search(pattern, README)
        assert match and (cells[group].n, cells[group].score) == tuple(map(int, match.groups()))
    # Half lived experience, half the mean of the three groups of the organisation; halves go up.
    organisation = sum(cells[group].score for group in ("staff", "manager", "board")) / 3
    assert result.score == floor((cells["service_user"].score + organisation) / 2 + 0.5)
    assert f"**{result.score}**" in README
    by_heads = sum(c.n * c.score for c in cells.values()) / sum(c.n for c in cells.values())
    assert result.score_by_respondents == round(by_heads)
    assert f"= {result.score_by_respondents};" in README


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", README, flags=re.DOTALL)
    assert len(pictures) >= 6
    for picture in pictures:
        assert (ROOT / picture).stat().st_size > 10_000


def test_the_questionnaire_of_the_readme_can_be_used(tmp_path: Path) -> None:
    pack = next(
        block
        for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
        if block.startswith("id: our-neighbours")
    )
    (tmp_path / "ours.yaml").write_text(pack, encoding="utf-8")
    library = load([tmp_path])
    assert library.groups_of(library.items["good_terms.greeting"]) == ("neighbours", "staff")
    assert not library.dimensions["good_terms"].counts


@pytest.mark.parametrize("name", BENCHES)
def test_of_each_benchmark_the_least_and_the_most_are_quoted(name: str) -> None:
    number = r"\d+(\.\d+)?"
    assert re.search(rf"^\| `{name}` \|.*\| {number}–{number} \|$", README, re.MULTILINE)


def test_ids_that_the_readme_names_exist() -> None:
    assert "supervision.agreed_intervals" in README
    assert "supervision.agreed_intervals" in load().items
