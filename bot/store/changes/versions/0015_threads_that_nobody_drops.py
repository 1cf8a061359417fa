"""People answer in the console: whose a thread is, who waits since when, answers, notes, translations."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENTS = (
    "asked_at", "promised_at", "answered_at", "escalated_at", "snoozed_until", "claimed_until", "rated_at",
    "reopened_at",
)  # fmt: skip
_OF_THREAD = sa.text("thread_id IS NOT NULL")
_NUMBERS = ("last_inbound_id", "last_reply_id", "rating")


def upgrade() -> None:
    """Until now a thread knew only whom it was for and when it was opened."""
    for name in ("account_id", "claimed_by"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE thread ADD COLUMN {name} INTEGER REFERENCES account (id)")
        else:
            op.add_column("thread", sa.Column(name, sa.Integer(), sa.ForeignKey("account.id")))
    op.add_column("thread", sa.Column("led_by", sa.String(64)))
    for name in _MOMENTS:
        op.add_column("thread", sa.Column(name, sa.DateTime(timezone=True)))
    for name in _NUMBERS:
        op.add_column("thread", sa.Column(name, sa.Integer()))
    op.add_column("thread", sa.Column("reopened", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_thread_account_id", "thread", ["account_id"])
    # Whoever waits at the time of the change has waited since the thread was opened.
    op.execute("UPDATE thread SET asked_at = opened_at WHERE state = 'open'")
    op.execute(
        "UPDATE thread SET last_inbound_id ="
        " (SELECT max(inbound.id) FROM inbound WHERE inbound.thread_id = thread.id)"
    )
    op.create_index(
        "ix_outbox_thread", "outbox", ["thread_id"], sqlite_where=_OF_THREAD, postgresql_where=_OF_THREAD
    )
    _replies_and_notes()
    _what_texts_mean()
    op.create_table(
        "name_word",
        sa.Column("word_hash", sa.String(64), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), primary_key=True),
    )
    op.create_index("ix_name_word_contact_id", "name_word", ["contact_id"])


def _replies_and_notes() -> None:
    op.create_table(
        "thread_reply",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("reply_key", sa.String(64), nullable=False, unique=True),
        sa.Column("wrote", sa.LargeBinary()),
        sa.Column("language", sa.String(16)),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("is_reviewed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outbox_id", sa.Integer(), sa.ForeignKey("outbox.id")),
        sa.Column("last_outbox_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_thread_reply_thread_id", "thread_reply", ["thread_id"])
    op.create_table(
        "thread_note",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_thread_note_thread_id", "thread_note", ["thread_id"])


def _what_texts_mean() -> None:
    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("inbound_id", sa.Integer(), sa.ForeignKey("inbound.id"), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("is_reviewed", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("inbound_id", "locale"),
    )
    op.create_index("ix_translation_inbound_id", "translation", ["inbound_id"])
    op.create_table(
        "thread_seen",
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id"), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("inbound_id", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in ("name_word", "thread_seen", "translation", "thread_note", "thread_reply"):
        op.drop_table(table)
    op.drop_index("ix_outbox_thread", "outbox")
    op.drop_index("ix_thread_account_id", "thread")
    with op.batch_alter_table("thread") as thread:
        for name in (*_MOMENTS, *_NUMBERS, "account_id", "claimed_by", "led_by", "reopened"):
            thread.drop_column(name)
