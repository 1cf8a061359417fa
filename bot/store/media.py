"""Pictures, voice notes and papers that came with a text: fetched once, kept sealed, gone with the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, UniqueConstraint, Update, func, insert, select, update
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel import select as rows

from bot.store.inbound import Inbound

CONTENT: Final = "media.content"
TRIES: Final = 12
"""Over about two days; the carrier keeps its copy until it is asked to delete it"""
_FIRST_WAIT: Final = timedelta(seconds=10)
_HOLD: Final = timedelta(minutes=5)


class Media(SQLModel, table=True):
    """One file of one text.

    State: waiting (to be fetched), kept, refused (too large, or no kind that we keep), unwanted (the text
    must not be kept, so it is only deleted at the carrier), lost (the carrier no longer has it), forgotten.
    """

    __table_args__ = (UniqueConstraint("inbound_id", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    inbound_id: int = Field(foreign_key="inbound.id", index=True)
    place: int
    """Its place among the files of the text, from 0"""
    state: str = Field(max_length=16)
    kind: str = Field(default="", max_length=64)
    """Media type as the bytes themselves show it, e.g. image/jpeg"""
    size: int = 0
    """Bytes"""
    content: bytes | None = None
    """Sealed bytes, context media.content"""
    tries: int = 0
    look_at: datetime | None = Field(default=None, index=True)
    """When the carrier is asked about it; None when nothing is left to do there"""


MEDIA: Final[Table] = SQLModel.metadata.tables["media"]


def want(session: Session, inbound_id: int, number: int, now: datetime, *, keep: bool) -> None:
    """Note that a text came with so many files; `keep` False: they are only deleted at the carrier."""
    state = "waiting" if keep else "unwanted"
    rows = [
        {"inbound_id": inbound_id, "place": place, "state": state, "kind": "", "size": 0, "tries": 0,
         "look_at": now}
        for place in range(number)
    ]  # fmt: skip
    session.connection().execute(insert(MEDIA), rows)


@dataclass(frozen=True, slots=True)
class Errand:
    """The files of one text that somebody must see to at the carrier."""

    inbound_id: int
    sid: str
    """Of the text"""
    waiting: tuple[int, ...]
    """Ids of the rows whose content is still to be fetched, by their place"""
    tries: int


def due(session: Session, now: datetime, limit: int) -> list[Errand]:
    """Take texts whose files are due; nobody else takes them in the next five minutes."""
    look = (
        select(MEDIA.c.inbound_id)
        .where(MEDIA.c.look_at <= now)
        .group_by(MEDIA.c.inbound_id)
        .order_by(func.min(MEDIA.c.look_at))
        .limit(limit)
    )
    ids = list(session.connection().execute(look).scalars())
    taken = update(MEDIA).where(MEDIA.c.inbound_id.in_(ids), MEDIA.c.look_at <= now)
    held = taken.values(look_at=now + _HOLD, tries=MEDIA.c.tries + 1).returning(
        MEDIA.c.id, MEDIA.c.inbound_id, MEDIA.c.place, MEDIA.c.state, MEDIA.c.tries
    )
    rows = session.connection().execute(held).all() if ids else []
    mine = sorted({row.inbound_id for row in rows})
    found = select(col(Inbound.id), col(Inbound.sid)).where(col(Inbound.id).in_(mine))
    sids = dict(session.connection().execute(found).all()) if mine else {}
    return [
        Errand(
            inbound_id,
            sids[inbound_id],
            tuple(
                row.id
                for row in sorted(rows, key=lambda one: one.place)
                if row.inbound_id == inbound_id and row.state == "waiting"
            ),
            max(row.tries for row in rows if row.inbound_id == inbound_id),
        )
        for inbound_id in mine
    ]


def keep(session: Session, media_id: int, sealed: bytes, kind: str, size: int) -> None:
    """Store one file; it is still to be deleted at the carrier."""
    _settle(session, media_id, state="kept", content=sealed, kind=kind, size=size)


def end(session: Session, media_id: int, state: str) -> None:
    """It will not be kept: `state` is refused or lost."""
    _settle(session, media_id, state=state)


def _settle(session: Session, media_id: int, **values: object) -> None:
    # A text that was erased or forgotten meanwhile keeps nothing.
    row = update(MEDIA).where(MEDIA.c.id == media_id, MEDIA.c.state == "waiting")
    session.connection().execute(row.values(values))


def finish(session: Session, inbound_id: int) -> None:
    """The carrier has no copy any more."""
    session.connection().execute(_of(inbound_id).values(look_at=None))


def again(session: Session, inbound_id: int, tries: int, now: datetime) -> None:
    """Look again, each time later; after the last try give up."""
    at = None if tries >= TRIES else now + _FIRST_WAIT * min(2**tries, 2**11)
    session.connection().execute(_of(inbound_id).values(look_at=at))
    if at is None:
        lost = _of(inbound_id).where(MEDIA.c.state == "waiting")
        session.connection().execute(lost.values(state="lost"))


def _of(inbound_id: int) -> Update:
    return update(MEDIA).where(MEDIA.c.inbound_id == inbound_id)


def of_thread(session: Session, thread_id: int) -> Sequence[Media]:
    """What came with the texts of one thread, in order, for the person who answers it."""
    return _kept(session, col(Inbound.thread_id) == thread_id)


def of_contact(session: Session, contact_id: int) -> Sequence[Media]:
    """What came from one contact, in order."""
    return _kept(session, col(Inbound.contact_id) == contact_id)


def _kept(session: Session, which: ColumnElement[bool]) -> Sequence[Media]:
    found = (
        rows(Media)
        .join(Inbound, col(Inbound.id) == col(Media.inbound_id))
        .where(which, col(Media.state) == "kept")
        .order_by(col(Media.inbound_id), col(Media.place))
    )
    return list(session.exec(found).all())
