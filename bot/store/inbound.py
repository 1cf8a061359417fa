"""Texts that came in, each exactly once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy import select as column_select
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.upserts import insert_into

BODY = "inbound.body"
MEDIA = "inbound.media"


class Inbound(SQLModel, table=True):
    """One text from a person. `sid` is the carrier's and unique: a repeat changes nothing."""

    id: int | None = Field(default=None, primary_key=True)
    sid: str = Field(unique=True, max_length=64)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    channel: str = Field(max_length=16)
    body: bytes | None = None
    """Sealed, context inbound.body; None where it must not be kept or its time is over"""
    media: bytes | None = None
    """Sealed JSON list of {url, type}, context inbound.media"""
    heard_as: str = Field(default="", max_length=64)
    """What it was taken for: opt_out, help, start, person, answer, topic name, unsure ..."""
    thread_id: int | None = Field(default=None, foreign_key="thread.id", index=True)
    received_at: datetime


class TurnedAway(SQLModel, table=True):
    """A text of a number that is not answered at all: no sender and no words, so a flood costs little."""

    __tablename__ = "turned_away"

    sid: str = Field(primary_key=True, max_length=64)
    received_at: datetime = Field(index=True)


def turn_away(session: Session, sid: str, now: datetime) -> bool:
    """Note that a text came and is not answered. False when that was noted before."""
    new = (
        insert_into(session, TurnedAway)
        .on_conflict_do_nothing(index_elements=["sid"])
        .returning(col(TurnedAway.sid))
    )
    return session.connection().execute(new, {"sid": sid, "received_at": now}).scalar() is not None


def take(
    session: Session,
    *,
    sid: str,
    contact_id: int,
    channel: str,
    received_at: datetime,
    body: bytes | None = None,
    media: bytes | None = None,
) -> int | None:
    """Insert a text and return its id; None when this SID was taken before.

    A repeat that arrives while the first is still being answered waits for that transaction's end.
    """
    new = (
        insert_into(session, Inbound)
        .on_conflict_do_nothing(index_elements=["sid"])
        .returning(col(Inbound.id))
    )
    row = {
        "sid": sid,
        "contact_id": contact_id,
        "channel": channel,
        "body": body,
        "media": media,
        "heard_as": "",
        "received_at": received_at,
    }
    return session.connection().execute(new, row).scalar()


def taken(session: Session, sids: Collection[str]) -> set[str]:
    """Those of the SIDs that are here already."""
    if not sids:
        return set()
    here = set(session.exec(select(Inbound.sid).where(col(Inbound.sid).in_(sids))))
    return here | set(session.exec(select(TurnedAway.sid).where(col(TurnedAway.sid).in_(sids))))


def note(session: Session, inbound_id: int, *, heard_as: str, thread_id: int | None = None) -> None:
    """Write down what a text was taken for, and the thread it belongs to."""
    said = {"row": inbound_id, "heard": heard_as, "thread": thread_id}
    session.connection().execute(_noted(), said)


@dataclass(frozen=True, slots=True)
class Heard:
    """A text of a contact, as `recent` tells it."""

    id: int
    body: bytes | None
    received_at: datetime


def recent(session: Session, contact_id: int, before: int, limit: int) -> list[Heard]:
    """The last texts of a contact ahead of the row `before`, newest first."""
    told = {"contact_id": contact_id, "before": before, "most": limit}
    return [Heard(*one) for one in session.connection().execute(_recent(), told)]


@cache
def _recent() -> Any:
    """Built once: it is asked at every text."""
    row = Inbound.__table__  # type: ignore[attr-defined]
    mine = column_select(row.c.id, row.c.body, row.c.received_at).where(
        row.c.contact_id == bindparam("contact_id"), row.c.id < bindparam("before")
    )
    return mine.order_by(row.c.id.desc()).limit(bindparam("most"))


def loose(
    session: Session, contact_id: int, before: int, since: datetime, but: Collection[str], limit: int
) -> list[Heard]:
    """The last texts of a contact from `since` on and ahead of the row `before`, newest first, that are kept
    and in no thread; what is heard as `but` aside.
    """
    row = Inbound.__table__  # type: ignore[attr-defined]
    found = (
        column_select(row.c.id, row.c.body, row.c.received_at)
        .where(
            row.c.contact_id == contact_id,
            row.c.id < before,
            row.c.received_at >= since,
            row.c.thread_id.is_(None),
            row.c.body.is_not(None),
            row.c.heard_as.not_in(but),
        )
        .order_by(row.c.id.desc())
        .limit(limit)
    )
    return [Heard(*one) for one in session.connection().execute(found)]


def join(session: Session, inbound_ids: Collection[int], thread_id: int) -> None:
    """These texts belong to a thread."""
    if inbound_ids:
        session.exec(update(Inbound).where(col(Inbound.id).in_(inbound_ids)).values(thread_id=thread_id))


def has_said(session: Session, contact_id: int, since: datetime, before: int, but: Collection[str]) -> bool:
    """Whether a contact wrote after `since` and ahead of the row `before`, what is heard as `but` aside."""
    row = Inbound.__table__  # type: ignore[attr-defined]
    found = column_select(row.c.id).where(
        row.c.contact_id == contact_id,
        row.c.id < before,
        row.c.received_at > since,
        row.c.heard_as.not_in(but),
    )
    return session.connection().execute(found.limit(1)).first() is not None


@lru_cache(maxsize=1)
def _noted() -> Any:
    """Built once: it is written at every text."""
    row = Inbound.__table__  # type: ignore[attr-defined]
    return (
        update(row)
        .where(row.c.id == bindparam("row"))
        .values(heard_as=bindparam("heard"), thread_id=bindparam("thread"))
    )


def by_id(session: Session, inbound_id: int) -> Inbound | None:
    """One text."""
    return session.get(Inbound, inbound_id)


def any_came(session: Session) -> bool:
    """Whether anybody ever texted."""
    return session.exec(select(Inbound.id).limit(1)).first() is not None


def drop_body(session: Session, inbound_id: int) -> None:
    """Forget what a text said: it must not be kept, or its time is over."""
    dropped = update(Inbound).where(col(Inbound.id) == inbound_id)
    session.exec(dropped.values(body=None, media=None))
