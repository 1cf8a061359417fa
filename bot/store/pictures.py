"""Pictures that people at school send along with an answer: kept sealed, and deleted at the carrier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Table, UniqueConstraint, Update, select, update
from sqlmodel import Field, Session, SQLModel, col, delete
from sqlmodel import select as rows

from bot.store.outbox import ROWS
from bot.store.thread_texts import ThreadReply
from bot.store.threads import Thread
from bot.store.upserts import insert_into

CONTENT: Final = "picture.content"
FETCHED_WHILE: Final = ("submitting", "accepted", "sent", "unknown")
"""States of a text in which the carrier may still come for its picture"""
OVER: Final = ("skipped", "failed", "undelivered", "delivered", "read")
DRAFT_KEPT: Final = timedelta(days=2)
"""How long a picture is kept that was chosen and never sent"""
TRIES: Final = 12
_LOOK: Final = timedelta(hours=1)


class Picture(SQLModel, table=True):
    """One picture for the family of one thread."""

    __table_args__ = (UniqueConstraint("thread_id", "account_id", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Who chose it"""
    digest: str = Field(max_length=64)
    """Keyed hash of the bytes: the same file posted twice is one picture"""
    kind: str = Field(max_length=64)
    """Media type, e.g. image/jpeg"""
    size: int
    """Bytes"""
    content: bytes | None
    """Sealed bytes, context picture.content; None once its time is over"""
    tries: int = 0
    look_at: datetime | None = Field(default=None, index=True)
    """When the carrier is asked to delete its copy; None where it has none (any more)"""
    created_at: datetime


PICTURES: Final[Table] = SQLModel.metadata.tables["picture"]


def add(session: Session, picture: Picture) -> int:
    """Keep one and return its id: that of before where the same person chose the same for this thread."""
    new = insert_into(session, Picture).values(**picture.model_dump(exclude={"id"}))
    same = ["thread_id", "account_id", "digest"]
    fresh = {"content": picture.content, "created_at": picture.created_at}
    kept = new.on_conflict_do_update(index_elements=same, set_=fresh)
    return int(session.connection().execute(kept.returning(PICTURES.c.id)).scalar_one())


def of_writer(session: Session, picture_id: int, thread_id: int, account_id: int) -> Picture | None:
    """One that this person chose for this thread, if it is still kept."""
    found = in_thread(session, picture_id, thread_id)
    return found if found is not None and found.account_id == account_id else None


def in_thread(session: Session, picture_id: int, thread_id: int) -> Picture | None:
    """One of a thread, if it is still kept."""
    found = session.get(Picture, picture_id)
    return found if found is not None and found.thread_id == thread_id and found.content is not None else None


def of_replies(session: Session, replies: Sequence[ThreadReply]) -> dict[int, Picture]:
    """Those that went with answers and are still kept, by their id."""
    ids = [reply.picture_id for reply in replies if reply.picture_id is not None]
    kept = rows(Picture).where(col(Picture.id).in_(ids), col(Picture.content).is_not(None))
    return {one.id or 0: one for one in session.exec(kept)} if ids else {}


def of_contact(session: Session, contact_id: int) -> Sequence[Picture]:
    """Those that went to one contact and are still kept, in order."""
    theirs = rows(Picture).join(Thread, col(Thread.id) == col(Picture.thread_id))
    kept = theirs.where(col(Thread.contact_id) == contact_id, col(Picture.content).is_not(None))
    return list(session.exec(kept.order_by(col(Picture.id))).all())


def fetched_now(session: Session, picture_id: int) -> Picture | None:
    """One whose text is on its way at this moment: nobody else has a reason to ask for it."""
    on_its_way = select(ROWS.c.id).where(ROWS.c.picture_id == picture_id, ROWS.c.state.in_(FETCHED_WHILE))
    found = session.get(Picture, picture_id)
    is_wanted = found is not None and session.connection().execute(on_its_way.limit(1)).first() is not None
    return found if is_wanted else None


def goes(session: Session, picture_id: int, now: datetime) -> None:
    """It is in the outbox: the carrier will have a copy, to be deleted there once its text is over."""
    session.connection().execute(_one(picture_id).values(look_at=now + _LOOK, tries=0))


def forget_drafts(session: Session, now: datetime) -> int:
    """Delete what was chosen and never sent. Returns how many."""
    sent = select(col(ThreadReply.picture_id)).where(col(ThreadReply.picture_id).is_not(None))
    old = delete(Picture).where(col(Picture.created_at) < now - DRAFT_KEPT, col(Picture.id).not_in(sent))
    return session.exec(old).rowcount


@dataclass(frozen=True, slots=True)
class Copies:
    """What the carrier holds of one picture."""

    picture_id: int
    sids: tuple[str, ...]
    """Of the texts it went with"""
    is_over: bool
    """Whether all of them are"""
    tries: int


def due(session: Session, now: datetime, limit: int) -> list[Copies]:
    """Take pictures whose copies are due to be looked at; nobody else takes them in the next minutes."""
    look = select(PICTURES.c.id).where(PICTURES.c.look_at <= now).order_by(PICTURES.c.look_at).limit(limit)
    ids = list(session.connection().execute(look).scalars())
    if not ids:
        return []
    taken = update(PICTURES).where(PICTURES.c.id.in_(ids), PICTURES.c.look_at <= now)
    held = taken.values(look_at=now + timedelta(minutes=5)).returning(PICTURES.c.id, PICTURES.c.tries)
    mine = {row.id: row.tries for row in session.connection().execute(held)}
    went = select(ROWS.c.picture_id, ROWS.c.sid, ROWS.c.state).where(ROWS.c.picture_id.in_(list(mine)))
    texts = session.connection().execute(went).all()
    return [
        Copies(
            picture_id,
            tuple(text.sid for text in texts if text.picture_id == picture_id and text.sid),
            all(text.state in OVER for text in texts if text.picture_id == picture_id),
            tries,
        )
        for picture_id, tries in sorted(mine.items())
    ]


def later(session: Session, picture_id: int, now: datetime) -> None:
    """Its text is still on its way: look again."""
    session.connection().execute(_one(picture_id).values(look_at=now + _LOOK))


def again(session: Session, copies: Copies, now: datetime) -> None:
    """The carrier did not answer: look again, each time later; after the last try give up."""
    at = None if copies.tries >= TRIES else now + _LOOK * min(2**copies.tries, 48)
    session.connection().execute(_one(copies.picture_id).values(look_at=at, tries=copies.tries + 1))


def deleted_there(session: Session, picture_id: int) -> None:
    """The carrier has no copy any more."""
    session.connection().execute(_one(picture_id).values(look_at=None))


def _one(picture_id: int) -> Update:
    return update(PICTURES).where(PICTURES.c.id == picture_id)
