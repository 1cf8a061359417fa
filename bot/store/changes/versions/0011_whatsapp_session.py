"""What a WhatsApp message needs: when the family last wrote there, and what can be tapped."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has written on WhatsApp yet as far as this is known, so what waits goes out by SMS."""
    op.add_column("contact", sa.Column("channel", sa.String(16)))
    op.add_column("contact", sa.Column("whatsapp_at", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("tappable", sa.LargeBinary()))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("outbox", "tappable")
    op.drop_column("contact", "whatsapp_at")
    op.drop_column("contact", "channel")
