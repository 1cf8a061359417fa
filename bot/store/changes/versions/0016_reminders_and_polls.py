"""The calendar reminds families by rule, and a broadcast may ask questions whose answers are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Until now nobody was reminded, and nobody asked."""
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("school_id", "kind", "days_before"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rule_id", sa.Integer(), sa.ForeignKey("reminder_rule.id"), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("starts_at", WHEN),
        sa.Column("ends_at", WHEN),
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id")),
        sa.UniqueConstraint("rule_id", "uid", "first_day"),
    )
    op.create_index("ix_reminder_broadcast_id", "reminder", ["broadcast_id"])
    op.create_table(
        "poll",
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), primary_key=True),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("closes_at", WHEN, nullable=False),
        sa.Column("reminds_of", sa.Integer(), sa.ForeignKey("broadcast.id"), unique=True),
    )
    op.create_index("ix_poll_closes_at", "poll", ["closes_at"])
    op.create_table(
        "poll_answer",
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("question", sa.Integer(), primary_key=True),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("answered_at", WHEN, nullable=False),
    )
    op.create_index("ix_poll_answer_contact_id", "poll_answer", ["contact_id"])


def downgrade() -> None:
    """Remove them."""
    for table in ("poll_answer", "poll", "reminder", "reminder_rule"):
        op.drop_table(table)
