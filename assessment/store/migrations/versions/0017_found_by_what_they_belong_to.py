"""Rows are found by the round and the group that they belong to, however many others there are"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INDICES = {
    "ix_assessment_organisation": ("assessment", ["organisation"]),
    "ix_invitation_group": ("invitation", ["assessment", "group"]),
    "ix_draft_group": ("draft", ["assessment", "group"]),
    "ix_session_group": ("session", ["assessment", "group"]),
    "ix_session_draft": ("session", ["draft"]),
    "ix_response_group": ("response", ["assessment", "group"]),
    "ix_written_text_assessment": ("written_text", ["assessment"]),
    "ix_text_review_assessment": ("text_review", ["assessment"]),
    "ix_member_response_assessment": ("member_response", ["assessment"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDICES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in INDICES.items():
        op.drop_index(name, table)
