"""Threads: conversations that a person has taken over from the bot."""

from datetime import datetime

from sqlalchemy import case, update
from sqlmodel import Field, Session, SQLModel, col, select

URGENT = "danger"
"""The topic of a thread that must be looked at before all others"""


class Thread(SQLModel, table=True):
    """One question of one contact that a person answers."""

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    school_id: int | None = Field(default=None, foreign_key="school.id", index=True)
    to: str = Field(max_length=32)
    """liaison, teacher, district_office, office"""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Whom it is for, where one person alone was told"""
    topic: str = Field(default="", max_length=64)
    state: str = Field(default="open", max_length=16, index=True)
    """open or closed"""
    opened_at: datetime
    closed_at: datetime | None = None


def by_id(session: Session, thread_id: int) -> Thread | None:
    """The thread of this id."""
    return session.get(Thread, thread_id)


def open_of(session: Session, contact_id: int) -> Thread | None:
    """The thread that is open with this contact, the latest if there were several."""
    found = select(Thread).where(col(Thread.contact_id) == contact_id, col(Thread.state) == "open")
    return session.exec(found.order_by(col(Thread.id).desc())).first()


def open_new(
    session: Session, contact_id: int, *, to: str, topic: str, school_id: int | None, now: datetime
) -> int:
    """Open a thread and return its id; one that is open already is kept and its id returned.

    The caller holds the contact's lock (`contacts.by_number_hash_locked`), so two cannot open at once.
    """
    already = open_of(session, contact_id)
    if already is not None and already.id is not None:
        return already.id
    thread = Thread(contact_id=contact_id, school_id=school_id, to=to, topic=topic, opened_at=now)
    session.add(thread)
    session.flush()
    if thread.id is None:
        raise RuntimeError("the database gave no id")
    return thread.id


def close(session: Session, thread_id: int, now: datetime) -> bool:
    """Close a thread; the bot answers again. False when it was closed before."""
    closing = update(Thread).where(col(Thread.id) == thread_id, col(Thread.state) == "open")
    return session.exec(closing.values(state="closed", closed_at=now)).rowcount == 1


def open_ones(session: Session, limit: int = 200) -> list[Thread]:
    """Threads that wait for a person: danger first, then longest waiting first."""
    urgent_first = case((col(Thread.topic) == URGENT, 0), else_=1)
    found = select(Thread).where(col(Thread.state) == "open").order_by(urgent_first, col(Thread.id))
    return list(session.exec(found.limit(limit)))


def retitle(session: Session, contact_id: int, topic: str) -> None:
    """Say what the open thread of this contact is about now: an emergency in it must be seen first."""
    naming = update(Thread).where(col(Thread.contact_id) == contact_id, col(Thread.state) == "open")
    session.exec(naming.values(topic=topic))


def hand_on(session: Session, contact_id: int, to: str) -> None:
    """Give the open thread of this contact to somebody else, who has more time to answer it."""
    moving = update(Thread).where(col(Thread.contact_id) == contact_id, col(Thread.state) == "open")
    session.exec(moving.values(to=to))


def assign(session: Session, thread_id: int, staff_id: int | None) -> None:
    """Say for whom a thread is; None where it is for no one person."""
    session.exec(update(Thread).where(col(Thread.id) == thread_id).values(staff_id=staff_id))
