"""Units of work: what belongs together is kept together, or not at all.

::

    with store.write() as work:
        work.drafts.put(draft, {"item": "value"})
        work.commit()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, Engine

from assessment.store.accounts import Accounts
from assessment.store.answers import AgreedAnswers, Drafts, Responses
from assessment.store.assessments import Assessments
from assessment.store.audit import AuditLog
from assessment.store.invitations import Invitations
from assessment.store.members import MemberResponses
from assessment.store.names import OrganisationNames
from assessment.store.organisations import Organisations
from assessment.store.own_words import Statements, WrittenTexts
from assessment.store.plans import Plans
from assessment.store.publications import Publications
from assessment.store.scope import Scope
from assessment.store.sessions import Sessions
from assessment.store.snapshots import Snapshots
from assessment.store.unreachable import FAULTS, faults_as_unreachable

#: The name of the connection option that says whether a unit of work may write.
WRITES = "assessment_writes"
#: For whoever need not wait for others.
NO_TURN = nullcontext()
#: Whom the audit log names where nobody has signed in: whoever runs the machine.
NOBODY = "command line"


class UnitOfWork:
    """One transaction and everything that can be done in it."""

    def __init__(self, connection: Connection, scope: Scope | None = None) -> None:
        #: Whom the audit log names.
        self.who = scope.who if scope else NOBODY
        self.assessments = Assessments(connection, scope)
        self.invitations = Invitations(connection, scope)
        self.sessions = Sessions(connection, scope)
        self.drafts = Drafts(connection, scope)
        self.responses = Responses(connection, scope)
        self.agreed = AgreedAnswers(connection, scope)
        self.written = WrittenTexts(connection, scope)
        self.statements = Statements(connection, scope)
        self.members = MemberResponses(connection, scope)
        self.snapshots = Snapshots(connection, scope)
        self.plans = Plans(connection, scope)
        self.publications = Publications(connection, scope)
        self.accounts = Accounts(connection, scope)
        self.organisations = Organisations(connection, scope)
        self.audit = AuditLog(connection, scope)
        #: Of all organisations, whoever works: no two have one name.
        self.names = OrganisationNames(connection)
        self.commit = connection.commit


@contextmanager
def unit_of_work(
    engine: Engine,
    turn: AbstractContextManager[None] = NO_TURN,
    scope: Scope | None = None,
) -> Iterator[UnitOfWork]:
    """Begin a unit of work; at its end, what is not committed is rolled back.

    Args:
        turn: taken before the connection, and given back after it.
        scope: the organisation on which it works; on all if None.

    Raises:
        UnreachableError: the store does not answer, at whatever point; nothing is changed.
    """
    with faults_as_unreachable(), turn, engine.connect() as connection, ended(connection):
        yield UnitOfWork(connection, scope)


@contextmanager
def ended(connection: Connection) -> Iterator[None]:
    """Begin a transaction that ends with the connection; what is not committed is rolled back."""
    try:
        connection.begin()
        yield
    except FAULTS:
        # A transaction that could not be ended must not stay open in the pool, for ever before
        # everybody else.
        connection.invalidate()
        raise
