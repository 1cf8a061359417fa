"""Questions that went out to many, and who answered what; only counts of them are ever shown."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import JSON, Column, LargeBinary, delete, func, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.families import FamilyContact, Student
from bot.store.outbox import OutboxRow
from bot.store.upserts import insert_into

OPEN: Final = timedelta(days=14)
"""So long after it begins to go out a poll takes answers"""
GONE_OUT = ("accepted", "sent", "delivered", "read")


class Poll(SQLModel, table=True):
    """What one broadcast asks. A reminder of it is another broadcast, whose answers count for the first."""

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    questions: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Sealed JSON, context poll.questions: see poll_words"""
    sizes: list[int] = Field(sa_column=Column(JSON, nullable=False))
    """How many choices each question has"""
    closes_at: datetime = Field(index=True)
    """Later answers are read as any other text"""
    reminds_of: int | None = Field(default=None, foreign_key="broadcast.id", unique=True)
    """The broadcast whose poll this repeats; one reminder of each"""


class PollAnswer(SQLModel, table=True):
    """What one contact chose; the last answer counts."""

    __tablename__ = "poll_answer"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)
    question: int = Field(primary_key=True)
    """0 or 1"""
    choice: int
    """From 0, in the order in which they were asked"""
    language: str = Field(max_length=16)
    answered_at: datetime


_ANSWERS: Final = SQLModel.metadata.tables["poll_answer"]
_LINKS: Final = SQLModel.metadata.tables[str(FamilyContact.__tablename__)]
_STUDENTS: Final = SQLModel.metadata.tables[str(Student.__tablename__)]


def create(session: Session, poll: Poll) -> None:
    """Keep the questions of a broadcast; those before are gone."""
    session.merge(poll)
    session.flush()


def begins(session: Session, broadcast_id: int, at: datetime) -> bool:
    """Let a poll take answers from the time at which it goes out. False for a broadcast that asks nothing."""
    mine = update(Poll).where(col(Poll.broadcast_id) == broadcast_id).values(closes_at=at + OPEN)
    return session.connection().execute(mine).rowcount == 1


def by_id(session: Session, broadcast_id: int) -> Poll | None:
    """What a broadcast asks; None for one that asks nothing."""
    return session.get(Poll, broadcast_id)


def reminder_of(session: Session, broadcast_id: int) -> Poll | None:
    """The one reminder of a poll, if it was written."""
    return session.exec(select(Poll).where(col(Poll.reminds_of) == broadcast_id)).first()


def forget(session: Session, broadcast_id: int) -> None:
    """A draft asks nothing any more."""
    session.exec(delete(Poll).where(col(Poll.broadcast_id) == broadcast_id))


def last_asked(session: Session, contact_id: int, now: datetime) -> tuple[Poll, datetime] | None:
    """The open poll that went out to a contact last, and when."""
    chosen = (
        select(Poll, OutboxRow.submitted_at)
        .join(OutboxRow, col(OutboxRow.broadcast_id) == col(Poll.broadcast_id))
        .where(
            col(OutboxRow.contact_id) == contact_id,
            col(OutboxRow.state).in_(GONE_OUT),
            col(OutboxRow.submitted_at).is_not(None),
            col(Poll.closes_at) > now,
        )
        .order_by(col(OutboxRow.submitted_at).desc())
        .limit(1)
    )
    found = session.exec(chosen).first()
    return (found[0], found[1]) if found and found[1] else None


def answers_of(session: Session, broadcast_id: int, contact_id: int) -> dict[int, int]:
    """What one contact chose so far, by question."""
    mine = select(PollAnswer.question, PollAnswer.choice).where(
        col(PollAnswer.broadcast_id) == broadcast_id, col(PollAnswer.contact_id) == contact_id
    )
    return dict(session.exec(mine).all())


def last_answer_at(session: Session, broadcast_id: int, contact_id: int) -> datetime | None:
    """When one contact answered last."""
    mine = select(func.max(col(PollAnswer.answered_at))).where(
        col(PollAnswer.broadcast_id) == broadcast_id, col(PollAnswer.contact_id) == contact_id
    )
    return session.exec(mine).one()


def record(session: Session, answer: PollAnswer) -> None:
    """Keep an answer; an earlier one of the same contact is replaced."""
    new = insert_into(session, PollAnswer)
    keys = ["broadcast_id", "contact_id", "question"]
    fresh = {name: new.excluded[name] for name in ("choice", "language", "answered_at")}
    session.connection().execute(
        new.on_conflict_do_update(index_elements=keys, set_=fresh), answer.model_dump()
    )


def family_answers(session: Session, broadcast_id: int, question: int) -> list[tuple[int, int, str, int]]:
    """One answer for each family, the last of its contacts: (family, choice, language, school of a child)."""
    links, answers, pupils = _LINKS.c, _ANSWERS.c, _STUDENTS.c
    school = (
        columns(pupils.family_id, func.min(pupils.school_id).label("school_id"))
        .where(pupils.left_at.is_(None))
        .group_by(pupils.family_id)
        .subquery()
    )
    chosen = (
        columns(links.family_id, answers.choice, answers.language, school.c.school_id)
        .join_from(_ANSWERS, _LINKS, links.contact_id == answers.contact_id)
        .join(school, school.c.family_id == links.family_id)
        .where(
            answers.broadcast_id == broadcast_id,
            answers.question == question,
            links.unlinked_at.is_(None),
        )
        .order_by(answers.answered_at, answers.contact_id)
    )
    last = {row[0]: (row[0], row[1], row[2], row[3]) for row in session.connection().execute(chosen)}
    return [last[family] for family in sorted(last)]


def without_answer(session: Session, broadcast_id: int) -> list[int]:
    """Contacts to whom it went out and who answered nothing."""
    answered = select(PollAnswer.contact_id).where(col(PollAnswer.broadcast_id) == broadcast_id)
    chosen = select(OutboxRow.contact_id).where(
        col(OutboxRow.broadcast_id) == broadcast_id,
        col(OutboxRow.state).in_(GONE_OUT),
        col(OutboxRow.contact_id).not_in(answered),
    )
    return sorted(set(session.exec(chosen)))


def contacts_asked(session: Session, broadcast_id: int, states: Collection[str] = GONE_OUT) -> int:
    """To how many it went out."""
    chosen = select(func.count(func.distinct(col(OutboxRow.contact_id)))).where(
        col(OutboxRow.broadcast_id) == broadcast_id, col(OutboxRow.state).in_(states)
    )
    return int(session.exec(chosen).one())
