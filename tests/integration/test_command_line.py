"""The command line keeps its contract: what is printed, what is written, and how each command ends.

``evaluate`` and its kin are mostly run within this process; what depends on the process itself
(imports, encodings, broken content) is run as other programs would.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

import assessment.__main__ as command_line
import assessment.cli.serve as serve_command
import assessment.services.results.evaluation as service
from assessment.exchange.answers.context_file import read_context
from assessment.report.headline import headline
from assessment.services.access import accounts, own_sign_in
from assessment.services.respondents import answering
from assessment.services.results import answer_files
from assessment.services.rounds import audit
from assessment.settings import settings
from assessment.store import Store, open_store
from assessment.store.records import AccountRecord, OrganisationRecord
from questionnaires.library import load
from questionnaires.model import SCORED_KINDS, SPECIAL_CODES
from tests.support import shapes
from tests.support.assessments import opened
from tests.support.clock import set_clock
from tests.support.files import demo, run
from tests.support.places import PACKS, ROOT
from tests.support.publishing import published
from tests.support.respondents import begun, draft_of, first_answer
from tests.support.running_app import running_app

CONTRACT_KEYS = {
    *("questionnaire", "item", "dimension", "domain", "kind"),
    *("groups", "options", "text", "source"),
}
RESULT_KEYS = {
    *("organisation", "respondents", "readiness", "domains", "dimensions", "gaps", "ladder"),
    *("concerns", "gates", "recommendation", "quality"),
}


def python(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    """Run Python as another program would; output as bytes."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demonstration's answers and context, as its command writes them."""
    folder = tmp_path_factory.mktemp("demo")
    out, context = folder / "answers.csv", folder / "context.yaml"
    assert run("demo", out, "--context", context).exit_code == 0
    return out, context


@pytest.fixture(scope="module")
def result(files: tuple[Path, Path]) -> dict[str, Any]:
    """The demonstration's result."""
    answers, context = files
    return json.loads(run("evaluate", answers, "--context", context, "--json", "-").stdout)


# -- items -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def items() -> list[dict[str, Any]]:
    done = run("items", "--json")
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_items_have_the_keys_of_the_contract(items: list[dict[str, Any]]) -> None:
    added = {"steps", "area", "situation", "aspect", "minimum", "maximum", "tags"}
    added |= {"forms", "asked_if", "asked_if_of", "steps_of", "whole", "unit"}
    for item in items:
        assert item.keys() == CONTRACT_KEYS | added


def test_items_are_all_items_once(items: list[dict[str, Any]]) -> None:
    ids = [item["item"] for item in items]
    assert ids == list(load().items)
    assert len(set(ids)) == len(ids)


def test_items_have_kinds_and_groups_that_there_are(items: list[dict[str, Any]]) -> None:
    kinds = {item["kind"] for item in items}
    assert kinds == {
        *("frequency", "agreement", "practice", "rung_now", "rung_wanted", "concern"),
        *("choice", "choices", "number", "boundary", "text"),
    }
    groups = {"service_user", "peer_worker", "staff", "manager", "board", "working_group"}
    for item in items:
        assert item["groups"]
        assert set(item["groups"]) <= groups


def test_items_measure_a_dimension_or_none(items: list[dict[str, Any]]) -> None:
    for item in items:
        scored = item["kind"] in SCORED_KINDS
        assert (item["dimension"] is not None) == scored
        assert (item["domain"] is not None) == scored


def test_every_option_code_of_an_item_stands_once(items: list[dict[str, Any]]) -> None:
    for item in items:
        codes = [option["code"] for option in item["options"]]
        assert len(set(codes)) == len(codes), item["item"]
        assert bool(set(codes) - set(SPECIAL_CODES)) == (item["kind"] not in ("number", "text"))
        for option in item["options"]:
            assert option.keys() == {"code", "label", "score"}
            assert option["label"].strip()


def test_scored_items_score_every_option_that_is_no_special_code(
    items: list[dict[str, Any]],
) -> None:
    for item in items:
        scores = [o["score"] for o in item["options"] if o["code"] not in SPECIAL_CODES]
        special = [o["score"] for o in item["options"] if o["code"] in SPECIAL_CODES]
        assert not any(score is not None for score in special)
        if item["kind"] in SCORED_KINDS:
            assert (scores[0], scores[-1]) == (0, 100)
            assert scores == sorted(scores)
        elif item["kind"] != "rung_wanted":
            assert not any(score is not None for score in scores)


