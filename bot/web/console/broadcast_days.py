"""What the calendars of an audience's schools say, day by day, for the check of dates."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from bot.broadcast.calendar_dates import KnownDays
from bot.store import school_events
from bot.store.school_events import SchoolEvent
from bot.store.schools import School

_AHEAD: Final = timedelta(days=180)


def known_days(session: Session, places: Sequence[School], today: date) -> KnownDays | None:
    """The days that are known; None where no school has a calendar."""
    last = today + _AHEAD
    events = [school_events.between(session, one.id or 0, today, last) for one in places]
    if not any(events):
        return None
    ends = [one.last_day for one in places if one.last_day is not None]
    closed = [frozenset(_days(found, "no_school")) for found in events]
    early = frozenset(day for found in events for day in _days(found, "early_release"))
    all_closed, any_closed = frozenset.intersection(*closed), frozenset().union(*closed)
    return KnownDays(today, min([last, *ends]), all_closed, early, any_closed - all_closed)


def _days(events: Sequence[SchoolEvent], kind: str) -> Iterator[date]:
    for event in events:
        if event.kind == kind:
            length = (event.last_day - event.first_day).days
            yield from (event.first_day + timedelta(days=more) for more in range(length + 1))
