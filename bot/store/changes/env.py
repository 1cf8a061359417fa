"""What Alembic runs for every command: the given connection, all tables, SQLite's way of altering."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel, UTCDateTime

from bot.store.tables import TABLES


def plain_type(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write SQLModel's types as SQLAlchemy's own, so that old migrations outlive a change of SQLModel."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        length = getattr(item.impl, "length", None)
        return f"sa.String(length={length})" if length else "sa.String()"
    return False


if not TABLES:
    raise RuntimeError("no tables: importing them is what fills the metadata")
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=plain_type,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
