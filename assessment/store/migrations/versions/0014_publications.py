"""What is published is kept, and what was done about it"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.String(40)


def upgrade() -> None:
    op.create_table(
        "published_result",
        sa.Column("assessment", ID, nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name="fk_published_result_assessment_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment", "part", name="pk_published_result"),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessment.id"],
            name="fk_follow_up_assessment_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
    )
    op.create_index("ix_follow_up_assessment", "follow_up", ["assessment"])
    # Of a round that called itself published nothing was kept: it is closed until it is published.
    op.execute("UPDATE assessment SET published_on = NULL, archived_on = NULL")


def downgrade() -> None:
    op.drop_index("ix_follow_up_assessment", "follow_up")
    op.drop_table("follow_up")
    op.drop_table("published_result")
