"""A thread says why it is somebody's: who speaks the language and has least to do is given it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now a thread was for a person alone where one person alone was told."""
    op.add_column("thread", sa.Column("given_for", sa.String(16)))


def downgrade() -> None:
    """Forget the reasons."""
    op.drop_column("thread", "given_for")
