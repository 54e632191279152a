"""Charts: values stand where they should, figures stay light, words are never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from assessment.brand.theme import SHAPES, THEMES, Theme, chart_colours
from assessment.render.html.charts.concern_bars import shares
from assessment.render.html.charts.dots import dots
from assessment.render.html.charts.dumbbells import dumbbells
from assessment.render.html.charts.heatmap import heat
from assessment.render.html.charts.ladders import ladders
from assessment.render.html.charts.offer_path import path
from assessment.render.html.charts.stacked_bars import stacked, tones
from assessment.report.chart_specifications import (
    Bar,
    Dot,
    DotChart,
    Dumbbell,
    DumbbellChart,
    HeatChart,
    LadderArea,
    LadderChart,
    LadderPlace,
    PathChart,
    ShareCell,
    ShareChart,
    ShareRow,
    StackedChart,
    StackedRow,
    Stop,
)
from assessment.report.model import Point
from assessment.report.tables import NoNumber, Row
from assessment.screens.shared.markup import points
from assessment.screens.shared.page import STATIC
from scoring.disclosure.groups_and_rounding import Suppressed

BAD = '<script>alert("1")</script>'
GROUPS = (("staff", "Staff"), ("manager", "Managers"))


def bar(group: str, shares_: Sequence[float], middle: int | None = 1, **more: Any) -> Bar:
    names = ("Low", "Between", "High", "Higher", "Highest")[: len(shares_)]
    return Bar(group, group.capitalize(), names, tuple(shares_), middle, **more)


def spread(*bars: Bar) -> str:
    return stacked(StackedChart("alt", (StackedRow("Question", bars),), GROUPS))


# -- charts with an axis --------------------------------------------------------------------------


def test_a_dot_stands_at_its_value_and_its_interval_reaches_from_end_to_end() -> None:
    rows = (Dot("Heading", None, strong=True), Dot("Shared decisions", 57, 51, 63))
    drawn = dots(DotChart("alt", rows))
    assert '<span class="pw-interval" style="--pw-x: 51%; --pw-to: 63%">' in drawn
    assert '<span class="pw-dot" style="--pw-x: 57%">' in drawn
    assert '<span class="pw-points-value">57</span>' in drawn
    assert drawn.count("pw-points-part") == drawn.count('class="pw-dot"') == 1
    assert 'role="img" aria-label="alt"' in drawn


def test_a_score_without_an_interval_has_no_bar() -> None:
    drawn = dots(DotChart("alt", (Dot("Agreed", 42), Dot("Said", 50, 50, 50))))
    assert "pw-interval" not in drawn and drawn.count('class="pw-dot"') == 2


def test_the_bands_stand_above_the_dots_from_where_they_begin() -> None:
    drawn = dots(DotChart("alt", (Dot("Agreed", 42),)))
    # The bands begin at 40, 60 and 80.
    ends = re.findall(r'pw-band-(\d)" style="--pw-x: (\d+)%; --pw-to: (\d+)%', drawn)
    assert ends == [("0", "0", "40"), ("1", "40", "60"), ("2", "60", "80"), ("3", "80", "100")]


def test_a_dumbbell_reaches_from_the_lowest_to_the_highest_group() -> None:
    rows = (
        Dumbbell(
            "Shared decisions",
            {"staff": 54, "manager": 78},
            "24 points apart",
            {"staff": (47, 61)},
        ),
        Dumbbell("Space", {"manager": 40}, ""),
    )
    drawn = dumbbells(DumbbellChart("alt", rows, GROUPS))
    between = '<span class="pw-between" style="--pw-x: {}%; --pw-to: {}%">'
    assert between.format(54, 78) in drawn and between.format(40, 40) in drawn
    # Each group has a line of its own, so that none hides another; only staff have an interval.
    assert re.findall(
        r'pw-stands" style="--pw-x: (\d+)%"><span class="pw-shape pw-([a-z-]+)', drawn
    ) == [
        ("54", "square"),
        ("78", "triangle-up"),
        ("40", "triangle-up"),
    ]
    assert drawn.count("pw-interval") == drawn.count("--pw-x: 47%; --pw-to: 61%") == 1
    assert "24 points apart" in drawn


def test_a_tick_does_not_say_that_a_reason_is_in_place() -> None:
    drawn = points([Point("The people served are just arriving.", "good")])
    heard = re.sub(r'<span class="[^"]*" aria-hidden="true">.*?</span>|<[^>]+>', "", drawn)
    assert heard == "Yes: The people served are just arriving."


# -- what is drawn as HTML -----------------------------------------------------------------------


def test_bars_diverge_from_the_middle_of_the_neutral_class() -> None:
    # Left of the middle the first reaches .4 + .4/2 = .6, the second nothing; right of it the
    # first .4, the second 1. The whole width is .6 + 1 = 1.6: the first begins at 0 and is
    # 1/1.6 = 62.5 % wide, the second begins at .6/1.6 = 37.5 %.
    drawn = spread(bar("staff", (0.4, 0.4, 0.2)), bar("manager", (0.0, 0.0, 1.0)))
    assert "margin-left: 0.00%; width: 62.50%" in drawn
    assert "margin-left: 37.50%; width: 62.50%" in drawn
    assert "--pw-zero: 37.50%" in drawn
    # The parts of the first: 40, 40 and 20 % of it.
    assert re.findall(r'<span style="width: ([\d.]+)%" class="pw-tone', drawn) == [
        "40.00",
        "40.00",
        "20.00",
        "100.00",
    ]


def test_without_a_middle_the_lower_half_stands_on_the_left() -> None:
    # .3 + .1 = .4 of 1 lies left.
    drawn = spread(bar("staff", (0.3, 0.1, 0.2, 0.4), None))
    assert "--pw-zero: 40.00%" in drawn


def test_rounded_shares_are_drawn_as_a_whole() -> None:
    # Two fifths, two fifths and three tenths add up to 110 %: the parts are 4, 4 and 3 of 11.
    drawn = spread(bar("staff", (0.4, 0.4, 0.3)))
    assert re.findall(r'<span style="width: ([\d.]+)%" class="pw-tone', drawn) == [
        "36.36",
        "36.36",
        "27.27",
    ]


def test_dont_know_stands_apart_and_outside_the_bar() -> None:
    drawn = spread(bar("staff", (0.5, 0.0, 0.5), dont_know=0.2))
    panel = drawn[drawn.index('class="pw-spread-dk"') :]
    assert "width: 20%" in panel and ">one in five<" in panel
    assert "width: 20%" not in drawn[: drawn.index('class="pw-spread-dk"')]


def test_a_group_that_is_not_shown_says_why_and_has_no_bar() -> None:
    drawn = spread(
        bar("staff", (0.5, 0.0, 0.5)), Bar("manager", "Managers", reason="fewer than 5 answers")
    )
    assert "not shown: fewer than 5 answers" in drawn
    assert drawn.count('class="pw-spread-bar"') == 1


def test_a_hidden_cell_says_why_and_one_that_was_not_asked_is_empty() -> None:
    cells = ("Belief", 79, 80, Suppressed("few_replies", 5))
    columns = (("staff", "Staff"), ("manager", "Managers"), ("board", "Board"))
    rows = (Row(("Culture", None, None, None), strong=True), Row(cells))
    drawn = heat(HeatChart("title", "alt", columns, rows))
    # 79 is nearly ready, 80 ready: the bands begin at 40, 60 and 80.
    assert 'class="pw-tone-heat-2">79<' in drawn and 'class="pw-tone-heat-3">80<' in drawn
    assert "not shown: fewer than 5 replies" in drawn
    assert '<th scope="row">Belief</th>' in drawn and 'scope="rowgroup"' in drawn


def test_a_ladder_marks_now_what_is_wanted_and_what_practices_show() -> None:
    places = (
        LadderPlace("staff", "Staff", 2.5, 4.0),
        LadderPlace("manager", "Managers", 4.0, 3.0),
        LadderPlace("board", "Board members", None, None, "fewer than 5 replies"),
    )
    caution, sentence, note = (
        "Tokenism risk: managers",
        "Policies: in words.",
        "Not shown: the board",
    )
    area = LadderArea("policies", "Policies", places, 2, caution, sentence, note)
    rungs = ("One", "Two", "Three", "Four")
    drawn = ladders(LadderChart("alt", rungs, (area,), GROUPS))
    assert drawn.count("pw-rung-evidenced") == 2
    # Two groups beside each other: at a quarter and three quarters of the width.
    assert 'class="pw-stand" style="--pw-at: 2.5; --pw-x: 0.250"' in drawn
    assert 'class="pw-stand" style="--pw-at: 4; --pw-x: 0.750"' in drawn
    assert 'class="pw-climb" style="--pw-at: 2.5; --pw-to: 4; --pw-x: 0.250' in drawn
    assert 'class="pw-climb pw-down" style="--pw-at: 3; --pw-to: 4; --pw-x: 0.750' in drawn
    assert caution in drawn and note in drawn
    assert 'role="img" aria-label="Policies: in words."' in drawn


def test_the_serious_part_of_a_concern_is_within_the_whole() -> None:
    row = ShareRow("It could go wrong", 0.6, 0.2, (ShareCell("staff", "Staff", 0.6, 0.2, n=10),))
    drawn = shares((row,), ShareChart("alt", (row,)))
    assert 'pw-concern-serious" style="width: 20%"' in drawn
    assert 'pw-concern-some" style="width: 40%"' in drawn and ">more than half</span>" in drawn


def test_a_path_says_how_far_each_stop_is() -> None:
    stops = (Stop("Welcome", "start", "Today"), Stop("Buddies", "blocked", "Far", wished=True))
    drawn = path(PathChart("alt", stops))
    assert drawn.index("Today") < drawn.index("Welcome") < drawn.index("Far")
    assert drawn.count("What we hope for") == 1


def test_words_are_never_markup() -> None:
    groups = (("staff", BAD), (BAD, BAD))
    place = LadderPlace("staff", BAD, 2.0, None)
    row = ShareRow(BAD, 0.5, 0.1, (ShareCell("staff", BAD, None, None, BAD),))
    answers = StackedRow(BAD, (Bar("staff", BAD, (BAD, "b"), (0.5, 0.5)),))
    area = LadderArea("a", BAD, (place,), 1, BAD, BAD, BAD)
    drawn = [
        stacked(StackedChart(BAD, (answers,), groups)),
        heat(HeatChart(BAD, BAD, groups, (Row((BAD, 1, NoNumber(BAD))),))),
        ladders(LadderChart(BAD, (BAD, BAD), (area,), groups)),
        shares((row,), ShareChart(BAD, (row,))),
        path(PathChart(BAD, (Stop(BAD, "next", BAD, (BAD,), (BAD,)),))),
        dots(DotChart(BAD, (Dot(BAD, 1),))),
        dumbbells(DumbbellChart(BAD, (Dumbbell(BAD, {BAD: 1}, BAD),), groups)),
    ]
    for html in drawn:
        assert "<script" not in html and "&lt;script" in html


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_colour_of_a_chart_is_a_variable_of_the_style(theme: Theme) -> None:
    """One drawing is right in both themes and on paper."""
    known = chart_colours(theme)
    assert {f"group-{group}" for group in SHAPES} <= known.keys()
    sheet = (STATIC / "dashboard.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\(--pw-([a-z]+-\d(?:-ink)?)\)", sheet))
    tones = {name for name in known if re.match("band|heat|spread", name)}
    assert used == tones


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_text_on_coloured_grounds_can_be_read(theme: Theme) -> None:
    # 4.5:1 is what WCAG 2.2 asks of text (success criterion 1.4.3).
    for ground, ink in (*theme.heat, *theme.spread):
        assert contrast(ground, ink) >= 4.5, (ground, ink)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_neighbouring_answers_differ_in_grey_print(theme: Theme) -> None:
    for count, middle in ((3, 1), (4, None), (5, 2)):
        grounds = [theme.spread[tone][0] for tone in tones(count, middle)]
        for one, other in pairwise(grounds):
            assert contrast(one, other) >= 1.1, (one, other)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
