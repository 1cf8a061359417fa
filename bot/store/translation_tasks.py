"""Texts that wait for a person who translates them: answers for families, and families' texts for staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, or_, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.thread_texts import ThreadReply
from bot.store.threads import Thread

_WAITING = text("state = 'waiting'")


class TranslationTask(SQLModel, table=True):
    """One text to be translated by a person. Its words stay in the reply or the inbound text."""

    __tablename__ = "translation_task"
    __table_args__ = (
        UniqueConstraint("inbound_id", "target"),
        Index("ix_translation_task_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
    reply_id: int | None = Field(default=None, foreign_key="thread_reply.id", unique=True)
    """An answer of a person that the family has not got yet"""
    inbound_id: int | None = Field(default=None, foreign_key="inbound.id")
    """A text of the family"""
    source: str = Field(max_length=16)
    """Locale it is written in"""
    target: str = Field(max_length=16)
    """Locale of whoever is to read it"""
    reason: str = Field(default="", max_length=32)
    """Why no machine translated it, see bot.talk.translating"""
    state: str = Field(default="waiting", max_length=16)
    """waiting, done or dropped"""
    claimed_by: int | None = Field(default=None, foreign_key="account.id")
    claimed_until: datetime | None = None
    told_at: datetime | None = None
    """When translators were told of it"""
    created_at: datetime
    ended_at: datetime | None = None
    ended_by: int | None = Field(default=None, foreign_key="account.id")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task as lists show it: no name and no word."""

    id: int
    thread_id: int
    school_id: int | None
    topic: str
    is_for_family: bool
    source: str
    target: str
    reason: str
    created_at: datetime
    claimed_by: int | None
    claimed_until: datetime | None
    told_at: datetime | None


def add(session: Session, task: TranslationTask) -> None:
    """Let a text wait; the same one into the same language waits once."""
    same = col(TranslationTask.reply_id) == task.reply_id
    if task.reply_id is None:
        same = (col(TranslationTask.inbound_id) == task.inbound_id) & (
            col(TranslationTask.target) == task.target
        )
    if session.exec(select(TranslationTask.id).where(same)).first() is None:
        session.add(task)
        session.flush()


def renew(session: Session, inbound_id: int, target: str, now: datetime) -> bool:
    """Let a family's text wait that somebody had taken off the list. False where none was."""
    these = update(TranslationTask).where(
        col(TranslationTask.inbound_id) == inbound_id,
        col(TranslationTask.target) == target,
        col(TranslationTask.state) == "dropped",
    )
    anew = {"state": "waiting", "created_at": now, "told_at": None, "ended_at": None, "ended_by": None}
    return session.exec(these.values(**anew)).rowcount == 1


def by_id(session: Session, task_id: int) -> TranslationTask | None:
    """The task of this id."""
    return session.get(TranslationTask, task_id)


def locked(session: Session, task_id: int) -> TranslationTask | None:
    """As `by_id`; nobody else changes it until this transaction ends."""
    chosen = select(TranslationTask).where(col(TranslationTask.id) == task_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def waiting(session: Session, limit: int = 500) -> list[Waiting]:
    """All that waits, oldest first. What its family has stopped or was erased waits for nobody."""
    found = (
        select(TranslationTask, Thread.school_id, Thread.topic)
        .join(Thread, col(Thread.id) == col(TranslationTask.thread_id))
        .join(Contact, col(Contact.id) == col(Thread.contact_id))
        .where(
            col(TranslationTask.state) == "waiting",
            col(Contact.erased_at).is_(None),
            or_(col(TranslationTask.reply_id).is_(None), col(Contact.consent) != "stopped"),
        )
        .order_by(col(TranslationTask.id))
    )
    return [
        Waiting(
            one.id or 0,
            one.thread_id,
            school_id,
            topic,
            one.reply_id is not None,
            one.source,
            one.target,
            one.reason,
            one.created_at,
            one.claimed_by,
            one.claimed_until,
            one.told_at,
        )
        for one, school_id, topic in session.exec(found.limit(limit))
    ]


def claim(session: Session, task_id: int, account_id: int, now: datetime, until: datetime) -> bool:
    """Say who translates it. False where somebody else does, or it waits no more."""
    mine, over = col(TranslationTask.claimed_by) == account_id, col(TranslationTask.claimed_until) <= now
    free = or_(col(TranslationTask.claimed_by).is_(None), mine, over)
    these = update(TranslationTask).where(
        col(TranslationTask.id) == task_id, col(TranslationTask.state) == "waiting", free
    )
    return session.exec(these.values(claimed_by=account_id, claimed_until=until)).rowcount == 1


def end(session: Session, task_id: int, state: str, account_id: int | None, now: datetime) -> bool:
    """Done or dropped. False when it had ended before."""
    these = update(TranslationTask).where(
        col(TranslationTask.id) == task_id, col(TranslationTask.state) == "waiting"
    )
    ended = {"state": state, "ended_at": now, "ended_by": account_id}
    return session.exec(these.values(claimed_by=None, claimed_until=None, **ended)).rowcount == 1


def told(session: Session, task_ids: Collection[int], now: datetime) -> None:
    """Translators were told of these."""
    session.exec(update(TranslationTask).where(col(TranslationTask.id).in_(task_ids)).values(told_at=now))


def of_inbound(session: Session, inbound_ids: Collection[int]) -> dict[int, list[TranslationTask]]:
    """The tasks of a family's texts, by the text."""
    found: dict[int, list[TranslationTask]] = {}
    chosen = select(TranslationTask).where(col(TranslationTask.inbound_id).in_(inbound_ids))
    for one in session.exec(chosen.order_by(col(TranslationTask.id))):
        found.setdefault(one.inbound_id or 0, []).append(one)
    return found


def held_without(session: Session, limit: int) -> list[ThreadReply]:
    """Answers that are held and wait in no queue: written by phone, or before there was one."""
    tasked = select(TranslationTask.id).where(col(TranslationTask.reply_id) == col(ThreadReply.id)).exists()
    found = select(ThreadReply).where(col(ThreadReply.state) == "held", ~tasked)
    return list(session.exec(found.order_by(col(ThreadReply.id)).limit(limit)))


def dead_ones(session: Session, limit: int) -> list[int]:
    """Tasks of texts that are not kept any more, or whose answer is not held any more."""
    found = (
        select(TranslationTask.id)
        .join(Inbound, col(Inbound.id) == col(TranslationTask.inbound_id), isouter=True)
        .join(ThreadReply, col(ThreadReply.id) == col(TranslationTask.reply_id), isouter=True)
        .where(
            col(TranslationTask.state) == "waiting",
            or_(
                col(TranslationTask.inbound_id).is_not(None) & col(Inbound.body).is_(None),
                col(TranslationTask.reply_id).is_not(None) & (col(ThreadReply.state) != "held"),
            ),
        )
    )
    return [one for one in session.exec(found.order_by(col(TranslationTask.id)).limit(limit)) if one]
