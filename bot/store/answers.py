"""What became of a row at the carrier's door, and of rows whose answer never came.

Each update names the claim's token: an answer that comes after the row went to somebody else finds
another token and changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, insert, literal, select, update
from sqlmodel import Session, SQLModel

from bot.store.contacts import Contact
from bot.store.outbox import ROWS, UNCOUNTED, is_set_aside, state_is

BY_SMS: Final = "by_sms"
"""Reason of a row that WhatsApp did not deliver, and of the one that goes in its place"""
_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]


def _open_under(row_id: int, token: str | None) -> ColumnElement[bool]:
    return and_(
        ROWS.c.id == row_id,
        state_is(ROWS, "submitting"),
        ROWS.c.claimed_by == token,
        ROWS.c.sid.is_(None),
    )


def again(
    session: Session,
    row_id: int,
    token: str | None,
    *,
    due_at: datetime,
    reason: str,
    error_code: int | None = None,
) -> bool:
    """Back to pending: the carrier certainly did not take it and trying again may help."""
    back = (
        update(ROWS)
        .where(_open_under(row_id, token))
        .values(
            state="pending",
            reason=reason,
            error_code=error_code,
            due_at=due_at,
            claimed_by=None,
            look_at=None,
        )
    )
    return session.connection().execute(back).rowcount == 1


def by_sms(session: Session, row_id: int, token: str | None, *, due_at: datetime, error_code: int) -> bool:
    """Back to pending, for SMS: WhatsApp certainly did not take it. Its segments are not counted yet."""
    back = update(ROWS).where(_open_under(row_id, token), ROWS.c.channel == "whatsapp")
    values = {"state": "pending", "channel": "sms", "reason": BY_SMS, "error_code": error_code}
    blank = dict.fromkeys(("claimed_by", "look_at"))
    return session.connection().execute(back.values(due_at=due_at, **values, **blank)).rowcount == 1


def again_by_sms(session: Session, row_id: int, now: datetime) -> bool:
    """WhatsApp took a text and did not deliver it: the same words in a new row, by SMS, once.

    Lock the contact first. False where that was done before, where nothing is lost, or where the words
    are forgotten.
    """
    lost = and_(ROWS.c.id == row_id, ROWS.c.channel == "whatsapp", state_is(ROWS, "failed", "undelivered"))
    first = update(ROWS).where(lost, ROWS.c.reason.is_distinct_from(BY_SMS), ROWS.c.body.is_not(None))
    if session.connection().execute(first.values(reason=BY_SMS)).rowcount != 1:
        return False
    same = ("contact_id", "lane", "kind", "body", "expires_at", "broadcast_id", "zone", "quiet_at")
    links = ("inbound_id", "thread_id", "picture_id")
    new = {"state": "pending", "reason": BY_SMS, "channel": "sms", "segments": 0, "encoding": UNCOUNTED}
    fresh = new | {"attempts": 0, "stumbles": 0, "due_at": now, "created_at": now}
    copied = [ROWS.c[name] for name in (*same, *links)]
    told = [literal(value).label(name) for name, value in fresh.items()]
    copy = select(*copied, *told).where(ROWS.c.id == row_id)
    session.connection().execute(insert(ROWS).from_select([*same, *links, *fresh], copy))
    return True


def end(
    session: Session,
    row_id: int,
    token: str | None,
    *,
    state: str,
    reason: str,
    error_code: int | None = None,
) -> bool:
    """No further try: failed, skipped, or unknown (which a person may reopen)."""
    ended = (
        update(ROWS)
        .where(_open_under(row_id, token))
        .values(state=state, reason=reason, error_code=error_code, claimed_by=None, look_at=None)
    )
    return session.connection().execute(ended).rowcount == 1


def doubt(session: Session, row_id: int, token: str | None, look_at: datetime) -> bool:
    """Nobody can say yet whether it was taken; look in the carrier's list at `look_at`."""
    doubted = update(ROWS).where(_open_under(row_id, token))
    result = session.connection().execute(doubted.values(reason="uncertain", look_at=look_at))
    return result.rowcount == 1


def reopen(session: Session, row_id: int, *, now: datetime, expires_at: datetime) -> bool:
    """A person decided that an unknown row is to be sent again."""
    return _pending_again(session, row_id, state_is(ROWS, "unknown"), now, expires_at)


def try_anew(session: Session, row_id: int, *, now: datetime, expires_at: datetime) -> bool:
    """A person lets a row that was set aside be tried anew; no unknown one, which may have gone out."""
    return _pending_again(session, row_id, is_set_aside(ROWS), now, expires_at)


def _pending_again(
    session: Session, row_id: int, which: ColumnElement[bool], now: datetime, expires_at: datetime
) -> bool:
    new = {"state": "pending", "reason": "send_again", "due_at": now, "expires_at": expires_at, "stumbles": 0}
    reopened = update(ROWS).where(ROWS.c.id == row_id, which).values(new)
    return session.connection().execute(reopened).rowcount == 1


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A row that was handed over and of which nothing was heard since."""

    id: int
    token: str | None
    channel: str
    body: bytes | None
    tappable: bytes | None
    number: bytes
    attempts: int
    submitted_at: datetime


def unanswered(session: Session, *, now: datetime, limit: int) -> list[Unanswered]:
    """Rows in `submitting` that it is time to look after, oldest look first."""
    due = and_(state_is(ROWS, "submitting"), ROWS.c.look_at <= now)
    return _unanswered(session, due, limit)


def unknown_row(session: Session, row_id: int) -> Unanswered | None:
    """One row in `unknown`, as reconciliation needs it."""
    found = _unanswered(session, and_(state_is(ROWS, "unknown"), ROWS.c.id == row_id), 1)
    return found[0] if found else None


def _unanswered(session: Session, which: ColumnElement[bool], limit: int) -> list[Unanswered]:
    look = (
        select(
            ROWS.c.id,
            ROWS.c.claimed_by,
            ROWS.c.channel,
            ROWS.c.body,
            ROWS.c.tappable,
            _CONTACTS.c.number,
            ROWS.c.attempts,
            ROWS.c.submitted_at,
        )
        .join(_CONTACTS, _CONTACTS.c.id == ROWS.c.contact_id)
        .where(which)
        .order_by(ROWS.c.look_at, ROWS.c.id)
        .limit(limit)
    )
    return [Unanswered(*row) for row in session.connection().execute(look)]
