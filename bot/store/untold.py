"""What nobody at school was told of: open threads and reported absences without a notice that arrived."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, exists, select

from bot.store.absences import Absence
from bot.store.families import Student
from bot.store.notices import UNDER_WAY, Notice
from bot.store.schools import School
from bot.store.teachers import StudentTeacher
from bot.store.threads import Thread


@dataclass(frozen=True, slots=True)
class Absences:
    """How many at one school on one day."""

    school_id: int
    school: str
    day: date
    number: int


def absences(
    session: Session, school_ids: Collection[int] | None = None, *, staff_id: int | None = None
) -> list[Absences]:
    """Reports that the office has neither been told of nor marked as seen, soonest day first.

    At these schools (None: at all); `staff_id`: only of children whom this person teaches.
    """
    told = exists().where(col(Notice.absence_id) == col(Absence.id), col(Notice.state) == "told")
    these: list[ColumnElement[bool]] = [col(Absence.state) == "reported", ~told]
    if school_ids is not None:
        these.append(col(School.id).in_(school_ids))
    if staff_id is not None:
        taught = select(StudentTeacher.student_id).where(col(StudentTeacher.staff_id) == staff_id)
        these.append(col(Absence.student_id).in_(taught))
    found = (
        columns(col(School.id), col(School.name), col(Absence.day), func.count())
        .select_from(Absence)
        .join(Student, col(Student.id) == col(Absence.student_id))
        .join(School, col(School.id) == col(Student.school_id))
        .where(*these)
        .group_by(col(School.id), col(School.name), col(Absence.day))
        .order_by(col(Absence.day), col(School.name))
    )
    rows = session.connection().execute(found)
    return [Absences(school_id or 0, name, day, number) for school_id, name, day, number in rows]


@dataclass(frozen=True, slots=True)
class Threads:
    """Open threads of which nobody could be told."""

    number: int
    since: datetime | None
    """Of the oldest"""


def threads(session: Session, school_ids: Collection[int] | None) -> Threads:
    """At these schools (None: everywhere): every notice failed, or there was nobody to write one to."""
    reached = exists().where(
        col(Notice.thread_id) == col(Thread.id), col(Notice.state).in_(("told", *UNDER_WAY))
    )
    found = select(func.count(), func.min(Thread.opened_at)).where(col(Thread.state) == "open", ~reached)
    if school_ids is not None:
        found = found.where(col(Thread.school_id).in_(school_ids))
    number, since = session.exec(found).one()
    return Threads(number, since)
