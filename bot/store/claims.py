"""Taking due rows of the outbox, one worker each, and giving back what a worker did not finish.

Locks are always taken in one order, contact before row and rows by id, so that workers, receipts
and the turn of an inbound text never wait for each other in a circle. The statements are built once:
building one costs as much as running it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    case,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, SQLModel

from bot.store.claimable import picked_rows
from bot.store.contacts import Contact
from bot.store.gates import or_end
from bot.store.outbox import POISON, ROWS, state_is

HOLD: Final = timedelta(seconds=60)
"""How long a worker may keep a claimed row before another may take it."""
STUMBLES: Final = 3
"""A row that failed this often before the carrier was asked is set aside as poison."""
COMES_LAST: Final = timedelta(minutes=3)
"""How long a row that failed a worker lets all others go first: where workers die one after the other it
would fall with the next ones too, and be taken for poison"""
_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this worker holds, with what it needs to write the text."""

    id: int
    token: str
    contact_id: int
    kind: str
    channel: str
    body: bytes | None
    tappable: bytes | None
    number: bytes
    language: str | None
    whatsapp_at: datetime | None
    """When the person last wrote on WhatsApp"""
    attempts: int
    segments: int
    encoding: str
    broadcast_id: int | None
    quiet_at: datetime | None
    """When quiet hours begin for it; None where they do not hold"""
    zone: str | None
    hours: str | None
    expires_at: datetime | None
    picture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim brought: rows to send, and how many ended on the way (opted out, expired)."""

    rows: list[Claimed]
    ended: int


def claim(
    session: Session,
    lane: str,
    token: str,
    *,
    now: datetime,
    due_by: datetime,
    limit: int,
    stumbled_first: bool = False,
) -> Claim:
    """Take up to `limit` rows that were due by `due_by`: some that never failed a worker, else one that did.

    That one is taken alone: if it kills its worker again, it takes no other along. `stumbled_first` looks
    before the others for one that let them go first for long, or it would wait behind all of a long
    broadcast. While the database is disarmed there is nothing to take.
    """
    looks = [(due_by, limit, False), (due_by, 1, True)]
    if stumbled_first:
        looks.insert(0, (due_by - COMES_LAST, 1, True))
    for due, most, stumbled in looks:
        taken = _claim(session, lane, token, now, due, most, stumbled=stumbled)
        if taken.rows or taken.ended:
            return taken
    return Claim([], 0)


def _claim(
    session: Session,
    lane: str,
    token: str,
    now: datetime,
    due_by: datetime,
    limit: int,
    *,
    stumbled: bool,
) -> Claim:
    told = {"token": token, "now": now, "until": now + HOLD, "due_by": due_by, "most": limit}
    found = session.connection().execute(_take(lane, stumbled=stumbled), told).all()
    mine = sorted((row for row in found if row.state == "claimed"), key=lambda row: int(row.id))
    people = _people(session, {row.contact_id for row in mine})
    rows = [
        Claimed(
            id=row.id,
            token=token,
            contact_id=row.contact_id,
            kind=row.kind,
            channel=row.channel,
            body=row.body,
            tappable=row.tappable,
            number=people[row.contact_id].number,
            language=people[row.contact_id].language,
            whatsapp_at=people[row.contact_id].whatsapp_at,
            attempts=row.attempts,
            segments=row.segments,
            encoding=row.encoding,
            broadcast_id=row.broadcast_id,
            quiet_at=row.quiet_at,
            zone=row.zone,
            hours=row.hours,
            expires_at=row.expires_at,
            picture_id=row.picture_id,
        )
        for row in mine
    ]
    return Claim(rows, len(found) - len(rows))


_COLUMNS: Final = (
    ROWS.c.id,
    ROWS.c.contact_id,
    ROWS.c.kind,
    ROWS.c.channel,
    ROWS.c.body,
    ROWS.c.tappable,
    ROWS.c.attempts,
    ROWS.c.segments,
    ROWS.c.encoding,
    ROWS.c.broadcast_id,
    ROWS.c.quiet_at,
    ROWS.c.zone,
    ROWS.c.hours,
    ROWS.c.expires_at,
    ROWS.c.picture_id,
)


@cache
def _take(lane: str, *, stumbled: bool) -> ReturningUpdate[Any]:
    picked = picked_rows(lane, stumbled=stumbled)
    held: dict[str, Any] = {
        "claimed_by": bindparam("token"),
        "claimed_at": bindparam("now"),
        "look_at": bindparam("until"),
    }
    return (
        or_end("claimed", held).where(ROWS.c.id.in_(select(picked.c.id))).returning(*_COLUMNS, ROWS.c.state)
    )


def _people(session: Session, contacts: set[int]) -> dict[int, Any]:
    if not contacts:
        return {}
    found = session.connection().execute(_reached_at(), {"contacts": list(contacts)})
    return {row.id: row for row in found}


@cache
def _reached_at() -> Select[Any]:
    c = _CONTACTS.c
    these = c.id.in_(bindparam("contacts", expanding=True))
    return select(c.id, c.number, c.language, c.whatsapp_at).where(these)


def held_by(token: Any) -> ColumnElement[bool]:
    """Rows that this one claim holds."""
    return and_(state_is(ROWS, "claimed"), ROWS.c.claimed_by == token)


def give_back(session: Session, rows: Sequence[Claimed]) -> None:
    """Leave rows of one claim to others, untouched; for a worker that cannot go on."""
    back = update(ROWS).where(held_by(rows[0].token), ROWS.c.id.in_([row.id for row in rows]))
    session.connection().execute(back.values(state="pending", claimed_by=None, look_at=None))


def put_off(
    session: Session, row: Claimed, *, due_at: datetime, quiet_at: datetime | None, reason: str
) -> None:
    """Not now: the row is pending again, due at `due_at`; `reason` says what it waits for."""
    later = update(ROWS).where(held_by(row.token), ROWS.c.id == row.id)
    blank = dict.fromkeys(("claimed_by", "look_at"))
    values = {"state": "pending", "reason": reason, "due_at": due_at, "quiet_at": quiet_at, **blank}
    session.connection().execute(later.values(values))


def skip(session: Session, row: Claimed, reason: str) -> None:
    """Never: the row ends here."""
    over = update(ROWS).where(held_by(row.token), ROWS.c.id == row.id)
    session.connection().execute(over.values(state="skipped", reason=reason, claimed_by=None, look_at=None))


def stumble(session: Session, row: Claimed, again_at: datetime) -> None:
    """Note that this worker could not even write the text: again later, at last set aside."""
    fallen = _stumbled(again_at).where(held_by(row.token), ROWS.c.id == row.id)
    session.connection().execute(fallen)


def reclaim(session: Session, now: datetime) -> int:
    """Free rows whose worker died between claim and call (nothing was sent). Returns how many."""
    lost = _stumbled(now).where(state_is(ROWS, "claimed"), ROWS.c.look_at <= now)
    return session.connection().execute(lost).rowcount


def _stumbled(again_at: datetime) -> Update:
    last = ROWS.c.stumbles + 1 >= STUMBLES
    return update(ROWS).values(
        stumbles=ROWS.c.stumbles + 1,
        state=case((last, "failed"), else_="pending"),
        reason=case((last, POISON), else_=None),
        due_at=again_at,
        claimed_by=None,
        look_at=None,
    )
