"""Backups: everything comes back as it was, on either database, or nothing is changed."""

from __future__ import annotations

import io
import json
import os
import secrets
import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from hypothesis import HealthCheck, given
from hypothesis import settings as search
from hypothesis import strategies as st
from typer.testing import CliRunner

from assessment.__main__ import cli
from assessment.exchange.backup_file import KeyDerivation, written
from assessment.render.result_json import dumps, result_json
from assessment.report.build import build_report
from assessment.services import backup
from assessment.services.access import accounts, installation_secret, sessions
from assessment.services.access.codes import new_id
from assessment.services.backup import Backup, BackupError
from assessment.services.respondents.answering import hand_in, save
from assessment.services.results import round_results
from assessment.services.results.demonstration import demonstration
from assessment.services.rounds import personal_codes
from assessment.services.rounds.workbook_import import import_answers
from assessment.settings import settings
from assessment.store import Store, StoreError, open_store
from assessment.store.backup import KEPT, NEVER_KEPT, entries, put_back
from assessment.store.database import alembic_config
from assessment.store.records import AssessmentRecord, FollowUpRecord, SpreadRecord, StatementRecord
from assessment.store.scope import Scope
from assessment.store.tables import metadata, response
from questionnaires.library import load
from tests.support.assessments import group_plan, opened
from tests.support.coordinators import signed_in
from tests.support.respondents import answer_all, begun, draft_of, entered, first_answer

PASSPHRASE = "four words of my own"
QUICK = KeyDerivation(memory=32, passes=1)
#: The tables that hold what respondents give, and who may give it.
OF_RESPONDENTS = ("draft", "draft_answer", "session", "response", "written_text", "invitation")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """An empty store of another installation."""
    store = open_store(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    yield store
    store.close()


def file_of(store: Store, organisation: str | None = None) -> io.BytesIO:
    out = io.BytesIO()
    backup.make(store, PASSPHRASE, out, organisation, derivation=QUICK)
    return out


def rows_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a backup has, by table."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in KEPT
        }


def something_of_everything(store: Store, **changes: Any) -> AssessmentRecord:
    """A round in which every kind of thing has happened."""
    record = opened(store, **changes)
    codes = personal_codes.make(store, record, "service_user", 3)
    token = entered(store, codes[0]).token
    answer_all(store, draft_of(store, token))
    assert hand_in(store, token)
    for _ in range(2):
        draft = draft_of(store, begun(store, record))
        save(store, draft, first_answer(draft))
    with store.write() as work:
        work.agreed.put(record.id, "fit.pay", "paid", "Said in May", after=0, on=date(2026, 5, 1))
        work.responses.add_texts(record.id, {new_id(): ("words.anything", "As it was said\n„“ 🙂")})
        work.plans.add(new_id(), record.organisation.id, date(2026, 5, 2))
        text = work.written.all(record.id)[0]
        work.written.decide(record.id, text, "hidden", "names", text.text)
        said = StatementRecord(
            new_id(), "staff", "As we see it", "together", "Ana", date(2026, 5, 3)
        )
        work.statements.put(record.id, said, after=0)
        work.publications.add(record.id, {"data": b"{}"})
        work.publications.add_follow_up(
            FollowUpRecord(new_id(), record.id, "It is cold", "A heater", date(2026, 5, 4))
        )
        work.members.add(new_id(), record.id, {"a": "b"})
        work.members.end(record.id, SpreadRecord(date(2026, 5, 5), None, "{}"))
        work.commit()
    signed_in(store, organisation=record.organisation.id)
    accounts.new_link(store, "viewer", record.organisation.id)
    return record


