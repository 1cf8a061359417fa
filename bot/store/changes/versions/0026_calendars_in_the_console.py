"""Staff change calendars in the console: what they uploaded and changed, and what was before."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now calendars came with the district's files alone."""
    op.create_table(
        "calendar_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("dates", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_calendar_change_school_id", "calendar_change", ["school_id"])


def downgrade() -> None:
    """Forget them; the calendars stay."""
    op.drop_table("calendar_change")
