"""Absences that parents reported by text, until the attendance office has seen them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from bot.store.families import Student
from bot.store.schools import School
from bot.store.upserts import insert_into

REASON = "absence.reason"


class Absence(SQLModel, table=True):
    """One child on one day; a second report of the same day changes the first."""

    __table_args__ = (UniqueConstraint("student_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    student_id: int = Field(foreign_key="student.id")
    contact_id: int = Field(foreign_key="contact.id", index=True)
    """Who reported it last"""
    day: date
    reason: bytes
    """Sealed category, context absence.reason: sick, appointment, family or other; never free text"""
    state: str = Field(default="reported", max_length=16, index=True)
    """reported, or seen by the attendance office"""
    reported_at: datetime
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportedAbsence:
    """One absence as the attendance office reads it, still sealed."""

    id: int
    student_id: int
    name: bytes
    """Sealed, context student.name"""
    grade: str
    school_id: int
    school_name: str
    day: date
    reason: bytes
    reported_at: datetime


def report(
    session: Session, *, student_id: int, contact_id: int, day: date, reason: bytes, now: datetime
) -> bool:
    """Keep a report, which waits to be seen. True when that day was reported before and is now changed."""
    known = select(Absence.id).where(col(Absence.student_id) == student_id, col(Absence.day) == day)
    was_there = session.exec(known).first() is not None
    said = {"contact_id": contact_id, "reason": reason, "reported_at": now, "state": "reported"}
    # Two parents may report the same child at the same instant: the later one changes the earlier one.
    session.connection().execute(
        insert_into(session, Absence)
        .values(student_id=student_id, day=day, **said)
        .on_conflict_do_update(index_elements=["student_id", "day"], set_={**said, "seen_at": None})
    )
    return was_there


def waiting(session: Session, school: str | None = None, limit: int = 200) -> Sequence[ReportedAbsence]:
    """What the attendance office (of one school, by source id) has not seen yet, soonest day first."""
    these = [col(Absence.state) == "reported"]
    if school is not None:
        these.append(col(School.source_id) == school)
    return _reported(session, these, limit)


def school_of(session: Session, absence_id: int) -> int | None:
    """The school of the child that will be away; None where the report is gone."""
    found = select(Student.school_id).join(Absence, col(Absence.student_id) == col(Student.id))
    return session.exec(found.where(col(Absence.id) == absence_id)).first()


def one(session: Session, student_id: int, day: date) -> ReportedAbsence | None:
    """The report of one child's day."""
    these = [col(Absence.student_id) == student_id, col(Absence.day) == day]
    return next(iter(_reported(session, these, 1)), None)


def _reported(
    session: Session, these: Sequence[ColumnElement[bool]], limit: int
) -> Sequence[ReportedAbsence]:
    chosen = (
        select(Absence, Student, School)
        .join(Student, col(Student.id) == col(Absence.student_id))
        .join(School, col(School.id) == col(Student.school_id))
        .where(*these)
    )
    rows = session.exec(chosen.order_by(col(Absence.day), col(Absence.id)).limit(limit))
    return [
        ReportedAbsence(
            absence.id or 0,
            absence.student_id,
            student.name,
            student.grade,
            where.id or 0,
            where.name,
            absence.day,
            absence.reason,
            absence.reported_at,
        )
        for absence, student, where in rows
    ]


def see(session: Session, absence_id: int, now: datetime) -> bool:
    """The attendance office has seen it. False when it has already, or when there is no such report."""
    seeing = update(Absence).where(col(Absence.id) == absence_id, col(Absence.state) == "reported")
    return session.exec(seeing.values(state="seen", seen_at=now)).rowcount == 1


def of_contact(session: Session, contact_id: int) -> list[Absence]:
    """Every report that one contact made last, oldest first."""
    chosen = select(Absence).where(col(Absence.contact_id) == contact_id)
    return list(session.exec(chosen.order_by(col(Absence.id))))


def erase_of(session: Session, contact_id: int) -> int:
    """Delete every report of one contact. Returns how many there were."""
    return session.exec(delete(Absence).where(col(Absence.contact_id) == contact_id)).rowcount
