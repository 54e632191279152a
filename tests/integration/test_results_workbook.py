"""The results workbook: the numbers of the JSON, nothing that is hidden, charts that open.

Numbers are compared with the JSON of the same evaluation, which other tests hold against published
figures and against R. What LibreOffice makes of the charts is read from the file that it saves.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from assessment.render.xlsx import write_workbook
from assessment.report.terms import wording
from questionnaires.library import load
from questionnaires.reference_data import group_title
from scoring.rules.loading import load_guidance
from tests.support import organisations
from tests.support.charts import Charts, charts_of
from tests.support.files import run
from tests.support.libreoffice import Office
from tests.support.places import ROOT, SCENARIOS, data
from tests.support.reports import report_of

SHEETS = [
    *("Summary", "Profile", "Groups", "Gaps", "Distributions", "Boundaries", "Ladders", "Concerns"),
    *("Responses", "Gates", "Recommendation", "Next steps", "Risk", "Working group"),
    *("Agreed and claimed", "Actions", "All actions", "Method", "Group figures", "Statistics"),
    "Chart data",
]
#: Sheets with charts, and how many of them the demonstration has.
CHARTS = {
    "Summary": 2,
    "Profile": 2,
    "Gaps": 1,
    "Distributions": 4,
    "Boundaries": 1,
    "Ladders": 2,
    "Concerns": 1,
    "Risk": 1,
}
#: What others say of a practice stands beside it only where the working group answered.
UNANSWERED = [title for title in SHEETS if title != "Agreed and claimed"]
HIDDEN = "fewer than 5 replies"
#: Shares of few people in words, by tenths. From twenty people on a share of nought may be one of
#: them, rounded away.
SHARES = (
    *("nobody", "a few", "about one in five", "about a third", "fewer than half", "about half"),
    *("more than half", "about two thirds", "most", "nearly all", "everybody"),
)
Cells = list[Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's JSON and workbook, as one command writes both."""
    folder = tmp_path_factory.mktemp("workbook")
    answers, context = folder / "answers.csv", folder / "context.yaml"
    assert run("demo", answers, "--context", context).exit_code == 0
    done = run(
        *("evaluate", answers, "--context", context),
        *("--json", folder / "results.json", "--xlsx", folder / "results.xlsx"),
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def workbook(folder: Path) -> Workbook:
    return openpyxl.load_workbook(folder / "results.xlsx")


@pytest.fixture(scope="module")
def office_file(folder: Path, office: Office) -> Path:
    """The workbook as LibreOffice understood it and saved it again."""
    (folder / "office").mkdir()
    return office(folder / "results.xlsx", "xlsx", folder / "office")


@pytest.fixture(scope="module")
def by_office(office_file: Path) -> Workbook:
    return openpyxl.load_workbook(office_file)


@pytest.fixture(scope="module")
def charts(folder: Path) -> Charts:
    return charts_of(folder / "results.xlsx")


@pytest.fixture(scope="module")
def office_charts(office_file: Path) -> Charts:
    return charts_of(office_file)


def header_of(sheet: Worksheet) -> int:
    """The row of the header: the last one that stays in sight."""
    assert sheet.freeze_panes, sheet.title
    return int(str(sheet.freeze_panes).removeprefix("A")) - 1


def heads(sheet: Worksheet) -> Cells:
    return [cell.value for cell in sheet[header_of(sheet)] if cell.value]


def rows(sheet: Worksheet) -> Iterator[Cells]:
    """The rows of the main table, in their order, each as long as its header."""
    width = len(heads(sheet))
    for row in sheet.iter_rows(min_row=header_of(sheet) + 1, max_col=width):
        if any(cell.border.bottom.style == "thin" for cell in row):
            yield [cell.value for cell in row]


def found(sheet: Worksheet, name: str) -> dict[str, Cells]:
    """The rows of the main table by the text in the first column."""
    table = {}
    for row in rows(sheet):
        if row[0] is not None:
            assert row[0] not in table, f"{name}: {row[0]} stands twice"
            table[row[0]] = row[1:]
    return table


def in_words(share: float, n: int) -> str:
    words = SHARES[round(share * 10)]
    many = {"nobody": "hardly anybody", "everybody": "nearly everybody"}
    return many.get(words, words) if n >= 20 else words


def numbers(cells: Cells) -> Cells:
    return [value for value in cells if isinstance(value, int | float)]


@cache
def titles() -> dict[str, str]:
    """Titles of domains and dimensions by id."""
    library = load()
    return {name: it.title for name, it in [*library.domains.items(), *library.dimensions.items()]}


# -- the numbers ---------------------------------------------------------------------------------


def test_the_sheets_stand_in_their_order(workbook: Workbook) -> None:
    assert workbook.sheetnames == SHEETS


def test_the_profile_has_every_number_of_the_json(
    workbook: Workbook, result: dict[str, Any]
) -> None:
    table = found(workbook["Profile"], "Profile")
    for name, domain in result["domains"].items():
        wanted = [domain["score"], *(domain["interval"] or ())]
        assert numbers(table.pop(titles()[name])) == wanted, name
    for name, dimension in result["dimensions"].items():
        wanted = [dimension["score"], *(dimension["interval"] or ())]
        wanted += [dimension["n"], dimension["dont_know"]]
        assert numbers(table.pop(titles()[name])) == wanted, name
    assert not table


def test_the_worked_example_of_the_readme_stands_in_the_profile(workbook: Workbook) -> None:
    score = re.search(r"\*\*(\d+)\*\*", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert score
    assert found(workbook["Profile"], "Profile")["Shared decisions"][0] == int(score[1])


def test_groups_have_the_scores_of_the_json_and_words_where_there_are_none(
    workbook: Workbook, result: dict[str, Any]
) -> None:
    sheet = workbook["Groups"]
    table, groups = found(sheet, "Groups"), heads(sheet)[1:]
    suppressed = 0
    for name, dimension in result["dimensions"].items():
        cells = dict(zip(groups, table[titles()[name]], strict=True))
        for group in {**result["respondents"], **dimension["groups"]}:
            cell = dimension["groups"].get(group, {"suppressed": "not asked"})
            wanted = cell["suppressed"] if "suppressed" in cell else cell["score"]
            assert cells[group_title(group)] == wanted, (name, group)
            suppressed += cell.get("suppressed") == HIDDEN
    assert suppressed > 10


def test_gaps_are_those_of_the_json_in_their_order(
    workbook: Workbook, result: dict[str, Any]
) -> None:
    words = {"clear": "clear", "possible": "not certain, worth talking about"}
    assert list(rows(workbook["Gaps"])) == [
        [
            titles()[gap["dimension"]],
            group_title(gap["high"]),
            group_title(gap["low"]),
            gap["difference"],
            *gap["interval"],
            words[gap["evidence"]],
        ]
        for gap in result["gaps"]
    ]


def test_each_groups_figures_are_those_of_the_json(
    workbook: Workbook, result: dict[str, Any]
) -> None:
    assert list(rows(workbook["Group figures"])) == [
        [
            titles()[name],
            group_title(group),
            *_figures(cell),
        ]
        for name, dimension in result["dimensions"].items()
        for group, cell in dimension["groups"].items()
        if group in result["respondents"]
    ]


def _figures(cell: dict[str, Any]) -> Cells:
    """A group's figures; the reason where there are none."""
    if "suppressed" in cell:
        return [cell["suppressed"], None, None, None, None, None]
    ends = cell["interval"] or (None, None)
    return [cell["score"], *ends, cell["n"], cell["sd"], cell["dont_know"]]


def test_distributions_are_those_of_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    library = load()
    sheet = workbook["Distributions"]
    of_sheet: dict[tuple[str, str], Cells] = {}
    classes: Cells = []
    question = dimension = ""
    of_dimension = {d.title: d.id for d in library.dimensions.values()}
    for row in rows(sheet):
        if row[1] is None:
            dimension, classes = of_dimension[row[0]], [name for name in row[2:] if name]
            continue
        question = row[0] or question
        of_sheet[f"{dimension}: {question}", row[1]] = [classes, row[2:]]
    compared = 0
    for name, groups in result["items"].items():
        item = library.items[name]
        if item.dimension is None:
            continue
        for group, cell in groups.items():
            if group == "peer_worker":
                assert cell == {"suppressed": HIDDEN}
                continue
            key = f"{item.dimension}: {wording(item)}", group_title(group)
            if key not in of_sheet:  # a dimension of which nothing may be shown
                assert "suppressed" in cell
                continue
            labels, cells = of_sheet[key]
            if "suppressed" in cell:
                assert [value for value in cells if value is not None] == [cell["suppressed"]]
                continue
            wanted = [in_words(share, cell["n"]) for share in cell["shares"]]
            for beside in (cell["dont_know"], cell["does_not_apply"]):
                wanted += [] if beside is None else [in_words(beside, 20)]
            assert [value for value in cells if value] == wanted, key
            assert labels == list(cell["classes"]), key
            compared += 1
    assert compared > 100


def test_boundaries_have_the_shares_of_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    library = load()
    aspects = {"rule": "as our rule", "mine": "for oneself"}
    of_sheet: dict[tuple[str, str, str], Cells] = {}
    labels: Cells = []
    situation = ""
    for row in rows(workbook["Boundaries"]):
        if row[1] is None:
            labels = [name for name in row[3:] if name]
            continue
        situation = row[0] or situation
        of_sheet[situation, row[1], row[2]] = [*labels, *(v for v in row[3:] if v is not None)]
    wanted: dict[tuple[str, str, str], Cells] = {}
    for boundary in result["boundaries"]:
        item = library.items[boundary["item"]]
        options = {option.code: option.label for option in library.options(item)}
        aspect = aspects.get(boundary["aspect"], "to confirm")
        for group, cell in boundary["groups"].items():
            key = wording(item), aspect, group_title(group)
            if "suppressed" in cell:
                wanted[key] = [*options.values(), cell["suppressed"]]
            else:
                n = cell["n"]
                shares = [in_words(cell["shares"][code], n) for code in options]
                wanted[key] = [*options.values(), *shares, n]
    assert of_sheet == wanted


def test_ladders_have_the_rungs_of_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    areas = {area.id: area.title for area in load_guidance(load()).ladders.areas}
    table: dict[str, list[Cells]] = {}
    for row in rows(workbook["Ladders"]):
        if row[0] in areas.values():
            table[row[0]] = []
        table[list(table)[-1]].append(row)
    assert list(table) == [areas[name] for name in result["ladder"]]
    for name, area in result["ladder"].items():
        head, *groups = table[areas[name]]
        if area["evidence_answered"]:
            assert head[3] in (area["evidenced"], "none yet", "no practice is tied to it")
        else:
            assert head[3] == "not answered yet" or str(head[3]).startswith("at least")
        assert ("Tokenism" in (head[4] or "")) == bool(area["claimed_above_evidenced"])
        for title, now, wanted, *_ in groups:
            group = next(g for g in result["respondents"] if group_title(g) == title)
            for which, cell in (("now", now), ("wanted", wanted)):
                known = area[which].get(group, {"suppressed": "not asked"})
                assert cell == (known["suppressed"] if isinstance(known, dict) else known)
        named = {row[0] for row in groups}
        assert named == {group_title(g) for g in {*area["now"], *area["wanted"]} - {"peer_worker"}}


def test_concerns_have_the_shares_of_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    matters = load_guidance(load()).concern_matters
    wanted: list[Cells] = []
    for concern in result["concerns"]:
        matter = matters[concern["id"]]
        people = sum(cell.get("n", 0) for cell in concern["groups"].values())
        both = [in_words(concern[of], people) for of in ("share_some", "share_serious")]
        wanted.append([matter[0].upper() + matter[1:], *both, None])
        for group, cell in concern["groups"].items():
            if "suppressed" in cell:
                wanted.append([group_title(group), cell["suppressed"], None, None])
            else:
                both = [in_words(cell[of], cell["n"]) for of in ("share_some", "share_serious")]
                wanted.append([group_title(group), *both, cell["n"]])
    assert list(rows(workbook["Concerns"])) == wanted
    answered = [row[2] for row in rows(workbook["Responses"])]
    responses = {response.id: response.title for response in load_guidance(load()).responses}
    assert answered == [
        responses[r] for concern in result["concerns"] for r in concern["responses"]
    ]


def test_gates_are_met_or_not_as_in_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    gates = load_guidance(load()).gates
    states = {row[1]: row[0] for row in rows(workbook["Gates"])}
    for gate in result["gates"]:
        state = states[gates[gate["id"]].title]
        if not gate["applies"]:
            assert state == "does not apply"
        elif gate["met"] or gate["answered"]:
            assert state == ("✓ in place" if gate["met"] else "– not in place")
        else:
            left_out = all("does not apply here" in reason for reason in gate["because"])
            assert state in {"not asked", *(() if left_out else ("? not answered yet",))}
    # This one asked everything that its facts leave: what is open was left out by them.
    assert "not asked" in states.values()


def test_the_recommendation_is_that_of_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    advice, offers = result["recommendation"], load_guidance(load()).offers
    coming = {offer["id"] for offer in advice["next"] if len(offer["fixes"]) <= 5}
    standing = {advice["start"]["id"]: "The start"}
    standing |= {offer["id"]: "Possible today" for offer in advice["open"]}
    standing |= {
        offer["id"]: "Comes next" if offer["id"] in coming else "Waits"
        for offer in advice["ruled_out"]
    }
    table = {row[1]: row for row in rows(workbook["Recommendation"])}
    points = {row[0]: [row[2]] for row in rows(workbook["Risk"]) if row[0]}
    title = ""
    for row in rows(workbook["Risk"]):
        title = row[0] or title
        if row[0] is None:
            points[title].append((row[2], row[3]))
    everything = [advice["start"], *advice["open"], *advice["ruled_out"]]
    assert len(table) == len(everything)
    for offer in everything:
        row = table[offers[offer["id"]].title]
        total = sum(point["points"] for point in offer["risk_points"])
        assert row[0] == standing[offer["id"]]
        assert offer["risk"] in row[3]
        assert row[4:6] == [total, offer["fit"]]
        reasons = [(point["points"], point["because"]) for point in offer["risk_points"]]
        assert points[offers[offer["id"]].title] == [total, *reasons]
    gates = load_guidance(load()).gates
    for offer in advice["ruled_out"]:
        why = table[offers[offer["id"]].title][6].lower()
        named = [gates[name].title.lower() for name in offer["blocked_by"] if name in gates]
        assert all(title in why for title in named), offer["id"]


def test_the_next_steps_are_the_fixes_of_the_json(
    workbook: Workbook, result: dict[str, Any]
) -> None:
    offers = load_guidance(load()).offers
    counted: dict[str, int] = {}
    title = ""
    for row in rows(workbook["Next steps"]):
        title = row[0] or title
        counted[title] = row[2]
    assert counted == {
        offers[offer["id"]].title: len(offer["fixes"])
        for offer in result["recommendation"]["next"]
        if len(offer["fixes"]) <= 5
    }


def test_an_action_says_who_who_else_and_what_to_read(workbook: Workbook) -> None:
    guidance = load_guidance(load())
    known = {action.title: action for action in guidance.actions.values()}
    sheet = workbook["Actions"]
    by_title = {row[1]: row for row in rows(sheet)}
    assert by_title and set(by_title) <= set(known)
    for title, row in by_title.items():
        action = known[title]
        assert row[4].split("\n") == [who for who in (action.who, action.who_else) if who]
        named = [guidance.resources[name] for name in action.resources]
        assert [resource.title in (row[8] or "") for resource in named] == [True] * len(named)
    assert any(known[title].who_else for title in by_title)
    assert any(known[title].resources for title in by_title)


def test_all_that_would_help_can_be_ticked_off_domain_by_domain(workbook: Workbook) -> None:
    sheet = workbook["All actions"]
    ticked = [row for row in rows(sheet) if row[0] == "☐"]
    domains = [row[1] for row in rows(sheet) if not row[0]]
    assert str(len(ticked)) in str(sheet["A2"].value)
    assert len({row[1] for row in ticked}) == len(ticked) > 100
    assert set(domains) <= {domain.title for domain in load().domains.values()}
    assert {row[1] for row in rows(workbook["Actions"])} <= {row[1] for row in ticked}


def test_statistics_are_those_of_the_json(workbook: Workbook, result: dict[str, Any]) -> None:
    table = found(workbook["Statistics"], "Statistics")
    for name, dimension in result["dimensions"].items():
        agreement, alpha = dimension["agreement"], dimension["alpha"]
        if not agreement and not alpha:
            assert titles()[name] not in table
            continue
        wanted = [dimension["score_by_respondents"]]
        wanted += [agreement["ad"], agreement["r_star_wg"]] if agreement else []
        wanted += [alpha["value"], *alpha["interval"], alpha["n"]] if alpha else []
        assert numbers(table[titles()[name]]) == wanted, name


def test_the_summary_says_the_headline_and_that_it_is_invented(
    workbook: Workbook, result: dict[str, Any]
) -> None:
    texts = [row[0].value for row in workbook["Summary"].iter_rows()]
    assert texts[1] == result["readiness"]["headline"]
    assert any("invented, a demonstration" in text for text in texts if text)
    counts = {
        row[0].value: int(count[1])
        for row in workbook["Summary"].iter_rows()
        if (count := re.fullmatch(r"(\d+) of \d+", str(row[1].value)))
    }
    assert counts == {group_title(g): n for g, n in result["respondents"].items()}
    for sheet in workbook.worksheets[:-1]:
        assert "(invented)" in sheet["A1"].value
        assert "(invented)" in str(sheet.oddHeader.right.text)


# -- hidden things -------------------------------------------------------------------------------


def bases() -> dict[str, Any]:
    return data(SCENARIOS / "bases.yaml")["bases"]


def written(organisation: dict[str, Any]) -> bytes:
    profile = organisations.evaluated(organisation)
    return write_workbook(report_of(profile))


def changed(**groups: Any) -> dict[str, Any]:
    return organisations.merged(bases()["ready_for_anything"], groups)


def test_a_hidden_groups_answers_change_no_cell() -> None:
    """Four peer workers are under the minimum: whatever they answer, the workbook is the same."""
    by_kind = [{"frequency": answer} for answer in ("never", "always")]
    low, high = (
        written(changed(groups={"peer_worker": {"people": 4, "by_kind": answers}}))
        for answers in by_kind
    )
    assert low == high


def test_where_nobody_can_be_shown_no_cell_holds_a_score() -> None:
    few = {group: {"people": 2} for group in ("service_user", "peer_worker")}
    few |= {group: {"people": 1} for group in ("staff", "manager", "board")}
    content = io.BytesIO(written(changed(groups=few, practices=None)))
    opened = openpyxl.load_workbook(content)
    assert opened.sheetnames == UNANSWERED
    for title in ("Groups", "Gaps", "Distributions", "Ladders", "Concerns", "Group figures"):
        for row in opened[title].iter_rows():
            # What practices show is the working group's answer; here it gave none.
            assert not numbers([cell.value for cell in row]), title
    # The risk of an offer rests on facts, not on what groups said: its chart is the only one left.
    assert charts_of(content).keys() <= {"Risk"}


def test_nobody_answered_anything() -> None:
    nothing = changed(
        groups=dict.fromkeys(("service_user", "peer_worker", "staff", "manager", "board")),
        practices=None,
    )
    opened = openpyxl.load_workbook(io.BytesIO(written(nothing)))
    assert opened.sheetnames == UNANSWERED
    assert opened["Summary"]["A2"].value.startswith("Too early to say")


# -- text is text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://example.org")', "+1", "-1+2", "@SUM(A1)", "\t=1", "#N/A", "R&D & <b>"],
)
def test_an_organisations_name_is_never_a_formula(name: str) -> None:
    packed = written(changed(context={"organisation": f"{name} House"}))
    parts = zipfile.ZipFile(io.BytesIO(packed))
    for part in parts.namelist():
        if part.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in parts.read(part)
            assert b"<f " not in parts.read(part)
    opened = openpyxl.load_workbook(io.BytesIO(packed))
    first = opened["Summary"]["A1"]
    assert first.data_type == "s"
    assert first.value.startswith(name.strip())
    if name[0] in "=+-@":
        assert first.quotePrefix


def test_signs_that_xml_cannot_hold_are_made_visible() -> None:
    packed = written(changed(context={"organisation": "Har\x00bour\x1b House \ufffe"}))
    opened = openpyxl.load_workbook(io.BytesIO(packed))
    # U+2400 and U+241B are the pictures of these two control characters.
    assert opened["Summary"]["A1"].value.startswith("Har\u2400bour\u241b House \ufffd")


# -- the file ------------------------------------------------------------------------------------


def test_the_same_results_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    context = folder / "context.yaml"
    done = run("evaluate", folder / "answers.csv", "--context", context, "--xlsx", again)
    assert done.exit_code == 0
    assert again.read_bytes() == (folder / "results.xlsx").read_bytes()


def test_the_document_says_what_it_is(workbook: Workbook, result: dict[str, Any]) -> None:
    assert workbook.properties.title == f"Readiness for peer work: {result['organisation']}"
    assert workbook.properties.language == "en-GB"


def test_every_sheet_reads_and_prints_well(workbook: Workbook) -> None:
    for sheet in workbook.worksheets[:-1]:
        assert sheet["A2"].value, sheet.title
        assert float(sheet["A2"].font.size) >= 16
        upright = sheet.title in ("Summary", "Concerns")
        assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        if sheet.title != "Summary":
            header = header_of(sheet)
            assert sheet.print_title_rows == f"${header}:${header}"


def test_charts_share_a_page_where_they_fit_and_none_is_cut(workbook: Workbook) -> None:
    """A4 less its margins; the tables' width decides how much a page is made smaller."""
    areas = {s.title: str(s.print_area).split(",") for s in workbook.worksheets[:-1]}
    pages = {title: len(areas[title]) - 1 for title in CHARTS}
    assert pages["Summary"] == pages["Ladders"] == 1
    assert pages["Distributions"] < CHARTS["Distributions"]
    for sheet in workbook.worksheets[:-1]:
        upright = sheet.page_setup.orientation == "portrait"
        margins = sheet.page_margins.top + sheet.page_margins.bottom
        room = (11.69 if upright else 8.27) - margins
        if upright:  # charts are 8.53 inches wide and have to fit in 7.27
            room *= 8.53 / 7.27
        for area in areas[sheet.title][1:]:
            first, last = map(int, re.findall(r"\$(\d+)", area))
            heights = (sheet.row_dimensions[n].height or 15 for n in range(first, last + 1))
            assert sum(heights) / 72 <= room, (sheet.title, area)


def test_numbers_behind_charts_and_links_are_not_printed(
    workbook: Workbook, by_office: Workbook
) -> None:
    assert workbook["Chart data"].sheet_state == "hidden"
    assert by_office["Chart data"].sheet_state == "hidden"
    summary = workbook["Summary"]
    last = int(re.findall(r"\$(\d+)", str(summary.print_area).split(",")[0])[-1])
    links = [row[0].row for row in summary.iter_rows() if row[0].hyperlink]
    assert links
    assert last < min(links)


def test_a_folder_that_is_not_there_leaves_no_file(folder: Path, tmp_path: Path) -> None:
    done = run(
        *("evaluate", folder / "answers.csv", "--json", tmp_path / "results.json"),
        *("--xlsx", tmp_path / "nowhere" / "results.xlsx"),
    )
    assert done.exit_code == 2
    assert "there is no folder" in done.stderr
    assert not list(tmp_path.iterdir())


def test_one_file_cannot_hold_both(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "results"
    done = run(
        "evaluate", folder / "answers.csv", "--json", out, "--xlsx", tmp_path / "." / "results"
    )
    assert done.exit_code == 2
    assert "name two files" in done.stderr
    assert not out.exists()


def test_the_answers_are_never_written_over(folder: Path) -> None:
    before = (folder / "answers.csv").read_bytes()
    done = run("evaluate", folder / "answers.csv", "--xlsx", folder / "answers.csv")
    assert done.exit_code == 2
    assert "it is read as input" in done.stderr
    assert (folder / "answers.csv").read_bytes() == before


# -- charts --------------------------------------------------------------------------------------


def chart_title(chart: Any) -> str:
    paragraphs = chart.title.tx.rich.paragraphs
    return " ".join(run.t for paragraph in paragraphs for run in paragraph.r or ())


def test_every_chart_says_its_finding_and_what_it_shows(folder: Path, charts: Charts) -> None:
    assert {title: len(of_sheet) for title, of_sheet in charts.items()} == CHARTS
    for chart in chain(*charts.values()):
        assert len(chart_title(chart)) > 15
    parts = zipfile.ZipFile(folder / "results.xlsx")
    described = [
        text
        for name in parts.namelist()
        if name.startswith("xl/drawings/drawing")
        for text in re.findall(r'descr="([^"]{40,})"', parts.read(name).decode("utf-8"))
    ]
    assert len(described) == sum(CHARTS.values())


def values_of(chart: Any) -> list[list[float]]:
    """The numbers that a chart carries, series by series, as the program that saved it saw them."""
    return [[float(point.v) for point in series.val.numRef.numCache.pt] for series in chart.series]


def test_libreoffice_opens_the_charts_with_their_numbers(
    office_charts: Charts, result: dict[str, Any]
) -> None:
    assert {title: len(of_sheet) for title, of_sheet in office_charts.items()} == CHARTS
    for title, of_sheet in office_charts.items():
        for chart in of_sheet:
            assert any(values_of(chart)), f"{title}: an empty chart"
    domains, dimensions = office_charts["Profile"]
    assert values_of(domains) == [[d["score"] for d in result["domains"].values()]]
    assert values_of(dimensions) == [[d["score"] for d in result["dimensions"].values()]]
    for chart in (domains, dimensions):
        assert chart.series[0].errBars is not None, "intervals are not drawn"
    (concerns,) = office_charts["Concerns"]
    assert values_of(concerns) == [
        [concern[share] for concern in result["concerns"]]
        for share in ("share_some", "share_serious")
    ]


def test_every_row_of_a_chart_has_its_label_and_its_value(
    charts: Charts, office_charts: Charts, result: dict[str, Any]
) -> None:
    for title, of_sheet in charts.items():
        assert all(chart.x_axis.tickLblSkip == 1 for chart in of_sheet), title
    labels = [
        [point.v for point in chart.series[0].cat.strRef.strCache.pt]
        for chart in office_charts["Profile"]
    ]
    assert labels == [
        [f"{titles()[name]}: {found['score']}" for name, found in result[kind].items()]
        for kind in ("domains", "dimensions")
    ]
    dimensions = charts["Profile"][1]
    # A label of 9 points needs a line of 10.
    points = dimensions.anchor.ext.height / 12700
    assert (points - 96) / len(result["dimensions"]) >= 10
    (risk,) = charts["Risk"]
    assert risk.series[0].dLbls.dLblPos == "outEnd"


def test_libreoffice_prints_every_sheet_without_an_empty_page(
    folder: Path, office_file: Path, office: Office, result: dict[str, Any]
) -> None:
    pages = PdfReader(office(folder / "results.xlsx", "pdf", office_file.parent)).pages
    texts = [page.extract_text() for page in pages]
    for title in SHEETS[:-1]:
        assert any(title in text for text in texts), f"{title} is not printed"
    words = " ".join(" ".join(texts).split())
    for name, dimension in result["dimensions"].items():
        assert f"{titles()[name]}: {dimension['score']}" in words, "a label was left out"
    assert all(len(text) > 60 for text in texts)
    assert not any("numbers that the charts are drawn from" in text for text in texts)
    assert len(pages) < 85
