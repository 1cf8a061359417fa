"""Dates of a school's calendar, expanded from its iCalendar file."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class SchoolEvent(SQLModel, table=True):
    """One day or span of the calendar. `kind` is what reviewed phrases are chosen by."""

    __tablename__ = "school_event"

    id: int | None = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    uid: str
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
