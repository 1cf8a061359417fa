"""School classes as the roster gives them: who learns in one and who teaches it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, tuple_, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.families import Student


class SchoolClass(SQLModel, table=True):
    """One class of one school, a homeroom or a lesson."""

    __tablename__ = "school_class"

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(unique=True, max_length=64)
    """sourcedId of the OneRoster class"""
    school_id: int = Field(foreign_key="school.id", index=True)
    title: str = Field(max_length=120)
    """As the roster writes it, e.g. 3B or Biology, period 2"""
    kind: str = Field(default="scheduled", max_length=16)
    """homeroom or scheduled"""
    gone_at: datetime | None = None
    """When the roster no longer had this class; nobody is written to through it from then on"""


class StudentClass(SQLModel, table=True):
    """One child in one class."""

    __tablename__ = "student_class"

    student_id: int = Field(foreign_key="student.id", primary_key=True)
    class_id: int = Field(foreign_key="school_class.id", primary_key=True, index=True)


class ClassTeacher(SQLModel, table=True):
    """One person who teaches one class."""

    __tablename__ = "class_teacher"

    class_id: int = Field(foreign_key="school_class.id", primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", primary_key=True, index=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """A class as somebody chooses it."""

    id: int
    school_id: int
    title: str
    kind: str
    children: int


def by_ids(session: Session, class_ids: Collection[int]) -> dict[int, SchoolClass]:
    """Classes by id, those that are gone too."""
    found = session.exec(select(SchoolClass).where(col(SchoolClass.id).in_(class_ids)))
    return {one.id: one for one in found if one.id}


def ids_of(session: Session, source_ids: Collection[str]) -> dict[str, int]:
    """Ids of classes that are there now, by their sourcedId."""
    chosen = select(SchoolClass).where(
        col(SchoolClass.source_id).in_(source_ids), col(SchoolClass.gone_at).is_(None)
    )
    return {one.source_id: one.id or 0 for one in session.exec(chosen)}


def every(session: Session) -> dict[str, SchoolClass]:
    """Every class that was ever loaded, by its sourcedId."""
    return {one.source_id: one for one in session.exec(select(SchoolClass))}


def listed(
    session: Session, *, school_ids: Collection[int] | None = None, staff_id: int | None = None
) -> list[Listed]:
    """Classes that are there now, with their children at school: of these schools (None: of all), or
    those that one person teaches. Homerooms first, then by title.
    """
    chosen = (
        select(SchoolClass, func.count(col(Student.id)))
        .join(StudentClass, col(StudentClass.class_id) == col(SchoolClass.id), isouter=True)
        .join(
            Student,
            (col(Student.id) == col(StudentClass.student_id)) & col(Student.left_at).is_(None),
            isouter=True,
        )
        .where(col(SchoolClass.gone_at).is_(None))
        .group_by(col(SchoolClass.id))
    )
    if school_ids is not None:
        chosen = chosen.where(col(SchoolClass.school_id).in_(school_ids))
    if staff_id is not None:
        mine = select(ClassTeacher.class_id).where(col(ClassTeacher.staff_id) == staff_id)
        chosen = chosen.where(col(SchoolClass.id).in_(mine))
    found = [
        Listed(one.id or 0, one.school_id, one.title, one.kind, number)
        for one, number in session.exec(chosen)
    ]
    return sorted(found, key=lambda one: (one.kind != "homeroom", one.title, one.id))


def student_names(session: Session, class_ids: Collection[int], limit: int = 2000) -> list[bytes]:
    """Names of the students of these classes, sealed, context student.name."""
    there = select(col(StudentClass.student_id)).where(col(StudentClass.class_id).in_(class_ids))
    chosen = select(Student.name).where(col(Student.id).in_(there)).limit(limit)
    return [name for name in session.exec(chosen) if name]


def replace(
    session: Session,
    now: datetime,
    classes: Sequence[dict[str, Any]],
    learning: Collection[tuple[int, str]],
    teaching: Collection[tuple[str, int]],
) -> int:
    """Let these be all classes; returns how many rows came, changed or went.

    `classes`: keys as the columns source_id, school_id, title, kind; `learning` pairs of student id and
    source id of the class, `teaching` of source id and staff id.
    """
    known = every(session)
    changed = 0
    for values in classes:
        held = known.get(values["source_id"])
        if held is None:
            session.add(SchoolClass(**values))
            changed += 1
            continue
        new = {**values, "gone_at": None}
        if any(getattr(held, name) != value for name, value in new.items()):
            changed += 1
            for name, value in new.items():
                setattr(held, name, value)
    wanted = {values["source_id"] for values in classes}
    for source_id, held in known.items():
        if source_id not in wanted and held.gone_at is None:
            held.gone_at = now
            changed += 1
    session.flush()
    ids = {source_id: one.id or 0 for source_id, one in every(session).items()}
    changed += _exactly(
        session, StudentClass, "student_id", "class_id", {(student, ids[one]) for student, one in learning}
    )
    return changed + _exactly(
        session, ClassTeacher, "class_id", "staff_id", {(ids[one], staff) for one, staff in teaching}
    )


def _exactly(
    session: Session, table: type[SQLModel], first: str, second: str, wanted: set[tuple[int, int]]
) -> int:
    """Let these pairs be all rows of a table of pairs. Returns how many came or went."""
    columns = getattr(table, first), getattr(table, second)
    held = {(one, two) for one, two in session.exec(select(*columns))}
    gone = sorted(held - wanted)
    for start in range(0, len(gone), 500):
        session.exec(delete(table).where(tuple_(*columns).in_(gone[start : start + 500])))
    new = [{first: one, second: two} for one, two in sorted(wanted - held)]
    if new:
        session.connection().execute(insert(table), new)
    return len(held ^ wanted)


def rename(session: Session, class_id: int, title: str) -> None:
    """Call a class otherwise until the roster says more."""
    session.exec(update(SchoolClass).where(col(SchoolClass.id) == class_id).values(title=title))
