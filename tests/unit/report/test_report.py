"""The report: what it finds is what the answers say, and it shows nothing that is hidden."""

from __future__ import annotations

import pytest

from assessment.render.text import report_text
from assessment.report.blocks.distributions import sides
from assessment.report.chart_specifications import (
    Bar,
    HeatChart,
    LadderChart,
    PathChart,
    ShareChart,
    StackedChart,
)
from assessment.report.model import Block
from assessment.report.tables import NoNumber
from questionnaires.phrases import number, upper
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.thresholds import thresholds
from tests.support.organisations import guidance, library
from tests.support.reports import block, chart, group, harbour_house, reported, walk

# -- the whole -----------------------------------------------------------------------------------


def test_every_block_asks_finds_and_shows_its_table() -> None:
    _, of = harbour_house()
    for entry in (*of.blocks, *(answers.block for answers in of.answer_blocks)):
        assert entry.question and entry.finding, entry.id
        for drawn in entry.charts:
            assert drawn.alt and entry.table is not None, entry.id
        if entry.table is not None:
            assert all(len(row.cells) == len(entry.table.columns) for row in entry.table.rows), (
                entry.id
            )


def test_every_rule_and_piece_of_advice_names_its_source() -> None:
    _, of = harbour_house()
    for name in ("actions", "concerns"):
        assert all(detail.sources for detail in block(of, name).details), name
    points = [point for detail in block(of, "kinds").details for point in detail.points]
    assert points and all(point.sources for point in points)
    for name in ("path", "blocked", "gates"):
        table = block(of, name).table
        assert table is not None
        assert table.columns[-1].title == "Source" and all(row[-1] for row in table.texts), name


def test_an_organisation_without_answers_has_a_report() -> None:
    _, of = reported({})
    assert of.meta == "Nobody has answered yet"
    assert {"gates", "blocked"} <= {entry.id for entry in of.blocks}
    assert not of.answer_blocks and report_text(of)


@pytest.mark.parametrize("name", ["service_user", "peer_worker", "staff", "manager", "board"])
def test_one_group_alone_has_a_report(name: str) -> None:
    _, of = reported({"groups": {name: group()}})
    assert report_text(of)
    assert chart(of, "groups", HeatChart).columns[0][0] == name


def test_a_hidden_group_has_no_number_anywhere() -> None:
    _, of = harbour_house()
    heat = chart(of, "groups", HeatChart)
    column = [name for name, _ in heat.columns].index("peer_worker")
    cells = [row.cells[column + 1] for row in heat.rows if not row.strong]
    assert cells and all(isinstance(cell, Suppressed | NoNumber) for cell in cells)
    for part in walk(of):
        if getattr(part, "group", None) == "peer_worker":
            numbers = [getattr(part, name, None) for name in ("now", "wanted", "some", "serious")]
            assert not any(isinstance(number, float) for number in numbers)
            assert not getattr(part, "shares", ())
    assert any("peer workers" in answers.block.note for answers in of.answer_blocks)


# -- findings ------------------------------------------------------------------------------------


def test_groups_are_compared_on_what_all_of_them_were_asked() -> None:
    # Everybody says the same but for the principles: service users never (0), managers always
    # (100). Seven dimensions of principles, five of culture and one of the ladder were asked of
    # both. Agreement "agree" is 75, rung 3 of 7 is 33 of 100. Service users (7 x 0 + 5 x 75 + 33)
    # / 13 = 31, managers (7 x 100 + 5 x 75 + 33) / 13 = 85.
    _, of = reported(
        {"groups": {"service_user": group(frequency="never"), "manager": group(frequency="always")}}
    )
    finding = block(of, "groups").finding
    assert finding.startswith("Managers see us most favourably, service users least: 85 and 31")


def test_groups_that_say_the_same_see_it_alike() -> None:
    _, of = reported({"groups": {"staff": group(), "manager": group()}})
    assert block(of, "groups").finding == "The groups see it much alike"


def test_groups_that_differ_by_what_may_be_chance_are_not_told_apart() -> None:
    # Staff say "sometimes" (50), managers "often" (75), six of each: a difference may be off by
    # 1.96 x 30 x (2/6)**.5 = 34 points by chance.
    _, of = reported(
        {"groups": {"staff": group(frequency="sometimes"), "manager": group(frequency="often")}}
    )
    assert block(of, "groups").finding == "No difference between groups is certain"


