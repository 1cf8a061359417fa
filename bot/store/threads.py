"""Threads: conversations that a person has taken over from the bot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store import teachers
from bot.store.contacts import Contact
from bot.store.schools import School

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
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id", index=True)
    """The broadcast that this answers, where it does"""
    opened_at: datetime
    closed_at: datetime | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    """Who answers it in the console; None: whoever may"""
    given_for: str | None = Field(default=None, max_length=16)
    """Why that person answers: see bot.talk.assigning; None: nobody in particular does"""
    led_by: str | None = Field(default=None, max_length=64)
    """The flow that led here"""
    asked_at: datetime | None = None
    """When the oldest text came that nobody has answered; None: the family waits for nothing"""
    promised_at: datetime | None = None
    """When the office hours end within which the family was promised an answer"""
    answered_at: datetime | None = None
    """When a person last answered"""
    escalated_at: datetime | None = None
    """When the district office was asked because nobody answered"""
    snoozed_until: datetime | None = None
    """Not to be seen in the lists until then, or until the family writes"""
    claimed_by: int | None = Field(default=None, foreign_key="account.id")
    """Who is writing an answer"""
    claimed_until: datetime | None = None
    last_inbound_id: int | None = None
    """The family's last text in it"""
    last_reply_id: int | None = None
    """The last answer of a person"""
    rating: int | None = None
    """How the family found the help; None: not said"""
    rated_at: datetime | None = None
    rating_asked_at: datetime | None = None
    """When the family was asked how the help was: once for each thread"""
    reopened: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How often it was opened again after its end"""
    reopened_at: datetime | None = None


def by_id(session: Session, thread_id: int) -> Thread | None:
    """The thread of this id."""
    return session.get(Thread, thread_id)


def open_of(session: Session, contact_id: int) -> Thread | None:
    """The thread that is open with this contact, the latest if there were several."""
    found: Thread | None = session.exec(_open_of(), params={"contact_id": contact_id}).first()
    return found


@cache
def _open_of() -> Any:
    """Built once: it is asked at every text."""
    mine = select(Thread).where(
        col(Thread.contact_id) == bindparam("contact_id"), col(Thread.state) == "open"
    )
    return mine.order_by(col(Thread.id).desc()).limit(1)


def open_new(
    session: Session,
    contact_id: int,
    *,
    to: str,
    topic: str,
    school_id: int | None,
    now: datetime,
    led_by: str | None = None,
) -> int:
    """Open a thread and return its id; one that is open already is kept and its id returned.

    The caller holds the contact's lock (`contacts.by_number_hash_locked`), so two cannot open at once.
    """
    already = open_of(session, contact_id)
    if already is not None and already.id is not None:
        return already.id
    thread = Thread(
        contact_id=contact_id,
        school_id=school_id,
        to=to,
        topic=topic,
        opened_at=now,
        asked_at=now,
        led_by=led_by,
    )
    session.add(thread)
    session.flush()
    if thread.id is None:
        raise RuntimeError("the database gave no id")
    return thread.id


def answers(session: Session, thread_id: int, broadcast_id: int) -> None:
    """A thread is the answer to a broadcast."""
    session.exec(update(Thread).where(col(Thread.id) == thread_id).values(broadcast_id=broadcast_id))


def answering(session: Session, broadcast_id: int) -> int:
    """How many threads answer a broadcast."""
    mine = select(func.count()).select_from(Thread).where(col(Thread.broadcast_id) == broadcast_id)
    return session.exec(mine).one()


def close(session: Session, thread_id: int, now: datetime) -> bool:
    """Close a thread; the bot answers again. False when it was closed before."""
    closing = update(Thread).where(col(Thread.id) == thread_id, col(Thread.state) == "open")
    over = {"snoozed_until": None, "claimed_by": None, "claimed_until": None, "promised_at": None}
    return session.exec(closing.values(state="closed", closed_at=now, **over)).rowcount == 1


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open thread as staff see it in a list: no name, no number and no word of it."""

    id: int
    school_id: int | None
    school: str | None
    language: str | None
    """Locale of whoever waits"""
    topic: str
    to: str
    opened_at: datetime


def waiting_at(session: Session, school_ids: Collection[int] | None, limit: int = 200) -> list[Waiting]:
    """Open threads at these schools; None: at all, also where no school is known. Danger, then oldest."""
    here: list[ColumnElement[bool]] = []
    if school_ids is not None:
        here.append(col(Thread.school_id).in_(school_ids))
    return _waiting(session, here, limit)


def waiting_for(session: Session, staff_id: int, limit: int = 200) -> list[Waiting]:
    """Open threads that were given to one person, or that ask for a teacher of a child whom they teach."""
    own = (col(Thread.to) == "teacher") & col(Thread.contact_id).in_(teachers.families_of(staff_id))
    own_or_given: ColumnElement[bool] = or_(col(Thread.staff_id) == staff_id, own)
    return _waiting(session, [own_or_given], limit)


def _waiting(session: Session, these: list[ColumnElement[bool]], limit: int) -> list[Waiting]:
    urgent_first = case((col(Thread.topic) == URGENT, 0), else_=1)
    found = (
        select(Thread, School.name, Contact.language)
        .join(Contact, col(Contact.id) == col(Thread.contact_id))
        .join(School, col(School.id) == col(Thread.school_id), isouter=True)
        .where(col(Thread.state) == "open", *these)
        .order_by(urgent_first, col(Thread.id))
    )
    return [
        Waiting(one.id or 0, one.school_id, school, language, one.topic, one.to, one.opened_at)
        for one, school, language in session.exec(found.limit(limit))
    ]
