"""Accounts of those who come by the organisation's own sign-in are known by its subject"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The table is not made anew: on SQLite all that hangs on its rows would go with the old one.
    op.add_column("account", sa.Column("subject", sa.String(64)))
    op.create_index("ix_account_subject", "account", ["subject"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_account_subject", "account")
    op.drop_column("account", "subject")
