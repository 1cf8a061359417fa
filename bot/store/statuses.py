"""What the carrier told about texts, append-only, and the state of a row that follows from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Table, and_, insert, or_, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store.outbox import ROWS, state_is
from bot.store.states import RANK, TOLD_AS, ranks_below


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
    if state is None or RANK[state] == 1:
        return False
    higher: ColumnElement[bool] = state_is(ROWS, *ranks_below(state))
    if error_code is not None:
        told_less = or_(ROWS.c.error_code.is_(None), ROWS.c.error_code > error_code)
        higher = or_(higher, and_(ROWS.c.state == state, told_less))
    moved = update(ROWS).where(ROWS.c.id == row_id, ROWS.c.sid == sid, higher)
    result = session.connection().execute(moved.values(state=state, error_code=error_code))
    return result.rowcount == 1


def bind(session: Session, row_id: int, sid: str) -> bool:
    """Give a row its SID: it was accepted. Applies all that was told about the SID before.

    True when the row holds this SID afterwards; False when it holds another one, was never handed
    over, or does not exist. Raises IntegrityError when another row took the SID meanwhile.
    """
    free = and_(ROWS.c.id == row_id, ROWS.c.sid.is_(None), ROWS.c.submitted_at.is_not(None))
    bound = (
        update(ROWS)
        .where(free)
        .values(sid=sid, state="accepted", reason=None, error_code=None, claimed_by=None, look_at=None)
    )
    fresh = session.connection().execute(bound).rowcount == 1
    if not fresh and row_of(session, sid) != row_id:
        return False
    _apply_parked(session, row_id, sid)
    return True


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


def submitted_at(session: Session, row_id: int) -> datetime | None:
    """When a row was last handed to the carrier."""
    return session.connection().execute(select(ROWS.c.submitted_at).where(ROWS.c.id == row_id)).scalar()
