"""Reads a school's iCalendar file (RFC 5545) into typed dates, and keeps them.

Recurrence is expanded for one school year. Times without a zone are the school's own; a TZID needs
no VTIMEZONE when it is an IANA name. Cancelled entries are left out.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar
from sqlmodel import Session

from bot.school.calendar_kinds import KINDS, kind_named, kind_of
from bot.school.calendar_lines import Block, event_blocks, structure_errors, unfolded
from bot.store import school_events
from bot.words.remark import Remark, remark

_BIGGEST_FILE = 5 * 1024 * 1024
_MOST_DATES = 5000
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


Fault = tuple[int, Remark]
"""A line, and what is wrong there and the fix"""


class CalendarRefused(Exception):
    """The calendar cannot be used; `errors` lists every fault, as `maple.ics:12: what and the fix`."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.faults = faults
        self.errors = [f"{name}:{line}: {said}" for line, said in faults]
        super().__init__("\n".join(self.errors))


@dataclass(frozen=True, slots=True, order=True)
class CalendarDate:
    """One day or span of days at a school, or one event with a time."""

    first_day: date
    last_day: date
    """Inclusive, in the school's zone"""
    kind: str
    summary: str
    uid: str
    starts_at: datetime | None = None
    """UTC; only for events with a time"""
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    event: Any
    """An icalendar Event; Any because each of its properties is a union of 26 types"""
    block: Block


