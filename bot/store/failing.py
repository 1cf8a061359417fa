"""Numbers that do not get our texts: what the carrier said, since when, and until when it holds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Update, case, exists, func, or_, select, update
from sqlmodel import Session, SQLModel, col

from bot.store.contacts import Contact
from bot.store.families import FamilyContact, Student
from bot.store.outbox import ROWS
from bot.store.schools import School

DOUBTED_FOR: Final = timedelta(days=3)
"""A phone that is off over a weekend is nobody's work; one that stays away longer is"""
_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]
_NONE: Final = dict.fromkeys(("failing_code", "failing_since", "dead_at"))


def note(session: Session, contact_id: int, code: int, *, dead: bool, sent_at: datetime) -> bool:
    """A text handed over at `sent_at` did not arrive. `dead`: none ever will, so none is sent any more.

    A person who wrote since then has a number that works. True when something was noted.
    """
    silent_since = or_(_CONTACTS.c.last_inbound_at.is_(None), _CONTACTS.c.last_inbound_at < sent_at)
    noted = update(_CONTACTS).where(_CONTACTS.c.id == contact_id, silent_since)
    values: dict[str, Any] = {
        "failing_code": code,
        "failing_since": func.coalesce(_CONTACTS.c.failing_since, sent_at),
    }
    if dead:
        values["dead_at"] = func.coalesce(_CONTACTS.c.dead_at, sent_at)
    else:
        # What is certain is not hidden by what is doubtful.
        values["failing_code"] = case((_CONTACTS.c.dead_at.is_(None), code), else_=_CONTACTS.c.failing_code)
    return session.connection().execute(noted.values(values)).rowcount == 1


def arrived(session: Session, row_id: int) -> None:
    """A text arrived: its number works, unless a later one failed there."""
    to = select(ROWS.c.contact_id).where(ROWS.c.id == row_id).scalar_subquery()
    at = select(ROWS.c.submitted_at).where(ROWS.c.id == row_id).scalar_subquery()
    session.connection().execute(_mended().where(_CONTACTS.c.id == to, _CONTACTS.c.failing_since <= at))


def has_arrived(session: Session, row_id: int) -> bool:
    """Whether the carrier said already that this text arrived: a late complaint about it means nothing."""
    look = select(ROWS.c.state).where(ROWS.c.id == row_id)
    return session.connection().execute(look).scalar() in ("delivered", "read")


def mend(session: Session, contact_id: int) -> bool:
    """The office says that the number works. False when nothing was wrong with it."""
    failing = _mended().where(_CONTACTS.c.id == contact_id, _CONTACTS.c.failing_since.is_not(None))
    return session.connection().execute(failing).rowcount == 1


def forgive(contact: Contact) -> None:
    """Whoever writes from a number gets texts there."""
    if contact.failing_since is not None:
        contact.failing_code = contact.failing_since = contact.dead_at = None


def _mended() -> Update:
    return update(_CONTACTS).values(_NONE)


@dataclass(frozen=True, slots=True)
class Failing:
    """A number of a family that the office must look after."""

    contact_id: int
    number: bytes
    """Sealed, context contact.number"""
    name: bytes | None
    """Sealed, context contact.name"""
    code: int
    since: datetime
    is_dead: bool
    schools: str
    """Names of the children's schools, by commas"""


def to_mend(
    session: Session, now: datetime, limit: int = 500, *, school_ids: Collection[int] | None = None
) -> list[Failing]:
    """Numbers of families with a child at school that are dead, or that got nothing for three days.

    `school_ids`: only of families with a child at one of these schools; None: at any.

    A number that the roster changed belongs to no family any more and is not among them.
    """
    family = (FamilyContact.contact_id == _CONTACTS.c.id, col(FamilyContact.unlinked_at).is_(None))
    here = exists(
        select(Student.id)  # type: ignore[call-overload]
        .join(FamilyContact, col(FamilyContact.family_id) == col(Student.family_id))
        .where(*family, col(Student.left_at).is_(None), *_at(school_ids))
    )
    bad = or_(_CONTACTS.c.dead_at.is_not(None), _CONTACTS.c.failing_since <= now - DOUBTED_FOR)
    c = _CONTACTS.c
    look = (
        select(c.id, c.number, c.name, c.failing_code, c.failing_since, c.dead_at)
        .where(c.failing_since.is_not(None), bad, here, c.consent != "stopped")
        .order_by(c.failing_since, c.id)
        .limit(limit)
    )
    rows = session.connection().execute(look).all()
    schools = _schools(session, [row.id for row in rows])
    return [
        Failing(
            row.id,
            row.number,
            row.name,
            row.failing_code,
            row.failing_since,
            row.dead_at is not None,
            ", ".join(schools[row.id]),
        )
        for row in rows
    ]


def _at(school_ids: Collection[int] | None) -> list[Any]:
    return [] if school_ids is None else [col(Student.school_id).in_(school_ids)]


def _schools(session: Session, contact_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {contact_id: [] for contact_id in contact_ids}
    if not contact_ids:
        return found
    look = (
        select(FamilyContact.contact_id, School.name)  # type: ignore[call-overload]
        .distinct()
        .join(Student, col(Student.family_id) == col(FamilyContact.family_id))
        .join(School, col(School.id) == col(Student.school_id))
        .where(
            col(FamilyContact.contact_id).in_(contact_ids),
            col(FamilyContact.unlinked_at).is_(None),
            col(Student.left_at).is_(None),
        )
        .order_by(School.name)
    )
    for contact_id, name in session.connection().execute(look):
        found[contact_id].append(name)
    return found
