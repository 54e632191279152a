"""People sign in; plans belong to an organisation, and organisations can be closed"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID, CODE, NAME = sa.String(40), sa.String(64), sa.String(120)
MOMENT = sa.DateTime(timezone=True)


def _belongs_to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{column}.id"], name=f"fk_{table}_{column}_{column}", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.add_column("organisation", sa.Column("closed_on", sa.Date()))
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation", ID),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("passphrase", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name_key", name="uq_account_name_key"),
        _belongs_to("account", "organisation"),
    )
    op.create_index("ix_account_organisation", "account", ["organisation"])
    op.create_table(
        "sign_in",
        sa.Column("token_hash", CODE, nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in"),
        _belongs_to("sign_in", "account"),
    )
    op.create_index("ix_sign_in_account", "sign_in", ["account"])
    op.create_table(
        "account_link",
        sa.Column("token_hash", CODE, nullable=False),
        sa.Column("account", ID),
        sa.Column("organisation", ID),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_account_link"),
        _belongs_to("account_link", "account"),
        _belongs_to("account_link", "organisation"),
    )
    with op.batch_alter_table("plan") as plan:
        plan.add_column(sa.Column("organisation", ID))
        plan.create_foreign_key(
            "fk_plan_organisation_organisation",
            "organisation",
            ["organisation"],
            ["id"],
            ondelete="CASCADE",
        )
    op.create_index("ix_plan_organisation", "plan", ["organisation"])
    # Where there is one organisation, whatever was planned was planned for it.
    op.execute(
        "UPDATE plan SET organisation = (SELECT min(id) FROM organisation) "
        "WHERE (SELECT count(*) FROM organisation) = 1"
    )
    with op.batch_alter_table("audit_entry") as audit_entry:
        audit_entry.alter_column("who", existing_type=sa.String(40), type_=NAME)


def downgrade() -> None:
    with op.batch_alter_table("audit_entry") as audit_entry:
        audit_entry.alter_column("who", existing_type=NAME, type_=sa.String(40))
    op.drop_index("ix_plan_organisation", "plan")
    with op.batch_alter_table("plan") as plan:
        plan.drop_constraint("fk_plan_organisation_organisation", type_="foreignkey")
        plan.drop_column("organisation")
    for table in ("account_link", "sign_in", "account"):
        op.drop_table(table)
    op.drop_column("organisation", "closed_on")
