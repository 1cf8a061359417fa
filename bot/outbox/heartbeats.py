"""Signs of life: the sweeper and the workers of each queue mark in the database that they are there.

In the database and not in Redis, so that they are seen also while Redis is away.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.outbox.doorbell import JOBS
from bot.outbox.sweep import HEARTBEAT
from bot.store import marks

EVERY: Final = timedelta(seconds=20)
"""A worker marks itself at most this often"""
SILENT: Final = timedelta(seconds=180)
"""Workers of a queue that were not heard for this long are gone: a worker that waits marks itself each
minute, one that works twice a minute"""
SWEEPER_SILENT: Final = timedelta(seconds=120)
"""A round of the sweeper that asks the carrier takes half a minute at the most"""
SWEEPER: Final = "sweeper"
_WORKER: Final = "worker:"


def beat(session: Session, lane: str, now: datetime) -> None:
    """Mark that a worker of this queue is there."""
    marks.put(session, f"{_WORKER}{lane}", now)


def last_beats(session: Session) -> dict[str, datetime | None]:
    """When the sweeper and each queue's workers were last heard; None for never."""
    workers = marks.named(session, _WORKER)
    lanes: dict[str, datetime | None] = {lane: workers.get(f"{_WORKER}{lane}") for lane in JOBS}
    return {SWEEPER: marks.get(session, HEARTBEAT), **lanes}


def is_silent(name: str, last: datetime | None, now: datetime) -> bool:
    """Whether this one must be taken for dead."""
    return last is None or now - last > (SWEEPER_SILENT if name == SWEEPER else SILENT)


def ages(beats: Mapping[str, datetime | None], now: datetime) -> dict[str, float | None]:
    """Seconds since each was heard, never below zero; None for never."""
    return {name: max(0.0, (now - at).total_seconds()) if at else None for name, at in beats.items()}
