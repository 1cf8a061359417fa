"""Texts of which no last receipt came are found without reading the whole outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_UNDER_WAY = sa.text("state IN ('accepted', 'sent')")


def upgrade() -> None:
    """Partial: a text leaves it with its last receipt."""
    op.create_index(
        "ix_outbox_under_way",
        "outbox",
        ["submitted_at"],
        sqlite_where=_UNDER_WAY,
        postgresql_where=_UNDER_WAY,
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_index("ix_outbox_under_way", "outbox")
