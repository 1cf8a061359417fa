"""A second person lets a broadcast to many go out, or does not; of two at once one decides."""

from typing import Any

from sqlmodel import Session

from bot.broadcast.clocks import ends_at, zones_of
from bot.broadcast.drafts import administers
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import InPast, NeedsApproval, NotWaiting, NotYours
from bot.broadcast.sending import Sent, state_at, write_down
from bot.broadcast.when import opening
from bot.people.access import Who
from bot.store import broadcast_moves as moves
from bot.store.broadcasts import Broadcast


def approve(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> Sent:
    """A second person lets it go out: not its sender, an administrator of all its schools.

    Raises NotWaiting (somebody decided before), NeedsApproval, InPast (its time is over: it has expired).
    """
    row, now = _to_decide(session, who, broadcast_id), parts.clock()
    values: dict[str, Any] = {"approved_by": who.account_id, "approved_at": now}
    starts = row.starts_at or now
    if row.rule is None and starts <= now:
        starts = now
        hours = (row.options or {}).get("hours")
        if not row.emergency_by:
            starts = opening(now, zones_of(row), hours) or now
        if row.sent_at != row.starts_at and row.expires_at is not None and row.expires_at <= now:
            raise InPast("its time is over")
        values["expires_at"] = ends_at(row, starts)
    row.starts_at = starts
    state = state_at(row, now)
    if not moves.move(
        session, broadcast_id, ("waiting_approval",), state, reason=None, starts_at=starts, **values
    ):
        raise NotWaiting("somebody else decided")
    write_down(session, parts, who, row, "broadcast_approved")
    return Sent(broadcast_id, state, starts, is_new=True)


def refuse(session: Session, parts: Broadcasting, who: Who, broadcast_id: int, reason: str) -> None:
    """A second person does not let it go out. `reason` is a word of a list. Raises as `approve`."""
    row, now = _to_decide(session, who, broadcast_id), parts.clock()
    if not moves.move(
        session,
        broadcast_id,
        ("waiting_approval",),
        "refused",
        reason=reason[:64],
        approved_by=who.account_id,
        approved_at=now,
    ):
        raise NotWaiting("somebody else decided")
    write_down(session, parts, who, row, "broadcast_refused")


def _to_decide(session: Session, who: Who, broadcast_id: int) -> Broadcast:
    row = moves.locked(session, broadcast_id)
    if row is None or (row.account_id != who.account_id and not administers(who, row)):
        raise NotYours("there is no such broadcast of yours")
    if row.state != "waiting_approval":
        raise NotWaiting("somebody decided before")
    if row.account_id == who.account_id or not administers(who, row):
        raise NeedsApproval("a second person decides this, who administers all of its schools")
    return row
