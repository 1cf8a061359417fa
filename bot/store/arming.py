"""A database that came out of a backup: what it wants to send, and what of it has gone out already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, select, update
from sqlmodel import Session, SQLModel

from bot.store import marks, statuses
from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.marks import DISARMED
from bot.store.outbox import ROWS, state_is

_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]
_INBOUND: Final = SQLModel.metadata.tables[str(Inbound.__tablename__)]
_WANTED: Final = state_is(ROWS, "pending", "claimed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that would go out, with what is needed to find it in the carrier's list."""

    id: int
    contact_id: int
    number: bytes
    channel: str
    lane: str
    body: bytes | None
    tappable: bytes | None
    created_at: datetime
    answers: str | None
    """SID of the text that it answers"""
    asked_at: datetime | None
    """When that text came in"""


@dataclass(frozen=True, slots=True)
class Amount:
    """What would go out of one lane and kind."""

    lane: str
    kind: str
    rows: int
    people: int
    oldest_due: datetime


def disarm(session: Session, as_of: datetime) -> None:
    """From this commit on nothing is sent. `as_of`: the last moment this database is known to be whole."""
    marks.put(session, DISARMED, as_of)


def arm(session: Session) -> None:
    """Let what is due go out again."""
    marks.remove(session, DISARMED)


def disarmed_as_of(session: Session) -> datetime | None:
    """The moment that a disarmed database tells of; None when texts go out as usual."""
    return marks.get(session, DISARMED)


def wanted(session: Session, after_contact: int, limit: int) -> list[Wanted]:
    """Rows not handed over yet of the next `limit` contacts, by contact and id."""
    mine = and_(_WANTED, ROWS.c.sid.is_(None))
    some = (
        select(ROWS.c.contact_id)
        .where(mine, ROWS.c.contact_id > after_contact)
        .distinct()
        .order_by(ROWS.c.contact_id)
        .limit(limit)
    )
    columns = (
        ROWS.c.id,
        ROWS.c.contact_id,
        _CONTACTS.c.number,
        ROWS.c.channel,
        ROWS.c.lane,
        ROWS.c.body,
        ROWS.c.tappable,
        ROWS.c.created_at,
        _INBOUND.c.sid,
        _INBOUND.c.received_at,
    )
    found = (
        select(*columns)
        .join(_CONTACTS, _CONTACTS.c.id == ROWS.c.contact_id)
        .outerjoin(_INBOUND, _INBOUND.c.id == ROWS.c.inbound_id)
        .where(mine, ROWS.c.contact_id.in_(some))
        .order_by(ROWS.c.contact_id, ROWS.c.id)
    )
    return [Wanted(*list(row)) for row in session.connection().execute(found)]


def bind_sent(session: Session, row_id: int, sid: str, sent_at: datetime) -> bool:
    """The carrier's list shows that this row went out: it gets that text's SID and is not sent again."""
    handed = update(ROWS).where(ROWS.c.id == row_id, _WANTED, ROWS.c.sid.is_(None))
    session.connection().execute(handed.values(submitted_at=sent_at, attempts=ROWS.c.attempts + 1))
    return statuses.bind(session, row_id, sid)


def drop(session: Session, row_ids: Sequence[int]) -> int:
    """End rows whose family was answered before the restore. Returns how many."""
    dropped = update(ROWS).where(ROWS.c.id.in_(row_ids), _WANTED, ROWS.c.sid.is_(None))
    ended = {"state": "skipped", "reason": "restored", "claimed_by": None, "look_at": None}
    return session.connection().execute(dropped.values(**ended)).rowcount


def amounts(session: Session, now: datetime) -> list[Amount]:
    """What would go out if it were armed now, later ones included, those past their time not."""
    alive = and_(_WANTED, func.coalesce(ROWS.c.expires_at, now) >= now)
    told = (ROWS.c.lane, ROWS.c.kind)
    found = select(
        *told, func.count(), func.count(ROWS.c.contact_id.distinct()), func.min(ROWS.c.due_at)
    ).where(alive)
    grouped = found.group_by(*told).order_by(ROWS.c.lane.desc(), ROWS.c.kind)
    return [Amount(*row) for row in session.connection().execute(grouped)]
