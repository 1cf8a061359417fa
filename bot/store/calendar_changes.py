"""Changes of a school's calendar by staff: wanted, made, taken back; with what was before."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

DATES: Final = "calendar_change.dates"
KEPT: Final = 20
"""So many changes of a school can be looked at and taken back, one after the other"""
WAITS: Final = timedelta(days=1)
"""So long a file that was uploaded waits for somebody's word"""


class CalendarChange(SQLModel, table=True):
    """One change of the calendar of one school."""

    __tablename__ = "calendar_change"

    id: int | None = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime
    state: str = Field(max_length=8)
    """wanted: shown and not yet made; made; undone"""
    dates: bytes
    """Sealed JSON, context calendar_change.dates: file, after; where it was made before and was_kept too"""


def add(session: Session, change: CalendarChange) -> int:
    """Keep a change and forget those that nobody can want back. Returns its id."""
    session.add(change)
    session.flush()
    made = col(CalendarChange.school_id) == change.school_id, col(CalendarChange.state) != "wanted"
    newest = select(CalendarChange.id).where(*made).order_by(col(CalendarChange.id).desc()).limit(KEPT)
    session.exec(delete(CalendarChange).where(*made, col(CalendarChange.id).not_in(newest)))
    old = col(CalendarChange.state) == "wanted", col(CalendarChange.at) < change.at - WAITS
    session.exec(delete(CalendarChange).where(*old))
    return change.id or 0


def by_id(session: Session, school_id: int, change_id: int) -> CalendarChange | None:
    """The change of this id, if it is of this school."""
    found = session.get(CalendarChange, change_id)
    return found if found is not None and found.school_id == school_id else None


def last_made(session: Session, school_id: int) -> CalendarChange | None:
    """The newest change that was made and not taken back."""
    chosen = select(CalendarChange).where(
        col(CalendarChange.school_id) == school_id, col(CalendarChange.state) == "made"
    )
    return session.exec(chosen.order_by(col(CalendarChange.id).desc()).limit(1)).first()


def drop(session: Session, change: CalendarChange) -> None:
    """Forget a change that nobody wants."""
    session.delete(change)
    session.flush()
