"""Absences, community partners, telephones of offices, the school year, and when staff are away."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them; schools and staff that are there have none yet."""
    op.add_column("school", sa.Column("attendance_phone", sa.String()))
    op.add_column("school", sa.Column("bus_phone", sa.String()))
    op.add_column("school", sa.Column("first_day", sa.Date()))
    op.add_column("school", sa.Column("last_day", sa.Date()))
    op.add_column("staff", sa.Column("away", sa.JSON(), nullable=False, server_default="[]"))
    _absence()
    _partner()


def downgrade() -> None:
    """Remove them."""
    op.drop_table("partner")
    op.drop_table("absence")
    with op.batch_alter_table("staff") as staff:
        staff.drop_column("away")
    with op.batch_alter_table("school") as school:
        school.drop_column("last_day")
        school.drop_column("first_day")
        school.drop_column("bus_phone")
        school.drop_column("attendance_phone")


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("student_id", sa.Integer(), sa.ForeignKey("student.id"), nullable=False),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reported_at", WHEN, nullable=False),
        sa.Column("seen_at", WHEN),
        sa.UniqueConstraint("student_id", "day"),
    )
    op.create_index("ix_absence_contact_id", "absence", ["contact_id"])
    op.create_index("ix_absence_state", "absence", ["state"])


def _partner() -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source_id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("near", sa.JSON(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
    )
