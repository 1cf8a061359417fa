"""Threads on the own phones of staff: a short mark for each, and what its reader has got."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Threads that are open now get a mark with the next text about them."""
    op.create_table(
        "thread_mark",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id"), nullable=False),
        sa.Column("reader_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("to", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(4), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("thread_id", "reader_id"),
    )
    op.create_index("ix_thread_mark_reader", "thread_mark", ["reader_id", "mark"])
    op.create_index("ix_thread_mark_remind_at", "thread_mark", ["remind_at"])
    op.create_table(
        "thread_told",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mark_id", sa.Integer(), sa.ForeignKey("thread_mark.id"), nullable=False),
        sa.Column("outbox_id", sa.Integer(), sa.ForeignKey("outbox.id")),
        sa.Column("inbound_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("lacks", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_thread_told_mark_id", "thread_told", ["mark_id"])
    op.create_index("ix_thread_told_outbox_id", "thread_told", ["outbox_id"])
    op.create_index("ix_thread_told_lacks", "thread_told", ["lacks"])


def downgrade() -> None:
    """The phones' marks are no good any more; the texts stay."""
    op.drop_table("thread_told")
    op.drop_table("thread_mark")
