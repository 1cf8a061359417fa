"""What is said in a thread: answers of people, their notes, and translations beside what was written."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import UniqueConstraint, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.inbound import Inbound
from bot.store.outbox import OutboxRow
from bot.store.upserts import insert_into

WROTE: Final = "thread_reply.wrote"
NOTE: Final = "thread_note.body"
TRANSLATED: Final = "translation.body"
OWN: Final = "own"
"""Written in the language of its reader"""
ORIGINS: Final = (OWN, "machine", "human", "canned")


class ThreadReply(SQLModel, table=True):
    """One answer of a person, exactly once; what the family gets of it lies in the outbox."""

    __tablename__ = "thread_reply"

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who wrote it from the own phone, without an account"""
    by_phone: bool = False
    reply_key: str = Field(unique=True, max_length=64)
    """Made by whoever sends: the same one twice is the same answer"""
    wrote: bytes | None = None
    """Sealed, context thread_reply.wrote: what the person wrote; None once its time is over"""
    language: str | None = Field(default=None, max_length=16)
    """Locale that the person wrote in"""
    origin: str = Field(default=OWN, max_length=16)
    """How it got into the family's language: own, machine, human or canned"""
    is_reviewed: bool = True
    """Whether somebody who speaks the language has read what the family gets"""
    state: str = Field(default="sent", max_length=16)
    """sent: it is in the outbox; held: it waits for somebody who translates it; dropped: it never will"""
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id")
    """The first row of it in the outbox"""
    last_outbox_id: int | None = None
    """The last one, where it is longer than a carrier takes"""
    picture_id: int | None = Field(default=None, foreign_key="picture.id")
    """What the person sends along"""
    created_at: datetime


class ThreadNote(SQLModel, table=True):
    """A note of one person for the others; it is never sent to anybody."""

    __tablename__ = "thread_note"

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    body: bytes | None
    """Sealed, context thread_note.body; None once its time is over"""
    created_at: datetime


class Translation(SQLModel, table=True):
    """What a family wrote, in another language; the original stays as it is."""

    __table_args__ = (UniqueConstraint("inbound_id", "locale"),)

    id: int | None = Field(default=None, primary_key=True)
    inbound_id: int = Field(foreign_key="inbound.id", index=True)
    locale: str = Field(max_length=16)
    body: bytes | None
    """Sealed, context translation.body; None once its time is over"""
    origin: str = Field(max_length=16)
    """machine or human"""
    is_reviewed: bool = False
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Who translated or reviewed it"""
    created_at: datetime


class ThreadSeen(SQLModel, table=True):
    """How far one person has read a thread."""

    __tablename__ = "thread_seen"

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    inbound_id: int = 0
    """The last text of the family that was on the page"""


def add_reply(session: Session, reply: ThreadReply) -> int | None:
    """Keep an answer and return its id; None when its key was used before."""
    values = reply.model_dump(exclude={"id"})
    new = (
        insert_into(session, ThreadReply)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["reply_key"])
    )
    return session.connection().execute(new.returning(col(ThreadReply.id))).scalar()


def by_key(session: Session, reply_key: str) -> ThreadReply | None:
    """The answer that was sent with this key."""
    return session.exec(select(ThreadReply).where(col(ThreadReply.reply_key) == reply_key)).first()


def reply_by_id(session: Session, reply_id: int) -> ThreadReply | None:
    """One answer."""
    return session.get(ThreadReply, reply_id)


def place_reply(
    session: Session, reply_id: int, rows: Sequence[int], *, origin: str, is_reviewed: bool
) -> bool:
    """Note the rows in the outbox of an answer that was held until now. False when it was not held."""
    held = update(ThreadReply).where(col(ThreadReply.id) == reply_id, col(ThreadReply.state) == "held")
    placed = held.values(
        state="sent", outbox_id=rows[0], last_outbox_id=rows[-1], origin=origin, is_reviewed=is_reviewed
    )
    return session.exec(placed).rowcount == 1


def drop_reply(session: Session, reply_id: int) -> bool:
    """A held answer will not be sent. False when it was not held."""
    held = update(ThreadReply).where(col(ThreadReply.id) == reply_id, col(ThreadReply.state) == "held")
    return session.exec(held.values(state="dropped")).rowcount == 1


def held_replies(session: Session, limit: int = 200) -> list[ThreadReply]:
    """Answers that wait for somebody who translates them, oldest first."""
    found = select(ThreadReply).where(col(ThreadReply.state) == "held").order_by(col(ThreadReply.id))
    return list(session.exec(found.limit(limit)))


def is_any_held(session: Session, thread_id: int) -> bool:
    """Whether an answer of one thread waits for somebody who translates it."""
    held = select(col(ThreadReply.id)).where(
        col(ThreadReply.thread_id) == thread_id, col(ThreadReply.state) == "held"
    )
    return session.exec(held.limit(1)).first() is not None


def replies_of(session: Session, thread_id: int, after: int = 0) -> list[ThreadReply]:
    """The answers in a thread with a higher id than `after`, in order."""
    found = select(ThreadReply).where(col(ThreadReply.thread_id) == thread_id, col(ThreadReply.id) > after)
    return list(session.exec(found.order_by(col(ThreadReply.id))))


def replies_at(session: Session, rows: Collection[int]) -> dict[int, ThreadReply]:
    """The answers that begin with these rows of the outbox, by row."""
    found = session.exec(select(ThreadReply).where(col(ThreadReply.outbox_id).in_(rows)))
    return {one.outbox_id or 0: one for one in found}


def inbound_of(session: Session, thread_id: int, after: int = 0) -> list[Inbound]:
    """The family's texts in a thread with a higher id than `after`, in order."""
    found = select(Inbound).where(col(Inbound.thread_id) == thread_id, col(Inbound.id) > after)
    return list(session.exec(found.order_by(col(Inbound.id))))


