"""The last look before the call: `submitting` is written down, or the text does not go."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, select, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, SQLModel

from bot.store.claims import Claimed, held_by
from bot.store.contacts import Contact
from bot.store.gates import go_or_wait, or_end
from bot.store.marks import DISARMED, is_set
from bot.store.outbox import ROWS

_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]


def submit(session: Session, rows: Sequence[Claimed], *, now: datetime, look_at: datetime) -> set[int]:
    """Mark rows of one claim as being handed over: the last look at opt-out and time before the call.

    Returns the ids that may be sent once this transaction is committed. The contacts are locked
    first: either a STOP is committed and seen here, or it waits for this commit and comes after.
    """
    connection = session.connection()
    connection.execute(_lock_contacts(), {"contacts": sorted({row.contact_id for row in rows})}).all()
    told = {
        "ids": [row.id for row in rows],
        "token": rows[0].token,
        "now": now,
        "until": look_at,
    }
    may_wait = any(row.quiet_at or row.broadcast_id for row in rows)
    found = connection.execute(_announce(may_wait=may_wait), told).all()
    return {row.id for row in found if row.state == "submitting"}


def turn(session: Session, rows: Sequence[Claimed]) -> None:
    """Note that these rows, which were meant for WhatsApp, go by SMS; right after their `submit`."""
    for row in rows:
        mine = update(ROWS).where(ROWS.c.id == row.id, ROWS.c.claimed_by == row.token)
        size = {"channel": row.channel, "segments": row.segments, "encoding": row.encoding}
        session.connection().execute(mine.values(size))


@cache
def _lock_contacts() -> Select[Any]:
    these = _CONTACTS.c.id.in_(bindparam("contacts", expanding=True))
    return select(_CONTACTS.c.id).where(these).order_by(_CONTACTS.c.id).with_for_update(read=True)


@cache
def _announce(*, may_wait: bool) -> ReturningUpdate[Any]:
    handed = {
        "attempts": ROWS.c.attempts + 1,
        "submitted_at": bindparam("now"),
        "look_at": bindparam("until"),
    }
    mine = held_by(bindparam("token"))
    these = ROWS.c.id.in_(bindparam("ids", expanding=True))
    moved = go_or_wait(handed) if may_wait else or_end("submitting", handed)
    return moved.where(mine, these, ~exists(is_set(DISARMED))).returning(ROWS.c.id, ROWS.c.state)
