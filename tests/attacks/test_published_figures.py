"""Attacks on published figures: from all that is published, solve for a hidden or a single value.

Two ways to show that something cannot be solved. Either two organisations that differ only in it
publish the same, to the letter; then no arithmetic, however clever, can tell them apart. Or the
attack is carried out: every world that fits what was published is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import t

from scoring.answers.matrix import (
    DONT_KNOW_CELL,
    EMPTY_CELL,
    NOT_APPLICABLE_CELL,
    Answers,
    Group,
    Matrix,
)
from scoring.disclosure.groups_and_rounding import Partition, partition
from tests.support.attacks import PRACTICE, item_figure
from tests.support.organisations import library, read
from tests.support.results import published
from tests.support.sizes import at_most
from tests.support.strategies import (
    SEEDS,
    SIDES,
    Organisation,
    answers_from,
    answers_of,
    asked_of,
    coded_items,
    in_columns,
    items_of,
    nothing,
    options,
    organisations,
    rows,
)

#: Fewer examples than the profile says, since each is evaluated twice.
HALF = at_most(24, deep=5000)
QUARTER = at_most(16, deep=2500)


def partition_of(answers: Answers) -> Partition:
    return partition(answers.groups, answers.context.minimum_group_size)


def hidden_groups(answers: Answers) -> list[Group]:
    """Groups that must be hidden, also with others of their side: counted here, not by the tool."""
    minimum = answers.context.minimum_group_size
    small = [group for group in answers.groups if group.n < minimum]
    people = {side: sum(g.n for g in small if g.side == side) for side in set(SIDES.values())}
    return [group for group in small if people[group.side] < minimum]


def without(value: Any, *left_out: str) -> Any:
    """A result without some keys, at every level."""
    if isinstance(value, dict):
        return {k: without(v, *left_out) for k, v in value.items() if k not in left_out}
    return [without(v, *left_out) for v in value] if isinstance(value, list) else value


def random_cells(group: str, n: int, random: np.random.Generator) -> Matrix:
    """What n people might say to whatever a group is asked, gaps and all."""
    cells = np.floor(random.random((len(rows()), n)) * options()[:, None]).astype(np.uint8)
    gaps = random.choice(
        [0, DONT_KNOW_CELL, NOT_APPLICABLE_CELL, EMPTY_CELL], cells.shape, p=[0.7, 0.1, 0.1, 0.1]
    )
    cells = np.where(gaps > 0, gaps, cells).astype(np.uint8)
    cells[~asked_of(group)] = EMPTY_CELL
    return cells


# == A hidden group ==============================================================================


@given(organisations(), SEEDS)
@HALF
def test_a_hidden_groups_answers_change_nothing_at_all(drawn: Organisation, seed: int) -> None:
    """So its mean cannot be solved for, from totals, flags, texts or anything else."""
    answers = answers_of(drawn)
    hidden = hidden_groups(answers)
    assume(hidden)
    other = answers
    for group in hidden:
        random = np.random.default_rng([seed, group.start])
        other = in_columns(other, group, random_cells(group.id, group.n, random))
    assert published(answers) == published(other)


@given(organisations(), st.permutations(list(SIDES)), st.integers(2, 3))
@QUARTER
def test_one_person_who_moves_between_hidden_groups_changes_counts_only(
    drawn: Organisation, names: list[str], staying: int
) -> None:
    """Neither the one who moved nor those who stayed can be read off the difference."""
    out_of, into = names[:2]
    large = {name: n for name, n in drawn.people.items() if n >= 6 and name not in names[:2]}
    drawn = replace(drawn, minimum=6, head_counts={}, mood=dict.fromkeys(SIDES, 0.6))
    before = answers_of(replace(drawn, people={**large, out_of: staying, into: 1}))
    after = answers_of(replace(drawn, people={**large, out_of: staying - 1, into: 2}))
    cells = {g.id: before.matrix[:, g.start : g.stop] for g in before.groups}
    moved = np.where(asked_of(into), cells[out_of][:, 0], EMPTY_CELL).astype(np.uint8)[:, None]
    cells[into] = np.hstack([cells[into], moved])
    cells[out_of] = cells[out_of][:, 1:]
    for group in after.groups:
        after = in_columns(after, group, cells[group.id])
    after = replace(after, agreed=before.agreed, notes=before.notes)
    assert {group.id for group in hidden_groups(after)} == {out_of, into}
    counts = ("respondents", "quality")
    assert without(published(before), *counts) == without(published(after), *counts)


def test_the_total_does_not_give_a_hidden_mean_away() -> None:
    """The attack carried out: total = Σ weight × mean, solved for the one mean that is missing."""
    solved = []
    for step in range(5):
        cells = {"service_user": nothing(8), "staff": nothing(6), "manager": nothing(3)}
        for row in items_of("shared_decisions", "staff"):
            cells["service_user"][row] = 2
            cells["staff"][row] = 3
            cells["manager"][row] = step
        found = published(answers_from(cells))["dimensions"]["shared_decisions"]
        assert found["groups"]["manager"] == {"suppressed": "fewer than 5 replies"}
        scores = {g: c["score"] for g, c in found["groups"].items() if "score" in c}
        # Were managers in the total, each of the two groups of the organisation had a quarter;
        # were they in the respondents' mean, they had three seventeenths.
        by_groups = (found["score"] - scores["service_user"] / 2 - scores["staff"] / 4) * 4
        by_people = (
            found["score_by_respondents"] * 17 - scores["service_user"] * 8 - scores["staff"] * 6
        ) / 3
        solved.append((by_groups, by_people))
    assert len(set(solved)) == 1


@given(organisations())
@HALF
def test_every_total_is_the_total_of_what_is_shown(drawn: Organisation) -> None:
    """Worked out again from the published cells alone, so that two figures tell no third one."""
    answers = answers_of(replace(drawn, weights={}))
    result = published(answers)
    for name, dimension in result["dimensions"].items():
        cells = {g: c for g, c in dimension["groups"].items() if "score" in c}
        if dimension["basis"] == "agreed":
            claimed = {g: c["score"] for g, c in cells.items()}
            assert (dimension["claimed"] or {}) == claimed
            assert dimension["score"] == _agreed(answers, name)
            continue
        if not cells:
            assert dimension["score"] is None
            assert dimension["agreement"] is None
            assert dimension["alpha"] is None
            continue
        assert dimension["score"] == _rounded(_by_sides(cells, dimension["groups"])), name
        people = sum(cell["n"] for cell in cells.values())
        by_people = sum(cell["n"] * cell["score"] for cell in cells.values()) / people
        assert dimension["score_by_respondents"] == _rounded(by_people)
        assert dimension["n"] == people
    for name, domain in result["domains"].items():
        counts = library().domains[name].counts
        members = [
            result["dimensions"][d.id]["score"]
            for d in library().dimensions.values()
            if d.domain == name and (d.counts or not counts)
        ]
        points = [score for score in members if score is not None]
        assert domain["score"] == (_rounded(sum(points) / len(points)) if points else None)
    for concern in result["concerns"]:
        groups = [cell for cell in concern["groups"].values() if "n" in cell]
        people = sum(cell["n"] for cell in groups)
        for share in ("share_some", "share_serious"):
            mean = sum(cell[share] * cell["n"] for cell in groups) / people
            assert concern[share] == _rounded(mean * 10) / 10


def _rounded(points: float) -> int:
    return int(np.floor(points + 0.5 + 1e-9))


def _agreed(answers: Answers, dimension: str) -> int:
    """The mean of the working group's own answers, and of nothing else."""
    points = []
    for item in coded_items():
        steps = {option.code: option.score or 0 for option in library().options(item)}
        # Of several that members chose, the lowest counts: they stand in the order of the scale.
        code = answers.agreed.get(item.id, "").removeprefix("did_not_agree:").split(";")[0]
        if item.dimension == dimension and code in steps:
            points.append(steps[code])
    return _rounded(sum(points) / len(points))


