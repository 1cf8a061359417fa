"""The first tables: people, school, texts in and out."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table, those first that others point to."""
    _contact()
    _count()
    _family()
    _flow_revision()
    _mark()
    _school()
    _staff()
    _consent_event()
    _family_contact()
    _school_event()
    _staff_school()
    _student()
    _thread()
    _inbound()
    _outbox()
    _status_event()


def downgrade() -> None:
    """Remove every table."""
    for table in (
        "status_event",
        "outbox",
        "inbound",
        "thread",
        "student",
        "staff_school",
        "school_event",
        "family_contact",
        "consent_event",
        "staff",
        "school",
        "mark",
        "flow_revision",
        "family",
        "count",
        "contact",
    ):
        op.drop_table(table)


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary()),
        sa.Column("name_source", sa.String(16)),
        sa.Column("language", sa.String(16)),
        sa.Column("language_source", sa.String(16)),
        sa.Column("consent", sa.String(16), nullable=False),
        sa.Column("noticed_at", WHEN),
        sa.Column("stopped_at", WHEN),
        sa.Column("last_inbound_at", WHEN),
        sa.Column("conversation", sa.LargeBinary()),
        sa.Column("wake_at", WHEN),
        sa.Column("created_at", WHEN, nullable=False),
    )
    op.create_index("ix_contact_wake_at", "contact", ["wake_at"])


def _count() -> None:
    op.create_table(
        "count",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("name", sa.String(96), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
    )


def _family() -> None:
    op.create_table(
        "family",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_hash", sa.String(64), nullable=False, unique=True),
    )


def _flow_revision() -> None:
    op.create_table(
        "flow_revision",
        sa.Column("revision", sa.String(16), primary_key=True),
        sa.Column("flow", sa.String(64), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", WHEN, nullable=False),
    )
    op.create_index("ix_flow_revision_flow", "flow_revision", ["flow"])


def _mark() -> None:
    op.create_table(
        "mark",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("at", WHEN, nullable=False),
    )


def _school() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String()),
    )


def _consent_event() -> None:
    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("wording", sa.String(64), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("at", WHEN, nullable=False),
    )
    op.create_index("ix_consent_event_contact_id", "consent_event", ["contact_id"])


def _family_contact() -> None:
    op.create_table(
        "family_contact",
        sa.Column("family_id", sa.Integer(), sa.ForeignKey("family.id"), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("unlinked_at", WHEN),
    )
    op.create_index("ix_family_contact_contact_id", "family_contact", ["contact_id"])


def _school_event() -> None:
    op.create_table(
        "school_event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("starts_at", WHEN),
        sa.Column("ends_at", WHEN),
    )
    op.create_index("ix_school_event_first_day", "school_event", ["first_day"])
    op.create_index("ix_school_event_kind", "school_event", ["kind"])
    op.create_index("ix_school_event_school_id", "school_event", ["school_id"])


def _staff_school() -> None:
    op.create_table(
        "staff_school",
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), primary_key=True),
    )
    op.create_index("ix_staff_school_school_id", "staff_school", ["school_id"])


def _student() -> None:
    op.create_table(
        "student",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("family_id", sa.Integer(), sa.ForeignKey("family.id"), nullable=False),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("grade", sa.String(8), nullable=False),
        sa.Column("left_at", WHEN),
    )
    op.create_index("ix_student_family_id", "student", ["family_id"])
    op.create_index("ix_student_school_id", "student", ["school_id"])


def _thread() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id")),
        sa.Column("to", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.Column("closed_at", WHEN),
    )
    op.create_index("ix_thread_contact_id", "thread", ["contact_id"])
    op.create_index("ix_thread_school_id", "thread", ["school_id"])
    op.create_index("ix_thread_state", "thread", ["state"])


def _inbound() -> None:
    op.create_table(
        "inbound",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sid", sa.String(64), nullable=False, unique=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("media", sa.LargeBinary()),
        sa.Column("heard_as", sa.String(64), nullable=False),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id")),
        sa.Column("received_at", WHEN, nullable=False),
    )
    op.create_index("ix_inbound_contact_id", "inbound", ["contact_id"])
    op.create_index("ix_inbound_thread_id", "inbound", ["thread_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("lane", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64)),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("stumbles", sa.Integer(), nullable=False),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_at", WHEN),
        sa.Column("submitted_at", WHEN),
        sa.Column("look_at", WHEN),
        sa.Column("sid", sa.String(64), unique=True),
        sa.Column("error_code", sa.Integer()),
        sa.Column("inbound_id", sa.Integer(), sa.ForeignKey("inbound.id")),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id")),
        sa.Column("created_at", WHEN, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_contact", "outbox", ["contact_id", "id"])
    where = sa.text("state = 'pending'")
    op.create_index(
        "ix_outbox_due", "outbox", ["lane", "due_at", "id"], sqlite_where=where, postgresql_where=where
    )
    where = sa.text("state IN ('claimed', 'submitting', 'unknown')")
    op.create_index(
        "ix_outbox_held", "outbox", ["state", "look_at"], sqlite_where=where, postgresql_where=where
    )
    where = sa.text("state IN ('pending', 'claimed', 'submitting')")
    op.create_index(
        "ix_outbox_order", "outbox", ["contact_id", "id"], sqlite_where=where, postgresql_where=where
    )


def _status_event() -> None:
    op.create_table(
        "status_event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sid", sa.String(64), nullable=False),
        sa.Column("outbox_id", sa.Integer(), sa.ForeignKey("outbox.id")),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("error_code", sa.Integer()),
        sa.Column("received_at", WHEN, nullable=False),
    )
    op.create_index("ix_status_event_outbox_id", "status_event", ["outbox_id"])
    op.create_index("ix_status_event_sid", "status_event", ["sid"])
