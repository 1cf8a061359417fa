"""Which texts of our own accord a contact wants, and what a broadcast is about."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

UNCLEAR = sa.text("wants = 'unclear'")


def upgrade() -> None:
    """Everybody wants everything, as before; a broadcast of before was news."""
    op.add_column("contact", sa.Column("wants", sa.String(16)))
    op.create_index("contact_unclear", "contact", ["id"], postgresql_where=UNCLEAR, sqlite_where=UNCLEAR)
    op.add_column("broadcast", sa.Column("topic", sa.String(16), nullable=False, server_default="news"))


def downgrade() -> None:
    """Whoever wanted fewer texts gets all again."""
    op.drop_column("broadcast", "topic")
    op.drop_index("contact_unclear", "contact")
    op.drop_column("contact", "wants")
