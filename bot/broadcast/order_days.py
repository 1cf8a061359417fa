"""Days and times that an order by text names: tomorrow, friday, next monday, 12/4, 12:30, 1pm. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from bot.words.dates_in_text import days_in, nearest
from bot.words.day_names import weekday_names
from bot.words.plain import plain

_WORD = re.compile(r"[^\W\d_][^\W_]*")
_NUMERIC = re.compile(r"(?<![\w/:.])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\w/])")
_TIME = re.compile(
    r"(?<![\w/:.])(?:at |a las? )?(\d{1,2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?(?![\w/:])", re.IGNORECASE
)
_NOON = re.compile(r"\b(?:at )?noon\b|\b(?:al )?mediod[ií]a\b", re.IGNORECASE)
_NEAR: Final = {
    "today": 0,
    "tonight": 0,
    "hoy": 0,
    "tomorrow": 1,
    "manana": 1,
    "tmrw": 1,
    "yesterday": -1,
    "ayer": -1,
}
_THIS: Final = frozenset({"this", "este", "coming"})
_NEXT: Final = frozenset({"next", "proximo"})
_LANGUAGES: Final = ("en", "es")


@dataclass(frozen=True, slots=True)
class Day:
    """A day at its place; `is_wrong` where the weekday beside it is another one."""

    start: int
    end: int
    day: date
    is_near: bool = False
    """Said from today: it is another day tomorrow"""
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """What an order says of when, and the words that are left without it."""

    days: tuple[Day, ...]
    times: tuple[time, ...]
    rest: str


def read_times(text: str, today: date) -> Times:
    """Every day and time of an order, in their order."""
    days = read_days(text, today)
    left = _without(text, [(one.start, one.end) for one in days])
    found = sorted([*_noons(left), *_clock(left)])
    rest = _without(left, [(start, end) for start, end, _ in found])
    return Times(tuple(days), tuple(at for _, _, at in found), rest)


def read_days(text: str, today: date) -> list[Day]:
    """Every day of a text in the languages that staff write."""
    found: list[Day] = []
    for language in _LANGUAGES:
        for named in days_in(text, language, today):
            wrong = named.weekday is not None and named.weekday != named.day.weekday()
            _add(found, Day(named.start, named.end, named.day, is_wrong=wrong))
    for match in _NUMERIC.finditer(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0) if match[3] else None
        month = int(match[1])
        meant = nearest(year, month, int(match[2]), today) if 1 <= month <= 12 else None
        if meant is not None:
            _add(found, Day(match.start(), match.end(), meant))
    for one in _named(text, today):
        _add(found, one)
    return sorted(found, key=lambda one: one.start)


def _add(found: list[Day], new: Day) -> None:
    if not any(new.start < one.end and one.start < new.end for one in found):
        found.append(new)


def _named(text: str, today: date) -> Iterator[Day]:
    weekdays = {name: number for language in _LANGUAGES for name, number in weekday_names(language).items()}
    words = [(plain(one.group()), one.start(), one.end()) for one in _WORD.finditer(text)]
    for at, (word, start, end) in enumerate(words):
        before, begins = (words[at - 1][0], words[at - 1][1]) if at else ("", start)
        if word in _NEAR:
            yield Day(start, end, today + timedelta(days=_NEAR[word]), is_near=True)
        elif word in weekdays and len(word) > 2:
            ahead = (weekdays[word] - today.weekday()) % 7
            if before in _NEXT:
                yield Day(begins, end, today + timedelta(days=7 - today.weekday() + weekdays[word]))
            elif before in _THIS:
                yield Day(begins, end, today + timedelta(days=ahead))
            else:
                yield Day(start, end, today + timedelta(days=ahead or 7))


def _noons(text: str) -> Iterator[tuple[int, int, time]]:
    for match in _NOON.finditer(text):
        yield match.start(), match.end(), time(12)


def _clock(text: str) -> Iterator[tuple[int, int, time]]:
    """A number alone is no time; one to six without a.m. is in the afternoon: a school's day."""
    for match in _TIME.finditer(text):
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()[:1]
        if (match[2] is None and not half) or minute > 59 or hour > (12 if half else 23):
            continue
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif 1 <= hour <= 6:
            hour += 12
        yield match.start(), match.end(), time(hour, minute)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks where these places were."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