def read_calendar(path: Path, zone: str, first_day: date, last_day: date) -> list[CalendarDate]:
    """The dates of an .ics file that touch these days, in order.

    `zone` is the school's IANA name. Raises CalendarRefused with every error.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        said = remark("cannot be read (%(why)s).", why=error.strerror or "")
        raise CalendarRefused(path.name, [(1, said)]) from None
    return read_content(path.name, raw, zone, first_day, last_day)


def read_content(name: str, raw: bytes, zone: str, first_day: date, last_day: date) -> list[CalendarDate]:
    """The same, of what stands in a file called `name`."""
    if len(raw) > _BIGGEST_FILE:
        raise CalendarRefused(name, [(1, remark("larger than 5 MB. Export one school year."))])
    calendar, entries = _parsed(name, raw)
    if faults := [fault for entry in entries for fault in _faults(entry)]:
        raise CalendarRefused(name, faults)
    _tell_reused_uids_apart(entries)
    return _expanded(name, calendar, ZoneInfo(zone), first_day, last_day)


def store_calendar(session: Session, school_id: int, dates: list[CalendarDate]) -> bool:
    """Make these the only dates of a school. False when it had just these already."""
    return school_events.replace(session, school_id, [asdict(one) for one in dates])


def _parsed(name: str, raw: bytes) -> tuple[Calendar, list[_Entry]]:
    try:
        lines = list(unfolded(raw))
    except UnicodeDecodeError as error:
        said = remark("this is not UTF-8. Export the calendar again as UTF-8.")
        raise CalendarRefused(name, [(error.start, said)]) from None
    if wrong := structure_errors(lines):
        raise CalendarRefused(name, wrong)
    blocks = event_blocks(lines)
    try:
        calendar = Calendar.from_ical("\r\n".join(line.text for line in lines))
    except ValueError as error:
        said = remark("not readable as iCalendar (%(why)s).", why=str(error))
        raise CalendarRefused(name, [(1, said)]) from None
    events = calendar.walk("VEVENT")
    return calendar, [_Entry(event, block) for event, block in zip(events, blocks, strict=True)]


def _faults(entry: _Entry) -> list[Fault]:
    """What is wrong with one entry, with lines."""
    event, block = entry.event, entry.block
    faults = [
        (
            block.line_of(name or ""),
            remark("%(part)s is not readable: %(why)s.", part=name or remark("a line"), why=str(why)),
        )
        for name, why in event.errors
    ]
    broken = {name for name, _why in event.errors}
    if "DTSTART" not in event and "DTSTART" not in broken:
        faults.append((block.number, remark("this event has no DTSTART. Add its day.")))
    for name in {"DTSTART", "DTEND", "RECURRENCE-ID"} - broken:
        stamp = event.get(name)
        zone = stamp.params.get("TZID") if stamp is not None else None
        if zone and getattr(stamp.dt, "tzinfo", None) is None and isinstance(stamp.dt, datetime):
            said = remark(
                "TZID %(zone)s is no time zone. Use an IANA name such as America/Chicago.", zone=str(zone)
            )
            faults.append((block.line_of(name), said))
    faults += _rule_faults(entry, broken)
    named = str(event.get("X-ALLY-KIND", ""))
    if named and kind_named(named) is None:
        said = remark("X-ALLY-KIND is `%(kind)s`. Use one of: %(kinds)s.", kind=named, kinds=", ".join(KINDS))
        faults.append((block.line_of("X-ALLY-KIND"), said))
    return sorted(faults)


def _rule_faults(entry: _Entry, broken: set[str | None]) -> list[Fault]:
    event, block = entry.event, entry.block
    faults = []
    if {"DTSTART", "DTEND"} <= set(event) and not {"DTSTART", "DTEND"} & broken:
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if isinstance(start, datetime) != isinstance(end, datetime):
            said = remark("DTEND and DTSTART must both be days or both have times.")
            faults.append((block.line_of("DTEND"), said))
        elif _order(end) < _order(start):
            faults.append((block.line_of("DTEND"), remark("DTEND is before DTSTART. Correct one.")))
    if "RRULE" in event and "RRULE" not in broken:
        rules = event["RRULE"] if isinstance(event["RRULE"], list) else [event["RRULE"]]
        if any(_TOO_OFTEN & set(rule.get("FREQ", [])) for rule in rules):
            said = remark("RRULE repeats more than once a day, which no school date does. Use DAILY.")
            faults.append((block.line_of("RRULE"), said))
    return faults


def _order(moment: date) -> tuple[date, time]:
    """Comparable also where only one of two times has a zone: by the clock on the wall."""
    return (moment.date(), moment.time()) if isinstance(moment, datetime) else (moment, time())


def _tell_reused_uids_apart(entries: list[_Entry]) -> None:
    """Some programs give the same UID to different events, where all but one would be lost."""
    seen: dict[tuple[str, int], int] = {}
    fresh = count(2)
    for entry in entries:
        event = entry.event
        if "UID" not in event:
            event["UID"] = f"{entry.block.number}@line"
        if "RECURRENCE-ID" in event:
            continue
        key = str(event["UID"]), int(event.get("SEQUENCE", 0))
        if key in seen:
            event["UID"] = f"{event['UID']}#{next(fresh)}"
        seen[key] = entry.block.number


def _expanded(
    name: str, calendar: Calendar, zone: ZoneInfo, first_day: date, last_day: date
) -> list[CalendarDate]:
    try:
        found = recurring_ical_events.of(calendar).between(first_day, last_day + timedelta(days=1))
    except (ValueError, TypeError, OverflowError) as error:
        said = remark("its repetitions cannot be worked out (%(why)s).", why=str(error))
        raise CalendarRefused(name, [(1, said)]) from None
    if len(found) > _MOST_DATES:
        said = remark("%(number)s dates in a year. Export the school's own calendar only.", number=len(found))
        raise CalendarRefused(name, [(1, said)])
    living = [event for event in found if str(event.get("STATUS", "")).upper() != "CANCELLED"]
    dates = {_date(event, zone) for event in living}
    return sorted(
        (one for one in dates if one.first_day <= last_day and one.last_day >= first_day),
        key=lambda one: (one.first_day, one.starts_at or _EARLIEST, one.kind, one.summary, one.uid),
    )


_EARLIEST = datetime.min.replace(tzinfo=UTC)


def _date(event: Any, zone: ZoneInfo) -> CalendarDate:
    start, end = event.start, event.end
    title = " ".join(str(event.get("SUMMARY", "")).split())
    named = str(event.get("X-ALLY-KIND", ""))
    kind = kind_of([named, *_categories(event)], title)
    uid = str(event["UID"])
    if not isinstance(start, datetime):
        last = max(start, end - timedelta(days=1))
        return CalendarDate(start, last, kind, title, uid)
    begins, ends = _local(start, zone), _local(end, zone)
    # Midnight belongs to the day before: an event until 24:00 does not touch the next day.
    last = (ends - timedelta(microseconds=1)).date() if ends > begins else begins.date()
    moments = begins.astimezone(UTC), ends.astimezone(UTC)
    return CalendarDate(begins.date(), last, kind, title, uid, *moments)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time in the school's zone; one without a zone is the school's already."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _categories(event: Any) -> list[str]:
    found = event.get("CATEGORIES", [])
    listed = found if isinstance(found, list) else [found]
    return [str(word) for categories in listed for word in categories.cats]