def _by_sides(cells: dict[str, Any], listed: dict[str, Any]) -> float:
    """Half for lived experience and half for the organisation, equal within each side."""
    sides: dict[str, list[float]] = {}
    for group, cell in cells.items():
        member = listed[group].get("of", [group])[0]
        sides.setdefault(SIDES[member], []).append(cell["score"])
    return float(np.mean([np.mean(points) for points in sides.values()]))


# == Groups shown together =======================================================================


def test_who_is_asked_more_than_the_others_in_a_joint_cell_is_not_told_from_them() -> None:
    """Four staff with one question and one manager with two: only the shared one counts.

    Before, the manager's mean was 5 × score - Σ staff, and the four staff have few sums.
    """
    random = np.random.default_rng(0)
    staff, manager = (items_of("training_and_reflection", g) for g in ("staff", "manager"))
    assert len(staff) == 1
    assert len(manager) == 2
    seen = set()
    for _ in range(20):
        cells = {"staff": nothing(4), "manager": nothing(1)}
        cells["staff"][staff[0]] = [0, 2, 3, 3]
        cells["manager"][manager, 0] = random.integers(0, 4, len(manager))
        cells["manager"][staff[0], 0] = 2
        found = published(answers_from(cells))["dimensions"]["training_and_reflection"]
        assert found["groups"]["other"]["n"] == 5
        seen.add(json.dumps(found))
    assert len(seen) == 1


