"""Where an SQLite database is kept."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite database; None of one in memory, and of any other database."""
    if not is_sqlite(url) or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))
