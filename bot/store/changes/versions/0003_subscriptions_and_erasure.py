"""What people ask to be sent again and again, and that a person has asked to be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them; nobody has either yet."""
    op.add_column("contact", sa.Column("erased_at", WHEN))
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("band", sa.String(8), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("next_due_at", WHEN, nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.UniqueConstraint("contact_id", "what", "band"),
    )
    op.create_index("ix_subscription_contact_id", "subscription", ["contact_id"])
    op.create_index("ix_subscription_next_due_at", "subscription", ["next_due_at"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("subscription")
    with op.batch_alter_table("contact") as contact:
        contact.drop_column("erased_at")
