"""Who may let a broadcast go out is told that it waits, and its sender what was decided: each once."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_UNANSWERED = sa.text("approved_at IS NOT NULL AND answered_at IS NULL")


def upgrade() -> None:
    """What was decided before is known by now; what waits is told."""
    op.add_column("broadcast", sa.Column("asked_at", sa.DateTime(timezone=True)))
    op.add_column("broadcast", sa.Column("answered_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE broadcast SET answered_at = approved_at WHERE approved_at IS NOT NULL")
    op.create_index(
        "ix_broadcast_decided", "broadcast", ["id"], sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED
    )


def downgrade() -> None:
    """Forget who was told."""
    op.drop_index("ix_broadcast_decided", "broadcast")
    op.drop_column("broadcast", "answered_at")
    op.drop_column("broadcast", "asked_at")
