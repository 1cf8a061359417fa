"""Families are asked once for each thread how the help was."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has been asked yet."""
    op.add_column("thread", sa.Column("rating_asked_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Forget who was asked."""
    op.drop_column("thread", "rating_asked_at")