def _to_answer(answers: Answers, group: Group) -> np.ndarray:
    """Which rows a group is to answer: what else it may answer counts only if it does."""
    return np.array([answers.required(item, group) for item in coded_items()])


@given(organisations(most=5), SEEDS)
@QUARTER
def test_in_a_joint_cell_nobody_can_be_traced_to_their_group(
    drawn: Organisation, seed: int
) -> None:
    """Two people of different groups who exchange their answers to what both are asked."""
    answers = answers_of(drawn)
    together = [group for group in partition_of(answers).groups if group.together]
    assume(together)
    random = np.random.default_rng(seed)
    first, second = random.permutation(np.array(together[0].members, dtype=object))[:2]
    here = random.integers(first.start, first.stop)
    there = random.integers(second.start, second.stop)
    both = _to_answer(answers, first) & _to_answer(answers, second)
    matrix = answers.matrix.copy()
    matrix[both, here] = answers.matrix[both, there]
    matrix[both, there] = answers.matrix[both, here]
    # Straight-lining reads whole questionnaires, and draws are made group by group.
    left_out = ("quality", "stability")
    other = replace(answers, matrix=matrix)
    assert without(published(answers), *left_out) == without(published(other), *left_out)


# == A single respondent =========================================================================


@given(organisations(), SEEDS)
@QUARTER
def test_everyone_could_have_given_the_answers_of_any_other_in_their_group(
    drawn: Organisation, seed: int
) -> None:
    """Two people of a shown group exchange all their answers, and everything published stays.

    So whoever they are, every answer given in their group could be theirs, also for somebody who
    knows the answers of all but two. Only where all of them answer alike is nothing left to ask.
    """
    answers = answers_of(drawn)
    visible = [m for group in partition_of(answers).groups for m in group.members if m.n > 1]
    assume(visible)
    random = np.random.default_rng(seed)
    group = visible[seed % len(visible)]
    one, two = random.choice(np.arange(group.start, group.stop), 2, replace=False)
    matrix = answers.matrix.copy()
    matrix[:, [one, two]] = matrix[:, [two, one]]
    assert published(answers) == published(replace(answers, matrix=matrix))


@given(organisations())
@HALF
def test_every_cell_has_the_minimum_of_answers_behind_it(drawn: Organisation) -> None:
    """Counted in the answers themselves, not by what the cell says."""
    answers = answers_of(drawn)
    result = published(answers)
    cells = []
    for name, dimension in result["dimensions"].items():
        asked = [r for r, item in enumerate(coded_items()) if item.dimension == name]
        cells += [(asked, group, cell) for group, cell in dimension["groups"].items()]
    for area, rungs in result["ladder"].items():
        for kind in ("now", "wanted"):
            asked = [
                row
                for row, item in enumerate(coded_items())
                if item.area == area and item.kind == f"rung_{kind}"
            ]
            cells += [(asked, group, rung) for group, rung in rungs[kind].items()]
    for concern in result["concerns"]:
        asked = [rows()[concern["id"]]]
        cells += [(asked, group, cell) for group, cell in concern["groups"].items()]
    for item, spread in result["items"].items():
        cells += [([rows()[item]], group, cell) for group, cell in spread.items()]
    for asked, group, cell in cells:
        if isinstance(cell, dict) and "suppressed" in cell:
            assert set(cell) <= {"suppressed", "of"}
        else:
            n = cell["n"] if isinstance(cell, dict) else drawn.minimum
            assert drawn.minimum <= n <= _answered(answers, asked, group)
    for flag in result["quality"]:
        if flag["flag"] == "straight_lining":
            assert all(int(n) >= drawn.minimum for n in re.findall(r": (\d+) gave", flag["detail"]))


def _answered(answers: Answers, items: Sequence[int], group: str) -> int:
    """How many people of a shown group answered any of some items."""
    members = {visible.id: visible.members for visible in partition_of(answers).groups}[group]
    people = [answers.matrix[items, member.start : member.stop] for member in members]
    return int((np.hstack(people) < DONT_KNOW_CELL).any(axis=0).sum())


def test_the_share_of_dont_know_tells_nothing_of_a_group_in_which_few_said_anything() -> None:
    """Before, it was the share of all who were shown: less the share of the others, that of one."""
    seen = set()
    asked = items_of("valued_input", "staff")
    for cell in (0, 4, DONT_KNOW_CELL):
        cells = {"service_user": nothing(5), "staff": nothing(5)}
        cells["service_user"][asked] = 3
        cells["staff"][asked, 0] = cell
        found = published(answers_from(cells))["dimensions"]["valued_input"]
        assert "suppressed" in found["groups"]["staff"]
        seen.add(json.dumps(found))
    assert len(seen) == 1


