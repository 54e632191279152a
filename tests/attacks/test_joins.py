"""Who said what, by whoever has the database: a copy of its files, or a dump with the columns in
which PostgreSQL names each row's transaction and place.

The attacker also knows a great deal: the cookie of every browser, and who handed in after whom.
Each join is tried on a store that does nothing against it, too: it has to succeed there, or it
would prove nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from assessment.services.access import sessions
from assessment.services.access.codes import ALPHABET, LENGTH, hashed, opened
from assessment.services.respondents.answering import Draft, hand_in, save
from assessment.services.rounds import changes, personal_codes
from assessment.settings import settings
from assessment.store import Store, open_store
from assessment.store.answers import Responses
from assessment.store.encryption import InvalidTag, unwrap, wrapping_key
from assessment.store.records import AssessmentRecord
from assessment.store.tables import (
    draft,
    draft_answer,
    invitation,
    response,
    session,
    written_text,
)
from assessment.store.traces import Traces
from tests.support.assessments import opened as a_round
from tests.support.databases import new_file
from tests.support.respondents import begun, draft_of, entered, first_answer

PEOPLE = 20
#: So many of twenty are joined by mere chance less than once in ten million tries: who guesses an
#: order finds one right on average (a Poisson distribution of mean 1).
BY_CHANCE = 10
#: SQLite names no transactions, and keeps rows in the order of their random keys.
ON_POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


@pytest.fixture(params=[False, True], ids=["as it is", "without defence"])
def defended(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the store does what it does against joins."""
    if request.param:
        monkeypatch.setattr(Traces, "erase", lambda _: None)
        monkeypatch.setattr(Traces, "settle", lambda _: None)
        monkeypatch.setattr(Responses, "write_anew", lambda *_: None)
    return not request.param


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    store = open_store(new_file(tmp_path / "store.sqlite"))
    yield store
    store.close()


def all_begun(store: Store, record: AssessmentRecord) -> list[Draft]:
    """Staff who have begun, in the order in which they will hand in. No two answer alike, so that
    the test knows whose response is whose."""
    drafts = [draft_of(store, begun(store, record)) for _ in range(PEOPLE)]
    for number, one in enumerate(drafts):
        asked = one.pages[0].questions[:5]
        codes = [q.choices[number >> at & 1].code for at, q in enumerate(asked)]
        save(store, one, dict(zip([q.item.id for q in asked], codes, strict=True)))
    return drafts


def all_handed_in(store: Store, drafts: list[Draft]) -> list[str]:
    """Everybody hands in, one after the other. Returns what each answered, as it is stored."""
    for one in drafts:
        assert hand_in(store, one.token)
    return [json.dumps(dict(sorted(one.saved.items())), ensure_ascii=False) for one in drafts]


