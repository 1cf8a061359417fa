"""Rows of the outbox as they stand, for tests of what became of them."""

from sqlmodel import col, select

from bot.store.database import Database
from bot.store.outbox import OutboxRow


def rows_of(db: Database, contact_id: int | None, *, lane: str) -> list[OutboxRow]:
    """All rows of one contact, or of everybody, in one lane, in order."""
    chosen = select(OutboxRow).where(col(OutboxRow.lane) == lane)
    if contact_id is not None:
        chosen = chosen.where(col(OutboxRow.contact_id) == contact_id)
    with db.read() as session:
        return list(session.exec(chosen.order_by(col(OutboxRow.id))))
