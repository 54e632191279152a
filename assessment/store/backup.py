"""Everything that a store holds as plain data, whichever database it is, and back again.

Rows stand in the order of their keys, not of their places. The keys of what respondents give are
random, so their order tells nothing of who came before whom.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from alembic import command
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    delete,
    insert,
    literal,
    or_,
    select,
)

from assessment.store.database import Store, alembic_config, knows_revision, newest_revision
from assessment.store.scope import SHARED, belongs
from assessment.store.tables import account_link, metadata, sign_in
from assessment.store.traces import keep_no_samples
from assessment.store.unreachable import StoreError

#: What a backup is made of, one after the other: what is said of all of it, the head of a table
#: with its columns, and each of its rows, whose values stand in the order of these columns.
Entry = Mapping[str, Any] | Sequence[Any]
#: How many rows are read or written at once.
ROWS = 500
#: What opens something for a while. None of it comes back: somebody who has signed out would be
#: signed in again, and a link that was used or called back would open something once more.
NEVER_KEPT = frozenset({sign_in, account_link})
#: What a backup has, in an order in which each row comes after those that it names.
KEPT = tuple(table for table in metadata.sorted_tables if table not in NEVER_KEPT)

NOT_EMPTY = (
    "There is something in this installation already, and nothing of it was changed. A backup is "
    "restored into an empty one: name another database with ASSESSMENT_DATABASE_URL."
)
NEWER = "This backup was made by a newer version of this tool. Update the tool first."


class NotEmptyError(StoreError):
    """There are rows where a backup was to be restored."""


def entries(store: Store, organisation: str | None = None, **said: Any) -> Iterator[Entry]:
    """Everything in a store as it was at one moment, while others go on.

    Args:
        organisation: the id of one, and only what belongs to it; the one of a store that is scoped.
        said: what else the first entry says.

    Raises:
        UnreachableError: the store does not answer.
    """
    if store.scope is not None:
        organisation = store.scope.organisation
    wanted = belonging_to(organisation) if organisation is not None else {}
    with store.snapshot() as connection:
        yield {"revision": newest_revision(), "organisation": organisation, **said}
        for table in KEPT:
            yield {"table": table.name, "columns": [column.name for column in table.columns]}
            yield from _rows(connection, table, wanted.get(table.name))


def belonging_to(organisation: str) -> dict[str, ColumnElement[bool] | None]:
    """By table, which of its rows belong to an organisation, or are needed by such a row."""
    found: dict[str, ColumnElement[bool] | None] = {
        table.name: belongs(table, organisation) for table in KEPT if table not in SHARED
    }
    for table in SHARED:
        found[table.name] = or_(*_needed(table, found))
    return found


def _needed(
    table: Table, found: Mapping[str, ColumnElement[bool] | None]
) -> list[ColumnElement[bool]]:
    """Which rows of a table are named by a row that is wanted."""
    return [
        key.column.in_(select(key.parent).where(where))
        for name, where in sorted(found.items())
        if where is not None
        for key in sorted(metadata.tables[name].foreign_keys, key=lambda key: key.target_fullname)
        if key.column.table is table
    ]


def _rows(
    connection: Connection, table: Table, where: ColumnElement[bool] | None
) -> Iterator[list[Any]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    if where is not None:
        ordered = ordered.where(where)
    for row in connection.execute(ordered, execution_options={"yield_per": ROWS}):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any, column: Column[Any]) -> Any:
    """The value again, as a column takes it."""
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return b64decode(value)
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def put_back(store: Store, found: Iterable[Entry]) -> None:
    """Fill an empty store with what a backup holds. One of an older version is brought up to date,
    as its database would have been. Everything, or nothing.

    Raises:
        NotEmptyError: the store is not empty.
        StoreError: the backup is of a newer version.
        UnreachableError: the store does not answer.
        Exception: whatever the entries raise.
    """
    rest = iter(found)
    revision = checked_revision(next(rest))
    with store.alone() as connection:
        if not _is_empty(connection):
            raise NotEmptyError(NOT_EMPTY)
        for table in NEVER_KEPT:  # such as the link that a first start has printed
            connection.execute(delete(table))
        config = alembic_config(connection)
        if revision != newest_revision():
            command.downgrade(config, revision)
        tables = MetaData()
        tables.reflect(connection)
        _put_rows(connection, tables, rest)
        command.upgrade(config, "head")
        keep_no_samples(connection)


def checked_revision(first: Entry) -> str:
    """The revision of the tables of a backup, by its first entry.

    Raises:
        StoreError: it is one of a newer version.
    """
    revision = first["revision"] if isinstance(first, Mapping) else ""
    if not knows_revision(revision):
        raise StoreError(NEWER)
    return revision


def _is_empty(connection: Connection) -> bool:
    return not any(
        connection.execute(select(literal(1)).select_from(table).limit(1)).first() for table in KEPT
    )


def _put_rows(connection: Connection, tables: MetaData, rest: Iterator[Entry]) -> None:
    waiting: list[Sequence[Any]] = []
    columns: list[Column[Any]] = []
    for entry in _with_end(rest):
        if isinstance(entry, Mapping) or len(waiting) == ROWS:
            _insert(connection, columns, waiting)
            waiting = []
        if isinstance(entry, Mapping):
            table = tables.tables[entry["table"]] if entry else None
            columns = [table.c[name] for name in entry["columns"]] if table is not None else []
        else:
            waiting.append(entry)


def _with_end(rest: Iterator[Entry]) -> Iterator[Entry]:
    yield from rest
    yield {}


def _insert(
    connection: Connection, columns: Sequence[Column[Any]], rows: Sequence[Sequence[Any]]
) -> None:
    if rows:
        connection.execute(
            insert(columns[0].table),
            [
                {c.name: _typed(value, c) for c, value in zip(columns, row, strict=True)}
                for row in rows
            ],
        )