def test_every_table_is_in_a_backup(store: Store) -> None:
    heads = [entry for entry in entries(store) if isinstance(entry, dict)][1:]
    never = {table.name for table in NEVER_KEPT}
    assert {head["table"] for head in heads} == set(metadata.tables) - never
    for head in heads:
        assert head["columns"] == [c.name for c in metadata.tables[head["table"]].columns]
    something_of_everything(store)
    with store.engine.connect() as connection:
        empty = [
            table.name
            for table in metadata.sorted_tables
            if connection.execute(sa.select(table)).first() is None
        ]
    assert empty == [], "give the new table something to hold"


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_everything_comes_back_on_either_database(
    store: Store, to: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """From each of them to each."""
    something_of_everything(store)
    if to == "sqlite":
        url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    else:
        root = sa.make_url(request.getfixturevalue("postgresql"))
        name = f"other_{secrets.token_hex(4)}"
        engine = sa.create_engine(
            root.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(sa.text(f"create database {name}"))
        engine.dispose()
        url = root.set(database=name).render_as_string(hide_password=False)
    other = open_store(url)
    accounts.first_link(other)  # a first start has printed it
    Backup(file_of(store), PASSPHRASE).restore(other)
    assert rows_of(other) == rows_of(store)
    with other.engine.connect() as connection:
        # Nobody is signed in by it, and no link makes an account.
        for table in NEVER_KEPT:
            assert connection.execute(sa.select(table)).all() == []
    other.close()


def json_of(store: Store, record: AssessmentRecord) -> str:
    report = build_report(
        round_results.result(store, record), round_results.round_of(store, record)
    )
    return dumps(result_json(report.result, report.round))


def test_what_is_restored_has_the_same_profile(store: Store, elsewhere: Store) -> None:
    demo = demonstration(load())
    heads = {"service_user": 24, "peer_worker": 3, "staff": 18, "manager": 7, "board": 8}
    groups = tuple(group_plan(group, count) for group, count in heads.items())
    record = opened(store, groups=groups)
    import_answers(store, record, demo.table)
    Backup(file_of(store), PASSPHRASE).restore(elsewhere)
    with elsewhere.read() as work:
        restored = work.assessments.get(record.id)
    assert restored == record
    found = json_of(elsewhere, restored)
    assert found == json_of(store, record)
    staff = demo.table[demo.table["group"] == "staff"]["respondent"].nunique()
    assert json.loads(found)["respondents"]["staff"] == staff


def test_begun_answers_come_back_by_their_codes_if_the_secret_comes_along(
    store: Store, elsewhere: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record = opened(store)
    draft = draft_of(store, begun(store, record))
    save(store, draft, first_answer(draft))
    code = sessions.return_code(store, draft.token)
    assert code is not None
    found = Backup(file_of(store), PASSPHRASE)
    found.restore(elsewhere)
    assert not found.lacks_its_secret
    again = draft_of(elsewhere, entered(elsewhere, code).token)
    assert again.saved == draft.saved
    moved = settings().model_copy(update={"secret_file": tmp_path / "another"})
    monkeypatch.setattr("assessment.services.access.installation_secret.settings", lambda: moved)
    assert found.lacks_its_secret
    assert sessions.enter(elsewhere, code) is None


def test_no_order_in_a_backup_is_that_of_handing_in(store: Store) -> None:
    """Of twenty, mere chance puts ten in their places less than once in ten million tries."""
    record, people = opened(store), 20
    for number in range(people):
        draft = draft_of(store, begun(store, record))
        asked = draft.pages[0].questions[:5]
        codes = [q.choices[number >> at & 1].code for at, q in enumerate(asked)]
        save(store, draft, dict(zip([q.item.id for q in asked], codes, strict=True)))
        draft.own_device = bool(hand_in(store, draft.token))
    found: list[int] = []
    items = [q.item.id for q in asked]
    choices = [[choice.code for choice in q.choices] for q in asked]
    head: Mapping[str, Any] = {}
    for entry in entries(store):
        if isinstance(entry, Mapping):
            head = entry
        elif head.get("table") == "response":
            answers = json.loads(entry[head["columns"].index("answers")])
            bits = [choices[at].index(answers[item]) << at for at, item in enumerate(items)]
            found.append(sum(bits))
    assert sorted(found) == list(range(people))
    assert sum(at == number for at, number in enumerate(found)) < 10


# -- any rows whatever --------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
DAYS = st.dates(date(1, 1, 2), date(9999, 12, 30))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def value_of(draw: st.DrawFn, column: sa.Column[Any]) -> Any:
    kind = getattr(column.type, "impl", column.type)
    if column.nullable and draw(st.booleans()):
        return None
    if column.primary_key or column.unique or column.name.endswith("_hash"):
        return new_id()
    if isinstance(kind, sa.Boolean):
        return draw(st.booleans())
    if isinstance(kind, sa.DateTime):
        return draw(MOMENTS)
    if isinstance(kind, sa.Date):
        return draw(DAYS)
    if isinstance(kind, sa.Integer):
        return draw(st.integers(-(2**31), 2**31 - 1))
    if isinstance(kind, sa.LargeBinary):
        return draw(st.binary(max_size=40))
    if isinstance(kind, sa.JSON):
        plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT
        return draw(st.dictionaries(TEXT, st.recursive(plain, st.lists, max_leaves=5), max_size=3))
    assert isinstance(kind, sa.String), f"what does a backup make of {column}?"
    return draw(TEXT)[: kind.length or 20]


@st.composite
def everything(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Rows for every table, each of whose foreign keys leads to a row that is there."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in KEPT:
        found[table.name] = []
        for _ in range(draw(st.integers(0, 3))):
            row = {column.name: value_of(draw, column) for column in table.columns}
            keys = sorted(table.foreign_key_constraints, key=lambda key: len(key.column_keys))
            for key in keys:
                owners = found[key.referred_table.name]
                if not owners:
                    break
                owner = draw(st.sampled_from(owners))
                for element in key.elements:
                    row[element.parent.name] = owner[element.column.name]
            else:
                if all(_differ(row, other, table) for other in found[table.name]):
                    found[table.name].append(row)
    return found


def _differ(row: dict[str, Any], other: dict[str, Any], table: sa.Table) -> bool:
    """Whether a table can hold both rows."""
    uniques = [found for found in table.constraints if isinstance(found, sa.UniqueConstraint)]
    uniques += [index for index in table.indexes if index.unique]  # type: ignore[misc]
    keyed = [[c.name for c in one.columns] for one in (table.primary_key, *uniques)]
    return all(any(row[name] != other[name] for name in names) for names in keyed)


@pytest.fixture(scope="module")
def two_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    folder = tmp_path_factory.mktemp("two")
    one, other = (open_store(f"sqlite:///{folder / name}") for name in ("one", "other"))
    yield one, other
    one.close()
    other.close()


@search(max_examples=30, suppress_health_check=list(HealthCheck))
@given(rows=everything())
def test_whatever_stands_in_any_table_comes_back(
    two_stores: tuple[Store, Store], rows: dict[str, list[dict[str, Any]]]
) -> None:
    one, other = two_stores
    for store in two_stores:
        with store.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))
    with one.engine.begin() as connection:
        for table in KEPT:
            if rows[table.name]:
                connection.execute(sa.insert(table), rows[table.name])
    before = rows_of(one)
    written_down = [json.dumps(entry) for entry in entries(one)]
    put_back(other, map(json.loads, written_down))
    assert rows_of(other) == before
    assert [json.dumps(entry) for entry in entries(other)] == written_down


# -- while people answer ------------------------------------------------------------------------


def test_a_backup_is_of_one_moment_while_people_answer(store: Store, elsewhere: Store) -> None:
    """Each writer moves a word from one text to the other in one transaction. A backup that saw two
    moments would have it twice, or nowhere."""
    record = opened(store)
    with store.write() as work:
        work.responses.add("a", record.id, "staff", {"at": "here"}, {})
        work.responses.add("z", record.id, "staff", {}, {})
        for number in range(2000):  # what stands between them takes a while
            work.responses.add(f"m{number:04}", record.id, "staff", {"long": "x" * 300}, {})
        work.commit()
    over, moves = Event(), 0

    def move() -> None:
        nonlocal moves
        while not over.is_set():
            for one, other in ("az", "za"):
                with store.write() as work:
                    work.responses.replace(one, {})
                    work.responses.replace(other, {"at": "here"})
                    work.commit()
                moves += 1

    writer = Thread(target=move)
    writer.start()
    try:
        files, meanwhile = [], 0
        while meanwhile < 3:
            before = moves
            files.append(file_of(store))
            meanwhile += moves > before
    finally:
        over.set()
        writer.join()
    for file in files:
        lines = [json.loads(line) for line in Backup(file, PASSPHRASE)._file.lines()]
        here = [row[0] for row in lines if isinstance(row, list) and '{"at": "here"}' in row]
        assert len(here) == 1 and here[0] in "az"
    Backup(files[-1], PASSPHRASE).restore(elsewhere)


def test_a_writer_does_not_wait_for_a_backup(store: Store) -> None:
    record = opened(store)
    draft = draft_of(store, begun(store, record))
    going = entries(store)
    next(going), next(going), next(going)  # it has begun to read
    save(store, draft, first_answer(draft))
    table, seen = "", []
    for entry in going:
        if isinstance(entry, Mapping):
            table = entry.get("table", "")
        else:
            seen.append(table)
    assert "draft" in seen and "draft_answer" not in seen  # it came after that moment


def test_a_large_store_takes_little_memory(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'large.sqlite'}")
    record = opened(store)
    with store.write() as work:
        for _ in range(3000):
            work.responses.add(new_id(), record.id, "staff", {"x": secrets.token_hex(1500)}, {})
        work.commit()
    path = tmp_path / "large.backup"
    tracemalloc.start()
    with path.open("wb") as out:
        backup.make(store, PASSPHRASE, out, derivation=QUICK)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 4_500_000
    assert most < 4_500_000
    store.close()


# -- what cannot be restored --------------------------------------------------------------------


def test_only_an_empty_installation_is_restored_into(store: Store, elsewhere: Store) -> None:
    something_of_everything(store)
    opened(elsewhere)
    before = rows_of(elsewhere)
    with pytest.raises(StoreError, match="something in this installation already"):
        Backup(file_of(store), PASSPHRASE).restore(elsewhere)
    assert rows_of(elsewhere) == before


def test_a_backup_of_a_newer_version_is_refused() -> None:
    first = {"revision": "9999", "organisation": None, "secret": None}
    content = b"".join(written([json.dumps(first)], PASSPHRASE, derivation=QUICK))
    with pytest.raises(BackupError, match="newer version"):
        Backup(io.BytesIO(content), PASSPHRASE)


def test_what_breaks_half_way_changes_nothing(store: Store, elsewhere: Store) -> None:
    something_of_everything(elsewhere)
    found = list(entries(elsewhere))

    def broken() -> Iterator[Any]:
        yield from found[:-3]
        raise BackupError("the disk has gone")

    before = rows_of(store)
    with pytest.raises(BackupError, match="the disk has gone"):
        put_back(store, broken())
    assert rows_of(store) == before
    put_back(store, found)
    assert rows_of(store) == rows_of(elsewhere)


def revisions() -> list[str]:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(alembic_config())
    return [script.revision for script in scripts.walk_revisions()][1:]


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_backup_of_every_earlier_version_is_brought_up_to_date(
    store: Store, elsewhere: Store
) -> None:
    """It becomes what the database of that version would have become."""
    something_of_everything(elsewhere)
    for revision in revisions():
        with elsewhere.engine.begin() as connection:
            command.downgrade(alembic_config(connection), revision)
            tables = sa.MetaData()
            tables.reflect(connection)
            old: list[Any] = [{"revision": revision}]
            for table in tables.sorted_tables:
                if table.name == "alembic_version":
                    continue
                old.append({"table": table.name, "columns": [c.name for c in table.columns]})
                for row in connection.execute(sa.select(table)):
                    old.append(json.loads(json.dumps([plain(value) for value in row])))
        with store.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))
        put_back(store, old)
        kept = rows_of(store)
        assert [len(kept[name]) for name in ("organisation", "assessment", "response")] == [1] * 3
    with elsewhere.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
    # Whatever is older than receipts has seals by chance.
    seal = [column.name for column in response.columns].index("seal")
    for rows in (kept, after := rows_of(elsewhere)):
        rows["response"] = [(*row[:seal], None, *row[seal + 1 :]) for row in rows["response"]]
    assert after == kept


