"""For which children and days families were told of an absence: once, from wherever it is told."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, select
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel import select as modelled

from bot.store.absences import Absence
from bot.store.broadcasts import Broadcast
from bot.store.families import FamilyContact, Student

_NOT_TOLD = ("cancelled", "expired", "refused")


class AttendanceText(SQLModel, table=True):
    """One child on one day."""

    __tablename__ = "attendance_text"

    student_id: int = Field(foreign_key="student.id", primary_key=True)
    day: date = Field(primary_key=True)
    broadcast_id: int = Field(foreign_key="broadcast.id", index=True)


def told(session: Session, student_ids: Collection[int], day: date) -> set[int]:
    """Of these children those whose families were told of this day, or are being told.

    Nobody else tells of them until this transaction ends.
    """
    these = select(col(Student.id)).where(col(Student.id).in_(student_ids)).order_by(col(Student.id))
    session.connection().execute(these.with_for_update(key_share=True))
    chosen = (
        select(col(AttendanceText.student_id))
        .join(Broadcast, col(Broadcast.id) == col(AttendanceText.broadcast_id))
        .where(
            col(AttendanceText.student_id).in_(student_ids),
            col(AttendanceText.day) == day,
            col(Broadcast.state).not_in(_NOT_TOLD),
        )
    )
    return set(session.connection().execute(chosen).scalars())


def reported(session: Session, student_ids: Collection[int], day: date) -> set[int]:
    """Of these children those of whose absence the family has told us itself."""
    chosen = select(col(Absence.student_id)).where(
        col(Absence.student_id).in_(student_ids), col(Absence.day) == day
    )
    return set(session.connection().execute(chosen).scalars())


def note(session: Session, student_ids: Collection[int], day: date, broadcast_id: int) -> None:
    """Their families are told by this broadcast: of these `told` was asked in this transaction."""
    before = delete(AttendanceText).where(
        col(AttendanceText.student_id).in_(student_ids), col(AttendanceText.day) == day
    )
    session.connection().execute(before)
    session.add_all(
        AttendanceText(student_id=one, day=day, broadcast_id=broadcast_id) for one in sorted(student_ids)
    )
    session.flush()


def of_contact(session: Session, contact_id: int) -> list[AttendanceText]:
    """Of the children of the families that a contact belongs to, by day."""
    living = (col(FamilyContact.contact_id) == contact_id, col(FamilyContact.unlinked_at).is_(None))
    chosen = (
        modelled(AttendanceText)
        .join(Student, col(Student.id) == col(AttendanceText.student_id))
        .where(col(Student.family_id).in_(select(col(FamilyContact.family_id)).where(*living)))
    )
    return list(session.exec(chosen.order_by(col(AttendanceText.day), col(AttendanceText.student_id))))


def forget(session: Session, before: date) -> int:
    """Drop what is of earlier days: nobody tells of those any more. Returns how many."""
    return session.exec(delete(AttendanceText).where(col(AttendanceText.day) < before)).rowcount
