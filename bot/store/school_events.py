"""Dates of a school's calendar, expanded from its iCalendar file."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, insert
from sqlmodel import Field, Session, SQLModel, col, select


class SchoolEvent(SQLModel, table=True):
    """One day or span of the calendar. `kind` is what reviewed phrases are chosen by."""

    __tablename__ = "school_event"

    id: int | None = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    uid: str
    """Of the iCalendar event; the same for every repetition"""
    kind: str = Field(max_length=24, index=True)
    """no_school, early_release, conference, report_card, testing, meeting or other"""
    summary: str
    """English title as the calendar has it; families see the kind's reviewed phrase"""
    first_day: date = Field(index=True)
    last_day: date
    """Inclusive (iCalendar's DTEND is exclusive)"""
    starts_at: datetime | None = None
    """Only for timed events"""
    ends_at: datetime | None = None


def replace(session: Session, school_id: int, rows: Sequence[dict[str, Any]]) -> bool:
    """Make these the only dates of a school; keys as the columns. False when nothing is new.

    What stays the same keeps its row.
    """
    wanted: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        wanted.setdefault(_mark(row), []).append(row)
    gone = []
    for event in of_school(session, school_id):
        if not (same := wanted.get(_mark(event.model_dump()))):
            gone.append(event.id)
        else:
            same.pop()
    fresh = [{**row, "school_id": school_id} for left in wanted.values() for row in left]
    if gone:
        session.exec(delete(SchoolEvent).where(col(SchoolEvent.id).in_(gone)))
    if fresh:
        session.connection().execute(insert(SchoolEvent), fresh)
    return bool(gone or fresh)


def of_school(session: Session, school_id: int) -> list[SchoolEvent]:
    """Every date that is known of a school, in order."""
    order = col(SchoolEvent.first_day), col(SchoolEvent.starts_at), col(SchoolEvent.id)
    chosen = select(SchoolEvent).where(col(SchoolEvent.school_id) == school_id)
    return list(session.exec(chosen.order_by(*order)))


def upcoming(
    session: Session,
    school_ids: Collection[int],
    from_day: date,
    limit: int,
    kinds: Collection[str] | None = None,
) -> list[SchoolEvent]:
    """The next dates not over on `from_day`, soonest first; of any kind when `kinds` is None."""
    chosen = select(SchoolEvent).where(
        col(SchoolEvent.school_id).in_(school_ids), col(SchoolEvent.last_day) >= from_day
    )
    if kinds is not None:
        chosen = chosen.where(col(SchoolEvent.kind).in_(kinds))
    order = col(SchoolEvent.first_day), col(SchoolEvent.starts_at), col(SchoolEvent.id)
    return list(session.exec(chosen.order_by(*order).limit(limit)))


def between(session: Session, school_id: int, first_day: date, last_day: date) -> list[SchoolEvent]:
    """Every date of a school that touches these days, both inclusive."""
    told = {"school_id": school_id, "first_day": first_day, "last_day": last_day}
    return list(session.exec(_between(), params=told))


@cache
def _between() -> Any:
    """Built once: it is asked at every text."""
    chosen = select(SchoolEvent).where(
        col(SchoolEvent.school_id) == bindparam("school_id"),
        col(SchoolEvent.first_day) <= bindparam("last_day"),
        col(SchoolEvent.last_day) >= bindparam("first_day"),
    )
    return chosen.order_by(col(SchoolEvent.first_day), col(SchoolEvent.id))


def _mark(row: dict[str, Any]) -> tuple[str, ...]:
    keys = ("uid", "kind", "summary", "first_day", "last_day", "starts_at", "ends_at")
    return tuple(str(row.get(key)) for key in keys)