def plain(value: Any) -> Any:
    from base64 import b64encode

    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date | datetime) else value


# -- one organisation alone ---------------------------------------------------------------------


def test_a_backup_of_one_organisation_holds_all_of_it_and_nothing_of_another(
    store: Store, elsewhere: Store
) -> None:
    ours = something_of_everything(store)
    theirs = something_of_everything(store, organisation="Oak House")
    assert ours.organisation.id != theirs.organisation.id
    lines = [json.dumps(e) for e in entries(store, ours.organisation.id)]
    content = "\n".join(lines)
    for mark in (theirs.id, theirs.organisation.id, theirs.groups[0].code):
        assert mark not in content
    put_back(elsewhere, map(json.loads, lines))
    found, all_ = rows_of(elsewhere), rows_of(store)
    assert all(found.values())
    for name in set(found) - {"content_snapshot"}:
        assert 2 * len(found[name]) == len(all_[name]), name  # both did the same
    # Whoever works for one organisation gets nothing else, whatever they ask for.
    scoped = store.of(Scope(ours.organisation.id, "somebody"))
    for asked in (None, theirs.organisation.id):
        assert [json.dumps(e) for e in entries(scoped, asked)] == lines


@pytest.fixture
def other_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The secret of another installation stands where ours was."""
    moved = settings().model_copy(update={"secret_file": tmp_path / "another"})
    monkeypatch.setattr("assessment.services.access.installation_secret.settings", lambda: moved)
    yield


def test_what_a_coordinator_makes_opens_with_the_passphrase_and_the_secret_only(
    store: Store, elsewhere: Store, request: pytest.FixtureRequest
) -> None:
    """Otherwise it would show them every answer, hidden groups' too, and who hands in next."""
    record = something_of_everything(store)
    content = backup.of_organisation(store, record, PASSPHRASE)
    found = Backup(io.BytesIO(content), PASSPHRASE)
    found.restore(elsewhere)
    with pytest.raises(BackupError, match="not the passphrase"):
        Backup(io.BytesIO(content), "four words of another")
    request.getfixturevalue("other_secret")
    for _ in range(2):
        with pytest.raises(BackupError, match="together with the secret of the installation"):
            Backup(io.BytesIO(content), PASSPHRASE)
        installation_secret.derived("anything")  # another one is there


