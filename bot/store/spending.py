"""What the texts of one day took, for each sender: segments and estimated dollars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import BigInteger, Column, Table, func, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store.contacts import Contact
from bot.store.outbox import ROWS, state_is
from bot.store.upserts import insert_into


class Spent(SQLModel, table=True):
    """One day of one sender."""

    __tablename__ = "spending"

    day: date = Field(primary_key=True)
    """In the carriers' zone, see bot.outbox.budget"""
    brand: str = Field(primary_key=True, max_length=64)
    """The Messaging Service, else the number"""
    segments: int = 0
    micros: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    """Millionths of a US dollar"""
    told: int = 0
    """The highest alarm of the day that was raised: 0, 80 or 100 per cent"""


_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]
_COST: Final = ("submitting", "accepted", "sent", "delivered", "read", "undelivered", "unknown")
SPENT: Final[Table] = SQLModel.metadata.tables["spending"]


@dataclass(frozen=True, slots=True)
class Day:
    """What a day has taken so far."""

    segments: int = 0
    micros: int = 0
    told: int = 0


def so_far(session: Session, brand: str, day: date) -> Day:
    """What a day has taken; nothing for a day of which nothing is known."""
    return _read(session, brand, day, for_update=False)


def locked(session: Session, brand: str, day: date) -> Day:
    """As `so_far`, and nobody else spends until this transaction ends. Before any other lock."""
    first = insert_into(session, Spent).values(day=day, brand=brand, segments=0, micros=0, told=0)
    session.connection().execute(first.on_conflict_do_nothing())
    return _read(session, brand, day, for_update=True)


def add(session: Session, brand: str, day: date, *, segments: int, micros: int) -> None:
    """Spend, or get back (below zero)."""
    these = update(SPENT).where(SPENT.c.day == day, SPENT.c.brand == brand)
    more = {"segments": SPENT.c.segments + segments, "micros": SPENT.c.micros + micros}
    session.connection().execute(these.values(more))


def tell(session: Session, brand: str, day: date, alarm: int) -> bool:
    """Note that an alarm was raised. True the first time of the day."""
    these = update(SPENT).where(SPENT.c.day == day, SPENT.c.brand == brand, SPENT.c.told < alarm)
    return session.connection().execute(these.values(told=alarm)).rowcount == 1


def days(session: Session, first: date) -> Sequence[tuple[date, str, int, int]]:
    """Day, brand, segments and micros of every day from `first` on, in order."""
    found = select(SPENT.c.day, SPENT.c.brand, SPENT.c.segments, SPENT.c.micros).where(SPENT.c.day >= first)
    return [tuple(row) for row in session.connection().execute(found.order_by(SPENT.c.day, SPENT.c.brand))]


@dataclass(frozen=True, slots=True)
class Taken:
    """Texts of one size to one contact that were handed over."""

    number: bytes
    """Sealed"""
    language: str | None
    channel: str
    encoding: str
    segments: int
    """Of one text"""
    has_picture: bool
    texts: int


def by_contact(session: Session, since: datetime) -> list[Taken]:
    """What was handed over since then and not refused."""
    has_picture = ROWS.c.picture_id.is_not(None)
    mine = (ROWS.c.channel, ROWS.c.encoding, ROWS.c.segments, has_picture)
    found = (
        select(_CONTACTS.c.number, _CONTACTS.c.language, *mine, func.count())
        .join(_CONTACTS, _CONTACTS.c.id == ROWS.c.contact_id)
        .where(ROWS.c.submitted_at >= since, state_is(ROWS, *_COST))
        .group_by(_CONTACTS.c.id, _CONTACTS.c.number, _CONTACTS.c.language, *mine)
    )
    return [Taken(*row) for row in session.connection().execute(found)]


def _read(session: Session, brand: str, day: date, *, for_update: bool) -> Day:
    these = select(SPENT.c.segments, SPENT.c.micros, SPENT.c.told).where(
        SPENT.c.day == day, SPENT.c.brand == brand
    )
    row = session.connection().execute(these.with_for_update() if for_update else these).one_or_none()
    return Day(*row) if row else Day()
