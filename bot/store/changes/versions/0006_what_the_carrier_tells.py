"""Numbers that get no texts, faults that stop broadcasts, pictures, and texts that are not answered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Until now none of it was kept."""
    op.add_column("contact", sa.Column("failing_code", sa.Integer()))
    op.add_column("contact", sa.Column("failing_since", WHEN))
    op.add_column("contact", sa.Column("dead_at", WHEN))
    op.create_table(
        "trouble",
        sa.Column("code", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("since", WHEN, nullable=False),
        sa.Column("last_at", WHEN, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("mended_at", WHEN),
    )
    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("inbound_id", sa.Integer(), sa.ForeignKey("inbound.id"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("look_at", WHEN),
        sa.UniqueConstraint("inbound_id", "place"),
    )
    op.create_index("ix_media_inbound_id", "media", ["inbound_id"])
    op.create_index("ix_media_look_at", "media", ["look_at"])
    op.create_table(
        "turned_away",
        sa.Column("sid", sa.String(64), primary_key=True),
        sa.Column("received_at", WHEN, nullable=False),
    )
    op.create_index("ix_turned_away_received_at", "turned_away", ["received_at"])


def downgrade() -> None:
    """Remove it."""
    for table in ("turned_away", "media", "trouble"):
        op.drop_table(table)
    with op.batch_alter_table("contact") as contact:
        for name in ("dead_at", "failing_since", "failing_code"):
            contact.drop_column(name)
