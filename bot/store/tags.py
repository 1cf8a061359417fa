"""Groups of families that staff put together: a bus, a club, those who asked for rides."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.contacts import Contact
from bot.store.families import FamilyContact, Student
from bot.store.upserts import insert_into


class FamilyTag(SQLModel, table=True):
    """One family in one group. The word is the school's own: never what a family is or where it is from."""

    __tablename__ = "family_tag"

    family_id: int = Field(foreign_key="family.id", primary_key=True)
    tag: str = Field(primary_key=True, max_length=32, index=True)
    tagged_at: datetime


def add(session: Session, family_ids: Collection[int], tag: str, now: datetime) -> int:
    """Put families into a group; returns how many were not in it before."""
    if not family_ids:
        return 0
    new = insert_into(session, FamilyTag).on_conflict_do_nothing().returning(col(FamilyTag.family_id))
    rows = [{"family_id": one, "tag": tag, "tagged_at": now} for one in sorted(family_ids)]
    return len(session.connection().execute(new, rows).all())


def remove(session: Session, family_ids: Collection[int], tag: str) -> int:
    """Take families out of a group; returns how many were in it."""
    these = col(FamilyTag.family_id).in_(family_ids)
    return session.exec(delete(FamilyTag).where(these, col(FamilyTag.tag) == tag)).rowcount


def people_of(session: Session, family_ids: Collection[int]) -> dict[int, list[bytes]]:
    """Names of those who read for each of these families, sealed, context contact.name."""
    chosen = (
        select(FamilyContact.family_id, Contact.name)
        .join(Contact, col(Contact.id) == col(FamilyContact.contact_id))
        .where(col(FamilyContact.family_id).in_(family_ids), col(FamilyContact.unlinked_at).is_(None))
        .order_by(col(Contact.id))
    )
    found: dict[int, list[bytes]] = {}
    for family_id, name in session.exec(chosen):
        if name:
            found.setdefault(family_id, []).append(name)
    return found


def listed(session: Session, school_ids: Collection[int] | None) -> dict[str, int]:
    """Groups with a family that has a child at these schools (None: at any), and how many such families."""
    chosen = (
        select(FamilyTag.tag, func.count(func.distinct(col(FamilyTag.family_id))))
        .join(Student, col(Student.family_id) == col(FamilyTag.family_id))
        .where(col(Student.left_at).is_(None))
    )
    if school_ids is not None:
        chosen = chosen.where(col(Student.school_id).in_(school_ids))
    return dict(session.exec(chosen.group_by(col(FamilyTag.tag)).order_by(col(FamilyTag.tag))).all())
