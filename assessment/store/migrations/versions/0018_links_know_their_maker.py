"""Links that let people in know who made them, and end with them"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MAKER = "fk_account_link_maker_account"


def upgrade() -> None:
    # Of these links nobody knows who made them, so they would outlive whoever did. That of the
    # first start is printed by the machine, which is what no maker stands for.
    op.execute("DELETE FROM account_link WHERE role <> 'first'")
    # Nothing hangs on the rows of this table, so it may be made anew on SQLite.
    with op.batch_alter_table("account_link") as account_link:
        account_link.add_column(sa.Column("maker", sa.String(40)))
        account_link.create_foreign_key(MAKER, "account", ["maker"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    with op.batch_alter_table("account_link") as account_link:
        account_link.drop_constraint(MAKER, type_="foreignkey")
        account_link.drop_column("maker")
