"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


ID, CODE, GROUP, ITEM = (sa.String(length=length) for length in (40, 64, 60, 80))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _of(table: str, column: str, owner: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete=ondelete)


def _of_a_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["assessment", "group"],
        ["stakeholder_group.assessment", "stakeholder_group.group"],
        name=op.f(f"fk_{table}_assessment_stakeholder_group"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("setting", sa.String(length=200), nullable=False),
        sa.Column("help_contact", sa.String(length=400), nullable=False),
        _key("organisation", "id"),
    )
    op.create_table(
        "assessment",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("minimum_group_size", sa.Integer(), nullable=False),
        sa.Column("ladder", GROUP, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("members_lived_experience", sa.Integer(), nullable=False),
        sa.Column("members_paid", sa.Boolean(), nullable=False),
        sa.Column("key_holders", sa.Integer(), nullable=False),
        sa.Column("key_holders_lived_experience", sa.Integer(), nullable=False),
        sa.Column("working_group_code", CODE, nullable=False),
        _of("assessment", "organisation", "organisation"),
        _key("assessment", "id"),
        sa.UniqueConstraint("working_group_code", name=op.f("uq_assessment_working_group_code")),
    )
    op.create_table(
        "agreed_answer",
        sa.Column("assessment", ID, nullable=False),
        sa.Column("item", ITEM, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _of("agreed_answer", "assessment", "assessment"),
        _key("agreed_answer", "assessment", "item"),
    )
    op.create_table(
        "assessment_questionnaire",
        sa.Column("assessment", ID, nullable=False),
        sa.Column("questionnaire", GROUP, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _of("assessment_questionnaire", "assessment", "assessment"),
        _key("assessment_questionnaire", "assessment", "questionnaire"),
    )
    op.create_table(
        "stakeholder_group",
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("asked_like", GROUP, nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("code", CODE, nullable=False),
        _of("stakeholder_group", "assessment", "assessment"),
        _key("stakeholder_group", "assessment", "group"),
        sa.UniqueConstraint("code", name=op.f("uq_stakeholder_group_code")),
    )
    op.create_table(
        "written_text",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("item", ITEM, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _of("written_text", "assessment", "assessment"),
        _key("written_text", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("code_hash", CODE, nullable=True),
        _of_a_group("draft"),
        _of("draft", "assessment", "assessment"),
        _key("draft", "id"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_draft_code_hash")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        _of_a_group("response"),
        _of("response", "assessment", "assessment"),
        _key("response", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft_answer",
        sa.Column("draft", ID, nullable=False),
        sa.Column("item", ITEM, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _of("draft_answer", "draft", "draft"),
        _key("draft_answer", "draft", "item"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response_answer",
        sa.Column("response", ID, nullable=False),
        sa.Column("item", ITEM, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _of("response_answer", "response", "response"),
        _key("response_answer", "response", "item"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seat",
        sa.Column("token_hash", CODE, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("draft", ID, nullable=True),
        sa.Column("own_device", sa.Boolean(), nullable=False),
        sa.Column("handed_in", sa.Boolean(), nullable=False),
        _of("seat", "assessment", "assessment"),
        _of("seat", "draft", "draft", ondelete="SET NULL"),
        _key("seat", "token_hash"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        *("seat", "response_answer", "draft_answer", "response", "draft", "written_text"),
        *("stakeholder_group", "agreed_answer", "assessment_questionnaire", "assessment"),
        "organisation",
    ):
        op.drop_table(table)