def test_the_concern_that_most_of_a_group_hold_is_the_finding() -> None:
    # Eight of ten staff have some concern, two of those a serious one; managers have none.
    answers = ["serious"] * 2 + ["some"] * 6 + ["not_a_concern"] * 2
    staff = group(10, {"concern.relapse": answers})
    _, of = reported({"groups": {"staff": staff, "manager": group(10)}})
    finding = block(of, "concerns").finding
    assert finding.startswith(
        "Most staff want to know how absence is covered; a serious worry for about one in five"
    )
    first = chart(of, "concerns", ShareChart).rows[0]
    assert [(cell.group, cell.some, cell.serious) for cell in first.groups] == [
        ("staff", 0.8, 0.2),
        ("manager", 0.0, 0.0),
    ]
    assert (first.some, first.serious) == (0.4, 0.1)


def test_no_concern_is_no_worry() -> None:
    _, of = reported({"groups": {"staff": group()}})
    assert block(of, "concerns").finding == "No concern is widely held"


def test_seeing_more_say_than_practices_show_is_named_tokenism() -> None:
    # Every practice is agreed to be missing, and managers place every area on step six.
    practices = [item.id for item in library().items.values() if item.kind == "practice"]
    agreed = dict.fromkeys(practices, "not_in_place")
    _, of = reported(
        {
            "agreed": agreed,
            "groups": {"service_user": group(rung_now="6"), "manager": group(rung_now="6")},
        }
    )
    ladder = chart(of, "ladder", LadderChart)
    assert "Managers see more say than practices show" in block(of, "ladder").finding
    cautions = [area.caution for area in ladder.areas if area.caution]
    assert cautions and all(text.startswith("Tokenism risk: managers see") for text in cautions)
    own = next(area for area in ladder.areas if area.id == "own_support")
    assert {place.group: place.now for place in own.places} == {"service_user": 6.0, "manager": 6.0}


def test_the_spread_of_answers_is_described_by_the_lowest_ones() -> None:
    # Four of ten service users answer "never", six "always": 40 % low, 60 % high.
    half = ["never"] * 4 + ["always"] * 6
    people = group(10, frequency="always")
    people["items"] = {
        item.id: half for item in library().items.values() if item.dimension == "shared_decisions"
    }
    _, of = reported({"groups": {"service_user": people}})
    entry = next(answers for answers in of.answer_blocks if answers.id == "shared_decisions")
    assert entry.block.finding.startswith(
        "Fewer than half of service users say never or not often: "
    )
    bars = [bar for row in chart_of(entry.block).rows for bar in row.bars]
    assert bars and all(bar.shares == (0.4, 0.0, 0.6) for bar in bars)


def chart_of(of: Block) -> StackedChart:
    return next(chart for chart in of.charts if isinstance(chart, StackedChart))


@pytest.mark.parametrize(
    ("shares", "middle", "expected"),
    [
        ((0.2, 0.3, 0.5), 1, (0.2, 0.5)),
        ((0.1, 0.2, 0.3, 0.4), None, (0.3, 0.7)),
        # Not in place or planned, partly, in place: partly is already some of it.
        ((0.5, 0.3, 0.2), None, (0.5, 0.5)),
    ],
)
def test_the_middle_counts_for_neither_side(
    shares: tuple[float, ...], middle: int | None, expected: tuple[float, float]
) -> None:
    bar = Bar("staff", "Staff", tuple("abcd"[: len(shares)]), shares, middle)
    assert sides(bar) == pytest.approx(expected)


# -- what follows --------------------------------------------------------------------------------


def test_the_path_leads_from_today_to_what_is_hoped_for() -> None:
    # Harbour House begins by welcoming newcomers and wishes for one-to-one work, which waits.
    profile, of = harbour_house()
    stops = chart(of, "path", PathChart).stops
    assert stops[0].state == "start" and stops[0].title == "Welcome and information in-house"
    assert stops[-1].wished and stops[-1].state == "blocked"
    assert "one to one" in stops[-1].chips
    next_stops = [stop for stop in stops if stop.state == "next"]
    assert [stop.distance for stop in next_stops] == [
        f"{upper(number(len(needed)))} changes away"
        for _, needed in profile.next
        if len(needed) <= thresholds().next_changes_up_to
    ]
    assert all(stop.needs for stop in stops if stop.state in ("next", "blocked"))


