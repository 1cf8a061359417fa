"""When a school is open: hours by weekday for regular, early-release and no-school days. Pure.

Moments are aware and in the school's zone; days come from the school's own calendar, so that an
office is not called open on a holiday.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol

from bot.school import weekdays
from bot.words import locales

DAY_KINDS = ("regular", "early_release", "no_school")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FARTHEST = 120
_SPAN = re.compile(r"(\d{1,2}):(\d{2}) to (\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One stretch of opening on a day, by the clock on the wall."""

    opens: time
    closes: time


Week = Mapping[int, tuple[Span, ...]]
"""Spans by weekday, 0 is Monday; a day without any is closed"""


class CalendarDay(Protocol):
    """What hours need of a date in the calendar."""

    @property
    def kind(self) -> str:
        """no_school, early_release or any other."""

    @property
    def first_day(self) -> date:
        """The first day it touches."""

    @property
    def last_day(self) -> date:
        """The last day it touches."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one office, or of the school day."""

    regular: Week
    early_release: Week
    no_school: Week


class HoursWrong(ValueError):
    """Hours that make no sense; the message says what and how to write them."""


def read_hours(written: Mapping[str, object]) -> Hours:
    """Hours as district.yaml and the database write them.

    {"regular": {"monday to friday": "7:30 to 16:00"}, "no_school": "closed"}. A day may have several
    spans, joined by a comma. A kind of day that is left out is as a regular day, but closed where
    there is no school. Raises HoursWrong.
    """
    unknown = set(written) - set(DAY_KINDS)
    if unknown:
        raise HoursWrong(f"`{min(unknown)}` is no kind of day: {', '.join(DAY_KINDS)}")
    regular = _week(written.get("regular", "closed"))
    early = _week(written["early_release"]) if "early_release" in written else regular
    return Hours(regular, early, _week(written.get("no_school", "closed")))


def _week(written: object) -> Week:
    if written == "closed":
        return {}
    if not isinstance(written, Mapping):
        raise HoursWrong("write hours as `monday to friday: 7:30 to 16:00`, or closed")
    week: dict[int, tuple[Span, ...]] = {}
    for days, spans in written.items():
        for weekday in _weekdays(str(days)):
            if weekday in week:
                raise HoursWrong(f"{WEEKDAYS[weekday]} is there twice")
            week[weekday] = _spans(str(spans))
    return {weekday: week[weekday] for weekday in sorted(week) if week[weekday]}


@lru_cache(maxsize=256)
def _weekdays(written: str) -> range:
    first, _to, last = written.strip().casefold().partition(" to ")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise HoursWrong(f"`{written}`: write days as `friday` or `monday to friday`")
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    if end < start:
        raise HoursWrong(f"`{written}`: the week begins on Monday; write two lines")
    return range(start, end + 1)


@lru_cache(maxsize=256)
def _spans(written: str) -> tuple[Span, ...]:
    if written.strip() == "closed":
        return ()
    spans = [_span(part.strip()) for part in written.split(",")]
    for before, after in pairwise(spans):
        if after.opens < before.closes:
            raise HoursWrong(f"`{written}`: the times overlap or are not in order")
    return tuple(spans)


def _span(written: str) -> Span:
    match = _SPAN.fullmatch(written)
    try:
        parts = [int(part) for part in match.groups()] if match else []
        span = Span(time(parts[0], parts[1]), time(parts[2], parts[3])) if parts else None
    except ValueError:
        span = None
    if span is None or span.closes <= span.opens:
        raise HoursWrong(f"`{written}`: write times of one day as `7:30 to 16:00`")
    return span


def office_hours(stored: Mapping[str, Any]) -> Hours:
    """The office's hours out of what a school's row holds; closed at all times where it holds none."""
    return read_hours(stored.get("office", {}))


def school_day(stored: Mapping[str, Any]) -> Hours | None:
    """When lessons are, out of what a school's row holds; None where it does not say."""
    return read_hours(stored["school_day"]) if "school_day" in stored else None


def kind_of_day(day: date, events: Iterable[CalendarDay]) -> str:
    """no_school where any event says so, else early_release where one does, else regular."""
    kinds = {event.kind for event in events if event.first_day <= day <= event.last_day}
    return next((kind for kind in ("no_school", "early_release") if kind in kinds), "regular")


def spans_on(hours: Hours, day: date, events: Iterable[CalendarDay]) -> tuple[Span, ...]:
    """When it is open on this day; empty when closed."""
    week: Week = getattr(hours, kind_of_day(day, events))
    return week.get(day.weekday(), ())


