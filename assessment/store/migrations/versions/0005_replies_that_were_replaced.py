"""Replies that a mended workbook replaced are counted"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "assessment", sa.Column("replaced", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("assessment", "replaced")
