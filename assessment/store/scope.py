"""What belongs to an organisation: every statement of a store that is scoped to one passes here.

A screen of a coordinator gets its units of work from ``store.of(Scope(…))``. Whatever it asks for,
by whichever id, it finds only what belongs to its own organisation, changes nothing else, and adds
nothing elsewhere. Stores of respondents are not scoped: they find by the hashes of random secrets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Executable,
    FromClause,
    Insert,
    Join,
    Select,
    Table,
    Update,
    bindparam,
    select,
)

from assessment.store.tables import (
    account,
    assessment,
    content_snapshot,
    draft,
    draft_answer,
    organisation,
    sign_in,
)

Rows = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
#: The value of a statement that says for whom it runs.
OWNER: Final = "scope_organisation"
#: What all organisations share: questionnaires and rules, found by the hash of their text.
SHARED = frozenset({content_snapshot})


class Scope(NamedTuple):
    """For whom a store works.

    Attributes:
        organisation: its id.
        who: the name that the audit log has of whoever works with it.
    """

    organisation: str
    who: str


class OutOfScopeError(Exception):
    """A row was to be added to another organisation. No screen asks for that: it is a fault."""


def run_in_scope(
    connection: Connection, scope: Scope, statement: Executable, values: Rows = None
) -> CursorResult[Any]:
    """Run a statement on what belongs to an organisation, and on nothing else.

    Raises:
        OutOfScopeError: it would add something to another organisation.
    """
    if isinstance(statement, Insert):
        for row in _rows(connection, statement, values):
            _check(connection, scope, statement.table, row)
        return connection.execute(statement, values)
    owner = {OWNER: scope.organisation}
    if values is None or isinstance(values, Mapping):
        return connection.execute(within(statement), {**(values or {}), **owner})
    return connection.execute(within(statement), [{**row, **owner} for row in values])


# To see from which tables a statement reads takes longer than to run it; most stand once for all.
@lru_cache(maxsize=512)
def within(statement: Executable) -> Executable:
    """A statement that reads, changes or deletes, of what belongs to the organisation that is given
    to it as ``OWNER``."""
    if isinstance(statement, Select):
        tables = [table for part in statement.get_final_froms() for table in _tables(part)]
    elif isinstance(statement, Update | Delete):
        tables = list(_tables(statement.table))
    else:
        raise TypeError(f"it cannot be told to whom the rows of this belong: {statement}")
    owner = bindparam(OWNER)
    return statement.where(*(belongs(table, owner) for table in tables if table not in SHARED))


def belongs(table: Table, owner: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a row of a table belongs to an organisation."""
    rounds = select(assessment.c.id).where(assessment.c.organisation == owner)
    if table is organisation:
        return organisation.c.id == owner
    if "organisation" in table.c:
        return table.c.organisation == owner
    if "assessment" in table.c:
        return table.c.assessment.in_(rounds)
    if table is draft_answer:
        own = select(draft.c.id).where(draft.c.assessment.in_(rounds))
        return draft_answer.c.draft.in_(own)
    if table is sign_in:
        own = select(account.c.id).where(account.c.organisation == owner)
        return sign_in.c.account.in_(own)
    raise TypeError(f"it cannot be told to whom the rows of {table.name} belong")


def _tables(part: FromClause) -> Iterator[Table]:
    match part:
        case Table():
            yield part
        case Join():
            yield from _tables(part.left)
            yield from _tables(part.right)
        case _:
            raise TypeError(f"it cannot be told to whom the rows of this belong: {part}")


def _rows(connection: Connection, statement: Insert, values: Rows) -> Sequence[Mapping[str, Any]]:
    """The rows that a statement adds."""
    if values is None:
        return [statement.compile(dialect=connection.dialect).params]
    return [values] if isinstance(values, Mapping) else values


def _check(connection: Connection, scope: Scope, table: FromClause, row: Mapping[str, Any]) -> None:
    assert isinstance(table, Table)
    if table in SHARED:
        return
    if table is organisation:
        fits = row["id"] == scope.organisation
    elif "organisation" in table.c:
        fits = row["organisation"] == scope.organisation
    else:
        key, parent = _parent(table)
        values = {OWNER: scope.organisation, "row": row[key]}
        fits = connection.execute(within(_found(parent)), values).first() is not None
    if not fits:
        raise OutOfScopeError(table.name)


@cache
def _found(table: Table) -> Select[Any]:
    return select(table.c.id).where(table.c.id == bindparam("row"))


def _parent(table: Table) -> tuple[str, Table]:
    """The column that says to what a row belongs, and the table of that."""
    if "assessment" in table.c:
        return "assessment", assessment
    return ("draft", draft) if table is draft_answer else ("account", account)
