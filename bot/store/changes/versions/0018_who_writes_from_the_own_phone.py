"""People of the school are known by the number they write from: its keyed hash beside each sealed one."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The hashes of numbers that are here already come with the next start: their key is not known here."""
    for table in ("staff", "account"):
        op.add_column(table, sa.Column("text_hash", sa.String(64)))
        op.create_index(f"ix_{table}_text_hash", table, ["text_hash"])


def downgrade() -> None:
    """Remove them."""
    for table in ("staff", "account"):
        op.drop_index(f"ix_{table}_text_hash", table)
        op.drop_column(table, "text_hash")
