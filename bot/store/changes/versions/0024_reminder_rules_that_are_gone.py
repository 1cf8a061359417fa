"""A rule of reminders can be removed, and that can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rules could only be off."""
    op.add_column("reminder_rule", sa.Column("gone_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """A removed rule is there again."""
    op.drop_column("reminder_rule", "gone_at")
