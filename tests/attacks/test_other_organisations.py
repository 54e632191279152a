"""Two organisations on one installation: whoever belongs to one finds nothing of the other.

Tried in the store, for every table and every method of every repository, whatever ids somebody has
got hold of; and on every screen and route, as everybody else.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from assessment.services.access import people
from assessment.services.access.accounts import Access, RefusedError
from assessment.services.access.codes import hashed
from assessment.services.own_words import group_statements, text_review
from assessment.services.results.round_results import stored_answers
from assessment.services.rounds import (
    audit,
    changes,
    overview,
    personal_codes,
    plans_in_the_making,
)
from assessment.services.rounds.changes import NotChangedError
from assessment.services.rounds.reply_counts import reply_counts
from assessment.services.working_group import agreed_answers
from assessment.store import Store
from assessment.store.encryption import new_draft_key
from assessment.store.names import OrganisationNames
from assessment.store.records import (
    AccountLinkRecord,
    AccountRecord,
    AuditRecord,
    FollowUpRecord,
    SessionRecord,
    SpreadRecord,
    StatementRecord,
)
from assessment.store.repository import Repository
from assessment.store.scope import SHARED, OutOfScopeError, Scope, run_in_scope
from assessment.store.tables import metadata, response
from tests.support.assessments import opened

NOW = datetime(2026, 3, 2, tzinfo=UTC)
#: Every table whose rows belong to an organisation.
OWNED = [table for table in metadata.sorted_tables if table not in SHARED]
ME = Access("mine", "mine", "coordinator", "Willow")
#: Stands in everything of the organisation that is attacked.
SECRET = "Zanzibar"


class House(NamedTuple):
    """An organisation with something in every table."""

    organisation: str
    assessment: str
    own: Store

    @property
    def scope(self) -> Scope:
        return Scope(self.organisation, "somebody")


def house(store: Store, name: str, mark: str) -> House:
    """An organisation whose ids and texts all have a mark."""
    record = opened(store, organisation=name, title=f"Round of {mark}")
    own = store.of(Scope(record.organisation.id, f"{mark}@example.org"))
    personal_codes.make(own, record, "staff", 2)
    plan = f"{mark}-plan".lower()
    plans_in_the_making.keep(own, plan, {"title": mark}, begin=True, today=date(2026, 3, 2))
    key = new_draft_key()
    with own.write() as work:
        work.drafts.add(f"{mark}-draft", record.id, "staff")
        work.drafts.put(f"{mark}-draft", key, {"a": mark})
        work.sessions.add(
            hashed(mark), SessionRecord(record.id, "staff", f"{mark}-draft", bytes(40), True)
        )
        work.responses.add(
            f"{mark}-response", record.id, "staff", {"a": mark}, {f"{mark}-text": ("item", mark)}
        )
        (text,) = work.written.all(record.id)
        work.written.decide(record.id, text, "hidden", "names", text.text)
        said = StatementRecord(f"{mark}-said", "staff", mark, "together", mark, date(2026, 3, 2))
        work.statements.put(record.id, said, after=0)
        work.publications.add(record.id, {"data": mark.encode()})
        work.publications.add_follow_up(
            FollowUpRecord(f"{mark}-follow-up", record.id, mark, mark, date(2026, 3, 2))
        )
        work.agreed.put(record.id, "a", mark, mark, after=0, on=date(2026, 3, 2))
        work.members.add(f"{mark}-member", record.id, {"a": mark})
        work.members.end(record.id, SpreadRecord(date(2026, 3, 2), None, f'{{"{mark}": {{}}}}'))
        account = AccountRecord(f"{mark}-account", record.organisation.id, "coordinator", mark)
        work.accounts.add(account)
        work.accounts.begin(hashed(f"{mark}-cookie"), account.id, NOW)
        link = AccountLinkRecord(None, record.organisation.id, "viewer", NOW)
        work.accounts.add_link(hashed(f"{mark}-link"), link)
        work.audit.add(
            AuditRecord(f"{mark}-entry", None, record.organisation.id, NOW, mark, "launched")
        )
        work.commit()
    return House(record.organisation.id, record.id, own)


@pytest.fixture
def theirs(store: Store) -> House:
    return house(store, f"{SECRET} House", SECRET)


@pytest.fixture
def mine(store: Store, theirs: House) -> House:
    return house(store, "Willow Street", "Willow")


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_of_each_table_only_what_is_ones_own_is_found(
    store: Store, mine: House, theirs: House, table: sa.Table
) -> None:
    """A table that is added has to say to whom its rows belong, and to be filled in here."""
    with store.engine.connect() as connection:
        of_all = connection.execute(sa.select(table)).all()
        of_each = [
            run_in_scope(connection, one.scope, sa.select(table)).all() for one in (mine, theirs)
        ]
        connection.rollback()
    assert of_each[0] and of_each[1]
    assert sorted(map(repr, [*of_each[0], *of_each[1]])) == sorted(map(repr, of_all))
    assert not set(map(repr, of_each[0])) & set(map(repr, of_each[1]))


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_of_each_table_only_what_is_ones_own_is_changed_and_deleted(
    store: Store, mine: House, theirs: House, table: sa.Table
) -> None:
    before = rows_of(store, theirs, table)
    mine_before = rows_of(store, mine, table)
    column = list(table.c)[-1]
    scope = mine.scope
    with store.engine.begin() as connection:
        run_in_scope(connection, scope, sa.update(table).values({column: column}))
        run_in_scope(connection, scope, sa.delete(table))
    assert mine_before and rows_of(store, mine, table) == []
    assert rows_of(store, theirs, table) == before


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_nothing_is_added_to_another_organisation(
    store: Store, mine: House, theirs: House, table: sa.Table
) -> None:
    with store.engine.connect() as connection:
        found = run_in_scope(connection, theirs.scope, sa.select(table)).mappings().first()
        assert found is not None
        row = dict(found)
        scope = mine.scope
        with pytest.raises(OutOfScopeError):
            run_in_scope(connection, scope, sa.insert(table).values(row))
        with pytest.raises(OutOfScopeError):
            run_in_scope(connection, scope, sa.insert(table), [row])
        connection.rollback()


def rows_of(store: Store, house: House, table: sa.Table) -> list[str]:
    with store.engine.connect() as connection:
        found = run_in_scope(connection, house.scope, sa.select(table)).all()
        connection.rollback()
    return sorted(map(repr, found))


@pytest.mark.parametrize(
    "statement",
    [
        sa.text("select * from response"),
        sa.select(sa.select(response.c.id).subquery()),
        sa.select(response.c.id).union(sa.select(response.c.id)),
        sa.select(response.alias().c.id),
    ],
    ids=["text", "subquery", "union", "alias"],
)
def test_a_statement_of_which_nobody_can_tell_whose_rows_it_finds_is_not_run(
    store: Store, mine: House, statement: sa.Executable
) -> None:
    with store.engine.connect() as connection, pytest.raises(TypeError):
        run_in_scope(connection, mine.scope, statement)


def test_every_repository_runs_its_statements_in_its_scope_alone() -> None:
    """By reading them: none has a constructor of its own, or says ``execute``."""
    kinds = Repository.__subclasses__()
    assert len(kinds) >= 11
    for kind in kinds:
        assert "__init__" not in vars(kind)
        assert "execute" not in inspect.getsource(kind)


def test_of_the_names_of_others_it_is_told_only_whether_there_is_one(mine: House) -> None:
    """The one thing that is asked outside the scope."""
    assert {name for name in vars(OrganisationNames) if not name.startswith("_")} == {
        "is_taken",
        "one_at_a_time",
    }
    with mine.own.read() as work:
        assert work.names.is_taken(f"{SECRET} house") is True
        assert work.names.is_taken(SECRET) is False


def test_with_every_id_of_another_organisation_nothing_of_it_is_found_or_changed(
    store: Store, mine: House, theirs: House
) -> None:
    """As a coordinator who has got hold of the address of somebody else's overview."""
    own, name = mine.own, theirs.assessment
    with store.read() as work:
        record = work.assessments.get(name)
    assert record is not None
    before = [rows_of(store, theirs, table) for table in OWNED]
    assert overview.chosen(own, name) is None
    assert [found.id for found in overview.assessments(own)] == [mine.assessment]
    assert all(
        count.handed_in is None or not count.handed_in.at_least
        for count in reply_counts(own, record)
    )
    assert agreed_answers.agreed(own, name) == {}
    assert plans_in_the_making.typed_in(own, f"{SECRET}-plan".lower()) is None
    assert audit.entries(own, record) == []
    assert text_review.waiting(own, record) == 0
    assert group_statements.statements(own, record) == {}
    assert stored_answers(own, record).table.empty
    assert [account.name for account in people.people(own)] == ["Willow"]
    with own.read() as work:
        assert list(work.accounts.links()) == [hashed("Willow-link")]
    plans_in_the_making.delete(own, f"{SECRET}-plan".lower())
    changed: list[Callable[[], None]] = [
        lambda: changes.delete(own, name, record.title),
        lambda: changes.close_early(own, name),
        lambda: changes.change_help_contact(own, name, "me"),
        lambda: changes.archive(own, name),
        lambda: text_review.begin(own, record),
        lambda: group_statements.take_back(own, record, "staff", after=1),
    ]
    for change in changed:
        with pytest.raises(NotChangedError, match="not there any more"):
            change()
    with pytest.raises(OutOfScopeError):
        personal_codes.call_back(own, record, "staff")
    with pytest.raises(OutOfScopeError):
        personal_codes.make(own, record, "staff", 1)
    with pytest.raises(RefusedError):
        people.new_passphrase(own, ME, f"{SECRET}-account")
    people.remove(own, ME, f"{SECRET}-account")
    people.withdraw(own, ME, hashed(f"{SECRET}-link"))
    assert [rows_of(store, theirs, table) for table in OWNED] == before
