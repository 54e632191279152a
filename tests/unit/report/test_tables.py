"""Every table of the report has the same cells in every form that shows it."""

from __future__ import annotations

import io
from functools import cache
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from assessment.render.html.charts.heatmap import heat
from assessment.render.result_json import result_json
from assessment.render.text import LEFT_OUT, MAX_ROWS, report_text
from assessment.render.xlsx import write_workbook
from assessment.report.chart_specifications import HeatChart
from assessment.report.model import Report
from assessment.report.tables import Cell, Column, NoNumber, Table, cell_in_words
from assessment.screens.results.cards import card
from scoring.disclosure.groups_and_rounding import Suppressed
from scoring.measures.totals import members_of
from tests.support.reports import group, harbour_house, reported
from tests.support.scenarios import base

#: The sheet on which each table stands; what blocks take from a table stands there as a whole.
SHEETS = {
    "scores": "Profile",
    "groups": "Groups",
    "gaps": "Gaps",
    "answers": "Distributions",
    "boundaries": "Boundaries",
    "tallies": "Also asked",
    "ladder": "Ladders",
    "concerns": "Concerns",
    "responses": "Responses",
    "gates": "Gates",
    "offers": "Recommendation",
    "next": "Next steps",
    "risk": "Risk",
    "agreed": "Working group",
    "before_agreement": "Before agreement",
    "claimed": "Agreed and claimed",
    "actions": "Actions",
    "all_actions": "All actions",
    "figures": "Group figures",
    "statistics": "Statistics",
    "respondents": "Summary",
}
PARTS = {"domains": "scores", "basics": "gates", "blocked": "offers"}
#: Only screens and text have them.
NO_SHEET = {"path", "quality"}


ORGANISATIONS: dict[str, Any] = {
    "the demonstration": None,
    "nobody answered": {},
    "only the working group": {"agreed": {"supervision.named_supervisor": "in_place"}},
    "groups that are hidden": {
        "groups": {"staff": group(), "service_user": group(3), "manager": group(1)},
        "context": {"eligible": {"staff": 8, "service_user": 20, "manager": 2, "board": 6}},
    },
    "facts that nobody answered": {**base("ready_for_anything"), "facts": {}},
    "a quick look": {
        **base("ready_for_anything"),
        "context": {"form": "quick"},
        "only_asked": True,
    },
}


@pytest.fixture(params=ORGANISATIONS, scope="module")
def report(request: pytest.FixtureRequest) -> Report:
    return _report(request.param)


@cache
def _report(name: str) -> Report:
    organisation = ORGANISATIONS[name]
    return harbour_house()[1] if organisation is None else reported(organisation)[1]


@cache
def _workbook(name: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(_report(name))))


def in_words(cell: Cell) -> str | int | float | None:
    """A cell, with words in the place of a number that is not shown."""
    return cell_in_words(cell, Column("")) if isinstance(cell, NoNumber | Suppressed) else cell


def in_a_sheet(cell: Cell) -> Any:
    return in_words(cell) or (0 if cell == 0 else None)


def rows_of(sheet: Worksheet, table: Table) -> list[tuple[Any, ...]] | None:
    """The cells below the table's header; None where the sheet does not have it."""
    titles = [column.title for column in table.columns]
    cells = [tuple(row[: len(titles)]) for row in sheet.iter_rows(values_only=True)]
    for number, row in enumerate(cells):
        if list(row) == titles:
            return cells[number + 1 : number + 1 + len(table.rows)]
    return None


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_the_workbook_has_every_cell(name: str) -> None:
    report, workbook = _report(name), _workbook(name)
    assert set(report.tables) <= {*SHEETS, *PARTS, *NO_SHEET}
    for table in report.tables.values():
        if table.id not in SHEETS:
            continue
        found = rows_of(workbook[SHEETS[table.id]], table)
        assert found is not None or not table.rows, table.id
        if found is not None:
            wanted = [tuple(map(in_a_sheet, row.cells)) for row in table.rows]
            assert found == wanted, table.id


def test_a_part_has_the_cells_of_the_table_that_it_is_from(report: Report) -> None:
    for part, name in PARTS.items():
        if part not in report.tables:
            continue
        table, from_ = report.tables[part], report.tables[name]
        titles = [column.title for column in from_.columns]
        at = [titles.index(column.title) for column in table.columns]
        known = [tuple(row.cells[number] for number in at) for row in from_.rows]
        assert table.rows and all(row.cells in known for row in table.rows), part


