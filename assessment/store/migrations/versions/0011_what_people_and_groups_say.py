"""What people wrote is reviewed, and groups have statements"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID, GROUP = sa.String(40), sa.String(60)
STATEMENT = "group_statement"


def upgrade() -> None:
    op.add_column(
        "assessment",
        sa.Column("texts_read", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "text_review",
        sa.Column("text", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("review", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name="fk_text_review_assessment_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("text", name="pk_text_review"),
    )
    op.create_table(
        STATEMENT,
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("written_by", sa.String(200), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment", "group"],
            ["stakeholder_group.assessment", "stakeholder_group.group"],
            name=f"fk_{STATEMENT}_assessment_stakeholder_group",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name=f"fk_{STATEMENT}_assessment_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{STATEMENT}"),
    )
    op.create_index(f"ix_{STATEMENT}_group", STATEMENT, ["assessment", "group"], unique=True)


def downgrade() -> None:
    # Whether a text may be shown is in no earlier version, which shows none.
    op.drop_index(f"ix_{STATEMENT}_group", STATEMENT)
    op.drop_table(STATEMENT)
    op.drop_column("assessment", "texts_read")
    op.drop_table("text_review")
