"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("setting", sa.String(length=200), nullable=False),
        sa.Column("help_contact", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("minimum_group_size", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.String(length=60), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("members_lived_experience", sa.Integer(), nullable=False),
        sa.Column("members_paid", sa.Boolean(), nullable=False),
        sa.Column("key_holders", sa.Integer(), nullable=False),
        sa.Column("key_holders_lived_experience", sa.Integer(), nullable=False),
        sa.Column("working_group_code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisation.id"],
            name=op.f("fk_assessment_organisation_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("working_group_code", name=op.f("uq_assessment_working_group_code")),
    )
    op.create_table(
        "agreed_answer",
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_agreed_answer_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment", "item", name=op.f("pk_agreed_answer")),
    )
    op.create_table(
        "assessment_questionnaire",
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("questionnaire", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_assessment_questionnaire_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "assessment", "questionnaire", name=op.f("pk_assessment_questionnaire")
        ),
    )
    op.create_table(
        "stakeholder_group",
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("asked_like", sa.String(length=60), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_stakeholder_group_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment", "group", name=op.f("pk_stakeholder_group")),
        sa.UniqueConstraint("code", name=op.f("uq_stakeholder_group_code")),
    )
    op.create_table(
        "written_text",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_written_text_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_text")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment", "group"],
            ["stakeholder_group.assessment", "stakeholder_group.group"],
            name=op.f("fk_draft_assessment_stakeholder_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_draft_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_draft_code_hash")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment", "group"],
            ["stakeholder_group.assessment", "stakeholder_group.group"],
            name=op.f("fk_response_assessment_stakeholder_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_response_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft_answer",
        sa.Column("draft", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft"], ["draft.id"], name=op.f("fk_draft_answer_draft_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft", "item", name=op.f("pk_draft_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response_answer",
        sa.Column("response", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response"],
            ["response.id"],
            name=op.f("fk_response_answer_response_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response", "item", name=op.f("pk_response_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seat",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("draft", sa.String(length=40), nullable=True),
        sa.Column("own_device", sa.Boolean(), nullable=False),
        sa.Column("handed_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=op.f("fk_seat_assessment_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["draft"], ["draft.id"], name=op.f("fk_seat_draft_draft"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_seat")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("seat")
    op.drop_table("response_answer")
    op.drop_table("draft_answer")
    op.drop_table("response")
    op.drop_table("draft")
    op.drop_table("written_text")
    op.drop_table("stakeholder_group")
    op.drop_table("assessment_questionnaire")
    op.drop_table("agreed_answer")
    op.drop_table("assessment")
    op.drop_table("organisation")