def test_the_length_of_a_backup_does_not_tell_that_somebody_handed_in(store: Store) -> None:
    """One reply more is a thousandth of what is added by chance."""
    record = opened(store)

    def lengths() -> list[int]:
        return [len(file_of(store).getvalue()) for _ in range(12)]

    before = lengths()
    draft = draft_of(store, begun(store, record))
    answer_all(store, draft)
    assert hand_in(store, draft.token)
    after = lengths()
    pieces = {(length - min(before + after)) / (64 * 1024 + 16) for length in before + after}
    assert pieces <= {0, 1, 2}
    assert set(before) & set(after)


# -- on the command line ------------------------------------------------------------------------


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """Makes an installation the one that commands see."""
    from assessment.services import current_store

    def here(name: str) -> Path:
        path = tmp_path / f"{name}.sqlite"
        monkeypatch.setenv("ASSESSMENT_DATABASE_URL", f"sqlite:///{path}")
        monkeypatch.setenv("ASSESSMENT_SECRET_FILE", str(tmp_path / f"{name}.secret"))
        settings.cache_clear()
        current_store.store.cache_clear()
        return path

    yield here
    settings.cache_clear()
    current_store.store.cache_clear()


def run(*arguments: str | Path, typed: str = "") -> Any:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed)


