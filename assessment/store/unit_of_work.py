"""Units of work: what belongs together is kept together, or not at all.

::

    with store.write() as work:
        work.drafts.put(draft, {"item": "value"})
        work.commit()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from assessment.store.answers import AgreedAnswers, Drafts, Responses
from assessment.store.assessments import Assessments
from assessment.store.sessions import Sessions
from assessment.store.unreachable import faults_as_unreachable

#: The name of the connection option that says whether a unit of work may write.
WRITES = "assessment_writes"


class UnitOfWork:
    """One transaction and everything that can be done in it."""

    def __init__(self, connection: Connection) -> None:
        self.assessments = Assessments(connection)
        self.sessions = Sessions(connection)
        self.drafts = Drafts(connection)
        self.responses = Responses(connection)
        self.agreed = AgreedAnswers(connection)
        self.commit = connection.commit


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[UnitOfWork]:
    """Begin a unit of work; at its end, what is not committed is rolled back.

    Raises:
        UnreachableError: the store does not answer, at whatever point; nothing is changed.
    """
    with faults_as_unreachable(), engine.connect() as connection:
        connection.begin()
        yield UnitOfWork(connection)
