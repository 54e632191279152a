"""A browser's session is called so"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("seat", "session")


def downgrade() -> None:
    op.rename_table("session", "seat")
