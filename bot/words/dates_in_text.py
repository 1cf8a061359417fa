"""Finds the days that a text names: "Friday, December 5", "12/5", "5 de diciembre", "12月5日星期五"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.words.day_names import month_names, weekday_names
from bot.words.plain import plain

BACK: Final = 60
"""Days: a date without a year that lies no longer back is meant as this year's"""

_TOKEN = re.compile(
    r"[^\W\d_][^\W\d_\u0300-\u036f\u064b-\u0652]*(?:['\u2019.][^\W\d_]+)*|\d+|[/,.\-\u2013\u2014]"
)
_BETWEEN: Final = frozenset({"de", "del", "of", "the", "el", "al", ",", "."})
_NUMERIC = re.compile(
    r"(?<![\w/.-])(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\w/]|-\d|\s*(?:cups?|hours?|days?|price|off)\b)"
)
_LEADS_IN = re.compile(
    r"\b(?:on|by|until|till|from|to|through|thru|before|after|due|starting|starts|ends|begins|is|date|and|or)"
    r"[\s:]*$|[(,\u2013\u2014-]\s*$|^\s*$",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号](?:[\uff08(\uff0c,\s]*(?:星期|周|礼拜)([一二三四五六日天]))?"
)
_CHINESE_DAYS: Final = "一二三四五六日"
_YEAR = re.compile(r"20\d\d")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day in a text; `weekday` (Monday is 0) as the text says it."""

    start: int
    end: int
    day: date
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    plain: str


def days_in(text: str, language: str, today: date) -> list[NamedDay]:
    """Every day that a text names by its date, in order; a year that is not said is the nearest."""
    if language == "zh_Hans":
        return list(_in_chinese(text, today))
    found = list(_in_words(text, language, today))
    if language == "en":
        taken = [(one.start, one.end) for one in found]
        found += [
            one
            for one in _in_numbers(text, today)
            if not any(one.start < end and start < one.end for start, end in taken)
        ]
    return sorted(found, key=lambda one: one.start)


def nearest(year: int | None, month: int, day: int, today: date) -> date | None:
    """The day that is meant; None for one that no year has near by (February 30)."""
    for guess in (year,) if year else (today.year - 1, today.year, today.year + 1):
        try:
            meant = date(guess, month, day)
        except ValueError:
            continue
        if year or meant >= today - timedelta(days=BACK):
            return meant
    return None


def _in_words(text: str, language: str, today: date) -> Iterator[NamedDay]:
    tokens = [_Token(one.start(), one.end(), _lower(one.group())) for one in _TOKEN.finditer(text)]
    months, weekdays = _names(language)
    for at, token in enumerate(tokens):
        month = months.get(token.plain)
        if month is None or (
            token.plain in ("may", "mar", "march") and not text[token.start].isupper() and language == "en"
        ):
            continue
        number = _number(tokens, at, +1) or (_number(tokens, at, -1))
        if number is None:
            continue
        said_year = _year(tokens, max(at, number) + 1)
        year = int(tokens[said_year].plain) if said_year is not None else None
        meant = nearest(year, month, int(tokens[number].plain), today)
        if meant is None:
            continue
        first, last = min(at, number), max(at, number, said_year or 0)
        beside = _weekday(tokens, first, last, weekdays)
        start = tokens[min(first, beside)].start if beside is not None else tokens[first].start
        end = tokens[max(last, beside)].end if beside is not None else tokens[last].end
        yield NamedDay(start, end, meant, weekdays[tokens[beside].plain] if beside is not None else None)


def _number(tokens: list[_Token], at: int, step: int) -> int | None:
    """Where the day's number stands beside the month, over a word such as `de`."""
    place = at + step
    while 0 <= place < len(tokens) and tokens[place].plain in _BETWEEN | (_ORDINALS if step < 0 else set()):
        place += step
    if 0 <= place < len(tokens) and tokens[place].plain.isdigit() and 1 <= int(tokens[place].plain) <= 31:
        return place
    return None


def _year(tokens: list[_Token], at: int) -> int | None:
    """Where the year stands."""
    while at < len(tokens) and tokens[at].plain in _BETWEEN | _ORDINALS:
        at += 1
    return at if at < len(tokens) and _YEAR.fullmatch(tokens[at].plain) else None


def _weekday(tokens: list[_Token], first: int, last: int, weekdays: dict[str, int]) -> int | None:
    """Where the weekday of a date stands: before it, or right behind it."""
    place = first - 1
    while place >= 0 and tokens[place].plain in _BETWEEN:
        place -= 1
    if place >= 0 and tokens[place].plain in weekdays:
        return place
    place = last + 1
    while place < len(tokens) and (
        tokens[place].plain in {",", *_ORDINALS} or _YEAR.fullmatch(tokens[place].plain)
    ):
        place += 1
    return place if place < len(tokens) and tokens[place].plain in weekdays else None


def _in_numbers(text: str, today: date) -> Iterator[NamedDay]:
    """12/5 as Americans write it, month first; only where the words before lead to a date."""
    _, weekdays = _names("en")
    for match in _NUMERIC.finditer(text):
        month, day, said = int(match[1]), int(match[3]), match[4]
        before = text[: match.start()]
        name = re.search(r"([A-Za-z]+)\.?,?\s*\(?$", before)
        weekday = weekdays.get(plain(name[1])) if name else None
        if weekday is None and said is None and not _LEADS_IN.search(before):
            continue
        if match[2] == "-" and said is None:
            continue
        year = int(said) + (2000 if len(said) == 2 else 0) if said else None
        meant = nearest(year, month, day, today) if 1 <= month <= 12 else None
        if meant is not None:
            start = name.start() if name and weekday is not None else match.start()
            yield NamedDay(start, match.end(), meant, weekday)


def _in_chinese(text: str, today: date) -> Iterator[NamedDay]:
    for match in _CHINESE.finditer(text):
        meant = nearest(int(match[1]) if match[1] else None, int(match[2]), int(match[3]), today)
        if meant is not None:
            said = match[4].replace("天", "日") if match[4] else ""
            yield NamedDay(match.start(), match.end(), meant, _CHINESE_DAYS.index(said) if said else None)


@lru_cache(maxsize=32)
def _names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    return dict(month_names(language)), dict(weekday_names(language))


def _lower(token: str) -> str:
    return token if token in _BETWEEN else (plain(token) or token)
