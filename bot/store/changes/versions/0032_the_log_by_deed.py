"""The latest lines of one kind are found in a long log without reading all of it."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The kind first, then the number."""
    op.create_index("ix_audit_line_action", "audit_line", ["action", "id"])


def downgrade() -> None:
    """Read all of it again."""
    op.drop_index("ix_audit_line_action", "audit_line")
