"""Languages in which families wait for the text of a broadcast: translators see and are told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever waits now has waited since the broadcast was sent."""
    op.create_table(
        "broadcast_translation",
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
    )
    op.execute(
        "INSERT INTO broadcast_translation (broadcast_id, language, since)"
        " SELECT DISTINCT w.broadcast_id, w.language, coalesce(b.sent_at, b.created_at)"
        " FROM broadcast_wait w JOIN broadcast b ON b.id = w.broadcast_id"
    )


def downgrade() -> None:
    """Forget who was told."""
    op.drop_table("broadcast_translation")
