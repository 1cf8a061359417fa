"""What one person asked for by text: a broadcast that waits for its code, or a question back."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import LargeBinary, delete
from sqlmodel import Column, Field, Session, SQLModel, col, select

from bot.store.broadcast_texts import BroadcastText
from bot.store.broadcasts import Broadcast
from bot.store.polls import Poll

ASKED: Final = "text_order.asked"


class TextOrder(SQLModel, table=True):
    """The last order of one account; a new one takes its place."""

    __tablename__ = "text_order"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    state: str = Field(max_length=16)
    """asking: we asked back; offered: a code waits; sent; over"""
    asked: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """Sealed JSON, context text_order.asked: whom and what was meant so far, and what may be chosen"""
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id", unique=True)
    """The draft that the code sends"""
    token: str | None = Field(default=None, max_length=64)
    """Of the preview that the writer was told"""
    code_hash: str | None = Field(default=None, max_length=64)
    """Keyed hash of account, draft and code"""
    tries: int = 0
    """Wrong codes"""
    starts_at: datetime | None = None
    """When the writer was told that it goes out; None: at once"""
    expires_at: datetime
    """No answer counts after this"""
    hour_began: datetime
    in_hour: int = 0
    """Answers since then: each costs a text"""


def of(session: Session, account_id: int) -> TextOrder | None:
    """The last order of an account; nobody else changes it until this transaction ends."""
    chosen = select(TextOrder).where(col(TextOrder.account_id) == account_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def first(account_id: int, now: datetime) -> TextOrder:
    """The row of an account that never ordered anything."""
    return TextOrder(account_id=account_id, state="over", expires_at=now, hour_began=now)


def in_hour(row: TextOrder, now: datetime) -> int:
    """How many answers this account had within the hour."""
    return 0 if now - row.hour_began >= timedelta(hours=1) else row.in_hour


def count(session: Session, account_id: int, now: datetime) -> None:
    """Note one more answer."""
    row = of(session, account_id) or first(account_id, now)
    number = in_hour(row, now)
    if number == 0:
        row.hour_began = now
    row.in_hour = number + 1
    save(session, row)


def save(session: Session, row: TextOrder) -> None:
    """Write an order down."""
    session.add(row)
    session.flush()


def discard(session: Session, broadcast_id: int) -> None:
    """Remove a draft that nobody went on with; one that was sent, or asks something, stays."""
    row = session.get(Broadcast, broadcast_id)
    if row is None or row.state != "draft" or session.get(Poll, broadcast_id) is not None:
        return
    session.flush()
    session.exec(delete(BroadcastText).where(col(BroadcastText.broadcast_id) == broadcast_id))
    session.exec(delete(Broadcast).where(col(Broadcast.id) == broadcast_id))
    session.expunge(row)