def test_the_commands_make_check_and_restore_a_backup(installation: Any, tmp_path: Path) -> None:
    from assessment.services.current_store import store

    installation("one")
    something_of_everything(store())
    before = rows_of(store())
    store().close()
    file = tmp_path / "all.backup"
    twice = f"{PASSPHRASE}\n{PASSPHRASE}\n"
    done = run("backup", file, typed=twice)
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "1 organisation with 1 round" in said and "raw answers" in said
    assert "Without the passphrase nobody can read it" in said
    assert f"Not in it is the secret of this installation, {tmp_path / 'one.secret'}" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert PASSPHRASE not in done.output
    done = run("backup", "--check", file, typed=f"{PASSPHRASE}\n")
    assert (done.exit_code, "is whole: 1 organisation" in done.stdout) == (0, True)
    installation("two")
    done = run("restore", file, typed=f"{PASSPHRASE}\n")
    assert done.exit_code == 0, done.output
    assert "secret of the earlier installation is not here" in done.stdout
    assert rows_of(store()) == before
    store().close()
    done = run("restore", file, typed=f"{PASSPHRASE}\n")
    assert done.exit_code == 2
    assert "something in this installation already" in done.stderr
    # With its secret.
    (tmp_path / "three.secret").write_bytes((tmp_path / "one.secret").read_bytes())
    installation("three")
    done = run("restore", file, typed=f"{PASSPHRASE}\n")
    assert "is here, so codes work as before" in done.stdout


