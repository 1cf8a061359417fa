"""Reads a day as people write it: 11/26, November 26th, 26 de noviembre, 11月26日, 26 tháng 11."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from babel.core import UnknownLocaleError
from babel.dates import get_month_names

from bot.words import haitian
from bot.words.plain import plain

_ISO = re.compile(r"^(?P<year>\d{4}) (?P<month>\d{1,2}) (?P<day>\d{1,2})$")
_NUMERIC = re.compile(r"^(\d{1,2}) (\d{1,2})(?: (\d{2}|\d{4}))?$")
# Year, month and day signs of Chinese and Japanese, and of Korean taken apart as `plain` does
_EASTERN = re.compile(
    r"^(?:(?P<year>\d{4})(?:年|\u1102\u1167\u11ab) ?)?(?P<month>\d{1,2})(?:月|\u110b\u116f\u11af) ?"
    r"(?P<day>\d{1,2})(?:日|号|號|\u110b\u1175\u11af)?(?: ?\D{0,9})$"
)
_VIETNAMESE = re.compile(
    r"^(?:\D{0,12} )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2})(?: (?:nam )?(?P<year>\d{4}))?$"
)
_ORDINAL = re.compile(r"(\d{1,4})\D{0,3}")
_MOST_WORDS = 7
"""A longer text that happens to hold a month and a number is not a date: "may I bring 2 friends ..." """


def day_of(said: str, today: date, locale: str) -> date | None:
    """The day that a text in plain letters (bot.words.plain) means; None for none, or where it could be two.

    Without a year it is the nearest such day to today.
    """
    for pattern in (_ISO, _EASTERN, _VIETNAMESE):
        if match := pattern.match(said):
            year = int(match["year"]) if match["year"] else None
            return _nearest(int(match["month"]), int(match["day"]), year, today)
    return _numeric(said, today, locale) or _named(said, today, locale)


def _numeric(said: str, today: date, locale: str) -> date | None:
    """Month first as schools in the US write, day first only where it can be nothing else.

    For other languages than English, 3/4 could be either: it is asked again, not guessed.
    """
    match = _NUMERIC.match(said)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        first, second = second, first
    elif second <= 12 and first != second and not locale.startswith("en"):
        return None
    return _nearest(first, second, int(match[3]) if match[3] else None, today)


def _named(said: str, today: date, locale: str) -> date | None:
    words = said.split()
    months = [month for word in words if (month := month_names(locale).get(word))]
    numbers = [int(match[1]) for word in words if (match := _ORDINAL.fullmatch(word))]
    if len(months) != 1 or not numbers or numbers[0] > 31 or len(words) > _MOST_WORDS:
        return None
    year = next((number for number in numbers[1:] if number > 31), None)
    return _nearest(months[0], numbers[0], year, today)


@lru_cache(maxsize=32)
def month_names(locale: str) -> Mapping[str, int]:
    """The months' names of a locale, whole and short, in plain letters; English ones everywhere."""
    return _read_months("en") | _read_months(locale)


def _read_months(locale: str) -> dict[str, int]:
    if locale == "ht":
        return {plain(name): number for number, name in enumerate(haitian.MONTHS, 1)}
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        try:
            table = get_month_names(width, locale=locale)
        except (UnknownLocaleError, ValueError):
            continue
        names |= {plain(name): number for number, name in table.items()}
    return names


def _nearest(month: int, day: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _make(year + 2000 if year < 100 else year, month, day)
    near = [made for offset in (-1, 0, 1) if (made := _make(today.year + offset, month, day))]
    return min(near, key=lambda made: abs(made - today), default=None)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
