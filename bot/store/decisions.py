"""Broadcasts that wait for a second person's word, or have it: of which of them nobody was told yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Update, update
from sqlmodel import Session, col, select

from bot.store.broadcasts import Broadcast

_AT_ONCE: Final = 50


def to_ask(session: Session) -> Sequence[Broadcast]:
    """Those that wait, and of which those who may decide know nothing yet, oldest first."""
    waiting = select(Broadcast).where(
        col(Broadcast.state) == "waiting_approval", col(Broadcast.asked_at).is_(None)
    )
    return session.exec(waiting.order_by(col(Broadcast.id)).limit(_AT_ONCE)).all()


def to_answer(session: Session) -> Sequence[Broadcast]:
    """Those that were decided, and of which their senders know nothing yet, oldest first.

    What comes of a series was decided with it; what the program wrote has no sender.
    """
    decided = select(Broadcast).where(
        col(Broadcast.approved_at).is_not(None),
        col(Broadcast.answered_at).is_(None),
        col(Broadcast.series_id).is_(None),
        col(Broadcast.account_id).is_not(None),
    )
    return session.exec(decided.order_by(col(Broadcast.id)).limit(_AT_ONCE)).all()


def ask(session: Session, broadcast_id: int, now: datetime) -> bool:
    """Say that those who may decide are told of it now. False where somebody said so before."""
    mine = update(Broadcast).where(col(Broadcast.asked_at).is_(None))
    return _is_mine(
        session, mine.where(col(Broadcast.state) == "waiting_approval"), broadcast_id, asked_at=now
    )


def answer(session: Session, broadcast_id: int, now: datetime) -> bool:
    """Say that its sender is told what was decided now. False where somebody said so before."""
    mine = update(Broadcast).where(col(Broadcast.answered_at).is_(None))
    return _is_mine(session, mine, broadcast_id, answered_at=now)


def _is_mine(session: Session, these: Update, broadcast_id: int, **at: Any) -> bool:
    one = these.where(col(Broadcast.id) == broadcast_id).values(**at)
    return session.connection().execute(one).rowcount == 1