def test_no_secret_is_spoken_of_where_there_is_none(installation: Any, tmp_path: Path) -> None:
    from assessment.services.current_store import store

    installation("one")
    opened(store())  # which has needed no secret yet
    store().close()
    file = tmp_path / "all.backup"
    done = run("backup", file, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert "Not in it" not in done.stdout
    assert "Nothing in it needs the secret of this installation" in " ".join(done.stdout.split())
    installation("two")
    done = run("restore", file, typed=f"{PASSPHRASE}\n")
    assert done.exit_code == 0 and "The secret of" not in done.stdout


def test_a_passphrase_comes_from_a_file_or_the_environment(
    installation: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation("one")
    file, kept = tmp_path / "all.backup", tmp_path / "passphrase"
    kept.write_text(f"{PASSPHRASE}\nand what it is for\n", encoding="utf-8")
    assert run("backup", file, "--passphrase-file", kept).exit_code == 0
    monkeypatch.setenv("ASSESSMENT_BACKUP_PASSPHRASE", PASSPHRASE)
    settings.cache_clear()
    assert run("backup", "--check", file).exit_code == 0
    assert run("backup", file).exit_code == 0  # over an earlier backup


def test_what_cannot_be_is_told_in_one_line_and_changes_nothing(
    installation: Any, tmp_path: Path
) -> None:
    database = installation("one")
    file, kept, short = tmp_path / "all.backup", tmp_path / "passphrase", tmp_path / "short"
    kept.write_text(PASSPHRASE, encoding="utf-8")
    short.write_text("hello", encoding="utf-8")
    assert run("backup", file, "--passphrase-file", kept).exit_code == 0
    content = file.read_bytes()
    installation("two")
    cases = [
        (("restore", file, "--passphrase-file", short), "not the passphrase of this backup"),
        (("restore", tmp_path / "none", "--passphrase-file", kept), "no such file"),
        (("restore", kept, "--passphrase-file", kept), "not a backup of this tool"),
        (("restore", file, "--passphrase-file", tmp_path / "none"), "no such file"),
        (("backup", file, "--passphrase-file", short), "too short"),
        (("backup", tmp_path / "no" / "x", "--passphrase-file", kept), "there is no folder"),
        (("backup", database, "--passphrase-file", kept), "and no backup; choose another name"),
        (("backup", file), "No passphrase was given"),
    ]
    for command_, expected in cases:
        done = run(*command_)
        assert done.exit_code == 2, command_
        assert expected in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) <= 2, done.stderr
    cut = tmp_path / "cut"
    cut.write_bytes(content[:-100])
    done = run("restore", cut, "--passphrase-file", kept)
    assert (done.exit_code, "not whole" in done.stderr) == (2, True)
    # Not even a database was made for it.
    assert not (tmp_path / "two.sqlite").exists()
    assert file.read_bytes() == content
    assert not list(tmp_path.glob(".assessment-*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_that_is_full_leaves_the_earlier_backup(
    installation: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation("one")
    file, kept = tmp_path / "all.backup", tmp_path / "passphrase"
    kept.write_text(PASSPHRASE, encoding="utf-8")
    assert run("backup", file, "--passphrase-file", kept).exit_code == 0
    content = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = run("backup", file, "--passphrase-file", kept)
    assert (done.exit_code, "no space left on device" in done.stderr) == (2, True)
    assert file.read_bytes() == content
    assert not list(tmp_path.glob(".assessment-*"))
