"""Responses have a seal, by which a receipt is checked"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("seal", sa.String(64)))
    # Nobody has a receipt for these. One by chance does not tell them from later ones.
    response = sa.table("response", sa.column("id", sa.String), sa.column("seal", sa.String))
    connection = op.get_bind()
    names = list(connection.execute(sa.select(response.c.id)).scalars())
    setting = sa.update(response).where(response.c.id == sa.bindparam("name"))
    rows = [{"name": name, "fresh": secrets.token_hex(32)} for name in names]
    if rows:
        connection.execute(setting.values(seal=sa.bindparam("fresh")), rows)


def downgrade() -> None:
    op.drop_column("response", "seal")
