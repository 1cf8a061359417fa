"""Who of the staff wrote a consent or an opt-out down."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now every one came by text."""
    op.add_column("consent_event", sa.Column("recorded_by", sa.String(64)))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("consent_event") as event:
        event.drop_column("recorded_by")
