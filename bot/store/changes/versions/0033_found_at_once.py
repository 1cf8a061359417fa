"""What is looked for each second is found without reading all that waits, went out or is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_STUMBLED = sa.text("state = 'pending' AND stumbles > 0")
_OPEN_OF_MANY = sa.text("broadcast_id IS NOT NULL AND state IN ('pending', 'claimed', 'submitting')")
_SET_ASIDE = sa.text("state = 'failed' AND reason = 'poison'")
_ERASED = sa.text("erased_at IS NOT NULL")


def upgrade() -> None:
    """Texts that failed their worker, or too often; what a broadcast has open; people to be forgotten."""
    for name, table, columns, where in (
        ("ix_outbox_stumbled", "outbox", ["lane", "due_at", "id"], _STUMBLED),
        ("ix_outbox_open", "outbox", ["broadcast_id", "expires_at"], _OPEN_OF_MANY),
        ("ix_outbox_set_aside", "outbox", ["id"], _SET_ASIDE),
        ("contact_erased", "contact", ["id"], _ERASED),
    ):
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Read through all of them."""
    op.drop_index("ix_outbox_stumbled", "outbox")
    op.drop_index("ix_outbox_open", "outbox")
    op.drop_index("ix_outbox_set_aside", "outbox")
    op.drop_index("contact_erased", "contact")
