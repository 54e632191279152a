"""Quick looks and full rounds"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Columns are added and dropped in place. Alembic's way of building a table anew drops the old one,
# and with it, where foreign keys are looked after, every answer of every assessment.


def upgrade() -> None:
    # Whatever was opened before asked everything.
    op.add_column(
        "assessment",
        sa.Column("form", sa.String(length=10), nullable=False, server_default="full"),
    )
    op.add_column("assessment", sa.Column("follows", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("assessment", "follows")
    op.drop_column("assessment", "form")
