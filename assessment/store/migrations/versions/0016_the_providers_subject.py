"""Accounts of those who come by the organisation's own sign-in are known by its subject"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("subject", sa.String(64)))
        account.create_unique_constraint("uq_account_subject", ["subject"])


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_constraint("uq_account_subject", type_="unique")
        account.drop_column("subject")