class _Cells(HTMLParser):
    """The text of every cell of the tables, row by row; headings stand in ``heads``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._in = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in = False

    def handle_data(self, data: str) -> None:
        if self._in:
            self.rows[-1][-1] += data


def test_the_screen_has_every_cell(report: Report) -> None:
    with_table = [block for block in report.blocks if block.table is not None]
    assert {"gates", "respondents"} <= {block.id for block in with_table} or not report.groups
    for block in with_table:
        table = block.table
        assert table is not None
        if block.id in ("groups", "quality"):
            continue  # a chart that is its own table, and a list
        drawn = card(block)
        head, *rows = _Cells(drawn.html).rows
        assert head == [column.title for column in table.columns], block.id
        assert [tuple(row) for row in rows] == list(table.texts), block.id


def test_the_answers_to_a_dimension_are_the_rows_of_all_answers(report: Report) -> None:
    def texts_of(table: Table) -> list[list[str]]:
        return [[text for text in row if text] for row in table.texts]

    parts = [entry.block.table for entry in report.answer_blocks]
    assert texts_of(report.tables["answers"]) == [
        row for part in parts if part is not None for row in texts_of(part)
    ]
    for entry, part in zip(report.answer_blocks, parts, strict=True):
        drawn, wanted = card(entry.block), part.texts if part is not None else ()
        rows = _Cells(drawn.html).rows[-len(wanted) :]
        assert [tuple(row) for row in rows] == list(wanted)


def test_the_heatmap_has_every_cell(report: Report) -> None:
    charts = [c for block in report.blocks for c in block.charts if isinstance(c, HeatChart)]
    assert bool(charts) == bool(report.groups)
    for chart in charts:
        _, *rows = _Cells(heat(chart)).rows
        for row, texts, drawn in zip(chart.rows, report.tables["groups"].texts, rows, strict=True):
            assert drawn[0] == texts[0]
            if not row.strong:
                assert [text.removeprefix("not shown: ") for text in drawn] == list(texts)


def test_the_text_has_every_row_that_it_tells(report: Report) -> None:
    text = " ".join(report_text(report).split())
    for block in report.blocks:
        if block.table and not (block.charts or block.signs or block.id in LEFT_OUT):
            for row in block.table.texts[:MAX_ROWS]:
                assert " ".join(": ".join(cell for cell in row[:3] if cell).split()) in text


def test_the_json_has_every_score(report: Report) -> None:
    json, result = result_json(report.result, report.round), report.result
    rows = iter(report.tables["scores"].rows)
    for domain in result.library.domains.values():
        found = members_of(domain, result.profile.dimensions, result.library)
        for kind, name in (("domains", domain.id), *(("dimensions", one.id) for one in found)):
            cells, wanted = next(rows).cells, json[kind][name]
            assert cells[1] == wanted["score"]
            assert cells[2:4] == tuple(wanted["interval"] or (None, None))
    assert next(rows, None) is None


def test_the_json_has_every_cell_of_every_group(report: Report) -> None:
    json, library = result_json(report.result, report.round)["dimensions"], report.result.library
    titles = [column.title for column in report.tables["groups"].columns]
    names = {library.dimensions[name].title: name for name in json}
    for row in report.tables["groups"].rows:
        if row.strong:
            continue
        result = json[names[row.cells[0]]]
        for group_, cell in result["groups"].items():
            tabled = row.cells[titles.index(report.result.profile.context.title(group_))]
            wanted = cell.get("score", cell.get("suppressed"))
            assert in_words(tabled) == wanted


def test_the_json_has_every_gap_gate_and_offer(report: Report) -> None:
    json = result_json(report.result, report.round)
    gaps = report.tables.get("gaps")
    assert [gap["difference"] for gap in json["gaps"]] == [
        row.cells[3] for row in (gaps.rows if gaps else ())
    ]
    gates = {
        gate.gate.title: json_gate
        for gate, json_gate in zip(report.result.profile.gates.values(), json["gates"], strict=True)
    }
    states = {row.cells[1]: row.cells[0] for row in report.tables["gates"].rows if not row.strong}
    assert states.keys() == gates.keys()
    for title, gate in gates.items():
        wanted = {"not answered yet", "not asked"} if not gate["answered"] else {"not in place"}
        wanted = {"in place"} if gate["met"] else wanted
        wanted = wanted if gate["applies"] else {"does not apply"}
        assert str(states[title]).lstrip("✓–? ") in wanted, title
    recommendation = json["recommendation"]
    offers = [recommendation["start"], *recommendation["open"]]
    rows = report.tables["offers"].rows
    assert [row.cells[5] for row in rows[: len(offers)]] == [offer["fit"] for offer in offers]
    assert len(rows) == len(offers) + len(recommendation["ruled_out"])


def test_the_json_has_every_step_and_figure(report: Report) -> None:
    json, context = result_json(report.result, report.round), report.result.profile.context
    steps = [
        (context.title(name), area["now"].get(name), area["wanted"].get(name))
        for area in json["ladder"].values()
        for name in report.groups
        if name in area["now"] or name in area["wanted"]
    ]
    rows = [row.cells for row in report.tables["ladder"].rows if not row.strong]
    assert [cells[0] for cells in rows] == [title for title, _, _ in steps]
    for cells, (_, *wanted) in zip(rows, steps, strict=True):
        for cell, number in zip(cells[1:3], wanted, strict=True):
            tabled = (
                {"suppressed": in_words(cell)} if isinstance(cell, Suppressed | NoNumber) else cell
            )
            assert tabled == (number if number is not None else {"suppressed": "not asked"})
    figures = [
        cell
        for result in json["dimensions"].values()
        for name in report.groups
        if (cell := result["groups"].get(name))
    ]
    for row, cell in zip(report.tables["figures"].rows, figures, strict=True):
        tabled = row.cells[2:]
        if isinstance(tabled[0], Suppressed):
            assert {"suppressed": in_words(tabled[0])} == cell
            continue
        ends = cell["interval"] or (None, None)
        assert tabled == (cell["score"], *ends, cell["n"], cell["sd"], cell["dont_know"])


def test_the_json_has_every_boundary_and_concern(report: Report) -> None:
    json, context = result_json(report.result, report.round), report.result.profile.context
    wanted = [
        (context.title(name), share["n"] if "n" in share else share["suppressed"])
        for boundary in json["boundaries"]
        for name, share in boundary["groups"].items()
    ]
    table = report.tables.get("boundaries")
    rows = [row.cells for row in (table.rows if table else ()) if not row.strong]
    assert [(cells[2], in_words(cells[6])) for cells in rows if cells[6] is not None] == wanted
    table = report.tables.get("concerns")
    rows = [row.cells for row in (table.rows if table else ()) if not row.strong]
    holders = [
        (context.title(name), share["n"] if "n" in share else share["suppressed"])
        for concern in json["concerns"]
        for name, share in concern["groups"].items()
    ]
    assert [(cells[0], in_words(cells[3])) for cells in rows] == holders


def test_the_json_has_every_statistic(report: Report) -> None:
    json = result_json(report.result, report.round)["dimensions"]
    names = {report.result.library.dimensions[name].title: name for name in json}
    for row in report.tables["statistics"].rows:
        title, by_person, ad, r_star_wg, value, low, high, people, _ = row.cells
        result = json[names[str(title)]]
        agreement = result["agreement"] or {"ad": None, "r_star_wg": None}
        alpha = result["alpha"] or {"value": None, "interval": [None, None], "n": None}
        assert by_person == result["score_by_respondents"]
        assert [ad, r_star_wg] == [agreement["ad"], agreement["r_star_wg"]]
        assert [value, [low, high], people] == [alpha["value"], alpha["interval"], alpha["n"]]


def test_the_json_has_every_risk_and_next_step(report: Report) -> None:
    advice = result_json(report.result, report.round)["recommendation"]
    offers = {
        offer["id"]: offer
        for offer in (advice["start"], *advice["open"], *advice["ruled_out"], *advice["next"])
    }
    titles = {report.result.rulebook.offers[name].title: name for name in offers}
    points: dict[str, list[tuple[Any, Any]]] = {}
    name = ""
    for row in report.tables["risk"].rows:
        if row.strong:
            name = titles[str(row.cells[0])]
            points[name] = []
            assert str(row.cells[1]).split()[1] == offers[name]["risk"]
            assert row.cells[2] == sum(p["points"] for p in offers[name]["risk_points"])
            in_place = str(row.cells[4] or "").replace("✓ ", "").splitlines()
            assert in_place == offers[name]["safeguards_in_place"]
        else:
            points[name].append((row.cells[2], row.cells[3]))
    for name, listed in points.items():
        assert listed == [(p["points"], p["because"]) for p in offers[name]["risk_points"]]
    steps = [row.cells[2] for row in report.tables["next"].rows if row.cells[2] is not None]
    assert steps == [n for one in advice["next"] for n, _ in enumerate(one["fixes"], 1)]
