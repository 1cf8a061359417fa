"""Schools, their hours, and the staff whom families may reach."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class School(SQLModel, table=True):
    """One school of the district."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(unique=True, max_length=64)
    """sourcedId of the OneRoster org"""
    name: str
    zone: str
    """IANA time zone, e.g. America/Chicago"""
    phone: str
    """E.164 of the office"""
    address: str = ""
    """Of the school's office, never of a family"""
    hours: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Office and school-day hours by kind of day and weekday, see school.hours"""


class Staff(SQLModel, table=True):
    """A person of the school: liaison, teacher, office."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(unique=True, max_length=64)
    name: str
    role: str = Field(max_length=16)
    """liaison, teacher, nurse, counselor, office, administrator"""
    languages: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Locales this person speaks, e.g. ["es", "en"]"""
    phone: str | None = None
    """E.164 that families may call; never a private number"""


class StaffSchool(SQLModel, table=True):
    """Which schools a staff member serves."""

    __tablename__ = "staff_school"

    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    school_id: int = Field(foreign_key="school.id", primary_key=True, index=True)
