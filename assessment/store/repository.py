"""What each of the repositories of a unit of work is: statements on its one connection."""

from __future__ import annotations

from sqlalchemy import Connection


class Repository:
    """Keeps something in the transaction of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name
