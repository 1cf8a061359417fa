"""Reads an open answer as the type its question asks for."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.flow.answer_dates import day_of
from bot.flow.state import Value
from bot.words import phone
from bot.words.plain import plain

WordLists = Callable[[str, str], frozenset[str]]
"""(locale, list name such as yes, no, today) -> plain words"""
_MAX_TEXT = 500
_HALF_LETTERS = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair cannot be stored as UTF-8"""
_MAX_NUMBER = 1_000_000


def read(kind: str, text: str, today: date, locale: str, words: WordLists) -> Value | None:
    """The answer as a value to remember, None where it is not of this type.

    `kind`: text, number, date, yes_no or phone; directory types are looked up, not read here.
    """
    reader = _READERS.get(kind)
    return reader(text, today, locale, words) if reader else None


def _text(text: str, _today: date, _locale: str, _words: WordLists) -> Value | None:
    kept = _HALF_LETTERS.sub("", text.strip()[:_MAX_TEXT])
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
    found = day_of(said, today, locale)
    return _as_value(found) if found else None


def _as_value(day: date) -> Value:
    return {"date": day.isoformat()}


_READERS: dict[str, Callable[[str, date, str, WordLists], Value | None]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
    "phone": _phone,
}
