"""Texts that the carrier took and of which no last receipt came: when to ask about them, and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_, select, update
from sqlmodel import Session

from bot.store.outbox import ROWS, state_is

ASK_AFTER: Final = timedelta(minutes=10)
"""A receipt that takes longer was probably lost on its way to us"""
GIVE_UP_AFTER: Final = timedelta(days=1)
"""Some phones' networks never tell; such a text stays `sent`"""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A text of which more should have been heard."""

    id: int
    sid: str
    state: str


def take(session: Session, now: datetime, limit: int) -> list[Overdue]:
    """So many texts to ask about now, oldest first; nobody else gets them until their next time.

    Each waits for that as long again as it is old: after 10 minutes, 20, 40, and so on for a day.
    """
    due = and_(
        state_is(ROWS, "accepted", "sent"),
        ROWS.c.sid.is_not(None),
        ROWS.c.submitted_at <= now - ASK_AFTER,
        ROWS.c.submitted_at > now - GIVE_UP_AFTER,
        or_(ROWS.c.look_at.is_(None), ROWS.c.look_at <= now),
    )
    oldest = select(ROWS.c.id, ROWS.c.submitted_at).where(due)
    found = session.connection().execute(oldest.order_by(ROWS.c.submitted_at, ROWS.c.id).limit(limit)).all()
    # In the order of their ids, as everywhere, so that nobody waits in a circle.
    return [
        row for one in sorted(found) if (row := _taken(session, one.id, now + (now - one.submitted_at), now))
    ]


def _taken(session: Session, row_id: int, again_at: datetime, now: datetime) -> Overdue | None:
    free = or_(ROWS.c.look_at.is_(None), ROWS.c.look_at <= now)
    mine = update(ROWS).where(ROWS.c.id == row_id, state_is(ROWS, "accepted", "sent"), free)
    taking = mine.values(look_at=again_at).returning(ROWS.c.id, ROWS.c.sid, ROWS.c.state)
    row = session.connection().execute(taking).one_or_none()
    return Overdue(*row) if row else None