def transactions(path: Path) -> list[list[tuple[bytes, bytes]]]:
    """What the journal of SQLite says of each transaction: the pages that it wrote, each before
    and after (https://sqlite.org/walformat.html)."""
    journal, pages = path.with_name(f"{path.name}-wal").read_bytes(), path.read_bytes()
    if not journal:
        return []
    size = int.from_bytes(journal[8:12], "big")
    now = {at // size + 1: pages[at : at + size] for at in range(0, len(pages), size)}
    found: list[list[tuple[bytes, bytes]]] = [[]]
    for at in range(32, len(journal), 24 + size):
        head, page = journal[at : at + 24], journal[at + 24 : at + 24 + size]
        number = int.from_bytes(head[:4], "big")
        found[-1].append((now.get(number, b""), page))
        now[number] = page
        if int.from_bytes(head[4:8], "big"):  # the last page of a transaction
            found.append([])
    return found


def test_sqlites_journal_does_not_lead_from_a_cookie_to_a_response(
    sqlite: Store, tmp_path: Path, defended: bool
) -> None:
    """In the transaction in which a session goes, a response comes."""
    drafts = all_begun(sqlite, a_round(sqlite))
    answers = all_handed_in(sqlite, drafts)
    assert sqlite.traces.wait(20)
    joined = 0
    for written in transactions(tmp_path / "store.sqlite"):
        gone = [
            number
            for number, one in enumerate(drafts)
            for before, after in written
            if (mark := hashed(one.token).encode()) in before and mark not in after
        ]
        come = [
            number
            for number, text in enumerate(answers)
            for before, after in written
            if text.encode() in after and text.encode() not in before
        ]
        joined += len(set(gone)) == 1 and set(gone) == set(come)
    # Where a page is divided, others' responses come with this one, and the simple join fails.
    assert joined == 0 if defended else joined > PEOPLE / 2


@ON_POSTGRESQL
def test_postgresqls_transactions_and_places_do_not_tell_the_order_of_handing_in(
    store: Store, record: AssessmentRecord, defended: bool
) -> None:
    answers = all_handed_in(store, all_begun(store, record))
    with store.engine.connect() as connection:
        by_transaction = connection.exec_driver_sql(
            "select answers from response order by xmin::text::bigint, ctid"
        )
        guessed = list(by_transaction.scalars())
    right = sum(one == other for one, other in zip(guessed, answers, strict=True))
    assert right < BY_CHANCE if defended else right == PEOPLE


@ON_POSTGRESQL
def test_no_transaction_joins_a_code_with_the_response_that_was_given_with_it(
    store: Store, record: AssessmentRecord, defended: bool
) -> None:
    """Whoever printed the cards, and noted who got which, has their hashes."""
    for code in personal_codes.make(store, record, "staff", 6):
        token = entered(store, code).token
        draft = draft_of(store, token)
        save(store, draft, first_answer(draft))
        assert hand_in(store, token)
    with store.engine.connect() as connection:
        joined = connection.exec_driver_sql(
            "select r.id, i.code_hash from response r join invitation i on i.xmin = r.xmin"
        ).all()
    assert len(joined) == (36 if defended else 6)


@ON_POSTGRESQL
def test_no_transaction_joins_a_response_with_what_its_respondent_wrote(
    store: Store, record: AssessmentRecord, defended: bool
) -> None:
    for number in range(6):
        with store.write() as work:
            work.assessments.lock(record.id)
            texts = {f"text-{number}": ("words.anything", f"Words {number}")}
            work.responses.add(f"response-{number}", record.id, "staff", {}, texts)
            work.responses.write_anew(record.id, "staff")
            work.commit()
    with store.engine.connect() as connection:
        joined = connection.exec_driver_sql(
            "select r.id, t.text from response r join written_text t on t.xmin = r.xmin"
        ).all()
    # Joined with everything, or each with its own.
    assert len(joined) == (36 if defended else 6)


def test_no_order_in_sqlite_is_that_of_handing_in(sqlite: Store, tmp_path: Path) -> None:
    answers = all_handed_in(sqlite, all_begun(sqlite, a_round(sqlite)))
    sqlite.close()
    raw = (tmp_path / "store.sqlite").read_bytes()
    by_place = sorted(range(PEOPLE), key=lambda number: raw.find(answers[number].encode()))
    assert all(text.encode() in raw for text in answers)
    assert sum(at == number for at, number in enumerate(by_place)) < BY_CHANCE


def bytes_of(store: Store, folder: Path) -> bytes:
    """All that stands in the files of the tables and indexes of respondents."""
    if store.engine.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(folder.rglob("store.sqlite*")))
    tables = (draft, draft_answer, session, response, written_text, invitation)
    named = [table.name for table in tables]
    named += [f"pk_{name}" for name in named] + ["uq_draft_code_hash", "ix_draft_invitation_hash"]
    with store.engine.connect() as connection:
        autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
        autocommit.exec_driver_sql("checkpoint")
        root = Path(str(autocommit.exec_driver_sql("show data_directory").scalar_one()))
        paths = [
            root / str(autocommit.execute(sa.select(sa.func.pg_relation_filepath(name))).scalar())
            for name in named
        ]
    return b"".join(path.read_bytes() for path in paths)


def test_nothing_of_a_draft_or_its_session_stays_in_the_files(
    store: Store, record: AssessmentRecord, tmp_path: Path
) -> None:
    """Not even in the gaps of pages, where PostgreSQL leaves some of it until the round is over."""
    drafts = all_begun(store, record)
    marks = [mark.encode() for one in drafts for mark in (hashed(one.token), one.id)]
    assert store.traces.wait(20)
    before = bytes_of(store, tmp_path)
    assert all(mark in before for mark in marks)
    all_handed_in(store, drafts)
    store.compact()
    after = bytes_of(store, tmp_path)
    assert [mark for mark in marks if mark in after] == []


def test_traces_are_erased_also_while_somebody_reads(sqlite: Store, tmp_path: Path) -> None:
    """A reader keeps the journal as it is; as soon as it ends, the journal is emptied."""
    drafts = all_begun(sqlite, a_round(sqlite))
    with sqlite.read() as work:
        work.responses.counts("any")
        all_handed_in(sqlite, drafts[:1])
        assert not sqlite.traces.wait(0.3)
        save(sqlite, drafts[1], {})  # nobody is held up meanwhile
    assert sqlite.traces.wait(20)
    assert (tmp_path / "store.sqlite-wal").stat().st_size == 0


