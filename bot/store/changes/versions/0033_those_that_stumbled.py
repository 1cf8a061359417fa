"""A text that failed its worker is found at once among all that wait."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_STUMBLED = sa.text("state = 'pending' AND stumbles > 0")


def upgrade() -> None:
    """Next to always it holds nothing."""
    op.create_index(
        "ix_outbox_stumbled",
        "outbox",
        ["lane", "due_at", "id"],
        sqlite_where=_STUMBLED,
        postgresql_where=_STUMBLED,
    )


def downgrade() -> None:
    """Read through all that wait."""
    op.drop_index("ix_outbox_stumbled", "outbox")