def is_open(hours: Hours, moment: datetime, events: Iterable[CalendarDay]) -> bool:
    """Whether it is open at this moment, given in the school's zone."""
    clock = moment.time()
    return any(span.opens <= clock < span.closes for span in spans_on(hours, moment.date(), events))


def next_opening(hours: Hours, moment: datetime, events: Iterable[CalendarDay]) -> datetime | None:
    """`moment` itself while open, else when it opens next; None when not within 120 days."""
    return next((start for start, _end in _stretches(hours, moment, list(events))), None)


def office_hours_after(
    hours: Hours, moment: datetime, amount: timedelta, events: Iterable[CalendarDay]
) -> datetime | None:
    """The moment by which it will have been open for `amount`, e.g. for "4 office hours".

    None when that is not reached within 120 days; the caller then counts hours of the clock.
    """
    left = amount
    for start, end in _stretches(hours, moment, list(events)):
        # By the clock of the world, as in `office_time`
        began, length = start.astimezone(UTC), end.astimezone(UTC) - start.astimezone(UTC)
        if length >= left:
            return (began + left).astimezone(start.tzinfo)
        left -= length
    return None


def out_of_turn(hours: Hours, moment: datetime, events: Iterable[CalendarDay]) -> datetime | None:
    """When it opens next, where the calendar keeps it closed on the day that the week would have it open.

    None where the regular week is right, and where nothing is open within 120 days.
    """
    usual, found = next_opening(hours, moment, ()), next_opening(hours, moment, events)
    return found if usual is not None and found is not None and found.date() != usual.date() else None


def office_time(hours: Hours, since: datetime, until: datetime, events: Iterable[CalendarDay]) -> timedelta:
    """How long it was open between two moments, both in the school's zone: what a family waited."""
    passed = timedelta()
    for start, end in _stretches(hours, since, list(events)):
        if start >= until:
            break
        # By the clock of the world: on the day clocks change the hands of the wall leave an hour out.
        passed += min(end, until).astimezone(UTC) - start.astimezone(UTC)
    return passed


def after_office_hours(
    stored: Mapping[str, Any], moment: datetime, amount: float, events: Iterable[CalendarDay] = ()
) -> datetime:
    """The moment by which an office will have been open for `amount` hours, else by the clock.

    `stored` is what a school's row holds, `moment` in the school's zone.
    """
    length = timedelta(hours=amount)
    found = office_hours_after(office_hours(stored), moment, length, events)
    return found or (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def _stretches(
    hours: Hours, moment: datetime, events: list[CalendarDay]
) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch of opening that ends after `moment`, the first one cut at it."""
    for days in range(_FARTHEST + 1):
        day = moment.date() + timedelta(days=days)
        for span in spans_on(hours, day, events):
            opens = datetime.combine(day, span.opens, moment.tzinfo)
            closes = datetime.combine(day, span.closes, moment.tzinfo)
            if closes > moment:
                yield max(opens, moment), closes


def said(stored: Mapping[str, Any], locale: str) -> str:
    """The regular office hours in words: "Monday to Friday 7:30 AM - 4:00 PM"; empty when there are none."""
    return week_said(office_hours(stored).regular, locale)


def week_said(week: Week, locale: str) -> str:
    """The hours of one kind of day in words; empty when it is closed on all of them."""
    groups = alike(week)
    return locales.listed([_said(*group, locale) for group in groups], locale) if groups else ""


def alike(week: Week) -> list[tuple[int, int, tuple[Span, ...]]]:
    """Days in a row with the same hours: the first, the last, the hours."""
    groups: list[tuple[int, int, tuple[Span, ...]]] = []
    for weekday, spans in week.items():
        if groups and groups[-1][1] == weekday - 1 and groups[-1][2] == spans:
            groups[-1] = (groups[-1][0], weekday, spans)
        else:
            groups.append((weekday, weekday, spans))
    return groups


def spans_said(spans: Sequence[Span], locale: str) -> str:
    """Stretches of one day in words: "7:50 AM - 3:10 PM"."""
    times = [f"{locales.time(s.opens, locale)} - {locales.time(s.closes, locale)}" for s in spans]
    return locales.listed(times, locale)


def _said(first: int, last: int, spans: tuple[Span, ...], locale: str) -> str:
    return f"{weekdays.said(first, last, locale)} {spans_said(spans, locale)}"
