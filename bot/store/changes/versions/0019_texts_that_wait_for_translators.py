"""What no machine may translate, or could not, waits for a person in a queue."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Until now a held answer was found by nobody."""
    op.create_table(
        "translation_task",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id"), nullable=False),
        sa.Column("reply_id", sa.Integer(), sa.ForeignKey("thread_reply.id"), unique=True),
        sa.Column("inbound_id", sa.Integer(), sa.ForeignKey("inbound.id")),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claimed_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.Integer(), sa.ForeignKey("account.id")),
        sa.UniqueConstraint("inbound_id", "target"),
    )
    op.create_index("ix_translation_task_thread_id", "translation_task", ["thread_id"])
    op.create_index(
        "ix_translation_task_waiting",
        "translation_task",
        ["id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    """Forget who waits; held answers stay held."""
    op.drop_table("translation_task")