def test_group_score_and_item_figures_do_not_give_away_who_skipped_one_item() -> None:
    """The attack that privacy.md names, k · n · group score - Σ item means, by interval arithmetic.

    Peer workers are asked three practices of supervision, and gates name all three, with what is
    claimed. One of them, known to the attacker, skips one; nobody else is asked.
    """
    random = np.random.default_rng(3)
    asked = items_of("supervision", "peer_worker")
    points = np.array(PRACTICE)
    allowed = sorted({float(a + b) for a in points for b in points})
    attacked = 0
    for _ in range(60):
        n = int(random.integers(6, 9))
        chosen = random.integers(0, 4, (3, n))
        cells = {"peer_worker": nothing(n)}
        cells["peer_worker"][asked] = chosen
        cells["peer_worker"][asked[2], 0] = EMPTY_CELL
        result = published(answers_from(cells))
        score = result["dimensions"]["supervision"]["groups"]["peer_worker"]["score"]
        figures = [item_figure(result, coded_items()[row].id) for row in asked]
        answered = [n, n, n - 1]
        low = sum(people * least for people, (least, _) in zip(answered, figures, strict=True))
        high = sum(people * most for people, (_, most) in zip(answered, figures, strict=True))
        # Σ of the target's two answers = k(k-1) · (n · score - Σ items / k), with k = 3.
        least, most = 6 * (n * (score - 0.5) - high / 3), 6 * (n * (score + 0.5) - low / 3)
        possible = [total for total in allowed if least - 1e-6 <= total <= most + 1e-6]
        truth = float(points[chosen[0, 0]] + points[chosen[1, 0]])
        assert truth in possible
        assert len(possible) > 1
        attacked += 1
    assert attacked == 60


@given(organisations())
@HALF
def test_intervals_follow_from_the_published_score_and_deviation(drawn: Organisation) -> None:
    """So they are no second, finer reading of either. Without a deviation they are 1.96 · 30 / √n
    wide on either side, whatever was answered."""
    result = published(answers_of(replace(drawn, head_counts={})))
    for dimension in result["dimensions"].values():
        for cell in dimension["groups"].values():
            if "score" in cell:
                n, sd = cell["n"], cell["sd"]
                reach = 1.959964 * 30 if sd is None else t.ppf(0.975, n - 1) * max(sd, 10)
                ends = (cell["score"] - reach / np.sqrt(n), cell["score"] + reach / np.sqrt(n))
                assert cell["interval"] == [_rounded(min(max(end, 0), 100)) for end in ends]


@given(organisations())
@HALF
def test_no_deviation_is_published_where_it_could_tell_what_people_answered(
    drawn: Organisation,
) -> None:
    """Counted in the questions that a group is asked, not by what the tool says."""
    answers = answers_of(drawn)
    result = published(answers)
    members = {group.id: group.members for group in partition_of(answers).groups}
    for name, dimension in result["dimensions"].items():
        for group, cell in dimension["groups"].items():
            if "score" not in cell:
                continue
            asked = set.intersection(*(set(items_of(name, m.id)) for m in members[group]))
            kinds = [coded_items()[row].kind for row in asked]
            two = len(kinds) == 2 and set(kinds) == {"practice"}
            fewest = 50 if len(kinds) == 1 else 12 if two else 10
            assert (cell["sd"] is None) is (cell["n"] < fewest), (name, group)
            if len(kinds) == 1 and cell["n"] < 50:
                steps = [
                    option.score or 0 for option in library().options(coded_items()[asked.pop()])
                ]
                halves = {(a + b) / 2 for a, b in pairwise(steps)} | set(steps)
                assert cell["score"] in {_rounded(half) for half in halves}
        if dimension["agreement"] is not None:
            assert sum(c["n"] for c in dimension["groups"].values() if "n" in c) >= 10


def test_nobody_learns_whether_the_only_manager_answered() -> None:
    """Three board members and one manager, each group under the minimum by its heads: nobody, one
    or all of them answer, and everything that is published is the same to the letter."""
    eligible = {"service_user": 20, "staff": 15, "manager": 1, "board": 3}
    by_kind = {"frequency": "often", "agreement": "agree", "practice": "partly"}
    large = {name: {"people": 8, "by_kind": by_kind} for name in ("service_user", "staff")}
    seen = set()
    for managers, board in ((0, 0), (1, 0), (0, 2), (1, 3)):
        few = {
            "manager": {"people": managers, "by_kind": by_kind},
            "board": {"people": board, "by_kind": by_kind},
        }
        answers = read({"groups": large | few, "context": {"eligible": eligible}})
        seen.add(json.dumps(published(answers)))
    assert len(seen) == 1
