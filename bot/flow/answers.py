"""Reads an open answer as the type its question asks for."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from babel.core import UnknownLocaleError
from babel.dates import get_month_names

from bot.flow.state import Value
from bot.words import haitian, phone
from bot.words.plain import plain

WordLists = Callable[[str, str], frozenset[str]]
"""(locale, list name such as yes, no, today) -> plain words"""
_MAX_TEXT = 500
_NUMERIC_DATE = re.compile(r"^(\d{1,2}) (\d{1,2})(?: (\d{2,4}))?$")
_ISO_DATE = re.compile(r"^(\d{4}) (\d{1,2}) (\d{1,2})$")
_MAX_NUMBER = 1_000_000


def read(kind: str, text: str, today: date, locale: str, words: WordLists) -> Value | None:
    """The answer as a value to remember, None where it is not of this type.

    `kind`: text, number, date, yes_no or phone; directory types are looked up, not read here.
    """
    reader = _READERS.get(kind)
    return reader(text, today, locale, words) if reader else None


def _text(text: str, _today: date, _locale: str, _words: WordLists) -> Value | None:
    kept = text.strip()[:_MAX_TEXT]
    return {"raw": kept} if kept else None


def _number(text: str, _today: date, _locale: str, _words: WordLists) -> Value | None:
    digits = re.fullmatch(r"\D*?(\d{1,7})\D*", plain(text))
    number = int(digits[1]) if digits else None
    return number if number is not None and number <= _MAX_NUMBER else None


def _yes_no(text: str, _today: date, locale: str, words: WordLists) -> Value | None:
    said = plain(text)
    for answer in ("yes", "no"):
        if said in words(locale, answer) or said in words("en", answer):
            return answer
    return None


def _phone(text: str, _today: date, _locale: str, _words: WordLists) -> Value | None:
    number = phone.to_e164(text)
    return {"phone": number} if number else None


def _date(text: str, today: date, locale: str, words: WordLists) -> Value | None:
    said = plain(text)
    for name, offset in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
        if said in words(locale, name) or said in words("en", name):
            return _as_value(today + timedelta(days=offset))
    found = _iso(said) or _numeric(said, today, locale) or _named(said, today, locale)
    return _as_value(found) if found else None


def _as_value(day: date) -> Value:
    return {"date": day.isoformat()}


def _iso(said: str) -> date | None:
    match = _ISO_DATE.match(said)
    return _make(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric(said: str, today: date, locale: str) -> date | None:
    """Month first as schools in the US write, day first only where it can be nothing else.

    For other languages than English, 3/4 could be either: it is asked again, not guessed.
    """
    match = _NUMERIC_DATE.match(said)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    year = int(match[3]) if match[3] else None
    if first > 12 >= second:
        first, second = second, first
    elif second <= 12 and first != second and not locale.startswith("en"):
        return None
    return _nearest(first, second, year, today)


def _named(said: str, today: date, locale: str) -> date | None:
    words = said.split()
    numbers = [int(word) for word in words if word.isdigit()]
    months = [month for word in words if (month := month_names(locale).get(word))]
    if len(months) != 1 or not numbers or numbers[0] > 31:
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
        return date(year, month, day)
    except ValueError:
        return None


_READERS: dict[str, Callable[[str, date, str, WordLists], Value | None]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
    "phone": _phone,
}
