"""Staff change who belongs to a family, prove another number, put two families together; all with undo."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Until now the roster and the people themselves alone changed it."""
    # No foreign key: a backup is put back row by row, and a family may come before the one it went into
    op.add_column("family", sa.Column("merged_into", sa.Integer()))
    op.create_table(
        "family_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("family_id", sa.Integer(), sa.ForeignKey("family.id"), nullable=False),
        sa.Column("other_id", sa.Integer(), sa.ForeignKey("family.id")),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id")),
        sa.Column("to_contact_id", sa.Integer(), sa.ForeignKey("contact.id")),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("undone_at", WHEN),
    )
    op.create_index("ix_family_change_family_id", "family_change", ["family_id"])
    op.create_index("ix_family_change_contact_id", "family_change", ["contact_id"])
    op.create_table(
        "number_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("new_contact_id", sa.Integer(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("family_id", sa.Integer(), sa.ForeignKey("family.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("means", sa.String(16), nullable=False),
        sa.Column("tells_old", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN),
    )
    op.create_index("ix_number_change_contact_id", "number_change", ["contact_id"])
    op.create_index("ix_number_change_new_contact_id", "number_change", ["new_contact_id"])


def downgrade() -> None:
    """Remove them; families that were put together stay so."""
    op.drop_table("number_change")
    op.drop_table("family_change")
    op.drop_column("family", "merged_into")
