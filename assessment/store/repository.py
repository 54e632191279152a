"""What each of the repositories of a unit of work is: statements on its one connection."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from assessment.store.scope import Scope, run_in_scope

T = TypeVar("T")


class Repository:
    """Keeps something in the transaction of a connection.

    Args:
        scope: the organisation of which alone something is found and changed; of all if None.
    """

    def __init__(self, connection: Connection, scope: Scope | None = None) -> None:
        run = connection.execute
        self._run = _as(run, partial(run_in_scope, connection, scope)) if scope else run
        self._dialect = connection.dialect.name


def _as(_: T, other: Any) -> T:
    """What is called like the first, with its types."""
    return other