def outgoing_of(session: Session, thread_id: int) -> list[OutboxRow]:
    """What was put into the outbox in a thread, by people and by the bot, in order."""
    found = select(OutboxRow).where(col(OutboxRow.thread_id) == thread_id)
    return list(session.exec(found.order_by(col(OutboxRow.id))))


def add_note(
    session: Session, thread_id: int, account_id: int | None, sealed: bytes, now: datetime
) -> int | None:
    """Keep a note and return its id."""
    note = ThreadNote(thread_id=thread_id, account_id=account_id, body=sealed, created_at=now)
    session.add(note)
    session.flush()
    return note.id


def notes_of(session: Session, thread_ids: Collection[int]) -> list[ThreadNote]:
    """The notes of threads, in order."""
    found = select(ThreadNote).where(col(ThreadNote.thread_id).in_(thread_ids))
    return list(session.exec(found.order_by(col(ThreadNote.id))))


def translate(session: Session, translation: Translation) -> None:
    """Keep a translation of a text; a later one into the same language takes its place."""
    values = translation.model_dump(exclude={"id"})
    changes = {name: value for name, value in values.items() if name not in ("inbound_id", "locale")}
    new = insert_into(session, Translation).values(**values)
    session.connection().execute(
        new.on_conflict_do_update(index_elements=["inbound_id", "locale"], set_=changes)
    )


def translations_of(session: Session, inbound_ids: Collection[int]) -> dict[int, list[Translation]]:
    """What texts mean in other languages, by the text."""
    found: dict[int, list[Translation]] = {}
    chosen = select(Translation).where(col(Translation.inbound_id).in_(inbound_ids))
    for one in session.exec(chosen.order_by(col(Translation.id))):
        found.setdefault(one.inbound_id, []).append(one)
    return found


def note_seen(session: Session, thread_id: int, account_id: int, inbound_id: int) -> None:
    """This person has read so far; never backwards."""
    row = {"thread_id": thread_id, "account_id": account_id, "inbound_id": inbound_id}
    new = insert_into(session, ThreadSeen).values(**row)
    farther = new.on_conflict_do_update(
        index_elements=["thread_id", "account_id"],
        set_={"inbound_id": inbound_id},
        where=col(ThreadSeen.inbound_id) < inbound_id,
    )
    session.connection().execute(farther)


def number_of_replies(session: Session, thread_id: int) -> int:
    """How many answers a thread has had."""
    mine = col(ThreadReply.thread_id) == thread_id
    return session.exec(select(func.count()).select_from(ThreadReply).where(mine)).one()
