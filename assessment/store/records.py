"""What the store hands out: plain frozen records, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from assessment.report.round_details import Team
from questionnaires.forms import Form
from questionnaires.model import Side

#: How people of a group come in: by its one link, or each by a code of their own.
Entry = Literal["link", "codes"]
InvitationState = Literal["open", "used", "revoked"]
#: Who runs what: an administrator the installation, the others the rounds of an organisation.
AccountRole = Literal["administrator", "coordinator", "viewer"]
#: What a link makes: one of these; the first account of all; the first coordinator of an
#: organisation.
LinkRole = AccountRole | Literal["first", "first_coordinator"]
#: Where nobody said otherwise. It is the same on every machine, since a server's own clock says
#: where the server stands, and not where people answer.
DEFAULT_ZONE = "Europe/London"
#: How many hours after the end whoever had begun may go on and hand in.
USUAL_GRACE = 2


class Schedule(NamedTuple):
    """The stored facts from which the state of a round follows.

    Attributes:
        closes_on: the last day, which is over at its midnight in the organisation's time zone.
        grace_hours: for so long after the end whoever had begun may go on.
        closed_at: when somebody closed it before its last day was over.
    """

    opens_on: date
    closes_on: date
    time_zone: str = DEFAULT_ZONE
    grace_hours: int = USUAL_GRACE
    closed_at: datetime | None = None
    published_on: date | None = None
    archived_on: date | None = None


@dataclass(frozen=True)
class OrganisationRecord:
    """An organisation. ``help_contact`` is whom a respondent can turn to; ``time_zone`` says where
    its days begin and end, such as ``Europe/Berlin``; ``closed_on`` since when nobody of it comes
    in, None where it is open."""

    id: str
    name: str
    setting: str
    help_contact: str
    time_zone: str = DEFAULT_ZONE
    closed_on: date | None = None


@dataclass(frozen=True)
class AccountRecord:
    """Somebody who runs rounds or the installation.

    Attributes:
        organisation: its id; None of an administrator.
        name: what they sign in with.
        passphrase: its slow hash, with what it was made with; None where they come by the
            organisation's own sign-in.
        subject: of those, the hash of who they are there.
    """

    id: str
    organisation: str | None
    role: AccountRole
    name: str
    passphrase: str | None = field(default=None, repr=False)
    subject: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class AccountLinkRecord:
    """A link that makes an account, or gives one another passphrase, once.

    Attributes:
        account: whose passphrase it changes; None where it makes an account.
        maker: the account that made it; None where whoever runs the machine did.
    """

    account: str | None
    organisation: str | None
    role: LinkRole
    ends_at: datetime
    maker: str | None = None


@dataclass(frozen=True)
class GroupRecord:
    """A stakeholder group of one assessment; ``asked_like`` names the built-in group whose
    questions it is asked, ``code`` opens its questionnaire where ``entry`` is its one link. Of one
    that is too small for numbers a written ``statement`` may be asked for."""

    group: str
    title: str
    side: Side
    asked_like: str
    head_count: int
    code: str
    entry: Entry = "link"
    statement: bool = False


@dataclass(frozen=True)
class WorkingGroupRecord(Team):
    """Who runs an assessment; ``code`` opens its questions."""

    code: str


@dataclass(frozen=True)
class AssessmentRecord:
    """One assessment with its groups and the versions of its questionnaires.

    Attributes:
        form: how much is asked: a quick look or a full round.
        follows: the quick look whose agreed answers a full round began with.
        content: the hash of what it asks and is scored by; None until that is kept.
        content_of: the day on which that was kept.
    """

    id: str
    organisation: OrganisationRecord
    title: str
    opens_on: date
    closes_on: date
    minimum_group_size: int
    ladder: str
    seed: int
    working_group: WorkingGroupRecord
    groups: tuple[GroupRecord, ...]
    questionnaires: dict[str, int]
    form: Form = "full"
    follows: str | None = None
    content: str | None = None
    content_of: date | None = None
    grace_hours: int = USUAL_GRACE
    closed_at: datetime | None = None
    published_on: date | None = None
    archived_on: date | None = None

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            self.opens_on,
            self.closes_on,
            self.organisation.time_zone,
            self.grace_hours,
            self.closed_at,
            self.published_on,
            self.archived_on,
        )

    def group(self, name: str) -> GroupRecord:
        return next(group for group in self.groups if group.group == name)


@dataclass(frozen=True)
class PlanRecord:
    """What somebody has typed of an assessment that is not open yet, as JSON."""

    id: str
    values: str
    changed_on: date


@dataclass(frozen=True)
class FollowUpRecord:
    """What people said, what was done about it, and on which day."""

    id: str
    assessment: str
    said: str
    done: str
    done_on: date


@dataclass(frozen=True)
class SessionRecord:
    """A browser's place in an assessment. ``draft`` is None where the working group answers
    together; ``draft_key`` is the draft's key, wrapped under the browser's token."""

    assessment: str
    group: str
    draft: str | None = None
    draft_key: bytes | None = field(default=None, repr=False)
    own_device: bool = False


@dataclass(frozen=True)
class AskedState:
    """All that may change what a group is asked. The questionnaires of an assessment stay what they
    were when it was opened.

    Attributes:
        content: the hash of what is asked, as in the assessment's record.
        agreed: the sum of the revisions of the working group's answers, which rises with each
            change and never comes back.
    """

    form: str
    ladder: str
    side: str
    asked_like: str
    content: str | None
    agreed: int


@dataclass(frozen=True)
class AgreedRecord:
    """One agreed answer with its evidence note.

    Attributes:
        revision: rises with each change.
        earlier_value: the answer that stood before, where it stood for longer than a day's talk
            or with a note of its own; empty where none did.
        earlier_note: the note that stood with that answer. Where it still stands now, it was
            written for the earlier answer.
        agreed_on: the day on which the answer was given; None where nobody knows.
        reason: why the group answers so; ``earlier_reason``: why it gave the answer before.
    """

    value: str
    note: str
    revision: int
    earlier_value: str = ""
    earlier_note: str = ""
    agreed_on: date | None = field(default=None, compare=False)
    reason: str = ""
    earlier_reason: str = ""

    def changed(self, value: str, note: str, on: date, reason: str | None = None) -> AgreedRecord:
        """The answer after a change on a day; it keeps what it was, unless that was a slip.

        Args:
            reason: as it is from now on; left out, it stays. The reason of an answer that was meant
                does not pass to the one that takes its place, whose reason is to be said anew.
        """
        reason = self.reason if reason is None else reason
        after = replace(self, value=value, note=note, reason=reason, revision=self.revision + 1)
        if value == self.value:
            return after
        after = replace(after, agreed_on=on)
        if self.value and self._stood(on):
            return replace(
                after,
                earlier_value=self.value,
                earlier_note=self.note,
                earlier_reason=self.reason,
                reason="" if reason == self.reason else reason,
            )
        if value == self.earlier_value:
            return replace(
                after,
                earlier_value="",
                earlier_note="",
                earlier_reason="",
                reason=reason or self.earlier_reason,
            )
        return after

    def _stood(self, on: date) -> bool:
        """Whether the answer was meant: it has a note or a reason of its own, or is from an earlier
        day."""
        own_note = bool(self.note) and self.note != self.earlier_note
        own_reason = bool(self.reason) and self.reason != self.earlier_reason
        return own_note or own_reason or self.agreed_on is None or self.agreed_on < on

    @property
    def note_is_older(self) -> bool:
        """Whether the note was written for the answer that stood before."""
        return bool(self.note and self.earlier_value) and self.note == self.earlier_note

    @property
    def changed_without_reason(self) -> bool:
        """Whether it is another answer than before, and nobody said why."""
        return bool(self.value and self.earlier_value) and not self.reason


@dataclass(frozen=True)
class SpreadRecord:
    """How members' answers spread before they agreed, as it is kept.

    Attributes:
        members: how many handed in; None where that may not be told.
        spreads: JSON, by item.
    """

    ended_on: date
    members: int | None
    spreads: str


#: What stands where nobody has answered yet.
NO_ANSWER = AgreedRecord("", "", 0)


#: What was decided of a text: nothing yet, that it may be shown, that it may not.
Review = Literal["waiting", "shown", "hidden"]
#: How a group came to its statement: all of it together, or with somebody who wrote down what it
#: said.
Origin = Literal["together", "facilitated"]


@dataclass(frozen=True)
class WrittenRecord:
    """What somebody wrote in words of their own, without anything that leads to them.

    Attributes:
        review: what was decided of it; ``reason``: why it is hidden.
        revision: rises with each decision.
    """

    id: str
    item: str
    text: str
    review: Review = "waiting"
    reason: str = ""
    revision: int = 0


@dataclass(frozen=True)
class StatementRecord:
    """What a group says in the report.

    Attributes:
        written_by: who wrote it down, without names.
        revision: rises with each change.
    """

    id: str
    group: str
    text: str
    origin: Origin
    written_by: str
    written_on: date
    revision: int = 1


@dataclass(frozen=True)
class AuditRecord:
    """What somebody who runs a round did.

    Attributes:
        assessment: the round, which may be gone by now; None where it was all of them.
        action: a code, such as ``closed_early``.
        details: old and new values by their names; nothing about a respondent.
    """

    id: str
    assessment: str | None
    organisation: str
    at: datetime
    who: str
    action: str
    details: Mapping[str, Any] = field(default_factory=dict)
