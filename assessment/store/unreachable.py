"""A store that does not answer: one protocol for everything that reaches it.

Every unit of work raises ``UnreachableError`` for a fault of the database, whether it comes at its
beginning, within it or at its commit; nothing is changed then. A screen catches that, says so
calmly, keeps what was entered and tries again. Programming errors pass as they are.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)

#: SQLite's driver begins transactions for us, and its errors come as they are; so do those of its
#: file, and patience that has ended.
FAULTS = (SQLAlchemyError, sqlite3.Error, OSError)


class StoreError(Exception):
    """The database cannot be used; the message says what to do."""


class UnreachableError(StoreError):
    """The store does not answer just now; what is there stays there."""


@contextmanager
def faults_as_unreachable() -> Iterator[None]:
    """Let every fault of the database arrive as one error, and log it without any answer."""
    try:
        yield
    except FAULTS as fault:
        log.error("the store does not answer: %s", reason(fault))
        # Without its cause: a traceback must not show an answer that stands in the fault's details.
        raise UnreachableError("the store does not answer") from None


def reason(fault: BaseException) -> str:
    """What the database's driver says, without the statement and its values."""
    return str(getattr(fault, "orig", None) or fault).strip().partition("\n")[0]
