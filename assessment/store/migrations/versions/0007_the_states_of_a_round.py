"""A round has a time zone, hours of grace, an early end, its later states, and an audit log"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.String(40)


def upgrade() -> None:
    op.add_column(
        "organisation",
        sa.Column("time_zone", sa.String(64), nullable=False, server_default="Europe/London"),
    )
    op.add_column(
        "assessment", sa.Column("grace_hours", sa.Integer(), nullable=False, server_default="2")
    )
    op.add_column("assessment", sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.add_column("assessment", sa.Column("published_on", sa.Date()))
    op.add_column("assessment", sa.Column("archived_on", sa.Date()))
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID),
        sa.Column("organisation", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisation.id"],
            name="fk_audit_entry_organisation_organisation",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_audit_entry_assessment", "audit_entry", ["assessment"])
    op.create_index("ix_audit_entry_organisation", "audit_entry", ["organisation"])


def downgrade() -> None:
    op.drop_table("audit_entry")
    for name in ("archived_on", "published_on", "closed_at", "grace_hours"):
        op.drop_column("assessment", name)
    op.drop_column("organisation", "time_zone")
