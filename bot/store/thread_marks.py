"""Threads on own phones of staff: the short mark by which each is answered, and what its reader has got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Index, UniqueConstraint, func, or_, update
from sqlalchemy import select as column_select
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.outbox import OutboxRow
from bot.store.thread_texts import ThreadReply, Translation
from bot.store.threads import URGENT, Thread

_OF_THREAD: Final = (
    "state", "closed_at", "account_id", "staff_id", "asked_at", "snoozed_until", "school_id", "topic",
    "answered_at", "given_for",
)  # fmt: skip
_GONE_OUT: Final = ("accepted", "sent", "delivered", "read")


class ThreadMark(SQLModel, table=True):
    """One thread on one phone. The reader is the contact of that phone's number."""

    __tablename__ = "thread_mark"
    __table_args__ = (
        UniqueConstraint("thread_id", "reader_id"),
        Index("ix_thread_mark_reader", "reader_id", "mark"),
    )

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id")
    reader_id: int = Field(foreign_key="contact.id")
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """The person of the roster; None: whoever is on call"""
    to: str = Field(max_length=32)
    """As in `Notice.to`"""
    mark: str = Field(max_length=4)
    """K7: begins every text about it, and every answer"""
    remind_at: datetime | None = Field(default=None, index=True)
    """When the reader, who put it off, is told of it again"""
    created_at: datetime


