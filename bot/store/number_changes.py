"""Somebody has another number: a code proves that the new phone is theirs before anything moves."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Field, Session, SQLModel, col, select


class NumberChange(SQLModel, table=True):
    """One change of number that was asked for, and how far it has come."""

    __tablename__ = "number_change"

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    """Who had the old number"""
    new_contact_id: int = Field(foreign_key="contact.id", index=True)
    family_id: int = Field(foreign_key="family.id")
    """On whose page it was asked for"""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    code_hash: str = Field(max_length=64)
    """Keyed hash of the code; the code itself is in the text alone"""
    means: str = Field(max_length=16)
    """How the family asked: spoken, paper or email, or in_person"""
    tells_old: bool
    """Whether the old number was told"""
    tries: int = 0
    """How many wrong codes were told"""
    state: str = Field(default="open", max_length=16)
    """open, proved, failed (too many tries), or withdrawn; an open one may be over by its time"""
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


def begin(session: Session, change: NumberChange) -> int:
    """Keep it and return its id."""
    session.add(change)
    session.flush()
    return change.id or 0


def locked(session: Session, change_id: int) -> NumberChange | None:
    """One change, which nobody else changes until this transaction ends."""
    chosen = select(NumberChange).where(col(NumberChange.id) == change_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def open_of(session: Session, contact_id: int, now: datetime) -> NumberChange | None:
    """The change of this contact's number that waits for its code."""
    return _first(session, now, col(NumberChange.contact_id) == contact_id)


def open_to(session: Session, new_contact_id: int, now: datetime) -> NumberChange | None:
    """The change that waits for a code which went to this contact."""
    return _first(session, now, col(NumberChange.new_contact_id) == new_contact_id)


def withdraw(session: Session, contact_id: int, now: datetime) -> int:
    """End what waits for a code. Returns how many there were."""
    mine = update(NumberChange).where(
        col(NumberChange.contact_id) == contact_id, col(NumberChange.state) == "open"
    )
    return session.exec(mine.values(state="withdrawn", ended_at=now)).rowcount


def how_many(session: Session, contact_ids: tuple[int, int], since: datetime) -> int:
    """How many codes were sent lately for either of these."""
    either = or_(
        col(NumberChange.contact_id).in_(contact_ids), col(NumberChange.new_contact_id).in_(contact_ids)
    )
    found = select(func.count()).select_from(NumberChange).where(either, col(NumberChange.created_at) > since)
    return session.exec(found).one()


def _first(session: Session, now: datetime, whose: ColumnElement[bool]) -> NumberChange | None:
    found = select(NumberChange).where(
        whose, col(NumberChange.state) == "open", col(NumberChange.expires_at) > now
    )
    return session.exec(found.order_by(col(NumberChange.id).desc())).first()
