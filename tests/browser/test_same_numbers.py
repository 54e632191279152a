"""The same numbers everywhere: what was tapped on phones is what screens, files and commands say.

A newcomer sets an assessment up, three groups of four answer on small phones, the working group
answers five practices; then everything that tells numbers is held against everything else, and
against what is worked out by hand here from the answers of ``newcomer``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from assessment.report.terms import BAND_TITLES
from assessment.services.content import loaded
from assessment.services.rounds.overview import chosen
from assessment.services.working_group.agreed_answers import agree
from assessment.store import open_store
from questionnaires.phrases import upper
from tests.support.browser import newcomer
from tests.support.browser.figures import Dashboard, downloaded, everything, read, sheet, table
from tests.support.browser.looks import STANDS, WAIT
from tests.support.browser.newcomer import GROUPS, PEOPLE, Opened, at_desktop
from tests.support.filling_in import fill
from tests.support.places import ROOT
from tests.support.running_app import RunningApp, running_app
from tests.support.working_group import round_of

LIBRARY = loaded.library()
DIMENSIONS = {dimension.title: dimension.id for dimension in LIBRARY.dimensions.values()}
DOMAINS = {domain.title: domain.id for domain in LIBRARY.domains.values()}
CONCERNS = {upper(matter): concern for concern, matter in loaded.guidance().concern_matters.items()}
#: Shares of a few people, as they are told.
SHARES_IN_WORDS = {0.0: "nobody", 0.3: "about a third", 0.5: "about half", 0.8: "most"}
#: Who runs the round, as ``newcomer`` set it up.
TEAM = (
    "✓  Six people ran this round, two of them with lived experience.",
    "✓  Members with lived experience were paid for their time.",
    "✓  Two members hold the keys, one of them with lived experience.",
)
TITLED = {title: group for group, (title, _) in GROUPS.items()}


def command(app: RunningApp, *arguments: str | Path) -> None:
    """Run the command line as people do, on the database of the app."""
    done = subprocess.run(
        [sys.executable, "-m", "assessment", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"ASSESSMENT_DATABASE_URL": app.database_url},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Journey:
    """Everything that says the numbers of one assessment."""

    screen: Dashboard
    result: dict[str, Any]
    book: Path
    exported: dict[str, Any]
    exported_book: Path
    filled_in: dict[str, Any]


def from_workbooks(app: RunningApp, empty: bytes, folder: Path) -> dict[str, Any]:
    """The service users' answers once more, in workbooks that are filled in without the app."""
    (folder / "back").mkdir()
    for person in range(PEOPLE):
        filled = fill(empty, LIBRARY, newcomer.values("service_user", person))
        (folder / "back" / f"service_user-{person}.xlsx").write_bytes(filled)
    context, result = folder / "context.yaml", folder / "offline.json"
    command(app, "evaluate", folder / "back", "--context", context, "--json", result)
    return json.loads(result.read_text(encoding="utf-8"))


def agree_on_the_rest(app: RunningApp, opened: Opened) -> None:
    """Whatever else the working group is asked is partly in place, except for space: so every
    domain has a score, and the whole a band."""
    store = open_store(app.database_url)
    try:
        record = chosen(store, opened.name)
        assert record is not None
        round_ = round_of(store, record)
        for item in round_.questions:
            if not item.startswith("space."):
                agree(store, round_, item, "partly", "", after=0)
    finally:
        store.close()


