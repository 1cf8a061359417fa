"""Counts in shares: nobody waits for a row that somebody else counts in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The old table stays: what was counted is in it, and processes of the release before add to it."""
    op.create_table(
        "count_share",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("name", sa.String(96), primary_key=True),
        sa.Column("language", sa.String(16), primary_key=True),
        sa.Column("share", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("times", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Remove it, and keep what was counted in one row each."""
    op.execute(
        "INSERT INTO count (day, name, language, times) "
        "SELECT day, name, language, sum(times) FROM count_share WHERE true GROUP BY day, name, language "
        "ON CONFLICT (day, name, language) DO UPDATE SET times = count.times + excluded.times"
    )
    op.drop_table("count_share")
