"""Schools are changed in the console: hours of their own for texts, and what staff and files each said."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now the district's files decided everything, and texts went out from 8 to 20 everywhere."""
    op.add_column("school", sa.Column("text_hours", sa.String(11)))
    op.add_column("school", sa.Column("told", sa.LargeBinary()))
    op.add_column("school", sa.Column("kept", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("outbox", sa.Column("hours", sa.String(11)))
    op.create_table(
        "school_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("school_id", sa.Integer(), sa.ForeignKey("school.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("values", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_school_change_school_id", "school_change", ["school_id"])


def downgrade() -> None:
    op.drop_table("school_change")
    op.drop_column("outbox", "hours")
    for name in ("kept", "told", "text_hours"):
        op.drop_column("school", name)