@pytest.fixture(scope="module")
def journey(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("journey")
    with (
        running_app(folder / "app") as app,
        at_desktop(browser, app.address) as page,
    ):
        opened = newcomer.set_up(page)
        newcomer.everybody_answers(app, browser, opened, newcomer.ON_A_PHONE)
        newcomer.agree(page, opened)
        agree_on_the_rest(app, opened)
        page.goto(f"/overview?assessment={opened.name}")
        page.get_by_text("Other ways to invite: Service users").click()
        page.wait_for_function(STANDS)  # it opens gently, and its buttons move
        workbook = "Workbook to fill in offline: Service users"
        empty = downloaded(page, workbook, folder).read_bytes()
        newcomer.close(app, opened)
        newcomer.publish(page, opened)
        page.goto("/")
        page.get_by_role("link", name="Results: Beacon Street, Our first round").click()
        expect(page.locator("#take-away")).to_be_attached(timeout=WAIT)
        screen = read(page)
        data = downloaded(page, "Results as data (JSON)", folder)
        book = downloaded(page, "Results as an Excel workbook", folder)
        answers, context = folder / "answers.csv", folder / "context.yaml"
        exported, exported_book = folder / "exported.json", folder / "exported.xlsx"
        command(app, "answers", answers, "--context", context)
        command(
            app, "evaluate", answers, "--context", context, "--json", exported, "--xlsx",
            exported_book,
        )  # fmt: skip
        yield Journey(
            screen,
            json.loads(data.read_text(encoding="utf-8")),
            book,
            json.loads(exported.read_text(encoding="utf-8")),
            exported_book,
            from_workbooks(app, empty, folder),
        )


def as_text(value: int | None) -> str:
    return "" if value is None else str(value)


def ends(interval: list[int] | None) -> list[int | None]:
    return [None, None] if interval is None else [*interval]


# -- worked out by hand ---------------------------------------------------------------------------


def test_shared_decisions_is_what_one_works_out_by_hand(journey: Journey) -> None:
    """Never 0, not often 25, sometimes 50, often 75, always 100; a person's score is the mean of
    what they answered, if that is at least half.

    Service users  010 → 8.33   1k1 → 25     2-1 → 37.5   1k0 → 12.5    mean 20.83 → 21
    Staff          332 → 66.67  433 → 83.33  23k → 62.5   333 → 75      mean 71.88 → 72
    Managers       444 → 100    433 → 83.33  344 → 91.67  344 → 91.67   mean 91.67 → 92

    So few people's deviations are not told, and 30 stands in their place, with 1.96. Intervals:
    service users 21 ± 1.96 · 30/√4 · √(1 - 4/9) = 21 ± 21.9, cut at 0; staff 72 ± 1.96 · 30/√4 ·
    √(1 - 4/12) = 72 ± 24.0; all four managers answered: 92 itself.

    Total: half for lived experience, a quarter each for staff and managers:
    21/2 + 72/4 + 92/4 = 51.5 → 52; by people (21 + 72 + 92)/3 = 61.67 → 62. Its interval:
    51.5 ± 1.96 · √((1/2)² · 30²/4 · 5/9 + (1/4)² · 30²/4 · 2/3) = 51.5 ± 12.5.
    "I don't know": 3 of 35 answers (36 questions, one left open) = 9 % → 10 %.
    """
    found = journey.result["dimensions"]["shared_decisions"]
    expected = {
        "service_user": {"score": 21, "interval": [0, 43], "n": 4, "sd": None},
        "staff": {"score": 72, "interval": [48, 96], "n": 4, "sd": None},
        "manager": {"score": 92, "interval": [92, 92], "n": 4, "sd": None},
    }
    for group, figures in expected.items():
        assert found["groups"][group].items() >= figures.items()
    assert (found["score"], found["score_by_respondents"], found["n"]) == (52, 62, 12)
    assert found["dont_know"] == 0.1
    reach = 1.96 * 30 / 2 * ((1 / 2) ** 2 * 5 / 9 + (1 / 4) ** 2 * 2 / 3) ** 0.5
    assert found["interval"] == [round(51.5 - reach), round(51.5 + reach)] == [39, 64]


def test_what_the_working_group_agreed_is_what_one_works_out_by_hand(journey: Journey) -> None:
    """In place 100; not agreed between planned and partly counts as planned, 15; partly 50; one is
    unknown; planned 15: (100 + 15 + 50 + 15)/4 = 45, one of four with a note, 1 of 5 unknown.
    """
    found = journey.result["dimensions"]["space"]
    assert (found["score"], found["interval"], found["basis"]) == (45, None, "agreed")
    assert found["shown"] == {"with_note": 1, "agreed": 4}
    assert found["dont_know"] == 0.2


def test_a_group_with_three_scores_is_not_shown(journey: Journey) -> None:
    """Of the service users three answered at least half of the questions on information; the other
    left all open. Staff 100, 75, 83.33, 91.67 → 88; managers 100, 100, 91.67, 100 → 98; one side
    alone counts in full: (88 + 98)/2 = 93."""
    found = journey.result["dimensions"]["equal_information"]
    assert found["groups"]["service_user"] == {"suppressed": "fewer than 4 scored answers"}
    assert [found["groups"][group]["score"] for group in ("staff", "manager")] == [88, 98]
    assert found["score"] == 93
    row = next(row for row in journey.screen.groups if row[0] == "Equal information")
    assert row[1] == "not shown: fewer than 4 scored answers"


def test_shares_of_concerns_are_what_one_works_out_by_hand(journey: Journey) -> None:
    """Some or serious, and serious, of those who answered, to the nearest 10 %.

    A peer worker might tell others: users 2 1 0 1 → 3/4 and 1/4. The job might be too stressful:
    staff 2 1 2 0 → 3/4 and 2/4. Confidentiality: staff 2 0 0 0 → 1/4 and 1/4. One of the managers
    left the list open, so that it is not shown what the other three ticked. What nobody ticked in
    a list with other ticks is no concern to them.
    """
    found = {concern["id"]: concern["groups"] for concern in journey.result["concerns"]}

    def cell(some: float, serious: float) -> dict[str, float]:
        return {"share_some": some, "share_serious": serious, "n": 4}

    few = {"suppressed": "fewer than 4 answers"}
    assert found["concern.kept_private"] == {"service_user": cell(0.8, 0.3)}
    assert found["concern.pushed"] == {"service_user": cell(0.0, 0.0)}
    assert found["concern.fragile"] == {"staff": cell(0.8, 0.5), "manager": few}
    assert found["concern.confidentiality"] == {"staff": cell(0.3, 0.3), "manager": few}


# -- the same in every place ----------------------------------------------------------------------


def test_the_dashboards_data_is_what_evaluate_says_of_the_export(journey: Journey) -> None:
    """But for what people wrote, which no export has."""
    few = {"suppressed": "fewer than 4 answers"}
    assert journey.result.pop("own_words") == {"buyin.what_would_help": few}
    assert journey.exported.pop("own_words") == {}
    assert journey.result == journey.exported
    assert journey.result["respondents"] == dict.fromkeys(GROUPS, PEOPLE)


def test_both_workbooks_hold_the_same(journey: Journey) -> None:
    """Every cell of every sheet; but only the app knows the hour of the end, and who runs the
    round."""
    workbook, exported = everything(journey.book), everything(journey.exported_book)
    who = next(
        row for row in workbook["Summary"] if str(row[0]).startswith("12 of 25 people answered")
    )
    # The app knows the hour of the end as well, a file its day alone.
    who[0] = re.sub(r", until \w+ (\d+ \w+ \d+), .+ \(.+\)", r", until \1", who[0])
    for line in TEAM:
        workbook["Working group"].remove([line])
    # What people wrote is in no export.
    del workbook["Own words"]
    workbook["Summary"] = [
        row for row in workbook["Summary"] if not str(row[0]).startswith("Own words:")
    ]
    assert workbook == exported
    assert len(workbook) == 20  # nineteen sheets, and the one that the charts draw from


def test_the_screen_says_the_same_headline_and_people(journey: Journey) -> None:
    result, screen = journey.result, journey.screen
    assert screen.meta.startswith("Beacon Street · 12 of 25 people answered (48%), until ")
    assert screen.respondents[1:] == [
        [title, f"{PEOPLE} of {heads}", "yes"] for title, heads in GROUPS.values()
    ]
    assert " ".join(screen.headline.split()) == f"{result['readiness']['headline'].rstrip('.')}."
    assert screen.band == BAND_TITLES[result["readiness"]["band"]]
    assert result["readiness"]["score"] == min(
        found["score"] for found in result["domains"].values() if found["score"] is not None
    )


def test_the_screens_domains_and_dimensions_are_the_same(journey: Journey) -> None:
    domains = {
        DOMAINS[name]: (score, low, high, band)
        for name, score, low, high, band, _ in journey.screen.domains[1:]
    }
    assert domains == {
        name: (
            as_text(found["score"]),
            *map(as_text, ends(found["interval"])),
            BAND_TITLES[found["band"]],
        )
        for name, found in journey.result["domains"].items()
        if found["score"] is not None
    }
    dimensions: dict[str, tuple[str, ...]] = {}
    domain = ""
    for row in journey.screen.dimensions[1:]:
        if row[0] in DOMAINS:
            domain = row[0]
        elif row[1]:
            dimensions[DIMENSIONS[row[0]]] = (domain, *row[1:4], row[6])
    assert dimensions == {
        name: (
            LIBRARY.domains[LIBRARY.dimensions[name].domain].title,
            as_text(found["score"]),
            *map(as_text, ends(found["interval"])),
            f"{found['dont_know']:.0%}",
        )
        for name, found in journey.result["dimensions"].items()
        if found["score"] is not None
    }


def test_the_screens_groups_and_gaps_are_the_same(journey: Journey) -> None:
    names = [TITLED[title] for title in journey.screen.groups[0][1:4]]
    cells = {
        (DIMENSIONS[row[0]], group): int(text)
        for row in journey.screen.groups[1:]
        for group, text in zip(names, row[1:4], strict=False)
        if text.isdecimal()
    }
    assert cells == {
        (name, group): cell["score"]
        for name, found in journey.result["dimensions"].items()
        for group, cell in found["groups"].items()
        if "score" in cell
    }
    assert len(cells) == 3 * 8 - 1  # eight dimensions by three groups, one hidden
    gaps = [
        (DIMENSIONS[row[0]], TITLED[row[1]], TITLED[row[2]], int(row[3]))
        for row in journey.screen.gaps[1:]
    ]
    assert gaps == [
        (gap["dimension"], gap["high"], gap["low"], gap["difference"])
        for gap in journey.result["gaps"]
    ]
    assert ("shared_decisions", "manager", "service_user", 92 - 21) in gaps


def shares(concerns: list[dict[str, Any]]) -> list[tuple[str, str, Any, Any]]:
    """Each concern and group with its shares, in the order told; None where it is not shown."""
    return [
        (concern["id"], group, cell.get("share_some"), cell.get("share_serious"))
        for concern in concerns
        for group, cell in concern["groups"].items()
    ]


@pytest.mark.parametrize("form", ["screen", "workbook"])
def test_concerns_are_the_same(journey: Journey, form: str) -> None:
    found, concern = [], ""
    book = table(sheet(journey.book, "Concerns"))
    for title, some, serious, _ in journey.screen.concerns[1:] if form == "screen" else book:
        if title in CONCERNS:
            concern = CONCERNS[title]
            continue
        found.append((concern, TITLED[title], some, serious or None))
    assert sorted(found, key=str) == sorted(
        (
            (concern, group, "fewer than 4 answers", None)
            if some is None
            else (concern, group, SHARES_IN_WORDS[some], SHARES_IN_WORDS[serious])
            for concern, group, some, serious in shares(journey.result["concerns"])
        ),
        key=str,
    )
    # The lists of the service users, and of staff and managers.
    assert len({concern for concern, *_ in found}) == 6 + 10


def test_the_workbook_holds_the_same_scores(journey: Journey) -> None:
    found: dict[str, tuple[Any, ...]] = {}
    for title, score, low, high, *_ in table(sheet(journey.book, "Profile")):
        name = DOMAINS.get(title) or DIMENSIONS[title]
        found[name] = (score, low, high)
    result = journey.result
    assert {name: entry for name, entry in found.items() if entry[0] is not None} == {
        name: (entry["score"], *ends(entry["interval"]))
        for name, entry in (*result["domains"].items(), *result["dimensions"].items())
        if entry["score"] is not None
    }


def test_the_workbook_holds_the_same_groups_and_gaps(journey: Journey) -> None:
    found = sheet(journey.book, "Groups")
    first = int(re.sub(r"\D", "", str(found.freeze_panes)))
    names = [TITLED[str(cell.value)] for cell in found[first - 1][1:4]]
    cells = {
        (DIMENSIONS[row[0]], group): score
        for row in table(found)
        for group, score in zip(names, row[1:4], strict=True)
        if isinstance(score, int)
    }
    dimensions = journey.result["dimensions"]
    assert cells == {
        (name, group): cell["score"]
        for name, entry in dimensions.items()
        for group, cell in entry["groups"].items()
        if "score" in cell
    }
    gaps = [
        (DIMENSIONS[row[0]], TITLED[row[1]], TITLED[row[2]], *row[3:6])
        for row in table(sheet(journey.book, "Gaps"))
    ]
    assert gaps == [
        (gap["dimension"], gap["high"], gap["low"], gap["difference"], *ends(gap["interval"]))
        for gap in journey.result["gaps"]
    ]


def test_workbooks_filled_in_without_the_app_give_the_groups_same_scores(journey: Journey) -> None:
    assert journey.filled_in["respondents"] == {"service_user": PEOPLE}
    groups = {
        name: found["groups"]["service_user"]
        for name, found in journey.filled_in["dimensions"].items()
        if "service_user" in found["groups"]
    }
    assert groups == {
        name: found["groups"]["service_user"]
        for name, found in journey.result["dimensions"].items()
        if "service_user" in found["groups"]
    }
    assert groups["shared_decisions"]["score"] == 21
