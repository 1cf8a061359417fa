"""Who teaches whom, as the roster says: the teachers of a child's homeroom, else of its classes."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, insert
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.store.families import FamilyContact, Student
from bot.store.schools import School, Staff


class StudentTeacher(SQLModel, table=True):
    """One child and one of its teachers."""

    __tablename__ = "student_teacher"

    student_id: int = Field(foreign_key="student.id", primary_key=True)
    staff_id: int = Field(foreign_key="staff.id", primary_key=True, index=True)


def replace(session: Session, pairs: Collection[tuple[int, int]]) -> int:
    """Let these (student id, staff id) be all. Returns how many came or went."""
    every = session.exec(select(StudentTeacher)).all()
    held = {(row.student_id, row.staff_id) for row in every}
    wanted = set(pairs)
    for student_id, staff_id in held - wanted:
        this = and_(col(StudentTeacher.student_id) == student_id, col(StudentTeacher.staff_id) == staff_id)
        session.exec(delete(StudentTeacher).where(this))
    new = [{"student_id": student, "staff_id": staff} for student, staff in sorted(wanted - held)]
    if new:
        session.connection().execute(insert(StudentTeacher), new)
    return len(held ^ wanted)


def of_student(session: Session, student_id: int) -> list[Staff]:
    """The teachers of one child, by name."""
    chosen = select(Staff).join(StudentTeacher, col(StudentTeacher.staff_id) == col(Staff.id))
    chosen = chosen.where(col(StudentTeacher.student_id) == student_id)
    return list(session.exec(chosen.order_by(col(Staff.name), col(Staff.id))))


def families_of(staff_id: int) -> SelectOfScalar[int]:
    """Ids of the contacts of children at school now whom somebody teaches; built into other statements."""
    return (
        select(FamilyContact.contact_id)
        .join(Student, col(Student.family_id) == col(FamilyContact.family_id))
        .join(StudentTeacher, col(StudentTeacher.student_id) == col(Student.id))
        .where(
            col(StudentTeacher.staff_id) == staff_id,
            col(FamilyContact.unlinked_at).is_(None),
            col(Student.left_at).is_(None),
        )
    )


def of_contact(session: Session, contact_id: int) -> list[Staff]:
    """The teachers of all children at school now whose families have this contact, each once, by name."""
    chosen = (
        select(Staff)
        .join(StudentTeacher, col(StudentTeacher.staff_id) == col(Staff.id))
        .join(Student, col(Student.id) == col(StudentTeacher.student_id))
        .join(FamilyContact, col(FamilyContact.family_id) == col(Student.family_id))
        .where(
            col(FamilyContact.contact_id) == contact_id,
            col(FamilyContact.unlinked_at).is_(None),
            col(Student.left_at).is_(None),
        )
    )
    people = {person.id: person for person in session.exec(chosen)}
    return sorted(people.values(), key=lambda person: (person.name, person.source_id))


@dataclass(frozen=True, slots=True)
class Taught:
    """The children of one grade at one school whom somebody teaches."""

    school: str
    grade: str
    number: int


def taught_by(session: Session, staff_id: int) -> list[Taught]:
    """Whom a person teaches now, by school and grade."""
    chosen = (
        select(School.name, Student.grade, func.count())
        .select_from(StudentTeacher)
        .join(Student, col(Student.id) == col(StudentTeacher.student_id))
        .join(School, col(School.id) == col(Student.school_id))
        .where(col(StudentTeacher.staff_id) == staff_id, col(Student.left_at).is_(None))
        .group_by(School.name, Student.grade)
        .order_by(School.name, Student.grade)
    )
    return [Taught(*row) for row in session.exec(chosen)]
