"""Which families one person may see, and how much of each; they are found by words, number or id."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, true
from sqlmodel import Session, col, select

from bot.store import contacts
from bot.store.contacts import Contact
from bot.store.families import Family, FamilyContact, Student
from bot.store.inbox import Place, Scope
from bot.store.name_words import named
from bot.store.teachers import StudentTeacher

Sight = Literal["whole", "taught"]
"""whole: all of it. taught: what a teacher needs of the own pupils' families"""


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for; with nothing named it is everything within reach."""

    word_hashes: tuple[str, ...] = ()
    """Of the words of a name, as `name_words.hashes_of` gives them"""
    number_hash: str | None = None
    family_id: int | None = None
    contact_id: int | None = None
    school_id: int | None = None


def sight_of(session: Session, scope: Scope, family_id: int) -> Sight | None:
    """How much of a family this person may see; None: nothing, as if it were not there."""
    return found(session, scope, Sought(family_id=family_id), limit=1).get(family_id)


def found(
    session: Session, scope: Scope, sought: Sought, *, after: int = 0, limit: int = 25
) -> dict[int, Sight]:
    """Families within reach that fit, with a higher id than `after`, in order, each with what may be seen."""
    within = or_(wholly(scope), _taught(scope))
    these = select(Family.id, case((wholly(scope), "whole"), else_="taught")).where(
        within, col(Family.id) > after, *_wanted(sought)
    )
    rows = session.exec(these.order_by(col(Family.id)).limit(limit))
    return {family_id: sight for family_id, sight in rows if family_id is not None}


def wholly(scope: Scope) -> ColumnElement[bool]:
    """As a condition on Family: all of it may be seen."""
    if scope.everywhere:
        return true()
    ways = [_at(place) for place in scope.places]
    return or_(*ways) if ways else false()


def _taught(scope: Scope) -> ColumnElement[bool]:
    if scope.staff_id is None or not scope.teaches:
        return false()
    return exists().where(
        col(Student.family_id) == col(Family.id),
        col(Student.left_at).is_(None),
        col(StudentTeacher.student_id) == col(Student.id),
        col(StudentTeacher.staff_id) == scope.staff_id,
    )


def _at(place: Place) -> ColumnElement[bool]:
    ids = [one for one in place.school_ids if one is not None]
    here: ColumnElement[bool] = _has_child(col(Student.school_id).in_(ids))
    if None in place.school_ids:
        here = or_(here, ~_has_child())
    if not place.hidden:
        return here
    others = _has_person(or_(col(Contact.language).is_(None), ~contacts.speaks(place.hidden)))
    return and_(here, or_(others, ~_has_person()))


def _has_child(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    here = (col(Student.family_id) == col(Family.id), col(Student.left_at).is_(None))
    return exists().where(*here, *more)


def _has_person(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    linked = (col(FamilyContact.family_id) == col(Family.id), col(FamilyContact.unlinked_at).is_(None))
    return exists().where(*linked, col(Contact.id) == col(FamilyContact.contact_id), *more)


def _wanted(sought: Sought) -> list[ColumnElement[bool]]:
    # One that was put together with another stands for it in rosters alone
    these: list[ColumnElement[bool]] = [col(Family.merged_into).is_(None)]
    if sought.family_id is not None:
        these.append(col(Family.id) == sought.family_id)
    if sought.school_id is not None:
        these.append(_has_child(col(Student.school_id) == sought.school_id))
    if sought.contact_id is not None:
        these.append(_has_person(col(Contact.id) == sought.contact_id))
    if sought.number_hash is not None:
        these.append(_has_person(col(Contact.number_hash) == sought.number_hash))
    if sought.word_hashes:
        these.append(_has_person(col(Contact.id).in_(named(sought.word_hashes))))
    return these
