"""Other programs speak to the HTTP API: tokens, what was answered, and for whom an absence was told."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Until now nobody but people used it."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("schools", sa.JSON()),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.Column("used_at", WHEN),
        sa.Column("revoked_at", WHEN),
        sa.Column("full_at", WHEN),
    )
    op.create_index("ix_api_token_account_id", "api_token", ["account_id"])
    op.create_table(
        "api_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token_id", sa.Integer(), sa.ForeignKey("api_token.id"), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("taken_by", sa.String(32), nullable=False),
        sa.Column("taken_at", WHEN, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("body", sa.LargeBinary()),
        sa.UniqueConstraint("token_id", "key_hash"),
    )
    op.create_index("ix_api_answer_taken_at", "api_answer", ["taken_at"])
    op.create_table(
        "attendance_text",
        sa.Column("student_id", sa.Integer(), sa.ForeignKey("student.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), nullable=False),
    )
    op.create_index("ix_attendance_text_broadcast_id", "attendance_text", ["broadcast_id"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("attendance_text")
    op.drop_table("api_answer")
    op.drop_table("api_token")
