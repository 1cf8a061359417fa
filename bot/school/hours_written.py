"""A week of hours as staff write it in a form, a line for days that are alike, in their own language. Pure.

Monday - Friday: 7:30 - 16:00
Saturday: 9:00 - 12:00, 13:00 - 15:00
"""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from bot.school import weekdays
from bot.school.hours import WEEKDAYS, HoursWrong, Span, Week, alike, office_hours, read_hours, school_day
from bot.words.day_names import weekday_names
from bot.words.plain import plain

CLOSED: Final = "-"
"""Written alone: closed on all days, where an empty field means something else"""
PARTS: Final = (
    ("office", "regular"),
    ("office", "early_release"),
    ("office", "no_school"),
    ("school_day", "regular"),
    ("school_day", "early_release"),
)
"""Whose hours, on which kind of day"""
_LINE: Final = re.compile(r"\s*(?P<days>[^\d:]+?)\s*:?\s*(?P<spans>\d.*|[-\u2013])\s*")
_BETWEEN: Final = re.compile(r"\s*[-\u2013]\s*|\s+(?:to|a|à|do)\s+")
_TIMES: Final = re.compile(r"(\d{1,2}):(\d{2})\s*(?:[-\u2013]|\b(?:to|a|à|do)\b)\s*(\d{1,2}):(\d{2})")

Why = Literal["line", "days", "times", "twice"]


class HoursUnread(Exception):
    """A line that makes no sense: `why` says whether by its form, its days, its times, or a day twice."""

    def __init__(self, why: Why, line: str) -> None:
        super().__init__(f"{why}: {line}")
        self.why: Why = why
        self.line = line


def write_week(week: Week, locale: str) -> str:
    """The lines of a week; CLOSED where it has none."""
    return "\n".join(_line(*group, locale) for group in alike(week)) or CLOSED


def read_week(text: str, locale: str) -> str | dict[str, str]:
    """The same as district.yaml has it: {"monday to friday": "7:30 to 16:00"}, or closed.

    Days that are left out are closed. Raises HoursUnread.
    """
    if text.strip() in (CLOSED, "\u2013", "closed"):
        return "closed"
    week: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        read = _LINE.fullmatch(line)
        if read is None:
            raise HoursUnread("line", line)
        days = _days(read["days"], locale, line)
        week[days] = _spans(read["spans"], line)
        try:
            read_hours({"regular": week})
        except HoursWrong as wrong:
            raise HoursUnread("twice" if "twice" in str(wrong) else "times", line) from None
    return week or "closed"


def write_all(hours: Mapping[str, Any], locale: str) -> dict[tuple[str, str], str]:
    """The text of each of PARTS; empty where it is not stated and so follows from another."""
    texts = {}
    for whose, kind in PARTS:
        stated: Mapping[str, Any] = hours.get(whose) or {}
        week: Week | None = getattr(read_hours(stated), kind) if kind in stated else None
        texts[whose, kind] = "" if week is None else write_week(week, locale)
    return texts


def put_together(weeks: Mapping[tuple[str, str], str | dict[str, str]]) -> dict[str, Any]:
    """What a school's row holds, of the parts that are stated."""
    hours: dict[str, dict[str, Any]] = {"office": {}}
    for (whose, kind), week in weeks.items():
        hours.setdefault(whose, {})[kind] = week
    return hours


def mean_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows' hours are the same, however they are written."""
    return office_hours(one) == office_hours(other) and school_day(one) == school_day(other)


def _line(first: int, last: int, spans: tuple[Span, ...], locale: str) -> str:
    days = weekdays.name(first, locale)
    if last != first:
        days = f"{days} - {weekdays.name(last, locale)}"
    times = (f"{s.opens.hour}:{s.opens:%M} - {s.closes.hour}:{s.closes:%M}" for s in spans)
    return f"{days}: {', '.join(times)}"


def _days(written: str, locale: str, line: str) -> str:
    names = weekday_names(locale)
    numbers = [names.get(plain(part)) for part in _BETWEEN.split(written)]
    if None in numbers or not 1 <= len(numbers) <= 2:
        raise HoursUnread("days", line)
    first, last = numbers[0] or 0, numbers[-1] or 0
    if last < first:
        raise HoursUnread("days", line)
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]} to {WEEKDAYS[last]}"


def _spans(written: str, line: str) -> str:
    if written in ("-", "\u2013"):
        return "closed"
    found = []
    for part in written.split(","):
        times = _TIMES.fullmatch(part.strip())
        if times is None:
            raise HoursUnread("times", line)
        found.append(f"{times[1]}:{times[2]} to {times[3]}:{times[4]}")
    return ", ".join(found)