def test_whoever_has_the_database_reads_no_draft(
    store: Store, record: AssessmentRecord, tmp_path: Path
) -> None:
    """Neither what was answered nor which questions: only how many."""
    drafts = all_begun(store, record)
    code = sessions.return_code(store, drafts[0].token)
    assert code is not None
    with store.engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sa.select(draft_answer))]
        kept = connection.execute(sa.select(session.c.token_hash, session.c.draft_key)).all()
        wrapped = connection.execute(sa.select(draft.c.code_hash, draft.c.code_key)).all()
    assert len({len(encrypted) for *_, encrypted in rows}) == 1
    assert len({mark for _, mark, _ in rows}) == len(rows)  # one item has another mark each time
    everything = repr((rows, kept, wrapped))
    for one in drafts:
        assert one.token not in everything and one.key.hex() not in everything
        for item, value in one.saved.items():
            assert item not in everything and value not in everything
    for token_hash, key in kept:
        with pytest.raises(InvalidTag):  # the hash that stands beside a key does not open it
            unwrap(key, wrapping_key(token_hash))


def test_codes_cannot_be_tried_without_the_secret_of_the_installation(
    store: Store, record: AssessmentRecord, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever has the database has nothing to tell a right code by."""
    assert len(ALPHABET) ** LENGTH >= 2**60
    code = sessions.return_code(store, begun(store, record))
    assert code is not None
    with store.engine.connect() as connection:
        kept = connection.scalar(sa.select(draft.c.code_hash))
    assert opened(code).hash == kept
    monkeypatch.setattr(
        "assessment.services.access.installation_secret.settings",
        lambda: settings().model_copy(update={"secret_file": tmp_path / "another"}),
    )
    assert opened(code).hash != kept
    assert sessions.find_invitation(store, code) is None


def test_a_code_that_brings_a_draft_back_is_no_link(store: Store, record: AssessmentRecord) -> None:
    code = sessions.return_code(store, begun(store, record))
    assert code is not None
    assert sessions.find_invitation(store, code, typed=False) is None
    assert sessions.find_invitation(store, code) is not None


def everything_on_disk(store: Store, folder: Path) -> bytes:
    """All that stands in the files of the database's own tables and of what they hold."""
    if store.engine.dialect.name == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(folder.rglob("store.sqlite*")))
    with store.engine.connect() as connection:
        autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
        autocommit.exec_driver_sql("checkpoint")
        root = Path(str(autocommit.exec_driver_sql("show data_directory").scalar_one()))
        number = autocommit.exec_driver_sql(
            "select oid from pg_database where datname = current_database()"
        ).scalar_one()
    return b"".join(path.read_bytes() for path in sorted((root / "base" / str(number)).iterdir()))


def test_nothing_of_a_round_that_was_deleted_stays_in_the_files(
    store: Store, record: AssessmentRecord, tmp_path: Path
) -> None:
    """Of another round, everything does."""
    other = a_round(store, title="Another round")
    marks: dict[str, list[bytes]] = {}
    for round_ in (record, other):
        drafts = all_begun(store, round_)
        all_handed_in(store, drafts[: PEOPLE // 2])
        noted, written = f"The rota of {round_.id}", f"What Robin wrote in {round_.id}"
        with store.write() as work:
            work.agreed.put(round_.id, "fit.pay", "paid", noted, after=0, on=date(2026, 5, 1))
            work.responses.add_texts(round_.id, {f"text-{round_.id}": ("words.any", written)})
            work.commit()
        begun_ = [one.id for one in drafts[PEOPLE // 2 :]]
        with store.read() as work:
            given = [row[0] for row in work.responses.rows(round_.id)]
        groups = [group.code for group in round_.groups]
        found = [noted, written, *begun_, *given, *groups]
        marks[round_.id] = [mark.encode() for mark in found]
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect() as connection:  # as it does by itself from time to time
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("analyze")
    assert store.traces.wait(20)
    before = everything_on_disk(store, tmp_path)
    assert all(mark in before for found in marks.values() for mark in found)
    changes.delete(store, record.id, record.title)
    assert store.traces.wait(20)
    after = everything_on_disk(store, tmp_path)
    assert [mark for mark in marks[record.id] if mark in after] == []
    assert all(mark in after for mark in marks[other.id])
