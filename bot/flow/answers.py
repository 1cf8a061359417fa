"""Reads an open answer as the type its question asks for."""

import re
from collections.abc import Callable
from datetime import date

from bot.flow.answer_dates import day_of
from bot.flow.state import Value
from bot.words import phone
from bot.words.numbers_said import numbers
from bot.words.phrases import known_phrases
from bot.words.plain import plain

WordLists = Callable[[str, str], frozenset[str]]
"""(locale, list name such as yes, no, today) -> plain words"""
_MAX_TEXT = 500
_HALF_LETTERS = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair cannot be stored as UTF-8"""
_MAX_NUMBER = 1_000_000
_QUESTION = re.compile("[?？؟]")
_AGAIN = re.compile(r"(.)\1+")


def read(kind: str, text: str, today: date, locale: str, words: WordLists) -> Value | None:
    """The answer as a value to remember, None where it is not of this type.

    `kind`: text, number, date, yes_no or phone; directory types are looked up, not read here.
    """
    reader = _READERS.get(kind)
    return reader(text, today, locale, words) if reader else None


def _text(text: str, _today: date, _locale: str, _words: WordLists) -> Value | None:
    kept = _HALF_LETTERS.sub("", text.strip()[:_MAX_TEXT])
    return {"raw": kept} if kept else None


def _number(text: str, _today: date, locale: str, _words: WordLists) -> Value | None:
    found = set(numbers(plain(text), locale))
    number = found.pop() if len(found) == 1 else None
    return number if number is not None and number <= _MAX_NUMBER else None


def _yes_no(text: str, _today: date, locale: str, words: WordLists) -> Value | None:
    """Every word of it says yes, or is polite; or every one no. A letter typed longer is the same letter."""
    said = _short(text)
    kinds = {_short(word): kind for kind in ("polite", "yes", "no") for word in _both(words, locale, kind)}
    found = {kind for _, kind in known_phrases(said, kinds.get)} - {"polite"}
    return found.pop() if len(found) == 1 else None


def _short(text: str) -> str:
    return _AGAIN.sub(r"\1", plain(text))


def _both(words: WordLists, locale: str, name: str) -> frozenset[str]:
    return words(locale, name) | words("en", name)


def _phone(text: str, _today: date, _locale: str, _words: WordLists) -> Value | None:
    number = phone.to_e164(text)
    return {"phone": number} if number else None


def _date(text: str, today: date, locale: str, words: WordLists) -> Value | None:
    found = day_of(
        plain(text),
        today,
        locale,
        lambda name: _both(words, locale, name),
        asks=bool(_QUESTION.search(text)),
    )
    return {"date": found.isoformat()} if found else None


_READERS: dict[str, Callable[[str, date, str, WordLists], Value | None]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "yes_no": _yes_no,
    "phone": _phone,
}
