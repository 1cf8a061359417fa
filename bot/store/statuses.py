"""What the carrier told about texts, append-only, and the state of a row that follows from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, Update, and_, bindparam, insert, or_, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store.outbox import ROWS, state_is
from bot.store.states import TOLD_AS, ranks_below


class StatusEvent(SQLModel, table=True):
    """One status callback, append-only. `outbox_id` is empty while no row is known for its SID."""

    __tablename__ = "status_event"

    id: int | None = Field(default=None, primary_key=True)
    sid: str = Field(index=True, max_length=64)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    status: str = Field(max_length=24)
    """As the carrier wrote it; words that we do not know are kept and change nothing"""
    error_code: int | None = None
    received_at: datetime


EVENTS: Final[Table] = SQLModel.metadata.tables["status_event"]


def keep(
    session: Session,
    sid: str,
    outbox_id: int | None,
    status: str,
    error_code: int | None,
    now: datetime,
) -> None:
    """Append one event as it was told."""
    told = {
        "sid": sid[:64],
        "outbox_id": outbox_id,
        "status": status[:24],
        "error_code": error_code,
        "received_at": now,
    }
    session.connection().execute(insert(EVENTS), told)


def row_of(session: Session, sid: str) -> int | None:
    """The outbox row that holds this SID."""
    return session.connection().execute(select(ROWS.c.id).where(ROWS.c.sid == sid)).scalar()


def raise_to(session: Session, row_id: int, sid: str, status: str, error_code: int | None) -> bool:
    """Move a row that holds `sid` to what the status says, never backwards. True when it moved.

    One conditional UPDATE: whichever order two callbacks commit in, the higher rank stays. Of two
    complaints of one rank the lower code stays, so that the order does not show there either.
    """
    state = TOLD_AS.get(status)
    if state is None or state == "accepted":
        return False
    higher: ColumnElement[bool] = state_is(ROWS, *ranks_below(state))
    if error_code is not None:
        told_less = or_(ROWS.c.error_code.is_(None), ROWS.c.error_code > error_code)
        higher = or_(higher, and_(ROWS.c.state == state, told_less))
    moved = update(ROWS).where(ROWS.c.id == row_id, ROWS.c.sid == sid, higher)
    result = session.connection().execute(moved.values(state=state, error_code=error_code))
    return result.rowcount == 1


def bind(session: Session, row_id: int, sid: str) -> bool:
    """Give a row its SID, see `bind_all`. True when the row holds this SID afterwards."""
    return not bind_all(session, {row_id: sid})


def bind_all(session: Session, sids: Mapping[int, str]) -> list[int]:
    """Give rows (by id) their SIDs: they were accepted. Applies all that was told about them before.

    Returns the rows that do not hold theirs afterwards: they hold another one, were never handed
    over, or do not exist. Raises IntegrityError when another row took a SID meanwhile.
    """
    connection = session.connection()
    connection.execute(_bind(), [{"row": row_id, "told": sids[row_id]} for row_id in sorted(sids)])
    held = {row.id: row.sid for row in connection.execute(_sids_of(), {"ids": list(sids)})}
    parked = set(connection.execute(_parked_among(), {"sids": list(sids.values())}).scalars())
    for row_id, sid in sids.items():
        if sid in parked and held.get(row_id) == sid:
            _apply_parked(session, row_id, sid)
    return [row_id for row_id, sid in sids.items() if held.get(row_id) != sid]


@cache
def _bind() -> Update:
    free = and_(ROWS.c.id == bindparam("row"), ROWS.c.sid.is_(None), ROWS.c.submitted_at.is_not(None))
    blank = dict.fromkeys(("reason", "error_code", "claimed_by", "look_at"))
    return update(ROWS).where(free).values(sid=bindparam("told"), state="accepted", **blank)


@cache
def _sids_of() -> Select[Any]:
    return select(ROWS.c.id, ROWS.c.sid).where(ROWS.c.id.in_(bindparam("ids", expanding=True)))


@cache
def _parked_among() -> Select[Any]:
    these = EVENTS.c.sid.in_(bindparam("sids", expanding=True))
    return select(EVENTS.c.sid).where(these, EVENTS.c.outbox_id.is_(None)).distinct()


def _apply_parked(session: Session, row_id: int, sid: str) -> None:
    parked = (
        update(EVENTS)
        .where(EVENTS.c.sid == sid, EVENTS.c.outbox_id.is_(None))
        .values(outbox_id=row_id)
        .returning(EVENTS.c.status, EVENTS.c.error_code)
    )
    for status, error_code in session.connection().execute(parked).all():
        raise_to(session, row_id, sid, status, error_code)


def bind_parked(session: Session, since: datetime, limit: int = 500) -> int:
    """Bind events that were parked while their row was just learning its SID. Returns how many rows.

    Needed because such an event and the row's own answer, committed at the same moment on
    PostgreSQL, do not see each other.
    """
    found = (
        select(ROWS.c.id, ROWS.c.sid)
        .distinct()
        .join(EVENTS, EVENTS.c.sid == ROWS.c.sid)
        .where(EVENTS.c.outbox_id.is_(None), EVENTS.c.received_at >= since)
        .limit(limit)
    )
    rows = session.connection().execute(found).all()
    for row_id, sid in rows:
        _apply_parked(session, row_id, sid)
    return len(rows)


def bound_sids(session: Session, sids: Sequence[str]) -> set[str]:
    """Those of the SIDs that some row already holds."""
    if not sids:
        return set()
    found = select(ROWS.c.sid).where(ROWS.c.sid.in_(sids))
    return set(session.connection().execute(found).scalars())


def contact_of(session: Session, row_id: int) -> int | None:
    """Whose text a row is."""
    return session.connection().execute(select(ROWS.c.contact_id).where(ROWS.c.id == row_id)).scalar()


def channel_of(session: Session, row_id: int) -> str | None:
    """What a row went out on."""
    return session.connection().execute(select(ROWS.c.channel).where(ROWS.c.id == row_id)).scalar()


def submitted_at(session: Session, row_id: int) -> datetime | None:
    """When a row was last handed to the carrier."""
    return session.connection().execute(select(ROWS.c.submitted_at).where(ROWS.c.id == row_id)).scalar()
