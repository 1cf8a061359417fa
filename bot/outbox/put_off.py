"""A claimed text that may not go now: later, in the hours of its school, or never, with the reason."""

from datetime import datetime

from sqlmodel import Session

from bot.outbox.quiet import school_window
from bot.store import claims
from bot.store.claims import Claim, Claimed


def put_off(session: Session, row: Claimed, at: datetime, reason: str) -> None:
    """Not before `at`; where its time is over by then it ends here, skipped for this reason."""
    due_at, quiet_at = at, None
    if row.zone:
        hours = school_window(at, row.zone, row.hours)
        due_at, quiet_at = max(at, hours.opens), hours.closes
    if row.expires_at is not None and row.expires_at <= due_at:
        claims.skip(session, row, reason)
        return
    claims.put_off(session, row, due_at=due_at, quiet_at=quiet_at, reason=reason)


def without_the_night(session: Session, claim: Claim, now: datetime) -> Claim:
    """The claim without texts whose hours are over for today; those that may wait go on in the morning."""
    night = [row for row in claim.rows if row.quiet_at is not None and row.quiet_at <= now]
    for row in night:
        put_off(session, row, now, "quiet")
    rows = [row for row in claim.rows if row not in night] if night else claim.rows
    return Claim(rows, claim.ended + len(night))
