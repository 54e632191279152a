"""Somebody looks at every way out, waits until one more person has handed in, and looks again.

What differs says what that person answered: measured on results that were shown while people
answered, all 84 of one more reply's dimension means came out exactly. So before publication there
is nothing to compare, and after it nothing changes any more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
import pytest
from starlette.applications import Starlette
from streamlit.runtime.context import ContextProxy
from typer.testing import CliRunner

from assessment.__main__ import cli
from assessment.services import current_store
from assessment.services.respondents.just_handed_in import HandedIn
from assessment.services.results import viewing
from assessment.services.results.demonstration import demonstration
from assessment.services.results.viewing import Browser
from assessment.services.rounds.states import RoundState, state_of
from assessment.services.rounds.workbook_import import import_answers
from assessment.services.working_group.agreed_answers import agree
from assessment.settings import settings
from assessment.store import Store
from assessment.store.records import AssessmentRecord
from assessment.web.routes import routes
from questionnaires.library import load
from questionnaires.problems import ProblemsError
from tests.support import coordinators
from tests.support.asgi import Answer, ask
from tests.support.assessments import group_plan, opened
from tests.support.clock import set_clock
from tests.support.databases import new_file
from tests.support.places import ROOT
from tests.support.publishing import closed, published
from tests.support.screens import screen, words
from tests.support.working_group import PRACTICE, round_of

HEADS = {"service_user": 24, "peer_worker": 3, "staff": 18, "manager": 7, "board": 8}
#: The group of whoever hands in last. In the demonstration it has no 5, 10 or 15 replies, so this
#: one crosses no step of the counts.
LAST_OF = "board"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", new_file(tmp_path / "store.sqlite"))
    monkeypatch.setattr(ContextProxy, "cookies", {})
    coordinators.on_screens(monkeypatch)
    settings.cache_clear()
    current_store.store.cache_clear()
    yield current_store.store()
    current_store.store().close()
    settings.cache_clear()
    current_store.store.cache_clear()


@pytest.fixture
def replies() -> pd.DataFrame:
    """What the people of the demonstration answered, and its working group."""
    return demonstration(load()).table


@pytest.fixture
def asked(store: Store) -> AssessmentRecord:
    groups = tuple(group_plan(group, heads) for group, heads in HEADS.items())
    return opened(store, groups=groups)


@pytest.fixture
def last(replies: pd.DataFrame) -> str:
    """One who hands in when all others have."""
    people = replies.loc[replies["group"] == LAST_OF, "respondent"].unique()
    assert len(people) % 5, "a step of the counts would be crossed"
    return str(people[-1])


def page(path: str, cookie: str = "") -> Answer:
    """A page of our own as a browser gets it."""
    return ask(Starlette(routes=routes), path, cookie=cookie)


def kept_by(record: AssessmentRecord) -> str:
    """The cookies of somebody who came by a link and has handed in."""
    done = HandedIn(record.id, LAST_OF, own_device=True)
    code, passes = record.group(LAST_OF).code, viewing.with_pass("", record.id)
    return f"invitation={code}; results={passes}; handed_in={done}"


def ways_out(store: Store, record: AssessmentRecord, folder: Path) -> dict[str, str]:
    """Everything that screens, pages, files and commands say of a round."""
    name, cookie = record.id, kept_by(record)
    found = {}
    for place in ("home", "overview", "results"):
        app = screen(place, **({} if place == "home" else {"assessment": name}))
        assert not app.exception, place
        found[place] = words(app)
    for path in ("/thanks", "/welcome", f"/what-we-found?assessment={name}"):
        found[path] = page(path, cookie).text
    results = viewing.results(store, name, Browser(viewing.with_pass("", name)))
    if results is not None:
        for part in ("summary", "data", "workbook", "page", "opened"):
            found[part] = results.published_part(part).hex()
    out, context = folder / "answers.csv", folder / "context.yaml"
    out.unlink(missing_ok=True)
    command = ["answers", str(out), "--assessment", name, "--context", str(context)]
    said = CliRunner().invoke(cli, command)
    found["answers"] = said.output + (out.read_text(encoding="utf-8") if out.exists() else "")
    return found


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [way for way in before | after if before.get(way) != after.get(way)]


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSING])
def test_one_more_reply_changes_nothing_that_anybody_sees_while_people_answer(
    store: Store,
    asked: AssessmentRecord,
    replies: pd.DataFrame,
    last: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    state: RoundState,
) -> None:
    import_answers(store, asked, replies[replies["respondent"] != last])
    if state is RoundState.CLOSING:
        set_clock(monkeypatch, f"{asked.closes_on + timedelta(days=1)}T01:00")
    assert state_of(asked) is state
    before = ways_out(store, asked, tmp_path)
    late = state is RoundState.CLOSING
    import_answers(store, asked, replies[replies["respondent"] == last], late=late)
    assert differing(before, ways_out(store, asked, tmp_path)) == []


def test_after_the_end_a_late_reply_changes_its_count_and_no_figure(
    store: Store, asked: AssessmentRecord, replies: pd.DataFrame, last: str, tmp_path: Path
) -> None:
    import_answers(store, asked, replies[replies["respondent"] != last])
    closed(store, asked)
    before = ways_out(store, asked, tmp_path)
    import_answers(store, asked, replies[replies["respondent"] == last], late=True)
    assert differing(before, ways_out(store, asked, tmp_path)) == ["overview"]


def test_before_publication_nothing_says_a_figure_of_what_will_be_published(
    store: Store, asked: AssessmentRecord, replies: pd.DataFrame, tmp_path: Path
) -> None:
    """All that is told later, sentence by sentence, is told nowhere before."""
    import_answers(store, asked, replies)
    closed(store, asked)
    before = " ".join(ways_out(store, asked, tmp_path).values())
    published(store, asked)
    after = viewing.results(store, asked.id, Browser(viewing.with_pass("", asked.id)))
    assert after is not None
    summary = after.summary
    told = [*summary.headline, summary.band, summary.meta, summary.start]
    told += [found.finding for found in summary.findings]
    assert [text for text in told if text in before] == []
    assert "not published yet" in before


def test_once_published_nothing_changes_any_figure(
    store: Store, asked: AssessmentRecord, replies: pd.DataFrame, last: str, tmp_path: Path
) -> None:
    import_answers(store, asked, replies[replies["respondent"] != last])
    sitting = round_of(store, asked)
    record = published(store, asked)
    before = ways_out(store, record, tmp_path)
    assert {"summary", "data", "workbook", "page", "opened"} <= before.keys()
    with pytest.raises(ProblemsError, match="final"):
        import_answers(store, record, replies[replies["respondent"] == last], late=True)
    with pytest.raises(Exception, match="stays as it is"):
        agree(store, sitting, PRACTICE, "in_place", "", after=1)
    assert differing(before, ways_out(store, record, tmp_path)) == []
    # Not even somebody who writes into the database changes what was published.
    with store.write() as work:
        work.responses.add("forged", record.id, LAST_OF, {"valued_input.listened_to": "never"}, {})
        work.commit()
    changed = differing(before, ways_out(store, record, tmp_path))
    assert changed == ["overview", "answers"]  # the count, and the raw answers


# -- whoever knows no more than the id of a round -------------------------------------------------


def forgeries(record: AssessmentRecord) -> dict[str, str]:
    """Cookies that somebody can write who knows the id of a round, and of another round all."""
    real = viewing.with_pass("", "0" * 32)
    code = real.partition(".")[2]
    return {
        "nothing": "",
        "the id": f"results={record.id}",
        "the id with an empty code": f"results={record.id}.",
        "the id with the code of another round": f"results={record.id}.{code}",
        "a pass to another round": f"results={real}",
        "having handed in": f"handed_in=own.{record.id}.staff",
        "having handed in, and the id": f"handed_in=own.{record.id}.staff; results={record.id}",
        "a session": f"session={record.id}",
        "signs that are not ASCII": f"results={record.id}.é",
    }


def test_whoever_knows_only_the_id_finds_what_is_not_there(
    store: Store, asked: AssessmentRecord
) -> None:
    record = published(store, asked)
    nobody = page("/what-we-found?assessment=" + "0" * 32).text
    for what, cookie in forgeries(record).items():
        found = page(f"/what-we-found?assessment={record.id}", cookie)
        assert (found.status, found.text) == (404, nobody), what
        # Nor does any other page give what opens it.
        for path in ("/thanks", "/welcome", "/welcome?to=together", "/leave"):
            assert "results=" not in page(path, cookie).headers.get("set-cookie", ""), (what, path)


def test_a_pass_opens_its_round_alone(store: Store, asked: AssessmentRecord) -> None:
    record, other = published(store, asked), published(store, opened(store, title="Other"))
    passes = viewing.with_pass("", record.id)
    assert page(f"/what-we-found?assessment={record.id}", f"results={passes}").status == 200
    assert page(f"/what-we-found?assessment={other.id}", f"results={passes}").status == 404
    both = viewing.with_pass(passes, other.id)
    assert page(f"/what-we-found?assessment={record.id}", f"results={both}").status == 200
    assert page(f"/what-we-found?assessment={other.id}", f"results={both}").status == 200


def test_a_pass_that_was_had_early_opens_nothing_before_publication(
    store: Store, asked: AssessmentRecord
) -> None:
    browser = Browser(viewing.with_pass("", asked.id))
    for record in (asked, closed(store, asked)):
        assert viewing.results(store, record.id, browser) is None
        assert viewing.for_everybody_invited(store, record.id, browser) is None
        assert (
            page(f"/what-we-found?assessment={record.id}", f"results={browser.passes}").status
            == 404
        )


def test_codes_that_open_nothing_give_no_pass(store: Store, asked: AssessmentRecord) -> None:
    published(store, asked)
    for code in ("AAAAA-AAAAA-AAA", "", "%00", "x" * 64):
        answer = page("/welcome?from=link", f"invitation={code}")
        assert "results=" not in answer.headers.get("set-cookie", ""), code
    sent = urlencode({"code": "AAAAA-AAAAA-AAA"}).encode()
    typed = ask(Starlette(routes=routes), "/go", "POST", body=(sent,))
    assert "results=" not in typed.headers.get("set-cookie", "")


# -- one gate -------------------------------------------------------------------------------------

#: Who may call what leads to figures of a stored round. Everything else takes what was published
#: from ``services/results/viewing.py``.
CALLERS = {
    # Scores what is stored; publication calls it, once.
    "result": {"assessment/services/results/publication.py"},
    # What is stored, raw. The command asks whether the round is published; the other two count.
    "stored_answers": {
        "assessment/cli/answers.py",
        "assessment/services/results/round_results.py",
    },
    "shown_groups": {"assessment/services/results/before_publishing.py"},
    "made_parts": {"assessment/services/results/publication.py"},
    # What was published, as it is kept.
    "published_part": {
        "assessment/services/results/viewing.py",
        "assessment/screens/results/kept_dashboard.py",
    },
    "PublishedResults": {"assessment/services/results/viewing.py"},
    # What people wrote, and what groups say.
    "with_own_words": {"assessment/services/results/publication.py"},
    # The report of any result: of a publication, of the demonstration, of files of answers.
    "build_report": {
        "assessment/services/results/publication.py",
        "assessment/screens/results/cache.py",
        "assessment/screens/pages/score_file.py",
        "assessment/cli/evaluate.py",
    },
    # The answers of respondents as they are stored.
    "rows": {"assessment/services/results/round_results.py"},
}


def calls(file: Path, name: str) -> bool:
    """Whether a file calls something of that name, of ours."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id == name:
                return True
            if isinstance(called, ast.Attribute) and called.attr == name:
                owner = called.value
                of = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if of in OWNERS.get(name, {of}):
                    return True
    return False


#: By whose name something is called where others have something of the same name.
OWNERS = {
    "result": {"round_results"},
    "rows": {"responses"},
}


@pytest.mark.parametrize("name", CALLERS)
def test_every_way_to_results_of_a_stored_round_goes_through_the_gate(name: str) -> None:
    files = sorted((ROOT / "assessment").rglob("*.py"))
    calling = {file.relative_to(ROOT).as_posix() for file in files if calls(file, name)}
    assert calling == CALLERS[name]
