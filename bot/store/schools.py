"""Schools, their hours, and the staff whom families may reach."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, bindparam, delete
from sqlmodel import Field, Session, SQLModel, col, select

STAFF_TEXT = "staff.text"
STAFF_EMAIL = "staff.email"
ATTENDANCE_TEXT = "school.attendance_text"
ATTENDANCE_EMAIL = "school.attendance_email"
ON_CALL_TEXT = "school.on_call_text"
ON_CALL_EMAIL = "school.on_call_email"
TOLD = "school.told"


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
    attendance_phone: str | None = None
    """E.164 where absences are reported; None: the office's"""
    bus_phone: str | None = None
    """E.164 of the office that runs the school's buses"""
    attendance_text: bytes | None = None
    """Sealed E.164, context school.attendance_text: where absences are told by text"""
    attendance_email: bytes | None = None
    """Sealed, context school.attendance_email: where absences are told by e-mail"""
    on_call_text: bytes | None = None
    """Sealed E.164, context school.on_call_text: the district's, unless this school has its own"""
    on_call_email: bytes | None = None
    """Sealed, context school.on_call_email: the district's, unless this school has its own"""
    first_day: date | None = None
    """First day of the school year, where the district has told it"""
    last_day: date | None = None
    """Last day of the school year"""
    hours: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Office and school-day hours by kind of day and weekday, see school.hours"""
    text_hours: str | None = Field(default=None, max_length=11)
    """When texts of our own accord may go out, 09:00-18:00, see outbox.quiet; None: 8 to 20"""
    told: bytes | None = None
    """Sealed JSON, context school.told: what the district's files last said; None: they do not name it"""
    kept: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
    """Columns that staff changed in the console: the district's files no longer decide them"""


class Staff(SQLModel, table=True):
    """A person of the school: liaison, teacher, office."""

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(unique=True, max_length=64)
    name: str
    role: str = Field(max_length=16)
    """liaison, teacher, nurse, counselor, office, aide, administrator"""
    languages: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Locales this person speaks, e.g. ["es", "en"]"""
    phone: str | None = None
    """E.164 that families may call; never a private number"""
    text: bytes | None = None
    """Sealed E.164, context staff.text: where this person is told that a family asks; never shown to one"""
    text_hash: str | None = Field(default=None, index=True, max_length=64)
    """Keyed hash of that number: it knows this person by a text (see store.own_phones)"""
    email: bytes | None = None
    """Sealed, context staff.email: the same by e-mail"""
    away: list[list[str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    """Days on which nobody finds this person: [first, last] as 2026-11-30, last included; never why"""


class StaffSchool(SQLModel, table=True):
    """Which schools a staff member serves."""

    __tablename__ = "staff_school"

    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    school_id: int = Field(foreign_key="school.id", primary_key=True, index=True)


def every_school(session: Session) -> list[School]:
    """All schools, by name."""
    return list(session.exec(_every()))


@cache
def _every() -> Any:
    """Built once, as `_of_source`: they are asked at every text."""
    return select(School).order_by(col(School.name), col(School.id))


def by_id(session: Session, school_id: int) -> School | None:
    """The school of this id."""
    return session.get(School, school_id)


def locked(session: Session, school_id: int) -> School | None:
    """As `by_id`; nobody else changes it until this transaction ends."""
    chosen = select(School).where(col(School.id) == school_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def by_source_id(session: Session, source_id: str) -> School | None:
    """The school that the roster calls so."""
    found: School | None = session.exec(_of_source(), params={"source_id": source_id}).first()
    return found


@cache
def _of_source() -> Any:
    return select(School).where(col(School.source_id) == bindparam("source_id"))


def save_school(session: Session, values: dict[str, Any]) -> tuple[School, bool]:
    """Add or change the school of `values["source_id"]`. True when anything was new."""
    found = by_source_id(session, values["source_id"])
    if found is None:
        found = School(**values)
        session.add(found)
        session.flush()
        return found, True
    return found, _changed(found, values)


def every_staff(session: Session) -> dict[str, Staff]:
    """All staff by their sourcedId."""
    return {person.source_id: person for person in session.exec(select(Staff))}


def save_staff(session: Session, values: dict[str, Any]) -> tuple[Staff, bool]:
    """Add or change the person of `values["source_id"]`. True when anything was new."""
    found = session.exec(select(Staff).where(col(Staff.source_id) == values["source_id"])).first()
    if found is None:
        found = Staff(**values)
        session.add(found)
        session.flush()
        return found, True
    return found, _changed(found, values)


def place_staff(session: Session, staff_id: int, school_ids: Collection[int]) -> bool:
    """Set the schools that a person serves. True when that was new."""
    held = set(session.exec(select(StaffSchool.school_id).where(col(StaffSchool.staff_id) == staff_id)))
    wanted = set(school_ids)
    if held == wanted:
        return False
    gone = held - wanted
    if gone:
        session.exec(
            delete(StaffSchool).where(
                col(StaffSchool.staff_id) == staff_id, col(StaffSchool.school_id).in_(gone)
            )
        )
    session.add_all(StaffSchool(staff_id=staff_id, school_id=school_id) for school_id in wanted - held)
    session.flush()
    return True


def staff_at(session: Session, role: str, school_ids: Collection[int] | None = None) -> list[Staff]:
    """People of this role (of any when empty) at these schools (at any when None), each once, by name."""
    chosen = select(Staff).join(StaffSchool, col(StaffSchool.staff_id) == col(Staff.id))
    if role:
        chosen = chosen.where(col(Staff.role) == role)
    if school_ids is not None:
        chosen = chosen.where(col(StaffSchool.school_id).in_(school_ids))
    people = {person.id: person for person in session.exec(chosen)}
    return sorted(people.values(), key=lambda person: (person.name, person.source_id))


def places_of(session: Session, staff_ids: Collection[int]) -> dict[int, list[int]]:
    """Ids of the schools that each of these people serves."""
    chosen = select(StaffSchool).where(col(StaffSchool.staff_id).in_(staff_ids))
    places: dict[int, list[int]] = {id_: [] for id_ in staff_ids}
    for place in session.exec(chosen.order_by(col(StaffSchool.school_id))):
        places[place.staff_id].append(place.school_id)
    return places


def _changed(row: School | Staff, values: dict[str, Any]) -> bool:
    changes = {key: value for key, value in values.items() if getattr(row, key) != value}
    for key, value in changes.items():
        setattr(row, key, value)
    return bool(changes)


def languages_of(session: Session, staff_id: int) -> frozenset[str]:
    """The locales that a person speaks, as the district says."""
    person = session.get(Staff, staff_id)
    return frozenset(person.languages) if person else frozenset()
