"""Staff note of a family what colleagues should know, and when somebody likes to be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Until now there were notes in threads alone, and nobody knew anybody's best hours."""
    op.add_column("contact", sa.Column("best_times", sa.String(64)))
    op.create_table(
        "family_note",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("family_id", sa.Integer(), sa.ForeignKey("family.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("changed_at", WHEN, nullable=False),
    )
    op.create_index("ix_family_note_family_id", "family_note", ["family_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("family_note")
    op.drop_column("contact", "best_times")
