"""Members of the working group answer alone first, and agreed answers have a reason

Drafts may be those of members, whose group is none of the stakeholder groups. SQLite cannot let go
of a foreign key, so there the table is made anew with all that it holds.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID, GROUP, CODE = sa.String(40), sa.String(60), sa.String(64)
OF_A_GROUP = "fk_draft_assessment_stakeholder_group"
DRAFT = (
    "id",
    "assessment",
    "group",
    "code_hash",
    "code_key",
    "invitation_hash",
    "invitation_key",
)
ANSWER = ("draft", "mark", "encrypted")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _made_anew()
    else:
        op.drop_constraint(OF_A_GROUP, "draft", type_="foreignkey")
    for name in ("reason", "earlier_reason"):
        op.add_column(
            "agreed_answer", sa.Column(name, sa.Text(), nullable=False, server_default="")
        )
    op.create_table(
        "member_response",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        _of_an_assessment("member_response"),
        sa.PrimaryKeyConstraint("id", name="pk_member_response"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spread_before_agreement",
        sa.Column("assessment", ID, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer()),
        sa.Column("spreads", sa.Text(), nullable=False),
        _of_an_assessment("spread_before_agreement"),
        sa.PrimaryKeyConstraint("assessment", name="pk_spread_before_agreement"),
    )


def downgrade() -> None:
    op.drop_table("spread_before_agreement")
    op.drop_table("member_response")
    for name in ("earlier_reason", "reason"):
        op.drop_column("agreed_answer", name)
    # Members' drafts have no place before.
    drafts = "select id from draft where \"group\" = 'working_group'"
    op.execute(f"delete from session where draft in ({drafts})")
    op.execute("delete from draft where \"group\" = 'working_group'")
    if op.get_bind().dialect.name == "sqlite":
        _made_anew(_of_a_group())
    else:
        op.create_foreign_key(
            OF_A_GROUP,
            "draft",
            "stakeholder_group",
            ["assessment", "group"],
            ["assessment", "group"],
            ondelete="CASCADE",
        )


def _made_anew(*more: sa.ForeignKeyConstraint) -> None:
    """Make the tables of drafts anew. Where a table goes, SQLite deletes what refers to its rows,
    or lets it refer to nothing: all of it is put back."""
    drafts, answers = _rows("draft", DRAFT), _rows("draft_answer", ANSWER)
    sessions = _rows("session", ("token_hash", "draft"))
    op.drop_table("draft_answer")
    op.drop_index("ix_draft_invitation_hash", "draft")
    op.drop_table("draft")
    draft = op.create_table(
        "draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("code_hash", CODE),
        sa.Column("code_key", sa.LargeBinary()),
        sa.Column("invitation_hash", CODE),
        sa.Column("invitation_key", sa.LargeBinary()),
        *more,
        _of_an_assessment("draft"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("code_hash", name="uq_draft_code_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_draft_invitation_hash", "draft", ["invitation_hash"], unique=True)
    answer = op.create_table(
        "draft_answer",
        sa.Column("draft", ID, nullable=False),
        sa.Column("mark", ID, nullable=False),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft"], ["draft.id"], name="fk_draft_answer_draft_draft", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft", "mark", name="pk_draft_answer"),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(draft, drafts)
    op.bulk_insert(answer, answers)
    session = sa.table("session", sa.column("token_hash"), sa.column("draft"))
    for row in sessions:
        here = session.update().where(session.c.token_hash == row["token_hash"])
        op.get_bind().execute(here.values(draft=row["draft"]))


def _rows(table: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    named = sa.table(table, *map(sa.column, columns))
    return [dict(row) for row in op.get_bind().execute(sa.select(named)).mappings()]


def _of_an_assessment(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["assessment"],
        ["assessment.id"],
        name=f"fk_{table}_assessment_assessment",
        ondelete="CASCADE",
    )


def _of_a_group() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["assessment", "group"],
        ["stakeholder_group.assessment", "stakeholder_group.group"],
        name=OF_A_GROUP,
        ondelete="CASCADE",
    )
