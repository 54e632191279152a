"""Units of work: what belongs together is kept together, or not at all.

::

    with store.write() as work:
        work.drafts.put(draft, {"item": "value"})
        work.commit()
"""

from __future__ import annotations

from types import TracebackType

from sqlalchemy import Engine

from assessment.store.answers import AgreedAnswers, Drafts, Responses
from assessment.store.assessments import Assessments
from assessment.store.sessions import Sessions
from assessment.store.unreachable import FAULTS, unreachable

#: The name of the connection option that says whether a unit of work may write.
WRITES = "assessment_writes"


class UnitOfWork:
    """One transaction and everything that can be done in it.

    Raises:
        UnreachableError: the store does not answer, at whatever point; nothing is changed.
    """

    assessments: Assessments
    sessions: Sessions
    drafts: Drafts
    responses: Responses
    agreed: AgreedAnswers

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> UnitOfWork:
        try:
            self._connection = self._engine.connect()
            self._transaction = self._connection.begin()
        except FAULTS as fault:
            raise unreachable(fault) from fault
        self.assessments = Assessments(self._connection)
        self.sessions = Sessions(self._connection)
        self.drafts = Drafts(self._connection)
        self.responses = Responses(self._connection)
        self.agreed = AgreedAnswers(self._connection)
        return self

    def commit(self) -> None:
        self._transaction.commit()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
            self._connection.close()
        except FAULTS as fault:
            raise unreachable(fault) from fault
        if isinstance(error, FAULTS):
            raise unreachable(error) from error
