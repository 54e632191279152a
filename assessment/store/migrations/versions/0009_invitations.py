"""Invitations: codes that let one person answer once"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID, GROUP, CODE = sa.String(40), sa.String(60), sa.String(64)


def upgrade() -> None:
    op.add_column(
        "stakeholder_group",
        sa.Column("entry", sa.String(10), nullable=False, server_default="link"),
    )
    op.create_table(
        "invitation",
        sa.Column("code_hash", CODE, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment", "group"],
            ["stakeholder_group.assessment", "stakeholder_group.group"],
            name="fk_invitation_assessment_stakeholder_group",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name="fk_invitation_assessment_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name="pk_invitation"),
        sqlite_with_rowid=False,
    )
    op.add_column("draft", sa.Column("invitation_hash", CODE))
    op.add_column("draft", sa.Column("invitation_key", sa.LargeBinary()))
    op.create_index("ix_draft_invitation_hash", "draft", ["invitation_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_draft_invitation_hash", "draft")
    op.drop_column("draft", "invitation_key")
    op.drop_column("draft", "invitation_hash")
    op.drop_table("invitation")
    op.drop_column("stakeholder_group", "entry")
