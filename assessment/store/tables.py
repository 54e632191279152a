"""The tables.

What respondents give has no column of time anywhere, and its keys are random: neither a date nor
the order of rows may tell who answered. SQLite keeps these tables sorted by their random key
(``WITHOUT ROWID``), so that there is no hidden row number either.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment, always with its time zone, which is UTC. SQLite keeps none beside it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return None if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


ID, CODE, GROUP, ITEM, FORM = String(40), String(64), String(60), String(80), String(10)
ZONE, NAME = String(64), String(120)


def _assessment_id() -> Column:
    return Column("assessment", ID, ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False)


def _of_a_group() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["assessment", "group"],
        ["stakeholder_group.assessment", "stakeholder_group.group"],
        ondelete="CASCADE",
    )


organisation = Table(
    "organisation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("setting", String(200), nullable=False),
    #: Whom a respondent can turn to for help, in the organisation's own words.
    Column("help_contact", String(400), nullable=False),
    #: Where its days begin and end, by the name of the IANA: ``Europe/Berlin``.
    Column("time_zone", ZONE, nullable=False, server_default="Europe/London"),
    #: Since when nobody comes in any more: neither its people nor respondents.
    Column("closed_on", Date),
)

#: Somebody who runs rounds or the installation. An administrator belongs to no organisation.
account = Table(
    "account",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organisation", ID, ForeignKey("organisation.id", ondelete="CASCADE"), index=True),
    #: administrator, coordinator or viewer.
    Column("role", String(20), nullable=False),
    #: What they sign in with, as they wrote it, and as it is compared: small letters.
    Column("name", NAME, nullable=False),
    Column("name_key", NAME, nullable=False, unique=True),
    #: Argon2id, with its parameters. None of one who comes by the organisation's own sign-in.
    Column("passphrase", String(200)),
    #: Of one who does: the hash of the provider's name and of who they are there, which stays when
    #: their address changes.
    Column("subject", CODE, index=True, unique=True),
)

#: A browser in which somebody has signed in, by the hash of its cookie.
sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", CODE, primary_key=True),
    Column("account", ID, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

#: A link that makes an account, or gives one another passphrase, once: the hash of what is in it.
account_link = Table(
    "account_link",
    metadata,
    Column("token_hash", CODE, primary_key=True),
    #: Whose passphrase it changes; none where it makes an account.
    Column("account", ID, ForeignKey("account.id", ondelete="CASCADE")),
    Column("organisation", ID, ForeignKey("organisation.id", ondelete="CASCADE")),
    Column("role", String(20), nullable=False),
    Column("ends_at", Moment, nullable=False),
    #: Who made it, with whom it ends; none where whoever runs the machine did.
    Column("maker", ID, ForeignKey("account.id", ondelete="CASCADE")),
)

#: What was asked and known at a time: all files of questionnaires and guidance in one. Assessments
#: that were opened with the same share a row.
content_snapshot = Table(
    "content_snapshot",
    metadata,
    #: SHA-256 of the files as they are kept, before they are compressed.
    Column("hash", CODE, primary_key=True),
    Column("files", LargeBinary, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organisation", ID, ForeignKey("organisation.id", ondelete="CASCADE"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("minimum_group_size", Integer, nullable=False),
    Column("ladder", GROUP, nullable=False),
    Column("seed", Integer, nullable=False),
    #: How much is asked: a quick look or a full round.
    Column("form", FORM, nullable=False, server_default="full"),
    #: The quick look that a full round goes on from, whose agreed answers it began with. It may be
    #: gone by now.
    Column("follows", ID),
    #: Who the working group is; its own link has a code like the groups' links.
    Column("members", Integer, nullable=False),
    Column("members_lived_experience", Integer, nullable=False),
    Column("members_paid", Boolean, nullable=False),
    Column("key_holders", Integer, nullable=False),
    Column("key_holders_lived_experience", Integer, nullable=False),
    Column("working_group_code", CODE, nullable=False, unique=True),
    #: How many replies were replaced by a mended workbook: results change, and no count does.
    Column("replaced", Integer, nullable=False, server_default="0"),
    #: Whether somebody has begun to read what people wrote: from then on no text may come, or it
    #: would be known whose it is.
    Column("texts_read", Boolean, nullable=False, server_default=false()),
    #: How many hours after the end whoever had begun may go on and hand in.
    Column("grace_hours", Integer, nullable=False, server_default="2"),
    #: When somebody closed it before its last day was over.
    Column("closed_at", Moment),
    Column("published_on", Date),
    Column("archived_on", Date),
    #: What it asks and is scored by, and the day on which that was kept. None only of one that is
    #: older than these columns, until the tool starts.
    Column("content", CODE, ForeignKey("content_snapshot.hash")),
    Column("content_of", Date),
    Index("ix_assessment_organisation", "organisation"),
)

#: What somebody has typed of an assessment that is not open yet, as JSON. The id will be that of
#: the assessment.
plan = Table(
    "plan",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organisation", ID, ForeignKey("organisation.id", ondelete="CASCADE"), index=True),
    Column("values", Text, nullable=False),
    Column("changed_on", Date, nullable=False),
)

assessment_questionnaire = Table(
    "assessment_questionnaire",
    metadata,
    Column("assessment", ID, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("questionnaire", GROUP, primary_key=True),
    Column("version", Integer, nullable=False),
)

stakeholder_group = Table(
    "stakeholder_group",
    metadata,
    Column("assessment", ID, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("group", GROUP, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", String(80), nullable=False),
    Column("side", String(20), nullable=False),
    #: The built-in group whose questions this one is asked.
    Column("asked_like", GROUP, nullable=False),
    Column("head_count", Integer, nullable=False),
    Column("code", CODE, nullable=False, unique=True),
    #: How its people come in: by the group's one link, or each by a code of their own.
    Column("entry", String(10), nullable=False, server_default="link"),
    #: It is too small for numbers, and is asked for a written statement.
    Column("statement", Boolean, nullable=False, server_default=false()),
)

#: A code for one person of a group, of which the store keeps a slow hash. ``state``: open, used,
#: revoked. Whoever has begun with it has a draft that names it.
invitation = Table(
    "invitation",
    metadata,
    Column("code_hash", CODE, primary_key=True),
    _assessment_id(),
    Column("group", GROUP, nullable=False),
    Column("state", String(10), nullable=False),
    _of_a_group(),
    Index("ix_invitation_group", "assessment", "group"),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("id", ID, primary_key=True),
    _assessment_id(),
    Column("group", GROUP, nullable=False),
    #: Of the code that brings an unfinished draft back, and the draft's key under that code; none
    #: until somebody wants one.
    Column("code_hash", CODE, unique=True),
    Column("code_key", LargeBinary),
    #: Of the invitation that it was begun with, which brings it back as well.
    Column("invitation_hash", CODE),
    Column("invitation_key", LargeBinary),
    Index("ix_draft_invitation_hash", "invitation_hash", unique=True),
    # Its group may be the working group, which is none of the stakeholder groups.
    Index("ix_draft_group", "assessment", "group"),
    sqlite_with_rowid=False,
)

#: One answer of a draft, encrypted under the draft's key; ``mark`` stands for its item.
draft_answer = Table(
    "draft_answer",
    metadata,
    Column("draft", ID, ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", ID, primary_key=True),
    Column("encrypted", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

#: A browser's place in an assessment: the hash of its cookie, the draft that it writes, and the
#: draft's key under that cookie. Handing in removes it. The sessions in which the working group
#: writes its one set of answers have no draft.
session = Table(
    "session",
    metadata,
    Column("token_hash", CODE, primary_key=True),
    _assessment_id(),
    Column("group", GROUP, nullable=False),
    Column("draft", ID, ForeignKey("draft.id", ondelete="SET NULL")),
    Column("draft_key", LargeBinary),
    Column("own_device", Boolean, nullable=False),
    Index("ix_session_group", "assessment", "group"),
    Index("ix_session_draft", "draft"),
    sqlite_with_rowid=False,
)

response = Table(
    "response",
    metadata,
    Column("id", ID, primary_key=True),
    _assessment_id(),
    Column("group", GROUP, nullable=False),
    #: JSON, by item. One row a response, so that a whole group can be written anew at once.
    Column("answers", Text, nullable=False),
    #: A MAC over the answers, under a key that only the respondent's receipt gives. One by chance
    #: where nobody has a receipt, so that both look alike.
    Column("seal", CODE),
    _of_a_group(),
    Index("ix_response_group", "assessment", "group"),
    sqlite_with_rowid=False,
)

#: What people write in their own words, apart from response and group.
written_text = Table(
    "written_text",
    metadata,
    Column("id", ID, primary_key=True),
    _assessment_id(),
    Column("item", ITEM, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_written_text_assessment", "assessment"),
    sqlite_with_rowid=False,
)

#: What was decided of a text after closing; ``revision`` rises with each decision. The texts are
#: written anew as replies come in, so nothing but the id leads from one to the other.
text_review = Table(
    "text_review",
    metadata,
    Column("text", ID, primary_key=True),
    _assessment_id(),
    #: shown, hidden; and why it is hidden.
    Column("review", String(10), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_text_review_assessment", "assessment"),
)

#: What a stakeholder group says in the report in words of its own.
group_statement = Table(
    "group_statement",
    metadata,
    Column("id", ID, primary_key=True),
    _assessment_id(),
    Column("group", GROUP, nullable=False),
    Column("text", Text, nullable=False),
    #: How it came about: together, facilitated; and who wrote it down, without names.
    Column("origin", String(20), nullable=False),
    Column("written_by", String(200), nullable=False),
    Column("written_on", Date, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_group_statement_group", "assessment", "group", unique=True),
    _of_a_group(),
)

#: The working group's own answers. ``revision`` rises with each change, so that two people who
#: change one answer at once are told.
agreed_answer = Table(
    "agreed_answer",
    metadata,
    Column("assessment", ID, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("item", ITEM, primary_key=True),
    Column("value", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    #: What stood before, so that "partly" that became "in place" can still be told.
    Column("earlier_value", Text, nullable=False, server_default=""),
    Column("earlier_note", Text, nullable=False, server_default=""),
    #: None of an answer that is older than this column.
    Column("agreed_on", Date),
    #: Why the group answers so; after a change, why it changed its answer.
    Column("reason", Text, nullable=False, server_default=""),
    Column("earlier_reason", Text, nullable=False, server_default=""),
)

#: What a member of the working group answered alone and handed in, as JSON by item. All of an
#: assessment are deleted when the part in which members answer alone ends.
member_response = Table(
    "member_response",
    metadata,
    Column("id", ID, primary_key=True),
    _assessment_id(),
    Column("answers", Text, nullable=False),
    Index("ix_member_response_assessment", "assessment"),
    sqlite_with_rowid=False,
)

#: That the part in which members answer alone is over, and how their answers spread, as far as that
#: may be shown: nothing finer is kept.
spread_before_agreement = Table(
    "spread_before_agreement",
    metadata,
    Column("assessment", ID, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("ended_on", Date, nullable=False),
    #: How many handed in; none where that may not be told.
    Column("members", Integer),
    #: JSON, by item.
    Column("spreads", Text, nullable=False),
)

#: What was published of a round, part by part, each compressed: published figures and nothing
#: finer, as they were drawn and written on that day. Nothing changes it.
published_result = Table(
    "published_result",
    metadata,
    Column("assessment", ID, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

#: What people said and what was done about it, in the words of those who run the round.
follow_up = Table(
    "follow_up",
    metadata,
    Column("id", ID, primary_key=True),
    _assessment_id(),
    Column("said", Text, nullable=False),
    Column("done", Text, nullable=False),
    Column("done_on", Date, nullable=False),
    Index("ix_follow_up_assessment", "assessment"),
)

#: What those who run a round did, and when. Nothing about a respondent is here, and nothing that a
#: respondent causes. The entries of a round that was deleted stay, so its id leads to no row.
audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", ID, primary_key=True),
    Column("assessment", ID, index=True),
    Column(
        "organisation",
        ID,
        ForeignKey("organisation.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", Moment, nullable=False),
    #: The name that they sign in with. It stays when the account is gone.
    Column("who", NAME, nullable=False),
    Column("action", String(40), nullable=False),
    #: Old and new values, by their names.
    Column("details", JSON, nullable=False),
)
