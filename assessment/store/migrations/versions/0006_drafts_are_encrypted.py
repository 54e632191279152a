"""Drafts are encrypted, a response is one row, and handing in leaves no session

Whoever was answering begins anew: nobody but their browser has what could encrypt their answers.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID, ITEM, GROUP, CODE = sa.String(40), sa.String(80), sa.String(60), sa.String(64)


def upgrade() -> None:
    sessions = _taken_out("session", "token_hash", "assessment", "group", "own_device")
    answers: dict[str, dict[str, str]] = {}
    for row in _taken_out("response_answer", "response", "item", "value"):
        answers.setdefault(row["response"], {})[row["item"]] = row["value"]
    responses = _taken_out("response", "id", "assessment", "group")
    op.execute("delete from draft")
    op.drop_table("draft_answer")
    op.add_column("draft", sa.Column("code_key", sa.LargeBinary()))
    _draft_answers(
        sa.Column("mark", ID, nullable=False),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False),
    )
    _sessions(sa.Column("draft_key", sa.LargeBinary()), sessions)
    _responses([sa.Column("answers", sa.Text(), nullable=False)], responses, answers)


def downgrade() -> None:
    sessions = _taken_out("session", "token_hash", "assessment", "group", "own_device")
    responses = _taken_out("response", "id", "assessment", "group", "answers")
    op.execute("delete from draft")
    op.drop_table("draft_answer")
    op.drop_column("draft", "code_key")
    _draft_answers(
        sa.Column("item", ITEM, nullable=False), sa.Column("value", sa.Text(), nullable=False)
    )
    for row in sessions:
        row["handed_in"] = False
    _sessions(sa.Column("handed_in", sa.Boolean(), nullable=False), sessions)
    answers = {row["id"]: json.loads(row.pop("answers")) for row in responses}
    _responses([], responses, {})
    answer = op.create_table(
        "response_answer",
        sa.Column("response", ID, nullable=False),
        sa.Column("item", ITEM, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _of("response_answer", "response", "response"),
        _key("response_answer", "response", "item"),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(
        answer,
        [
            {"response": name, "item": item, "value": value}
            for name, values in answers.items()
            for item, value in values.items()
        ],
    )


def _taken_out(table: str, *columns: str) -> list[dict[str, Any]]:
    """The rows of a table, which goes; of sessions the working group's alone, which have no
    draft."""
    named = sa.table(table, *map(sa.column, columns))
    wanted = sa.select(named)
    if table == "session":
        wanted = wanted.where(named.c.group == "working_group")
    rows = op.get_bind().execute(wanted.order_by(named.c[columns[0]])).mappings().all()
    op.drop_table(table)
    return [dict(row) for row in rows]


def _draft_answers(*columns: sa.Column) -> None:
    op.create_table(
        "draft_answer",
        sa.Column("draft", ID, nullable=False),
        *columns,
        _of("draft_answer", "draft", "draft"),
        _key("draft_answer", "draft", columns[0].name),
        sqlite_with_rowid=False,
    )


def _sessions(column: sa.Column, rows: list[dict[str, Any]]) -> None:
    session = op.create_table(
        "session",
        sa.Column("token_hash", CODE, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        sa.Column("draft", ID, nullable=True),
        column,
        sa.Column("own_device", sa.Boolean(), nullable=False),
        _of("session", "assessment", "assessment"),
        _of("session", "draft", "draft", ondelete="SET NULL"),
        _key("session", "token_hash"),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(session, rows)


def _responses(
    columns: list[sa.Column], rows: list[dict[str, Any]], answers: dict[str, dict[str, str]]
) -> None:
    response = op.create_table(
        "response",
        sa.Column("id", ID, nullable=False),
        sa.Column("assessment", ID, nullable=False),
        sa.Column("group", GROUP, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["assessment", "group"],
            ["stakeholder_group.assessment", "stakeholder_group.group"],
            name="fk_response_assessment_stakeholder_group",
            ondelete="CASCADE",
        ),
        _of("response", "assessment", "assessment"),
        _key("response", "id"),
        sqlite_with_rowid=False,
    )
    for row in rows if columns else ():
        row["answers"] = json.dumps(answers.get(row["id"], {}), ensure_ascii=False)
    op.bulk_insert(response, rows)


def _of(table: str, column: str, owner: str, ondelete: str = "CASCADE") -> Any:
    return sa.ForeignKeyConstraint(
        [column], [f"{owner}.id"], name=f"fk_{table}_{column}_{owner}", ondelete=ondelete
    )


def _key(table: str, *columns: str) -> Any:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")
