"""Fills the {placeholders} of a text by the reader's locale; nothing else, and never a program.

What a person typed is kept as {"raw": ...} and is never shown back: an echo can carry anything.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache

from bot.flow.state import Value
from bot.words import locales

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
Phrase = Callable[[str, str], str]
"""(phrase name, locale) -> its text"""
RAW = "raw"
Writer = Callable[[Value, str, Phrase], str]


class NotKnown(Exception):
    """A placeholder has no value that may be shown; its message is the placeholder's name."""


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(PLACEHOLDER.split(text))


def placeholders(text: str) -> set[str]:
    """The names a text asks for."""
    return set(_pieces(text)[1::2])


def fill(text: str, values: Mapping[str, Value], locale: str, phrase: Phrase) -> str:
    """The text with its placeholders filled. Raises NotKnown for a name without a value to show."""
    pieces = _pieces(text)
    if len(pieces) == 1:
        return text
    done = list(pieces)
    for index in range(1, len(pieces), 2):
        done[index] = shown(find(pieces[index], values), pieces[index], locale, phrase)
        if done[index].endswith(".") and pieces[index + 1].startswith("."):
            # "7:30 a.m." at the end of a sentence: its own full stop is enough.
            done[index] = done[index][:-1]
    return "".join(done)


def find(name: str, values: Mapping[str, Value]) -> Value | None:
    """The value of a dotted name: the whole name first, then part by part. None when there is none."""
    if name in values:
        return values[name]
    head, _, rest = name.partition(".")
    value: Value | None = values.get(head)
    while rest and isinstance(value, dict | list):
        head, _, rest = rest.partition(".")
        value = _inside(value, head)
    return None if rest else value


def _inside(value: Value, name: str) -> Value | None:
    """A part of a result; of several results, of the first."""
    one = (value[0] if value else None) if isinstance(value, list) else value
    return one.get(name) if isinstance(one, dict) and name != RAW else None


def shown(value: Value | None, name: str, locale: str, phrase: Phrase) -> str:
    """A value as a reader of this locale writes it. Raises NotKnown."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return locales.number(value, locale)
    if isinstance(value, list):
        return locales.listed([shown(item, name, locale, phrase) for item in value], locale)
    if isinstance(value, dict):
        for kind, write in _WRITERS.items():
            if kind in value:
                return _written(write, value[kind], name, locale, phrase)
        if "name" in value:
            return shown(value["name"], name, locale, phrase)
    raise NotKnown(name)


def _written(write: Writer, value: Value, name: str, locale: str, phrase: Phrase) -> str:
    try:
        return write(value, locale, phrase)
    except ValueError:
        raise NotKnown(name) from None


def _day(value: Value, locale: str, _phrase: Phrase) -> str:
    return locales.day(date.fromisoformat(str(value)), locale)


def _dated(value: Value, locale: str, _phrase: Phrase) -> str:
    return locales.date(date.fromisoformat(str(value)), locale)


def _span(value: Value, locale: str, _phrase: Phrase) -> str:
    first, last = value if isinstance(value, list) else (value, value)
    return locales.span(date.fromisoformat(str(first)), date.fromisoformat(str(last)), locale)


def _timed(value: Value, locale: str, _phrase: Phrase) -> str:
    day, starts, *ends = map(str, value) if isinstance(value, list) else (str(value), "")
    closes = time.fromisoformat(ends[0]) if ends else None
    return locales.timed(date.fromisoformat(day), time.fromisoformat(starts), closes, locale)


def _time(value: Value, locale: str, _phrase: Phrase) -> str:
    return locales.time(time.fromisoformat(str(value)), locale)


def _phone(value: Value, locale: str, _phrase: Phrase) -> str:
    return locales.phone(str(value), locale)


def _phrase(value: Value, locale: str, phrase: Phrase) -> str:
    return phrase(str(value), locale)


def _language(value: Value, locale: str, _phrase: Phrase) -> str:
    return locales.language_name(str(value), locale)


_WRITERS: dict[str, Writer] = {
    "date": _day,
    "dated": _dated,
    "span": _span,
    "timed": _timed,
    "time": _time,
    "phone": _phone,
    "phrase": _phrase,
    "language": _language,
}