def test_what_every_offer_needs_comes_first_among_the_actions() -> None:
    base = {item.id: "in_place" for item in library().items.values() if item.kind == "practice"}
    gate = guidance().gates["debriefing"]
    needed = {leaf.practice for leaf in gate.needs.leaves() if leaf.practice}
    agreed = base | dict.fromkeys(needed, "not_in_place")
    profile, of = reported(
        {"agreed": agreed, "groups": {"service_user": group(), "staff": group()}}
    )
    assert not profile.gates["debriefing"].met
    first = block(of, "actions").details[0]
    action = next(a for a in guidance().actions.values() if a.title == first.title)
    assert needed & {*action.brings, *action.helps}
    assert "Every offer needs this" in first.texts[0]


def test_no_action_is_advised_for_what_is_in_place() -> None:
    profile, of = harbour_house()
    actions = {action.title: action for action in guidance().actions.values()}
    advised = [actions[detail.title] for detail in block(of, "actions").details]
    assert len(advised) == len({action.id for action in advised})
    for action in advised:
        moved = (*action.brings, *action.helps)
        known = [profile.evidence.practices.get(name) for name in moved]
        assert not known or any(found is None or found.score < 100 for found in known)


def test_the_first_actions_unlock_the_nearest_next_offer() -> None:
    profile, of = harbour_house()
    fixed = {fix.id for fix in profile.next[0][1]}
    actions = {action.title: action for action in guidance().actions.values()}
    moved = {
        name
        for detail in block(of, "actions").details[: len(fixed)]
        for name in (*actions[detail.title].brings, *actions[detail.title].helps)
    }
    assert fixed <= moved


def test_kinds_count_the_offers_that_are_possible_today() -> None:
    # Harbour House may begin with welcoming in-house, and beside it with co-training staff.
    _, of = harbour_house()
    card = block(of, "kinds")
    assert card.finding == (
        "Possible today: welcoming in-house and panels or training. Not yet: group work, "
        "one-to-one work, peer research, outreach and a mixed programme"
    )
    training = next(detail for detail in card.details if detail.title.startswith("Panels"))
    count = sum(offer.model == "advice_and_training" for offer in guidance().starts)
    assert training.title == f"Panels or training: 1 of {count} possible today"
    assert training.texts[0].startswith("Possible today: co-training staff")
    assert any(d.title.startswith("Peer research: none of ") for d in card.details)


def test_what_holds_the_band_down_comes_before_other_weak_dimensions() -> None:
    # In the demonstration support holds the overall band down, and progression is its lowest.
    profile, of = harbour_house()
    assert profile.readiness.limited_by == ("support",)
    weak = [d for d in block(of, "actions").details if " of 100" in d.texts[0]]
    assert weak[0].texts[0].startswith("Progression is at ")
    holding = ["holds the overall band down" in detail.texts[0] for detail in weak]
    assert holding == sorted(holding, reverse=True)
    critical = {d.title.lower() for d in library().dimensions.values() if d.critical}
    for detail in block(of, "actions").details:
        moves = detail.chips[-1].removeprefix("Moves: ")
        assert moves.endswith(" (critical)") == (moves.removesuffix(" (critical)") in critical)


def test_a_blocker_says_who_is_new_to_peer_work() -> None:
    # Three peer workers of Harbour House answered: chosen, and not yet at work.
    _, of = harbour_house()
    table = block(of, "blocked").table
    assert table is not None
    text = " ".join(row[2] for row in table.texts)
    assert "those who would start, or the organisation, are new to peer work" in text.lower()
    assert "nobody here" not in text


def test_percentages_have_one_form() -> None:
    _, of = harbour_house()
    for part in walk(of):
        assert not (isinstance(part, str) and " %" in part), part


def test_boundaries_start_with_what_groups_see_most_differently() -> None:
    # All managers say not OK to gifts, all staff always OK; on everything else they agree.
    staff = group(6, {"boundary.gifts.rule": "always_ok"})
    _, of = reported({"groups": {"staff": staff, "manager": group()}})
    card = block(of, "boundaries")
    assert card.finding.startswith("All managers and nobody among staff say it is not OK to ")
    first = chart(of, "boundaries", StackedChart).rows[0]
    assert {bar.group: bar.shares for bar in first.bars} == {
        "staff": (0.0, 0.0, 1.0),
        "manager": (1.0, 0.0, 0.0),
    }


def test_the_summary_tells_the_report_in_its_words() -> None:
    _, of = harbour_house()
    text = " ".join(report_text(of).split())
    for name in ("concerns", "actions", "path", "ladder"):
        assert block(of, name).finding in text


def test_the_annex_says_how_much_each_group_counts() -> None:
    # One group with lived experience counts half; staff, managers and board a sixth each.
    _, of = harbour_house()
    text = " ".join(block(of, "annex").how)
    assert "service users 50%, staff 17%, managers 17% and board members 17%" in text