def test_items_name_their_wording_for_each_audience_and_their_source(
    items: list[dict[str, Any]],
) -> None:
    audiences = {"default", "lived_experience", "organisation", *load().sides, "working_group"}
    documents = set(load().sources)
    for item in items:
        assert item["text"]
        assert item["text"].keys() <= audiences
        assert all(sentence.strip() for sentence in item["text"].values())
        assert item["source"]
        for source in item["source"]:
            assert source["document"] in documents
            assert source["section"].strip()


def test_items_as_text_names_every_item_with_its_answers(items: list[dict[str, Any]]) -> None:
    done = run("items")
    assert done.exit_code == 0
    for item in items:
        assert f"\n  {item['item']}  [" in done.stdout
    assert "answers: never, not_often, sometimes, often, always, dont_know" in done.stdout
    assert "asked of: working_group" in done.stdout


def test_items_lists_own_questionnaires_beside_the_built_in_ones(tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    shutil.copy(PACKS / "text.yaml", more)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(PACKS / "facts.yaml", other)
    done = run("items", "--json", "--questionnaires", more, "--questionnaires", other)
    listed = {item["item"] for item in json.loads(done.stdout)}
    assert {"words.anything", "house.chairs", "fit.pay"} <= listed


# -- evaluate ----------------------------------------------------------------------------------


def test_the_result_has_the_shape_of_the_contract(result: dict[str, Any]) -> None:
    assert result.keys() >= RESULT_KEYS
    shapes.check(result)


def test_json_is_written_to_a_file_as_it_is_printed(
    files: tuple[Path, Path], result: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "result.json"
    answers, context = files
    done = run("evaluate", answers, "--context", context, "--json", out)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert json.loads(out.read_text(encoding="utf-8")) == result
    assert list(tmp_path.iterdir()) == [out]


def test_the_same_answers_give_the_same_bytes(files: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for out in (first, second):
        assert run("evaluate", files[0], "--json", out).exit_code == 0
    assert first.read_bytes() == second.read_bytes()


def test_without_an_output_a_summary_is_printed(
    files: tuple[Path, Path], result: dict[str, Any]
) -> None:
    answers, context = files
    done = run("evaluate", answers, "--context", context)
    assert (done.exit_code, done.stderr) == (0, "")
    summary = " ".join(done.stdout.split())
    assert result["readiness"]["headline"] in summary
    assert summary.startswith("Harbour House (invented).")
    assert not summary.startswith("{")


def test_the_context_sets_organisation_minimum_and_head_counts(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    context = tmp_path / "context.yaml"
    context.write_text(
        "organisation: Café Zürich\nminimum_group_size: 17\n"
        # Staff stand together with both: a head count of each is what lets its replies be told.
        "eligible: {staff: 100, manager: 20, board: 20}\n",
        encoding="utf-8",
    )
    result = json.loads(run("evaluate", files[0], "--context", context, "--json", "-").stdout)
    # Whatever it is called, the answers of the demonstration are known as invented.
    assert result["organisation"] == "Café Zürich (invented)"
    assert "suppressed" in result["dimensions"]["shared_decisions"]["groups"]["staff"]
    low = [flag["detail"] for flag in result["quality"] if flag["flag"] == "low_response"]
    assert any(detail.startswith("Staff: 15 of 100 people") for detail in low), low


def test_more_replies_than_heads_are_reported_and_hide_nothing(
    files: tuple[Path, Path], result: dict[str, Any], tmp_path: Path
) -> None:
    """Fifteen staff and three peer workers replied. So few peer workers are not counted: nobody is
    told how many of them there are, also where they are more than expected."""
    context = tmp_path / "context.yaml"
    heads = "{service_user: 24, peer_worker: 2, staff: 14, manager: 7, board: 8}"
    context.write_text(f"eligible: {heads}\n", encoding="utf-8")
    done = run("evaluate", files[0], "--context", context, "--json", "-")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    flags = [f["detail"] for f in found["quality"] if f["flag"] == "more_than_eligible"]
    assert flags[0].startswith("Peer workers: more people answered than there should be.")
    assert flags[1].startswith("Staff: 15 people answered, and there should be about 14.")
    lines = done.stderr.splitlines()
    assert [line.removeprefix("Please check the head counts. ") for line in lines] == flags
    # All of the staff count as heard, so that their range is their score.
    cell = found["dimensions"]["shared_decisions"]["groups"]["staff"]
    assert cell["interval"] == [cell["score"]] * 2
    assert cell["score"] == result["dimensions"]["shared_decisions"]["groups"]["staff"]["score"]


def test_several_folders_of_questionnaires_are_read(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    folders: list[str | Path] = []
    for name in ("frequency", "text"):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(PACKS / f"{name}.yaml", folder)
        folders += ["--questionnaires", folder]
    answers = tmp_path / "answers.csv"
    rows = files[0].read_text(encoding="utf-8")
    for number in range(5):
        rows += f"extra-{number},staff,own-frequency,meetings.plain_words,always\n"
        rows += f"extra-{number},staff,own-text,words.anything,=1+1\n"
    answers.write_text(rows, encoding="utf-8")
    without = run("evaluate", answers, "--json", "-")
    assert "there is no item 'meetings.plain_words'" in without.stderr
    assert "fair_meetings" not in json.loads(without.stdout)["dimensions"]
    done = run("evaluate", answers, "--json", "-", *folders)
    assert json.loads(done.stdout)["dimensions"]["fair_meetings"]["score"] == 100


def test_a_table_with_one_row_a_person_is_read_as_a_file_says(tmp_path: Path) -> None:
    survey, columns = tmp_path / "survey.csv", tmp_path / "columns.yaml"
    rows = "".join(f"{n};Staff;Always\n" for n in range(6))
    survey.write_text(f"Who;Role;Are you listened to?\n{rows}", encoding="cp1252")
    before = run("evaluate", survey, "--json", "-")
    assert before.exit_code == 2 and "with one row a person" in before.stderr
    columns.write_text(
        "respondent: Who\ngroup: Role\nitems:\n  valued_input.listened_to: Are you listened to?\n",
        encoding="utf-8",
    )
    done = run("evaluate", survey, "--columns", columns, "--json", "-")
    assert done.stderr.splitlines() == [
        "Read as semicolons, UTF-8.",
        "Read as one row a person, with 1 question.",
    ]
    assert json.loads(done.stdout)["respondents"] == {"staff": 6}
    assert run("evaluate", survey, "--columns", columns, "--json", columns).exit_code == 2


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda folder: folder, "it is a folder or a device, not a file"),
        (lambda folder: folder / "nowhere" / "out.json", "there is no folder"),
        (lambda folder: folder / "answers.csv" / "out.json", "there is no folder"),
        (lambda folder: folder / ("x" * 300), "file name too long"),
        (lambda folder: folder / "answers.csv", "it is read as input; choose another name"),
        (lambda folder: folder / "link.csv", "it is read as input; choose another name"),
        (lambda folder: Path(os.devnull), "it is a folder or a device, not a file"),
    ],
    ids=["folder", "no folder", "in a file", "too long", "the answers", "a link to them", "device"],
)
def test_an_output_that_cannot_be_written_ends_with_2(
    make: Any, expected: str, files: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copy(files[0], tmp_path)
    (tmp_path / "link.csv").symlink_to(tmp_path / "answers.csv")
    before = sorted(tmp_path.iterdir())
    done = run("evaluate", tmp_path / "answers.csv", "--json", make(tmp_path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert expected in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "answers.csv").read_bytes() == files[0].read_bytes()


def test_an_output_replaces_what_a_link_leads_to_and_keeps_its_mode(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    target, link = tmp_path / "result.json", tmp_path / "latest.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run("evaluate", files[0], "--json", link).exit_code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["respondents"]
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "arguments",
    [("evaluate",), ("evaluate", "a.csv", "--jsn", "-"), ("evaluat",), ("demo",), ("serve", "x")],
)
def test_a_command_that_is_misspelt_ends_with_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


# -- demo --------------------------------------------------------------------------------------


def test_demo_writes_the_same_bytes_in_every_process(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    out, context = tmp_path / "answers.csv", tmp_path / "context.yaml"
    command = ("-m", "assessment", "demo", str(out), "--context", str(context))
    assert python(*command, PYTHONHASHSEED="1").returncode == 0
    assert out.read_bytes() == files[0].read_bytes()
    assert context.read_bytes() == files[1].read_bytes()


def test_demo_says_that_it_is_invented(files: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("demo", tmp_path / "answers.csv")
    assert "Harbour House, an invented organisation" in done.stdout
    context = files[1].read_text(encoding="utf-8")
    assert context.startswith("# Harbour House is invented.")
    assert yaml.safe_load(context)["organisation"] == "Harbour House"


def test_demo_evaluates_with_its_context_and_is_what_the_app_shows(
    files: tuple[Path, Path], result: dict[str, Any]
) -> None:
    demonstration = demo()
    heads = yaml.safe_load(files[1].read_text(encoding="utf-8"))["eligible"]
    assert heads == demonstration.context.eligible
    found = service.evaluate(demonstration.table, demonstration.context, name="demo")
    assert result["readiness"]["headline"] == " ".join(headline(found.profile))
    assert result["respondents"] == dict(found.profile.respondents)
    assert result["organisation"] == found.profile.organisation == "Harbour House (invented)"


def test_demo_writes_both_files_or_none(tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    out.write_text("what was there before", encoding="utf-8")
    done = run("demo", out, "--context", tmp_path / "nowhere" / "context.yaml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no folder" in done.stderr
    assert out.read_text(encoding="utf-8") == "what was there before"
    assert list(tmp_path.iterdir()) == [out]


def test_demo_refuses_one_name_for_two_files(tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    done = run("demo", out, "--context", out)
    assert done.exit_code == 2
    assert "name two files" in done.stderr
    assert not out.exists()


# -- check and serve ---------------------------------------------------------------------------


def test_check_counts_what_fits_together() -> None:
    done = run("check")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Everything fits together: 6 questionnaires with ")
    assert done.stdout.count("\n") == 1


def test_serve_checks_the_content_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    class Started:
        def __init__(self, command: list[str], **_: Any) -> None:
            started.append(command)

        def wait(self) -> int:
            return 0

    check = importlib.import_module("assessment.services.content.check")
    monkeypatch.setattr(serve_command.subprocess, "Popen", Started)
    with monkeypatch.context() as broken:
        broken.setattr(check, "check_content", lambda folders: (["gates.yaml:1: wrong"], ""))
        done = run("serve")
        assert (done.exit_code, done.stderr, started) == (2, "gates.yaml:1: wrong\n", [])
    assert run("serve", "--port", "8600").exit_code == 0
    assert started[0][-2:] == ["--server.port", "8600"]
    assert any(Path(part).name == "app.py" and Path(part).is_absolute() for part in started[0])


def test_the_app_ends_with_the_command_that_started_it(tmp_path: Path) -> None:
    with running_app(tmp_path) as app:
        os.kill(app.process, signal.SIGTERM)
        place = (
            app.address.removeprefix("http://").split(":")[0],
            int(app.address.rsplit(":", 1)[1]),
        )
        for _ in range(100):
            with socket.socket() as visitor:
                if visitor.connect_ex(place) != 0:
                    return
            time.sleep(0.1)
        pytest.fail("the app still answers")


def test_the_collected_answers_are_written_with_their_context(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}"
    store = open_store(url)
    record = opened(store)
    token = begun(store, record)
    draft = draft_of(store, token)
    ((item, value),) = first_answer(draft).items()
    answering.save(store, draft, {item: value})
    answering.hand_in(store, token)
    with store.write() as work:
        work.agreed.put(record.id, "fit.budget", "1.125", "", after=0, on=date(2026, 5, 1))
        work.commit()
    published(store, record)
    store.close()
    out, context = tmp_path / "answers.csv", tmp_path / "context.yaml"
    out.touch(mode=0o644)
    command = ["answers", str(out), "--context", str(context)]
    done = python("-m", "assessment", *command, ASSESSMENT_DATABASE_URL=url)
    assert done.returncode == 0, done.stderr.decode()
    header, row, agreed = out.read_text(encoding="utf-8-sig").splitlines()
    assert out.stat().st_mode & 0o777 == 0o600
    assert header == "respondent,group,questionnaire,item,value"
    # A number that would be read in two ways has a nought more.
    assert agreed == "working-group,working_group,programme-fit,fit.budget,1.1250"
    assert row.endswith(f",{item},{value}") and ",staff," in row
    assert read_context(context)[0].eligible == {"service_user": 12, "staff": 12, "manager": 12}


def test_several_assessments_are_told_apart_by_their_title(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}"
    store = open_store(url)
    published(store, opened(store, title="Spring"))
    opened(store, title="Autumn")
    store.close()
    out = tmp_path / "answers.csv"
    done = python("-m", "assessment", "answers", str(out), ASSESSMENT_DATABASE_URL=url)
    assert done.returncode == 2 and "'Autumn', 'Spring'" in done.stderr.decode()
    assert not out.exists()
    early = ["answers", str(out), "--assessment", "Autumn"]
    done = python("-m", "assessment", *early, ASSESSMENT_DATABASE_URL=url)
    assert done.returncode == 2 and "not published yet" in done.stderr.decode()
    named = ["answers", str(out), "--assessment", "Spring"]
    assert python("-m", "assessment", *named, ASSESSMENT_DATABASE_URL=url).returncode == 0


# -- sign-in-link ------------------------------------------------------------------------------

HOUR = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = "apple river lamp stone"


def printed(*arguments: str) -> tuple[str, str]:
    """The token of the link that is printed, and what is said of it."""
    done = run("sign-in-link", *arguments)
    assert done.exit_code == 0, done.stderr
    address, token = done.stdout.strip().rsplit("/account/", 1)
    assert address == "http://127.0.0.1:8501"
    return token, done.stderr


def test_a_printed_link_says_for_whom_it_is_and_until_when_and_stands_in_the_log(
    installed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, HOUR)
    until = "It works once, until Monday 9 March 2026, 9am (London time)."
    first, said = printed()
    assert f"This link is for the first account here. {until}" in said
    assert "If the app is open under another address than http://127.0.0.1:8501" in said
    accounts.use_link(
        installed, first, name="mary", passphrase=GOOD, again=GOOD, organisation="Willow Street"
    )
    coordinator, said = printed()
    assert f"This link is for a coordinator of Willow Street. {until}" in said
    accounts.use_link(installed, coordinator, name="kim", passphrase=GOOD, again=GOOD)
    passphrase, said = printed("--name", "Mary")
    assert f"This link is for a new passphrase of mary. {until}" in said
    accounts.use_link(installed, passphrase, name="", passphrase=GOOD, again=GOOD)
    _, said = printed("--administrator")
    assert f"This link is for somebody who looks after this installation. {until}" in said
    with installed.read() as work:
        record = work.organisations.all()[0].record
    entries = audit.entries_of_organisation(installed, record)
    by = "by a link that whoever runs the machine made"
    assert sorted(f"{entry.who}: {entry.what}" for entry in entries) == [
        "Whoever runs the machine: Made a link for a coordinator.",
        "Whoever runs the machine: Made a link for another passphrase of mary.",
        f"kim: Made an account {by}, as a coordinator.",
        f"mary: Chose another passphrase {by}.",
        f"mary: Made an account {by}, as a coordinator.",
    ]
    assert not any(token in str(entries) for token in (first, coordinator, passphrase))


@pytest.mark.usefixtures("installed")
def test_a_printed_link_begins_with_the_public_address_where_that_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSESSMENT_PUBLIC_ADDRESS", "https://ready.example")
    settings.cache_clear()
    done = run("sign-in-link")
    assert done.stdout.startswith("https://ready.example/account/")
    assert "another address" not in done.stderr


def test_no_link_is_printed_for_an_organisation_that_is_closed(installed: Store) -> None:
    with installed.write() as work:
        work.organisations.add(OrganisationRecord("willow", "Willow Street", "", ""))
        work.accounts.add(AccountRecord("mary", "willow", "coordinator", "mary", "hash"))
        work.organisations.close("willow", date(2026, 3, 2))
        work.commit()
    for arguments in (("--organisation", "Willow Street"), ("--name", "mary")):
        done = run("sign-in-link", *arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{arguments[0]}: Willow Street is closed here" in done.stderr


def test_whoever_takes_the_last_one_away_is_told_what_it_means_and_how_to_come_back(
    installed: Store,
) -> None:
    with installed.write() as work:
        work.organisations.add(OrganisationRecord("willow", "Willow Street", "", ""))
        for name, owner, role in (
            ("root", None, "administrator"),
            ("rita", None, "administrator"),
            ("mary", "willow", "coordinator"),
            ("kim", "willow", "coordinator"),
            ("alex", "willow", "viewer"),
        ):
            work.accounts.add(AccountRecord(name, owner, role, name))  # type: ignore[arg-type]
        work.commit()
    for name in ("alex", "root", "mary"):
        done = run("sign-in-link", "--remove", name)
        assert (done.exit_code, done.stderr) == (0, "")
    done = run("sign-in-link", "--remove", "rita")
    assert done.stdout == "rita is let in no more.\n"
    assert "That was the last administrator: nobody can open, rename, close" in done.stderr
    assert "sign-in-link --administrator" in done.stderr
    done = run("sign-in-link", "--remove", "kim")
    assert "That was the last coordinator of Willow Street" in done.stderr
    assert "sign-in-link --organisation 'Willow Street'" in done.stderr
    # Both ways lead back.
    for back in (("--administrator",), ("--organisation", "Willow Street")):
        printed(*back)


def test_where_the_rules_alone_let_people_in_no_link_is_named(
    installed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installed.write() as work:
        work.organisations.add(OrganisationRecord("willow", "Willow Street", "", ""))
        work.accounts.add(AccountRecord("kim", "willow", "coordinator", "kim", None, "a" * 64))
        work.commit()
    monkeypatch.setattr(own_sign_in, "only", lambda: True)
    done = run("sign-in-link", "--remove", "kim")
    assert "That was the last coordinator of Willow Street" in done.stderr
    assert "name them in the file of ASSESSMENT_SIGN_IN_FILE" in done.stderr
    assert "--organisation" not in done.stderr


# -- the process -------------------------------------------------------------------------------

MODULES = """
import sys
sys.argv = ["assessment", *sys.argv[1:]]
from assessment.__main__ import main
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr)
"""


def test_evaluate_loads_no_screens_no_database_and_no_charts(files: tuple[Path, Path]) -> None:
    # The summary needs whatever JSON needs, and the report besides.
    done = python("-c", MODULES, "evaluate", str(files[0]))
    loaded = {name.partition(".")[0] for name in done.stderr.decode().split()}
    assert {"assessment", "scoring", "pandas"} <= loaded
    assert not loaded & {"streamlit", "sqlalchemy", "typst", "docx", "openpyxl"}


def test_what_is_printed_is_utf_8_whatever_the_system_says(files: tuple[Path, Path]) -> None:
    done = python("-m", "assessment", "evaluate", str(files[0]), PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr.decode()
    assert "▲" in done.stdout.decode("utf-8")


def test_evaluate_ends_quietly_when_its_reader_does(files: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "assessment", "items", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


# -- unexpected faults -------------------------------------------------------------------------


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scoring fails in a way that nobody foresaw, with an answer in its words."""

    def fail(*_: Any) -> None:
        raise KeyError("what p1 said in confidence")

    monkeypatch.setattr(answer_files, "result_of", fail)
    monkeypatch.delenv("ASSESSMENT_DEBUG", raising=False)


def end(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> object:
    """Run the whole program and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["assessment", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    return ended.value.code


@pytest.mark.usefixtures("fault")
def test_an_unexpected_fault_ends_with_1_and_one_calm_line(
    files: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out.json"
    out.write_text("what was there before", encoding="utf-8")
    assert end(monkeypatch, "evaluate", files[0], "--json", out) == 1
    printed = capfd.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("Something unexpected went wrong (KeyError in test_command_line")
    assert "Nothing was written" in printed.err
    assert "report" in printed.err
    # Somebody's answer may stand in the fault's own words; they are not passed on.
    assert "confidence" not in printed.err
    assert out.read_text(encoding="utf-8") == "what was there before"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.usefixtures("fault")
def test_the_traceback_is_there_for_those_who_ask(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSESSMENT_DEBUG", "1")
    assert end(monkeypatch, "evaluate", files[0], "--json", "-") == 1
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "Traceback (most recent call last)" in printed.err


def test_a_full_disk_leaves_no_part_of_a_file(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", full)
    done = run("evaluate", files[0], "--json", tmp_path / "out.json")
    assert done.exit_code == 2
    assert "out.json: cannot be written: no space left on device" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_good_and_bad_endings_keep_their_codes(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    endings: Mapping[tuple[str | Path, ...], int] = {
        ("items",): 0,
        ("evaluate", files[0]): 0,
        ("evaluate", tmp_path / "nowhere.csv"): 2,
        ("--help",): 0,
        ("nothing",): 2,
    }
    for arguments, code in endings.items():
        assert end(monkeypatch, *arguments) == code
