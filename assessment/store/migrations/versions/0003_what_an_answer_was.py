"""What an agreed answer was before it changed"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("earlier_value", "earlier_note"):
        op.add_column(
            "agreed_answer", sa.Column(name, sa.Text(), nullable=False, server_default="")
        )
    op.add_column("agreed_answer", sa.Column("agreed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("agreed_on", "earlier_note", "earlier_value"):
        op.drop_column("agreed_answer", name)
