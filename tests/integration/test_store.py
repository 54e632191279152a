"""The store on both databases that an installation may choose: SQLite and PostgreSQL."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from assessment.services.access.codes import hashed, new_id
from assessment.services.respondents.answering import hand_in, save
from assessment.settings import Settings
from assessment.store import Store, StoreError, open_store
from assessment.store.database import MIGRATIONS, newest_revision
from assessment.store.encryption import new_draft_key
from assessment.store.records import (
    AgreedRecord,
    AssessmentRecord,
    SessionRecord,
    StatementRecord,
    WrittenRecord,
)
from assessment.store.tables import metadata
from tests.support.assessments import opened
from tests.support.respondents import begun, draft_of, first_answer

#: The tables that hold what respondents give, and who may give it.
DECIDED = ("text_review", "group_statement")
WITHOUT_TIME = ("draft", "draft_answer", "session", "response", "written_text", "invitation")
#: The key of the drafts that are made here.
KEY = new_draft_key()
FIRST, SECOND = "valued_input.listened_to", "valued_input.asked_first"
SUPERVISION = "supervision.named_supervisor"
DAY = date(2026, 3, 3)


def a_draft(store: Store, record: AssessmentRecord) -> str:
    name = new_id()
    with store.write() as work:
        work.drafts.add(name, record.id, "service_user")
        work.commit()
    return name


def answers(store: Store, draft: str) -> dict[str, str]:
    with store.read() as work:
        return work.drafts.answers(draft, KEY)


def config(connection: sa.Connection) -> Config:
    found = Config()
    found.set_main_option("script_location", str(MIGRATIONS))
    found.attributes["connection"] = connection
    return found


def test_migrations_make_what_the_code_expects(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == newest_revision()


def test_migrations_lead_down_to_nothing_and_up_again(store: Store) -> None:
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "base")
    assert set(sa.inspect(store.engine).get_table_names()) <= {"alembic_version"}
    with store.engine.begin() as connection:
        command.upgrade(config(connection), "head")
    assert set(metadata.tables) <= set(sa.inspect(store.engine).get_table_names())


def test_an_assessment_from_before_the_two_lengths_keeps_all_and_is_a_full_round(
    store: Store, url: str
) -> None:
    record = opened(store)
    with store.write() as work:
        work.responses.add(new_id(), record.id, "staff", {FIRST: "often"}, {})
        work.agreed.put(record.id, "fit.pay", "paid", "", after=0, on=DAY)
        work.commit()
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0001")
    store.close()
    again = open_store(url)
    with again.read() as work:
        before = replace(record, content=None, content_of=None)
        assert work.assessments.get(record.id) == before
        assert (record.form, record.follows) == ("full", None)
        (row,) = work.responses.rows(record.id)
        assert row[1:] == ("staff", FIRST, "often")
        sealed = work.responses.sealed(row[0])
        assert sealed is not None and len(sealed.seal) == 64
        assert work.agreed.all(record.id)["fit.pay"] == AgreedRecord("paid", "", 1)
    with again.write() as work:
        # Nobody knows its day any more, so it counts as one that stood.
        now = work.agreed.put(record.id, "fit.pay", "vouchers", "", after=1, on=DAY)
        assert now == AgreedRecord("vouchers", "", 2, "paid")
    again.close()


def test_what_people_wrote_outlives_what_was_decided_of_it(store: Store, url: str) -> None:
    """An earlier version knows no review and no statements; the texts stay, and wait again."""
    record = opened(store)
    said = StatementRecord("s1", "staff", "We are tired", "together", "", DAY)
    with store.write() as work:
        work.responses.add_texts(record.id, {"t1": (FIRST, "my words")})
        (text,) = work.written.all(record.id)
        assert work.written.decide(record.id, text, "hidden", "names", text.text)
        work.written.begin_to_read(record.id)
        assert work.statements.put(record.id, said, after=0)
        work.commit()
    with store.engine.begin() as connection:
        command.downgrade(config(connection), "0010")
    store.close()
    again = open_store(url)
    with again.read() as work:
        assert work.written.all(record.id) == [WrittenRecord("t1", FIRST, "my words")]
        assert work.statements.all(record.id) == {}
        assert not work.written.read(record.id)
    again.close()


def test_a_full_round_begins_with_the_agreed_answers_of_a_quick_look(store: Store) -> None:
    quick, full = opened(store, form="quick"), opened(store, title="In full")
    with store.write() as work:
        work.agreed.put(quick.id, "fit.pay", "paid", "", after=0, on=DAY)
        work.agreed.put(quick.id, "fit.pay", "vouchers", "", after=1, on=DAY)
        work.agreed.put(quick.id, "fit.needs", "", "", after=0, on=DAY)
        work.agreed.put(quick.id, SUPERVISION, "partly", "The rota", after=0, on=DAY)
        work.agreed.put(quick.id, SUPERVISION, "in_place", "The rota of May", after=1, on=DAY)
        assert work.agreed.copy(quick.id, full.id) == 2
        work.commit()
    with store.read() as work:
        assert work.agreed.all(full.id) == {
            "fit.pay": AgreedRecord("vouchers", "", 1),
            SUPERVISION: AgreedRecord("in_place", "The rota of May", 1, "partly", "The rota"),
        }
        assert work.agreed.all(quick.id)["fit.pay"].revision == 2


def test_what_is_there_is_still_there_when_it_is_opened_again(store: Store, url: str) -> None:
    record = opened(store)
    store.close()
    again = open_store(url)
    with again.read() as work:
        assert work.assessments.get(record.id) == record
    again.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(store: Store, url: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version") as refused:
        open_store(url)
    assert "nothing was changed" in str(refused.value)
    with store.engine.connect() as connection:
        found = connection.execute(sa.text("select version_num from alembic_version")).scalar_one()
    assert found == "9999"


def test_nothing_is_saved_without_commit_or_after_a_fault(
    store: Store, record: AssessmentRecord
) -> None:
    draft = a_draft(store, record)
    with store.write() as work:
        work.drafts.put(draft, KEY, {FIRST: "often"})
    assert answers(store, draft) == {}
    with pytest.raises(ZeroDivisionError), store.write() as work:
        work.drafts.put(draft, KEY, {FIRST: "often"})
        work.drafts.put(draft, KEY, {SECOND: str(1 / 0)})
    assert answers(store, draft) == {}


def test_an_answer_is_put_changed_and_taken_back(store: Store, record: AssessmentRecord) -> None:
    draft, other = a_draft(store, record), a_draft(store, record)
    for values, left in (
        ({FIRST: "often", SECOND: "never"}, {FIRST: "often", SECOND: "never"}),
        ({FIRST: "always"}, {FIRST: "always", SECOND: "never"}),
        ({SECOND: ""}, {FIRST: "always"}),
        ({SECOND: ""}, {FIRST: "always"}),
        ({FIRST: "'; drop table draft; --"}, {FIRST: "'; drop table draft; --"}),
    ):
        with store.write() as work:
            work.drafts.put(draft, KEY, values)
            work.commit()
        assert answers(store, draft) == left
    assert answers(store, other) == {}


def test_twenty_at_once_lose_no_answer(store: Store, record: AssessmentRecord) -> None:
    drafts = [a_draft(store, record) for _ in range(20)]

    def write(draft: str) -> None:
        for number in range(25):
            with store.write() as work:
                work.drafts.put(draft, KEY, {f"item.{number}": draft})
                work.commit()

    with ThreadPoolExecutor(20) as people:
        list(people.map(write, drafts))
    wanted = {draft: {f"item.{number}": draft for number in range(25)} for draft in drafts}
    assert {draft: answers(store, draft) for draft in drafts} == wanted


def test_twenty_who_change_one_agreed_answer_are_told_unless_they_are_first(
    store: Store, record: AssessmentRecord
) -> None:
    def write(number: int) -> bool:
        with store.write() as work:
            done = work.agreed.put(record.id, FIRST, str(number), "", after=0, on=DAY) is not None
            work.commit()
        return done

    with ThreadPoolExecutor(20) as people:
        accepted = list(people.map(write, range(20)))
    with store.read() as work:
        now = work.agreed.all(record.id)[FIRST]
    assert accepted.count(True) == 1
    assert (now.value, now.revision) == (str(accepted.index(True)), 1)


def test_an_agreed_answer_takes_the_change_that_has_seen_the_last_one(
    store: Store, record: AssessmentRecord
) -> None:
    with store.write() as work:
        assert work.agreed.put(record.id, FIRST, "partly", "A plan", after=0, on=DAY)
        assert work.agreed.put(record.id, FIRST, "in_place", "A plan", after=1, on=DAY)
        assert not work.agreed.put(record.id, FIRST, "planned", "", after=1, on=DAY)
        assert not work.agreed.put(record.id, FIRST, "planned", "", after=7, on=DAY)
        work.commit()
    with store.read() as work:
        now = work.agreed.all(record.id)[FIRST]
    assert now == AgreedRecord("in_place", "A plan", 2, "partly", "A plan")
    assert now.note_is_older


def test_a_session_is_found_and_given_up(store: Store, record: AssessmentRecord) -> None:
    token = begun(store, record)
    draft = draft_of(store, token)
    with store.read() as work:
        assert work.sessions.get(token) is None  # only the hash of its cookie leads to it
        session = work.sessions.get(hashed(token))
    assert session is not None
    assert session == SessionRecord(record.id, "staff", draft.id, session.draft_key, True)
    with store.write() as work:
        work.sessions.remove(hashed(token))
        work.commit()
    with store.read() as work:
        assert work.sessions.get(hashed(token)) is None


def test_with_an_assessment_all_that_was_given_to_it_goes(
    store: Store, record: AssessmentRecord
) -> None:
    token = begun(store, record)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))
    assert hand_in(store, token)
    with store.write() as work:
        work.responses.add_texts(record.id, {"t1": (FIRST, "my words")})
        (text,) = work.written.all(record.id)
        assert work.written.decide(record.id, text, "shown", "", text.text)
        said = StatementRecord("s1", "staff", "We are tired", "together", "", DAY)
        assert work.statements.put(record.id, said, after=0)
        work.commit()
    with store.engine.begin() as connection:
        connection.execute(sa.text("delete from assessment"))
        for table in (*WITHOUT_TIME, *DECIDED, "stakeholder_group", "agreed_answer"):
            count = connection.execute(sa.text(f"select count(*) from {table}")).scalar_one()
            assert count == 0, table


def test_what_respondents_give_has_no_time_and_no_counter(store: Store) -> None:
    inspector = sa.inspect(store.engine)
    for table in WITHOUT_TIME:
        for column in inspector.get_columns(table):
            kind = column["type"]
            assert not isinstance(kind, sa.Date | sa.DateTime | sa.Time | sa.Interval), column
            assert not isinstance(kind, sa.Integer | sa.Numeric) or isinstance(kind, sa.Boolean), (
                column
            )
            assert column.get("default") is None, column
        assert inspector.get_pk_constraint(table)["constrained_columns"], table


def test_sqlite_keeps_no_row_numbers_for_what_respondents_give(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with store.engine.connect() as connection:
        for table in WITHOUT_TIME:
            with pytest.raises(sa.exc.OperationalError, match="rowid"):
                connection.execute(sa.text(f"select rowid from {table}"))
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_but_its_owner_reads_a_file_of_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.sqlite"
    for _ in range(2):
        store = open_store(f"sqlite:///{path}")
        opened(store)  # what is written stands beside the file first
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        store.close()
        assert "store.sqlite-wal" in modes
        assert set(modes.values()) == {0o600}
        path.chmod(0o644)  # as an older version left it
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_handed_in_draft_is_gone_from_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = open_store(f"sqlite:///{path}")
    record = opened(store)
    token = begun(store, record)
    draft = draft_of(store, token)
    save(store, draft, first_answer(draft))

    def bytes_on_disk() -> bytes:
        checkpoint = sa.create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT")
        with checkpoint.connect() as connection:
            connection.execute(sa.text("pragma wal_checkpoint(truncate)"))
        checkpoint.dispose()
        return b"".join(file.read_bytes() for file in sorted(tmp_path.iterdir()))

    assert draft.id.encode() in bytes_on_disk()
    assert hand_in(store, token)
    assert store.traces.wait(10)  # one checkpoint keeps another from being complete
    assert draft.id.encode() not in bytes_on_disk()
    store.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://somebody:secret@127.0.0.1:1/none", "cannot be used"),
        ("sqlite:////proc/none/store.sqlite", "cannot be made or opened"),
        ("nonsense", "ASSESSMENT_DATABASE_URL"),
        ("", "ASSESSMENT_DATABASE_URL"),
        ("oracle+nothing://host/name", "ASSESSMENT_DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_explained_in_words(url: str, expected: str) -> None:
    with pytest.raises(StoreError, match=expected) as refused:
        open_store(url)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_database_is_explained_in_words(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"These are notes, and no database at all. " * 40)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"These are notes")


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgres"])
def test_the_usual_ways_to_write_a_postgresql_address_work(postgresql: str, scheme: str) -> None:
    url = sa.make_url(postgresql).set(drivername=scheme).render_as_string(hide_password=False)
    store = open_store(url)
    assert store.engine.dialect.driver == "psycopg"
    store.close()


def test_the_address_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = f"sqlite:///{(tmp_path / 'ours.sqlite').as_posix()}"
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", wanted)
    assert Settings().database_url == wanted
    store = open_store(Settings().database_url)
    store.close()
    assert (tmp_path / "ours.sqlite").exists()


def test_without_one_it_is_a_file_of_this_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSESSMENT_DATABASE_URL", raising=False)
    found = sa.make_url(Settings().database_url)
    assert found.drivername == "sqlite"
    assert Path(str(found.database)).parts[-3:] == ("data", "local", "assessment.sqlite")


def test_every_record_comes_back_as_it_was_put(store: Store, record: AssessmentRecord) -> None:
    other = replace(
        record,
        id=new_id(),
        title="Zweite Runde – naïve ☂ 'quoted'",
        working_group=replace(record.working_group, code="OTHER-CODE"),
        groups=tuple(replace(g, code=f"{g.code}-2") for g in record.groups),
    )
    with store.write() as work:
        work.assessments.add(other)
        work.commit()
    with store.read() as work:
        assert work.assessments.get(other.id) == other
        assert sorted(r.id for r in work.assessments.all()) == sorted((record.id, other.id))
        assert work.assessments.by_code("OTHER-CODE") == (other.id, None)
        assert work.assessments.by_code("nothing") is None
