"""How far an installation has come before its first text."""

from sqlmodel import Session, col, exists, or_, select

from bot.store.contacts import Contact
from bot.store.outbox import OutboxRow
from bot.store.school_events import SchoolEvent
from bot.store.schools import School, Staff, StaffSchool

_ARRIVED = ("accepted", "sent", "delivered", "read")


def without_calendar(session: Session) -> list[int]:
    """Ids of schools of which no date is known."""
    known = exists().where(col(SchoolEvent.school_id) == col(School.id))
    found = session.exec(select(School.id).where(~known).order_by(School.name))
    return [school_id for school_id in found if school_id is not None]


def without_liaison(session: Session) -> list[int]:
    """Ids of schools that have no liaison who can be told anything."""
    told = or_(col(Staff.text).is_not(None), col(Staff.email).is_not(None))
    there = exists().where(
        col(StaffSchool.school_id) == col(School.id),
        col(StaffSchool.staff_id) == col(Staff.id),
        col(Staff.role) == "liaison",
        told,
    )
    found = session.exec(select(School.id).where(~there).order_by(School.name))
    return [school_id for school_id in found if school_id is not None]


def languages(session: Session) -> set[str]:
    """Locales that contacts read."""
    chosen = select(Contact.language).where(col(Contact.language).is_not(None)).distinct()
    return {language for language in session.exec(chosen) if language}


def was_answered(session: Session) -> bool:
    """Whether a text that came in has an answer which the carrier took."""
    answered = select(OutboxRow.id).where(
        col(OutboxRow.inbound_id).is_not(None), col(OutboxRow.state).in_(_ARRIVED)
    )
    return session.exec(answered.limit(1)).first() is not None
