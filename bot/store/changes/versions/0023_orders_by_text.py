"""What somebody at the school asked for from the own phone, and the code that it waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One order an account."""
    op.create_table(
        "text_order",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked", sa.LargeBinary()),
        sa.Column("broadcast_id", sa.Integer(), sa.ForeignKey("broadcast.id"), unique=True),
        sa.Column("token", sa.String(64)),
        sa.Column("code_hash", sa.String(64)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True)),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hour_began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_hour", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("text_order")