class ThreadTold(SQLModel, table=True):
    """One text about a thread to one phone, and how much of the thread was in it by then."""

    __tablename__ = "thread_told"

    id: int | None = Field(default=None, primary_key=True)
    mark_id: int = Field(foreign_key="thread_mark.id", index=True)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    """The last part of it"""
    inbound_id: int = 0
    """The family's last text in it"""
    reply_id: int = 0
    """The last answer of a person in it"""
    lacks: int | None = Field(default=None, index=True)
    """The family's last text in it that the reader could not read: told of once it is translated"""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with what its thread is by now."""

    id: int
    thread_id: int
    mark: str
    to: str
    staff_id: int | None
    state: str
    closed_at: datetime | None
    account_id: int | None
    """Who answers the thread"""
    answers_id: int | None
    """The same as a person of the roster"""
    asked_at: datetime | None
    snoozed_until: datetime | None
    school_id: int | None
    topic: str
    answered_at: datetime | None
    given_for: str | None
    """Why it is whose it is, see bot.talk.assigning"""

    @property
    def is_urgent(self) -> bool:
        """Whether somebody is in danger."""
        return self.topic == URGENT


def of_reader(session: Session, reader_id: int, since: datetime) -> list[Marked]:
    """The marks of one phone whose threads are open, or which were given after `since`; newest first."""
    columns = [getattr(ThreadMark, name) for name in ("id", "thread_id", "mark", "to", "staff_id")]
    columns += [getattr(Thread, name) for name in _OF_THREAD]
    found = (
        column_select(*columns)
        .join(Thread, col(Thread.id) == col(ThreadMark.thread_id))
        .where(
            col(ThreadMark.reader_id) == reader_id,
            or_(
                col(Thread.state) == "open", col(Thread.closed_at) > since, col(ThreadMark.created_at) > since
            ),
        )
        .order_by(col(ThreadMark.id).desc())
    )
    return [Marked(*row) for row in session.connection().execute(found)]


def of_thread(session: Session, thread_id: int) -> list[ThreadMark]:
    """On which phones a thread is, in the order in which they were told."""
    found = select(ThreadMark).where(col(ThreadMark.thread_id) == thread_id)
    return list(session.exec(found.order_by(col(ThreadMark.id))))


def find(session: Session, thread_id: int, reader_id: int) -> ThreadMark | None:
    """The mark of a thread on one phone."""
    found = select(ThreadMark).where(
        col(ThreadMark.thread_id) == thread_id, col(ThreadMark.reader_id) == reader_id
    )
    return session.exec(found).first()


def add(session: Session, mark: ThreadMark) -> ThreadMark:
    """Keep a mark."""
    session.add(mark)
    session.flush()
    return mark


def remind(session: Session, mark_id: int, at: datetime | None) -> None:
    """Tell its reader of the thread again then; None: not any more."""
    session.exec(update(ThreadMark).where(col(ThreadMark.id) == mark_id).values(remind_at=at))


def due_reminders(session: Session, now: datetime, limit: int) -> list[int]:
    """Marks whose readers are to be told again, oldest first."""
    found = select(ThreadMark.id).where(col(ThreadMark.remind_at) <= now).order_by(col(ThreadMark.remind_at))
    return [one for one in session.exec(found.limit(limit)) if one is not None]


def by_id(session: Session, mark_id: int) -> ThreadMark | None:
    """The mark of this id."""
    return session.get(ThreadMark, mark_id)


def tell(session: Session, told: ThreadTold, rows: Sequence[int]) -> None:
    """Note what a text says of a thread, in the transaction that puts it into the outbox as these rows.

    Without rows: the reader knows it without a text.
    """
    for row in rows[:-1]:
        session.add(ThreadTold(mark_id=told.mark_id, outbox_id=row, created_at=told.created_at))
    told.outbox_id = rows[-1] if rows else None
    session.add(told)
    session.flush()


def seen(session: Session, mark_id: int, at: datetime) -> tuple[int, int]:
    """How much of a thread had gone out to the phone by `at`: (text of the family, answer of a person).

    The reader's own answers count as seen.
    """
    mine = col(ThreadTold.mark_id) == mark_id
    out = (
        column_select(func.max(ThreadTold.inbound_id), func.max(ThreadTold.reply_id))
        .join(OutboxRow, col(OutboxRow.id) == col(ThreadTold.outbox_id), isouter=True)
        .where(
            mine,
            or_(
                col(ThreadTold.outbox_id).is_(None),
                col(OutboxRow.state).in_(_GONE_OUT) & (col(OutboxRow.submitted_at) <= at),
            ),
        )
    )
    inbound_id, reply_id = session.connection().execute(out).one()
    return inbound_id or 0, reply_id or 0


def told_at(session: Session, mark_ids: Sequence[int]) -> dict[int, datetime]:
    """When each phone was last told of each thread, by the mark."""
    found = (
        column_select(col(ThreadTold.mark_id), func.max(ThreadTold.created_at))
        .where(col(ThreadTold.mark_id).in_(mark_ids), col(ThreadTold.outbox_id).is_not(None))
        .group_by(col(ThreadTold.mark_id))
    )
    return {row[0]: row[1] for row in session.connection().execute(found)}


def last_by_phone(session: Session, thread_id: int) -> bool | None:
    """Whether the last answer in a thread was written on a phone; None: there is none yet."""
    found = select(ThreadReply.by_phone).where(col(ThreadReply.thread_id) == thread_id)
    return session.exec(found.order_by(col(ThreadReply.id).desc())).first()


def translated(session: Session, limit: int) -> list[int]:
    """What phones were told of without its words, and what somebody has translated since; oldest first."""
    found = (
        select(ThreadTold.id)
        .join(Translation, col(Translation.inbound_id) == col(ThreadTold.lacks))
        .where(col(ThreadTold.lacks).is_not(None), col(Translation.body).is_not(None))
        .distinct()
        .order_by(col(ThreadTold.id))
    )
    return [one for one in session.exec(found.limit(limit)) if one is not None]


def told_by_id(session: Session, told_id: int) -> ThreadTold | None:
    """One text about a thread."""
    return session.get(ThreadTold, told_id)


def lacks_no_more(session: Session, told_id: int) -> None:
    """Its reader has the words now, or nobody needs them any more."""
    session.exec(update(ThreadTold).where(col(ThreadTold.id) == told_id).values(lacks=None))
