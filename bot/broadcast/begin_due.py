"""Begins what is planned and due: broadcasts at their time, each occurrence of a series as one of its own."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.broadcast.clocks import at_local, ends_at, zones_of
from bot.broadcast.parts import Broadcasting
from bot.broadcast.when import first_moment, next_time
from bot.store import broadcast_moves as moves
from bot.store import schools
from bot.store.broadcasts import Broadcast


def begin_due(parts: Broadcasting, now: datetime) -> int:
    """Start what is scheduled and due; what comes too late expires. Returns how many were looked at."""
    with parts.db.read() as session:
        due = moves.due(session, now)
    for broadcast_id in due:
        with parts.db.write() as session:
            row = moves.locked_if_free(session, broadcast_id)
            if row is None or row.starts_at is None or row.starts_at > now:
                continue
            if row.state == "series":
                _occur(session, row, now)
            elif row.state == "scheduled":
                is_late = row.expires_at is not None and row.expires_at <= now
                state, reason = ("expired", "late") if is_late else ("running", None)
                moves.move(session, broadcast_id, ("scheduled",), state, reason=reason)
    return len(due)


def _occur(session: Session, series: Broadcast, now: datetime) -> None:
    """The occurrence of a series that is due, as a broadcast of its own; and when the next one is."""
    assert series.starts_at is not None
    expires = ends_at(series, series.starts_at)
    is_late = expires <= now
    columns = (
        "purpose",
        "topic",
        "school_id",
        "created_by",
        "emergency_by",
        "emergency_reason",
        "account_id",
    )
    more = ("template", "title", "language", "audience", "options", "counts", "canary", "zone", "starts_at")
    values: dict[str, Any] = {name: getattr(series, name) for name in (*columns, *more, "lives")}
    values |= {
        "series_id": series.id,
        "state": "expired" if is_late else "running",
        "reason": "late" if is_late else None,
        "created_at": now,
        "sent_at": series.sent_at,
        "approved_by": series.approved_by,
        "approved_at": series.approved_at,
        "expires_at": expires,
    }
    moves.add_occurrence(session, values)
    series.starts_at = _next(session, series)
    if series.starts_at is None:
        series.state = "done"
    session.add(series)


def _next(session: Session, series: Broadcast) -> datetime | None:
    """When it comes again, at the clock of each school; None: never."""
    assert series.starts_at is not None
    options, zones = series.options or {}, zones_of(series)
    begins = datetime.fromisoformat(options["begins"])
    here = [one for one in schools.every_school(session) if one.id in options.get("schools", [])]
    then = begins
    while (found := next_time(session, series.rule or "", begins, then, here)) is not None:
        if (moment := first_moment(found, zones)) > series.starts_at:
            at_local(series, found)
            return moment
        then = found
    return None
