"""What staff are told, where they are reached, and who teaches whom."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
OF_SCHOOL = ("attendance_text", "attendance_email", "on_call_text", "on_call_email")
OF_STAFF = ("text", "email")


def upgrade() -> None:
    """Until now nobody was told, and the roster's classes were not kept."""
    for name in OF_SCHOOL:
        op.add_column("school", sa.Column(name, sa.LargeBinary()))
    for name in OF_STAFF:
        op.add_column("staff", sa.Column(name, sa.LargeBinary()))
    # Written out: Alembic would make the table anew on SQLite for the sake of the reference
    op.execute("ALTER TABLE thread ADD COLUMN staff_id INTEGER REFERENCES staff (id)")
    op.create_table(
        "student_teacher",
        sa.Column("student_id", sa.Integer(), sa.ForeignKey("student.id"), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
    )
    op.create_index("ix_student_teacher_staff_id", "student_teacher", ["staff_id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id")),
        sa.Column("absence_id", sa.Integer(), sa.ForeignKey("absence.id")),
        sa.Column("to", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("outbox_id", sa.Integer(), sa.ForeignKey("outbox.id")),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("subject", sa.LargeBinary()),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN),
    )
    for name in ("thread_id", "absence_id", "outbox_id"):
        op.create_index(f"ix_notice_{name}", "notice", [name])
    op.create_index("ix_notice_due", "notice", ["state", "due_at"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("notice")
    op.drop_table("student_teacher")
    with op.batch_alter_table("thread") as thread:
        thread.drop_column("staff_id")
    for table, names in (("staff", OF_STAFF), ("school", OF_SCHOOL)):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
