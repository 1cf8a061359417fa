"""Families, their children and their contacts, as the roster and the staff give them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.contacts import Contact
from bot.store.schools import School

STUDENT_NAME = "student.name"


class Family(SQLModel, table=True):
    """The children who have the same guardians; holds no address and no status."""

    id: int | None = Field(default=None, primary_key=True)
    source_hash: str = Field(unique=True, max_length=64)
    """Keyed hash of the roster's own key for this family"""
    merged_into: int | None = None
    """Id of the family that it was put together with by hand: its children and people are there, and the
    roster that lists it means that one. No foreign key, so that a backup can be put back row by row"""


class Student(SQLModel, table=True):
    """A child of a family at one school."""

    id: int | None = Field(default=None, primary_key=True)
    source_hash: str = Field(unique=True, max_length=64)
    """Keyed hash of the roster's sourcedId"""
    family_id: int = Field(foreign_key="family.id", index=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    name: bytes
    """Sealed given name, context student.name"""
    grade: str = Field(max_length=8)
    """CEDS grade level, e.g. KG, 03, 12"""
    left_at: datetime | None = None
    """When the roster no longer had this child; nothing is told about it from then on"""


class FamilyContact(SQLModel, table=True):
    """Which contacts belong to which family; only staff or the roster link them."""

    __tablename__ = "family_contact"

    family_id: int = Field(foreign_key="family.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)
    source: str = Field(default="roster", max_length=16)
    """roster or staff: a roster load only takes away what a roster gave"""
    unlinked_at: datetime | None = None
    """Set by "wrong number" or by staff; a later roster load does not link the two again"""


@dataclass(frozen=True, slots=True)
class Child:
    """One child of a contact's families, with its name still sealed."""

    id: int
    family_id: int
    name: bytes
    grade: str
    school: str
    """source_id of the school"""
    school_name: str


def children_of(session: Session, contact_id: int) -> list[Child]:
    """The children at school now whose families have this contact, oldest row first."""
    found = session.connection().execute(_children(), {"contact": contact_id})
    return [Child(row[0] or 0, *row[1:]) for row in found]


@lru_cache(maxsize=1)
def _children() -> Any:
    """Built once, and columns, not rows: it is asked at every text."""
    return (
        columns(
            col(Student.id),
            col(Student.family_id),
            col(Student.name),
            col(Student.grade),
            col(School.source_id),
            col(School.name),
        )
        .join(FamilyContact, col(FamilyContact.family_id) == col(Student.family_id))
        .join(School, col(School.id) == col(Student.school_id))
        .where(
            col(FamilyContact.contact_id) == bindparam("contact"),
            col(FamilyContact.unlinked_at).is_(None),
            col(Student.left_at).is_(None),
        )
        .order_by(col(Student.id))
    )


def is_linked(session: Session, contact_id: int) -> bool:
    """Whether the roster or staff gave this number to a family."""
    link = select(FamilyContact.contact_id).where(
        col(FamilyContact.contact_id) == contact_id, col(FamilyContact.unlinked_at).is_(None)
    )
    return session.exec(link).first() is not None


def families_of(session: Session, contact_id: int) -> list[int]:
    """The families that a contact belongs to."""
    found = select(FamilyContact.family_id).where(
        col(FamilyContact.contact_id) == contact_id, col(FamilyContact.unlinked_at).is_(None)
    )
    return list(session.exec(found.order_by(col(FamilyContact.family_id))))


def readers(session: Session, school_ids: Collection[int] | None) -> dict[str | None, int]:
    """How many people of families with a child at these schools (None: at any) read each language."""
    chosen = (
        select(Contact.language, func.count(func.distinct(col(Contact.id))))
        .join(FamilyContact, col(FamilyContact.contact_id) == col(Contact.id))
        .join(Student, col(Student.family_id) == col(FamilyContact.family_id))
        .where(col(FamilyContact.unlinked_at).is_(None), col(Student.left_at).is_(None))
    )
    if school_ids is not None:
        chosen = chosen.where(col(Student.school_id).in_(school_ids))
    return dict(session.exec(chosen.group_by(col(Contact.language))).all())


def unlink_number(session: Session, contact_id: int, now: datetime) -> int:
    """After "wrong number": this contact belongs to no family now. Returns how many links ended."""
    done = session.exec(
        update(FamilyContact)
        .where(col(FamilyContact.contact_id) == contact_id, col(FamilyContact.unlinked_at).is_(None))
        .values(unlinked_at=now)
    )
    return int(done.rowcount)


def every_family(session: Session) -> dict[str, int]:
    """Family ids by the hash of their key."""
    return {hash_: id_ for hash_, id_ in session.exec(select(Family.source_hash, Family.id)) if id_}


def every_student(session: Session) -> dict[str, Student]:
    """Every child that was ever loaded, by the hash of its sourcedId."""
    return {student.source_hash: student for student in session.exec(select(Student))}


def every_link(session: Session) -> dict[tuple[int, int], FamilyContact]:
    """Every link, ended ones too, by family id and contact id."""
    return {(link.family_id, link.contact_id): link for link in session.exec(select(FamilyContact))}


def wrong_numbers(session: Session) -> set[int]:
    """Contacts who were once in a family and whose every link was ended by hand."""
    links = every_link(session).values()
    living = {link.contact_id for link in links if link.unlinked_at is None}
    return {link.contact_id for link in links} - living


def add_families(session: Session, hashes: Sequence[str]) -> None:
    """Insert families by the hash of their key."""
    _insert(session, Family, [{"source_hash": hash_} for hash_ in hashes])


def rename_family(session: Session, family_id: int, source_hash: str) -> None:
    """Keep a family whose guardians changed under its new key."""
    session.exec(update(Family).where(col(Family.id) == family_id).values(source_hash=source_hash))


def add_students(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert children; keys as the columns of Student."""
    _insert(session, Student, rows)


def add_links(session: Session, pairs: Sequence[tuple[int, int]]) -> None:
    """Link families and contacts (family id, contact id) on the roster's word."""
    rows = [{"family_id": family, "contact_id": contact, "source": "roster"} for family, contact in pairs]
    _insert(session, FamilyContact, rows)


def remove_links(session: Session, pairs: Sequence[tuple[int, int]]) -> None:
    """Take links away that a roster gave and no longer gives."""
    for family_id, contact_id in pairs:
        session.exec(
            delete(FamilyContact).where(
                col(FamilyContact.family_id) == family_id,
                col(FamilyContact.contact_id) == contact_id,
            )
        )


def _insert(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), list(rows))
