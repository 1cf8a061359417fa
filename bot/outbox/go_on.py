"""A person says that Twilio and the settings are mended: what a fault of ours held goes on."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.store import broadcasts, troubles


@dataclass(frozen=True, slots=True)
class WentOn:
    """How many faults are taken as mended, and how many broadcasts go on that one of them stopped."""

    faults: int
    broadcasts: int


def go_on(session: Session, now: datetime) -> WentOn:
    """What a person paused stays paused. Ring the lane of broadcasts after the commit."""
    found = troubles.mend_all(session, now)
    stopped = [one.id or 0 for one in broadcasts.held(session) if one.state == "stopped"]
    return WentOn(found, sum(broadcasts.resume(session, broadcast_id) for broadcast_id in stopped))
