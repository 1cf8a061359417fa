"""People at school send pictures along with their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_WITH_PICTURE = sa.text("picture_id IS NOT NULL")
_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    """None has been sent yet."""
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("thread.id"), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id")),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("look_at", _WHEN),
        sa.Column("created_at", _WHEN, nullable=False),
        sa.UniqueConstraint("thread_id", "account_id", "digest"),
    )
    op.create_index("ix_picture_thread_id", "picture", ["thread_id"])
    op.create_index("ix_picture_look_at", "picture", ["look_at"])
    for table in ("outbox", "thread_reply"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"ALTER TABLE {table} ADD COLUMN picture_id INTEGER REFERENCES picture (id)")
        else:
            op.add_column(table, sa.Column("picture_id", sa.Integer(), sa.ForeignKey("picture.id")))
    op.create_index(
        "ix_outbox_picture",
        "outbox",
        ["picture_id"],
        sqlite_where=_WITH_PICTURE,
        postgresql_where=_WITH_PICTURE,
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_outbox_picture", "outbox")
    for table in ("outbox", "thread_reply"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("picture_id")
    op.drop_table("picture")
