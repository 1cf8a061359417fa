"""Broadcasts are written, previewed and sent in the console; classes and groups of families."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
ONCE = sa.text("part IS NOT NULL")
REFERENCES = (
    ("broadcast", "account_id", "account"),
    ("broadcast", "approved_by", "account"),
    ("broadcast", "series_id", "broadcast"),
    ("thread", "broadcast_id", "broadcast"),
)


def of_broadcast() -> list[sa.Column[Any]]:
    """What is new in a broadcast."""
    return [
        sa.Column("template", sa.String(64)),
        sa.Column("title", sa.LargeBinary()),
        sa.Column("language", sa.String(16), nullable=False, server_default="en"),
        sa.Column("audience", sa.JSON()),
        sa.Column("options", sa.JSON()),
        sa.Column("counts", sa.JSON()),
        sa.Column("token", sa.String(64)),
        sa.Column("cursor", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("put_so_far", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("canary", sa.Integer()),
        sa.Column("zone", sa.String(64)),
        sa.Column("starts_at", WHEN),
        sa.Column("rule", sa.String(255)),
        sa.Column("lives", sa.Integer()),
        sa.Column("sent_at", WHEN),
        sa.Column("approved_at", WHEN),
    ]


def upgrade() -> None:
    """Until now a broadcast came from the program alone."""
    for column in of_broadcast():
        op.add_column("broadcast", column)
    for table, name, other in REFERENCES:
        # Written out: Alembic would make the table anew on SQLite for the sake of the reference
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER REFERENCES {other} (id)")
    op.create_index("ix_broadcast_token", "broadcast", ["token"], unique=True)
    op.create_index("ix_broadcast_account_id", "broadcast", ["account_id"])
    op.create_index("ix_broadcast_state", "broadcast", ["state", "starts_at"])
    op.create_index("ix_broadcast_series", "broadcast", ["series_id", "starts_at"], unique=True)
    op.create_index("ix_thread_broadcast_id", "thread", ["broadcast_id"])
    op.add_column("outbox", sa.Column("part", sa.SmallInteger()))
    op.add_column("outbox", sa.Column("language", sa.String(16)))
    op.create_index(
        "ix_outbox_once",
        "outbox",
        ["broadcast_id", "contact_id", "part"],
        unique=True,
        sqlite_where=ONCE,
        postgresql_where=ONCE,
    )
    _of_families()
    op.create_table(
        "broadcast_text",
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("translates", sa.String(16)),
        sa.Column("written_at", WHEN, nullable=False),
    )
    op.create_table(
        "broadcast_wait",
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("language", sa.String(16), nullable=False),
    )
    op.create_index("ix_broadcast_wait_contact_id", "broadcast_wait", ["contact_id"])


def _of_families() -> None:
    op.create_table(
        "school_class",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_id", sa.String(64), nullable=False, unique=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("gone_at", WHEN),
    )
    op.create_index("ix_school_class_school_id", "school_class", ["school_id"])
    op.create_table(
        "student_class",
        sa.Column("student_id", sa.Integer(), sa.ForeignKey("student.id"), primary_key=True),
        sa.Column("class_id", sa.Integer(), sa.ForeignKey("school_class.id"), primary_key=True),
    )
    op.create_index("ix_student_class_class_id", "student_class", ["class_id"])
    op.create_table(
        "class_teacher",
        sa.Column("class_id", sa.Integer(), sa.ForeignKey("school_class.id"), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
    )
    op.create_index("ix_class_teacher_staff_id", "class_teacher", ["staff_id"])
    op.create_table(
        "family_tag",
        sa.Column("family_id", sa.Integer(), sa.ForeignKey("family.id"), primary_key=True),
        sa.Column("tag", sa.String(32), primary_key=True),
        sa.Column("tagged_at", WHEN, nullable=False),
    )
    op.create_index("ix_family_tag_tag", "family_tag", ["tag"])


def downgrade() -> None:
    """Remove them."""
    for table in (
        "broadcast_wait",
        "broadcast_text",
        "family_tag",
        "class_teacher",
        "student_class",
        "school_class",
    ):
        op.drop_table(table)
    op.drop_index("ix_outbox_once", "outbox")
    for name in ("language", "part"):
        op.drop_column("outbox", name)
    for index, table in (
        ("ix_thread_broadcast_id", "thread"),
        ("ix_broadcast_series", "broadcast"),
        ("ix_broadcast_state", "broadcast"),
        ("ix_broadcast_account_id", "broadcast"),
        ("ix_broadcast_token", "broadcast"),
    ):
        op.drop_index(index, table)
    with op.batch_alter_table("thread") as thread:
        thread.drop_column("broadcast_id")
    with op.batch_alter_table("broadcast") as broadcast:
        for column in of_broadcast():
            broadcast.drop_column(column.name)
        for name in ("account_id", "approved_by", "series_id"):
            broadcast.drop_column(name)
