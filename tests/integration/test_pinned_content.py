"""A round asks what was asked when it was opened, and is scored by the rules of that day, whatever
is changed in questionnaires, reference data and guidance afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

from assessment.report.build import build_report
from assessment.screens.respondent import conversation_sheet
from assessment.screens.results.drawn_dashboard import Dashboard
from assessment.services.content import loaded
from assessment.services.content.conversation import conversation
from assessment.services.content.snapshots import Snapshot, SnapshotError, snapshot_of, unpacked
from assessment.services.respondents.answering import hand_in, save
from assessment.services.respondents.asked import asked_of
from assessment.services.results import round_results
from assessment.services.rounds import overview, workbook_copies
from assessment.services.rounds.workbook_copies import workbook_for
from assessment.services.rounds.workbook_import import import_answers
from assessment.services.working_group.agreed_answers import agreed, change
from assessment.services.working_group.sittings import composition, sittings
from assessment.services.working_group.verdict import verdict
from assessment.store import Store, open_store
from assessment.store.records import AssessmentRecord
from questionnaires.content_folder import INSTALLED, ContentFolder
from questionnaires.model import WORKING_GROUP
from tests.support.assessments import group_plan, opened
from tests.support.content_files import change as change_file
from tests.support.content_files import copied_content, install
from tests.support.respondents import begun, draft_of
from tests.support.working_group import NOTHING, round_of

T = TypeVar("T")
REMOVED = "valued_input.knowledge_counts"
#: What is changed everywhere after a round was opened: file, what stands there, what will.
CHANGES = (
    ("{reference}/scales.yaml", "code: often,", "code: mostly,"),
    ("{reference}/scales.yaml", 'label: "Partly", score: 50', 'label: "Half", score: 60'),
    (
        "questionnaires/packs/coproduction-principles.yaml",
        "Staff listen to service users.",
        "Staff hear service users out.",
    ),
    ("{reference}/groups.yaml", 'title: "Staff"', 'title: "Employees"'),
    ("{reference}/groups.yaml", '"member of staff"', '"employee"'),
    (
        "{reference}/groups.yaml",
        "groups:\n",
        "groups:\n  - id: volunteer\n    title: Volunteers\n    one: volunteer\n"
        "    side: organisation\n    asked_like: staff\n    description: They help.\n",
    ),
    ("questionnaires/conversation.yaml", "A talk about your work", "A chat about your work"),
    ("{guidance}/thresholds.yaml", "emerging_from\n    value: 40", "emerging_from\n    value: 50"),
    ("{guidance}/thresholds.yaml", "resamples\n    value: 1000", "resamples\n    value: 150"),
    (
        "{guidance}/thresholds.yaml",
        "clear_gap_from\n    value: 10",
        "clear_gap_from\n    value: 20",
    ),
    ("{guidance}/gates/every_offer.yaml", "A named supervisor, meet", "A supervisor, meet"),
    ("{guidance}/actions/team.yaml", "Train the team before", "Teach the team before"),
    ("{guidance}/concerns.yaml", "who here wants peer work", "who here would like it"),
)
FOLDERS = {"reference": "questionnaires/reference", "guidance": "data/guidance"}


def changed_content(root: Path) -> ContentFolder:
    """Content in which much is another, and one question is gone."""
    content = copied_content(root)
    for file, old, new in CHANGES:
        change_file(root / file.format(**FOLDERS), old, new)
    pack = content.packs / "coproduction-principles.yaml"
    text = pack.read_text(encoding="utf-8")
    start = text.index(f"      - id: {REMOVED}")
    end = text.index("      - id: ", start + 1)
    pack.write_text(text[:start] + text[end:], encoding="utf-8")
    return content


@dataclass(frozen=True)
class World:
    """A store with a round that is under way, and what will be installed later."""

    store: Store
    record: AssessmentRecord
    later: ContentFolder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pinned")
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    groups = tuple(map(group_plan, ("service_user", "staff", "manager")))
    record = opened(store, groups=groups)
    round_ = round_of(store, record)
    change(store, round_, "supervision.named_supervisor", seen=NOTHING, value="partly", note="Sam")
    change(store, round_, "fit.wished_model", seen=NOTHING, value="one_to_one")
    for number, group in enumerate(("service_user", "staff", "manager") * 7):
        token = begun(store, record, group)
        draft = draft_of(store, token)
        save(store, draft, dict(_any_answers(draft, number)))
        assert hand_in(store, token)
    yield World(store, record, changed_content(folder / "later"))
    store.close()


def _any_answers(draft: Any, number: int) -> Iterator[tuple[str, str]]:
    """Answers of somebody, here and there; the renamed code and the removed question are among
    them."""
    for at, question in enumerate(draft.questions.values()):
        codes = [choice.code for choice in question.choices]
        if not codes:
            continue  # it is answered in words
        yield question.item.id, "often" if "often" in codes else codes[(at + number) % len(codes)]


@pytest.fixture
def later(world: World, monkeypatch: pytest.MonkeyPatch) -> ContentFolder:
    """What is installed from now on."""
    return install(world.later, monkeypatch)


def seen(store: Store, record: AssessmentRecord, patch: pytest.MonkeyPatch) -> dict[str, Any]:
    """All that anybody sees and takes away of a round, by what it is."""
    patch.setattr(workbook_copies, "new_id", lambda: "0" * 32)
    round_ = round_of(store, record)
    answers = agreed(store, record.id)
    result = round_results.result(store, record)
    report = build_report(result, round_results.round_of(store, record))
    content = loaded.of_round(store, record)
    dashboard = Dashboard(report, "/conversation", content.sheet.why)
    sheet = conversation(content)
    found: dict[str, Any] = {
        "pages": {g.group: repr(asked_of(store, record, g.group).pages) for g in record.groups},
        "minutes": {g.group: asked_of(store, record, g.group).minutes for g in record.groups},
        "workbooks": [workbook_for(store, record, group) for group in (*record.groups, None)],
        "sittings": repr(sittings(round_)),
        "verdict": repr(verdict(round_, answers)),
        "composition": composition(record, round_.library),
        "page of results": dashboard.drawn,
        "what opens": {
            (name, group): dashboard.opened(name, group)
            for name in dashboard.choices
            for group in dashboard.groups(name)
        },
        "results workbook": dashboard.workbook(),
        "results as data": dashboard.json(),
        "sheet on screen": conversation_sheet.on_screen(sheet, "", "", "/", "Back"),
        "sheet on paper": conversation_sheet.on_paper(sheet, "", ""),
        "raw answers": round_results.stored_answers(store, record).table.to_csv(),
        "agreed": overview.agreed_answers(store, record),
    }
    return found


class Sealed(ContentFolder):
    """Content of which no more can be used than which it is."""

    def once(self, make: Callable[[ContentFolder], T]) -> T:
        assert make is snapshot_of, f"what is installed was looked at: {make}"
        return super().once(make)


def test_nothing_of_a_round_changes_when_content_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(world.store, world.record, monkeypatch)
    assert "answers_left_out" not in before["results as data"]
    # Whatever looked at what is installed now would fail, not only where it differs.
    install(Sealed(world.later.root), monkeypatch)
    after = seen(world.store, world.record, monkeypatch)
    assert [name for name in before if after[name] != before[name]] == []


def test_a_round_that_is_opened_later_asks_what_was_changed(
    world: World, later: ContentFolder
) -> None:
    new = opened(world.store, title="The next one")
    asked, old = (asked_of(world.store, record, "staff") for record in (new, world.record))
    assert "Staff hear service users out." in repr(asked.pages)
    assert "Staff hear service users out." not in repr(old.pages)
    assert REMOVED in old.questions
    assert REMOVED not in asked.questions
    listened = "valued_input.listened_to"
    assert "mostly" in [choice.code for choice in asked.questions[listened].choices]
    assert "often" in [choice.code for choice in old.questions[listened].choices]
    assert new.group("staff").title == "Employees"
    assert conversation(loaded.of_round(world.store, new)).sheet.title == "A chat about your work"
    assert (
        loaded.of_round(world.store, new)
        .guidance.gates["named_supervisor"]
        .title.startswith("A supervisor, meetings")
    )


def test_answers_are_checked_by_what_the_round_asks(world: World, later: ContentFolder) -> None:
    draft = draft_of(world.store, begun(world.store, world.record))
    save(world.store, draft, {"valued_input.listened_to": "often", REMOVED: "never"})
    assert draft_of(world.store, draft.token).saved[REMOVED] == "never"


def test_a_workbook_from_before_is_taken_in_as_it_was_asked(
    world: World, later: ContentFolder
) -> None:
    columns = round_results.COLUMNS
    row = ("one", "staff", "coproduction-principles", REMOVED, "often")
    table = round_results.pd.DataFrame([row], columns=list(columns), dtype="str")
    assert import_answers(world.store, world.record, table).respondents["staff"] == 1
    assert REMOVED in set(round_results.stored_answers(world.store, world.record).table["item"])


def test_it_is_known_whether_new_rounds_would_ask_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loaded.of_round(world.store, world.record).current
    install(world.later, monkeypatch)
    content = loaded.of_round(world.store, world.record)
    assert content.readable
    assert not content.current
    assert loaded.of_round(world.store, opened(world.store)).current


def snapshots(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.execute(sa.text("select count(*) from content_snapshot")).scalar_one()


def test_rounds_that_ask_the_same_share_one_snapshot(store: Store) -> None:
    first, second = opened(store), opened(store)
    assert first.content == second.content == loaded.installed().hash
    assert first.content_of == date.today()
    assert snapshots(store) == 1


def test_a_round_from_before_snapshots_keeps_what_is_installed_at_the_next_start(
    store: Store,
) -> None:
    old, other = opened(store), opened(store)
    with store.engine.begin() as connection:
        where = {"name": old.id}
        connection.execute(
            sa.text("update assessment set content = null, content_of = null where id = :name"),
            where,
        )
    with store.read() as work:
        unpinned = work.assessments.get(old.id)
    assert unpinned is not None
    assert loaded.of_round(store, unpinned).current
    loaded.pin_assessments(store, date(2027, 2, 3))
    with store.read() as work:
        assert work.assessments.get(old.id) == replace(old, content_of=date(2027, 2, 3))
        assert work.assessments.get(other.id) == other
    assert snapshots(store) == 1


@pytest.fixture
def unreadable(world: World, monkeypatch: pytest.MonkeyPatch) -> AssessmentRecord:
    """The round, in a version of the tool that cannot read what it asks."""
    install(world.later, monkeypatch)
    monkeypatch.setattr(loaded, "_earlier", type(loaded._earlier)())
    monkeypatch.setattr(loaded, "_read", lambda *_: {}["what a model needs now"])
    return world.record


def test_a_round_that_cannot_be_read_is_told_by_the_questions_of_today(
    world: World, unreadable: AssessmentRecord
) -> None:
    found = round_results.result(world.store, unreadable)
    flags = [flag.flag for flag in found.profile.quality]
    assert {"content_unreadable", "answers_left_out"} <= set(flags)
    report = build_report(found, round_results.round_of(world.store, unreadable))
    said = Dashboard(report).json()
    assert "this version of the tool cannot read it" in said
    assert "The answers are all there." in said
    # People can go on answering.
    draft = draft_of(world.store, begun(world.store, unreadable))
    save(world.store, draft, {"valued_input.listened_to": "mostly"})
    assert "Staff hear service users out." in repr(draft.pages)


def test_a_snapshot_comes_back_as_it_was_and_what_is_none_is_refused() -> None:
    first = loaded.installed()
    assert unpacked(first.packed, first.hash) == first
    other = Snapshot({"questionnaires/../../evil.yaml": "a: 1"})
    for packed, name in (
        (first.packed[:-9], first.hash),
        (first.packed, "0" * 64),
        (b"", first.hash),
        (other.packed, other.hash),
    ):
        with pytest.raises(SnapshotError):
            unpacked(packed, name)


def test_a_snapshot_is_the_same_with_the_line_ends_of_another_system(tmp_path: Path) -> None:
    copy = copied_content(tmp_path / "copy")
    for file in copy.root.rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert snapshot_of(copy).hash == snapshot_of(INSTALLED).hash


def test_what_is_changed_while_the_tool_runs_waits_for_its_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = install(copied_content(tmp_path / "copy"), monkeypatch)
    first = loaded.installed()
    shutil.rmtree(content.packs)
    assert loaded.installed() is first
    assert loaded.library().items.keys() == loaded.library("arnstein").items.keys()
    assert WORKING_GROUP in loaded.library().groups_of(
        loaded.library().items["supervision.named_supervisor"]
    )
    assert loaded.guidance().actions


def test_few_earlier_states_are_held(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaded, "MOST", 2)
    monkeypatch.setattr(loaded, "_earlier", type(loaded._earlier)())
    monkeypatch.setattr(loaded, "_read", lambda *_: {}["nothing"])
    with world.store.read() as work:
        for name in ("a", "b", "c"):
            assert not loaded.in_work(work, name, "seven_step").readable
    assert list(loaded._earlier) == [("b", "seven_step"), ("c", "seven_step")]
