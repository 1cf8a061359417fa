"""Languages in which somebody waits for the text of a broadcast: since when, and whether translators know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.broadcast_texts import BroadcastText, BroadcastWait
from bot.store.broadcasts import HELD, Broadcast
from bot.store.upserts import insert_into

GOING: Final = ("running", *HELD)
"""States in which a translation still reaches those who wait"""
PLANNED: Final = ("waiting_approval", "scheduled", "series")
"""States in which it goes out with the others"""


class BroadcastTranslation(SQLModel, table=True):
    """One language of one broadcast."""

    __tablename__ = "broadcast_translation"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    language: str = Field(primary_key=True, max_length=16)
    since: datetime
    told_at: datetime | None = None
    """When translators were told of it"""


@dataclass(frozen=True, slots=True)
class Lacking:
    """One language that is waited for, as lists show it: no name and no word."""

    broadcast_id: int
    source: str
    """Locale of the text"""
    target: str
    schools: tuple[int, ...]
    is_emergency: bool
    phones: int
    """That wait for it, or will"""
    is_planned: bool
    """Whether nothing of the broadcast has gone out yet"""
    since: datetime
    told_at: datetime | None


def wait(session: Session, broadcast_id: int, languages: Collection[str], now: datetime) -> None:
    """Let these languages be waited for; each is noted once."""
    rows = [{"broadcast_id": broadcast_id, "language": one, "since": now} for one in sorted(set(languages))]
    if rows:
        session.connection().execute(
            insert_into(session, BroadcastTranslation).on_conflict_do_nothing(), rows
        )


def lacking(session: Session, *, untold: bool = False) -> list[Lacking]:
    """What is waited for now, the longest first; `untold`: of it what nobody was told of, uncounted."""
    waits = (
        col(BroadcastWait.broadcast_id) == col(BroadcastTranslation.broadcast_id),
        col(BroadcastWait.language) == col(BroadcastTranslation.language),
    )
    counted = select(func.count()).select_from(BroadcastWait).where(*waits).scalar_subquery()
    phones: ColumnElement[int] = literal(0) if untold else counted
    found = (
        select(BroadcastTranslation, Broadcast, phones)
        .join(Broadcast, col(Broadcast.id) == col(BroadcastTranslation.broadcast_id))
        .where(
            or_(
                and_(col(Broadcast.state).in_(GOING), exists().where(*waits)),
                col(Broadcast.state).in_(PLANNED),
            ),
            ~_is_written(),
        )
        .order_by(col(BroadcastTranslation.since), col(BroadcastTranslation.broadcast_id))
    )
    if untold:
        found = found.where(col(BroadcastTranslation.told_at).is_(None))
    return [
        Lacking(
            one.broadcast_id,
            row.language,
            one.language,
            tuple((row.options or {}).get("schools") or ()),
            row.emergency_by is not None,
            number if row.state in GOING else _planned(row, one.language),
            row.state in PLANNED,
            one.since,
            one.told_at,
        )
        for one, row, number in session.exec(found)
    ]


def _planned(row: Broadcast, language: str) -> int:
    """Of its audience as it was when it was sent off."""
    return int((row.counts or {}).get("by_language", {}).get(language, 0))


def planned(session: Session, row: Broadcast) -> dict[str, int]:
    """Phones by the language that a broadcast lacks yet of which nothing has gone out; else empty."""
    mine = select(BroadcastTranslation.language).join(
        Broadcast, col(Broadcast.id) == col(BroadcastTranslation.broadcast_id)
    )
    lacks = mine.where(col(Broadcast.id) == row.id, col(Broadcast.state).in_(PLANNED), ~_is_written())
    return {one: _planned(row, one) for one in session.exec(lacks)}


def is_awaited(session: Session, broadcast_id: int, language: str) -> bool:
    """Whether it was sent off with families who are to wait for this language."""
    return session.get(BroadcastTranslation, (broadcast_id, language)) is not None


def is_written(session: Session, broadcast_id: int, language: str) -> bool:
    """Whether somebody has written it: those who wait get it within seconds."""
    mine = select(BroadcastTranslation.broadcast_id).join(
        Broadcast, col(Broadcast.id) == col(BroadcastTranslation.broadcast_id)
    )
    this = col(BroadcastTranslation.broadcast_id) == broadcast_id
    written = mine.where(this, col(BroadcastTranslation.language) == language, _is_written())
    return session.exec(written).first() is not None


def _is_written() -> ColumnElement[bool]:
    """A translator's text stands with the series where the broadcast is one of a series."""
    of = func.coalesce(col(Broadcast.series_id), col(Broadcast.id))
    return exists().where(
        col(BroadcastText.broadcast_id) == of,
        col(BroadcastText.language) == col(BroadcastTranslation.language),
        col(BroadcastText.origin) == "translator",
    )


def told(session: Session, those: Collection[Lacking], now: datetime) -> None:
    """Translators were told of these."""
    for one in those:
        mine = update(BroadcastTranslation).where(
            col(BroadcastTranslation.broadcast_id) == one.broadcast_id,
            col(BroadcastTranslation.language) == one.target,
        )
        session.connection().execute(mine.values(told_at=now))
