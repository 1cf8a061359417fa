"""Quiet hours: what we write of our own accord goes out from 8:00 to 20:00 at the school. Pure.

The zone is the district's, not the area code's (policy, stricter than the 8 to 21 of 47 CFR 64.1200(c)(1)).
A local time that comes twice, when clocks go back, opens at its second and closes at its first coming;
one that never comes, when clocks go forward, opens after the gap and closes before it. So neither
reading of a clock ever finds a text outside the hours.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

OPENS: Final = time(8)
CLOSES: Final = time(20)
JUST_WROTE: Final = timedelta(hours=1)
"""A text so soon after the person's own belongs to the talk, at any hour: nobody else will say at night
that no one at school has answered yet"""


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of one day, in UTC; `closes` is the first moment outside."""

    opens: datetime
    closes: datetime


def window(moment: datetime, zone: str, *, opens: time = OPENS, closes: time = CLOSES) -> Window:
    """The hours that `moment` (aware) is in, or else the next ones, in an IANA zone.

    Raises ZoneInfoNotFoundError for a zone that does not exist.
    """
    day = moment.astimezone(ZoneInfo(zone)).date()
    found = _hours(day, zone, opens, closes)
    while moment >= found.closes or found.opens >= found.closes:
        day += timedelta(days=1)
        found = _hours(day, zone, opens, closes)
    return found


def school_window(moment: datetime, zone: str, hours: str | None) -> Window:
    """As `window`, in the hours of a school as its row writes them: 09:00-18:00; None for 8 to 20."""
    opens, closes = read_hours(hours)
    return window(moment, zone, opens=opens, closes=closes)


def is_quiet(moment: datetime, zone: str, hours: str | None = None) -> bool:
    """Whether nothing may go out at `moment` of our own accord."""
    return moment < school_window(moment, zone, hours).opens


def write_hours(opens: time, closes: time) -> str | None:
    """The hours of one school as rows keep them; None where they are those of all.

    Raises ValueError where they are wider than 8:00 to 20:00, or empty.
    """
    if not OPENS <= opens < closes <= CLOSES:
        raise ValueError("texts go out between 8:00 and 20:00; a school may choose fewer hours, not more")
    return None if (opens, closes) == (OPENS, CLOSES) else f"{opens:%H:%M}-{closes:%H:%M}"


@lru_cache(maxsize=64)
def read_hours(written: str | None) -> tuple[time, time]:
    """When texts may go out at a school; whatever a row says, never outside of 8:00 to 20:00."""
    opens, _, closes = (written or "").partition("-")
    if not closes:
        return OPENS, CLOSES
    first, last = max(time.fromisoformat(opens), OPENS), min(time.fromisoformat(closes), CLOSES)
    return (first, last) if first < last else (OPENS, CLOSES)


def belongs_to_talk(last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether a text now still answers somebody who just wrote."""
    return last_inbound_at is not None and now - last_inbound_at <= JUST_WROTE


@lru_cache(maxsize=256)
def _hours(day: date, zone: str, opens: time, closes: time) -> Window:
    return Window(max(_readings(day, opens, zone)), min(_readings(day, closes, zone)))


def _readings(day: date, at: time, zone: str) -> tuple[datetime, datetime]:
    """Both moments that a local time may mean: alike but where clocks change."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
