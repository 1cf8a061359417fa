"""When a broadcast goes out: moments in its school's zone, and rules of RFC 5545 that skip holidays.

A local time that comes twice is its first coming; one that never comes is as much later as the clocks
went forward (RFC 5545, 3.3.5).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr
from sqlmodel import Session

from bot.broadcast.place import Place
from bot.broadcast.refused import InPast, InQuietHours, NoTime, TooFar
from bot.outbox.quiet import is_quiet, read_hours, school_window
from bot.school import hours
from bot.store import school_events
from bot.store.schools import School

_TOO_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_FURTHEST: Final = timedelta(days=400)
_LONGEST: Final = 255
_TRIES: Final = 400


def moment_of(local: datetime, zone: str) -> datetime:
    """A local time without a zone, as a moment in UTC. Raises NoTime for one with a zone."""
    if local.tzinfo is not None:
        raise NoTime("the time is the school's own, without a zone")
    return local.replace(fold=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def first_moment(local: datetime, zones: Sequence[str]) -> datetime:
    """When a local time comes first in one of these zones. Raises NoTime."""
    return min(moment_of(local, zone) for zone in zones)


def check_moment(
    moment: datetime, now: datetime, place: Place, *, at_any_hour: bool, local: datetime | None = None
) -> None:
    """Raises InPast, NoTime (more than a year ahead), InQuietHours: where all its schools have them.

    `local`: it is this time at each school's own clock, and `moment` the first of them.
    """
    if moment < now:
        raise InPast("that time is over")
    if moment - now > _FURTHEST:
        raise TooFar("that is more than a year ahead")
    if at_any_hour:
        return
    here, zones = (moment, place.zones) if local is None else (moment_of(local, place.zone), [place.zone])
    if (first := opening(here, zones, place.hours)) is not None:
        opens, closes = read_hours(place.hours)
        raise InQuietHours(f"{opens:%H:%M}", f"{closes:%H:%M}", first)


def opening(now: datetime, zones: Sequence[str], hours: str | None) -> datetime | None:
    """In quiet hours of all these zones: the moment at which the first of them ends; else None."""
    if not all(is_quiet(now, zone, hours) for zone in zones):
        return None
    return min(school_window(now, zone, hours).opens for zone in zones)


def next_opening(now: datetime, place: Place) -> datetime | None:
    """In quiet hours of all its schools: the local time at which they end first; None outside of them."""
    opens = opening(now, place.zones, place.hours)
    if opens is None:
        return None
    zone = next(one for one in place.zones if school_window(now, one, place.hours).opens == opens)
    return opens.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def later_ones(now: datetime, place: Place) -> list[str]:
    """Zones in which it is quiet while it is not in others: families there get it when that ends."""
    quiet = [zone for zone in place.zones if is_quiet(now, zone, place.hours)]
    return quiet if len(quiet) < len(place.zones) else []


def read_rule(written: str, begins: datetime) -> rrule:
    """A rule such as FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270601, from its first local time. Raises NoTime."""
    text = written.strip().upper().removeprefix("RRULE:")
    parts = dict(part.partition("=")[::2] for part in text.split(";") if part)
    if not text or len(text) > _LONGEST or "FREQ" not in parts or "\n" in text or "DTSTART" in text:
        raise NoTime("write a rule as FREQ=WEEKLY;BYDAY=MO")
    if parts["FREQ"] in _TOO_OFTEN or {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(parts):
        raise NoTime("once a day is the most")
    if parts.get("UNTIL", "").endswith("Z"):
        raise NoTime("UNTIL is the school's own time, without Z")
    try:
        found = rrulestr(text, dtstart=begins)
    except (ValueError, TypeError, OverflowError):
        raise NoTime("this is no rule of RFC 5545") from None
    if isinstance(found, rruleset):
        raise NoTime("write one rule")
    return found


def next_time(
    session: Session, written: str, begins: datetime, after: datetime | None, place: Sequence[School]
) -> datetime | None:
    """The next local time of a rule after `after` (None: the first) on which there is no holiday.

    None when the rule is over, or none of its next 400 times falls on a day without one.
    """
    rule = read_rule(written, begins)
    moment: datetime | None
    moment = rule.after(after, inc=False) if after is not None else rule.after(begins, inc=True)
    for _ in range(_TRIES):
        if moment is None or not is_holiday(session, moment, place):
            return moment
        moment = rule.after(moment, inc=False)
    return None


def is_holiday(session: Session, moment: datetime, place: Sequence[School]) -> bool:
    """Whether no school of these is open on that day: in the holidays, or outside the school year."""
    day = moment.date()

    def closed(school: School) -> bool:
        if school.first_day is not None and day < school.first_day:
            return True
        if school.last_day is not None and day > school.last_day:
            return True
        events = school_events.between(session, school.id or 0, day, day)
        return hours.kind_of_day(day, events) == "no_school"

    return bool(place) and all(closed(school) for school in place)
