"""What an assessment asks is kept, and what is planned"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_snapshot",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_content_snapshot")),
    )
    # What was opened before has none yet: the tool gives it what is installed when it starts.
    of = op.f("fk_assessment_content_content_snapshot")
    op.add_column(
        "assessment",
        sa.Column("content", sa.String(length=64), sa.ForeignKey("content_snapshot.hash", name=of)),
        inline_references=True,
    )
    op.add_column("assessment", sa.Column("content_of", sa.Date(), nullable=True))
    op.create_table(
        "plan",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )


def downgrade() -> None:
    op.drop_table("plan")
    op.drop_column("assessment", "content_of")
    op.drop_column("assessment", "content")
    op.drop_table("content_snapshot")
