"""What WhatsApp messages are made of at the carrier."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nothing is there until it is pushed."""
    op.create_table(
        "content",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("sid", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(255), nullable=False),
        sa.Column("wording", sa.String(64), nullable=False),
        sa.Column("pushed_at", WHEN, nullable=False),
        sa.Column("checked_at", WHEN),
        sa.UniqueConstraint("name", "language"),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("content")
