"""Whether a translation says the same dates, numbers, links, names and agreed words as its original. Pure.

It cannot tell whether a translation is right; it finds what families must never get wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from bot.words.dates_in_text import days_in
from bot.words.day_names import month_names, weekday_names
from bot.words.glossary import Glossary, missing_terms
from bot.words.kept import LINKS, PLACEHOLDERS, numbers_in
from bot.words.plain import plain

Kind = Literal["date", "day", "number", "link", "name", "term", "length"]
_SHORTEST: Final = 4
"""A shorter name of a day or month is a word of its own somewhere: sun, mar, me"""
_AMBIGUOUS: Final = frozenset({"march", "mars"})
_UNSPACED: Final = ("zh_Hans", "ko")
_CHINESE_DAY: Final = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_CHINESE_DAYS: Final = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_CHINESE_MONTH: Final = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
_CLOSE: Final = 15
"""Letters: of a shorter text the length tells nothing"""
_DENSE: Final = 3.0
"""So many letters of others say as much as one of Chinese or Korean"""


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing in which a translation differs from its original."""

    kind: Kind
    what: str = field(default="", repr=False)
    """What is meant, as the original has it; empty where it is the whole"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation."""

    original: str = field(repr=False)
    translation: str = field(repr=False)
    source: str
    target: str
    today: date
    """Of the school: a date without a year is the nearest"""


def differences(pair: Pair, names: Iterable[str] = (), glossary: Glossary = ()) -> list[Differs]:
    """All that differs, what weighs most first; empty where nothing does."""
    first, was = _without_days(pair.original, pair.source, pair.today)
    second, came = _without_days(pair.translation, pair.target, pair.today)
    found = [Differs("date", day.isoformat()) for day in sorted(was ^ came)]
    found += _of_numbers(_without(first), _without(second), pair.target)
    found += [Differs("link", one) for one in sorted(_links(pair.original) ^ _links(pair.translation))]
    found += _of_days(first, second, pair.source, pair.target)
    found += [Differs("name", one) for one in _lost_names(pair.original, pair.translation, names)]
    if pair.source == "en":
        missing = missing_terms(_without(pair.original), pair.translation, pair.target, glossary)
        found += [Differs("term", one.renderings[pair.target].say) for one in missing]
    return found + ([] if _is_sane(pair) else [Differs("length")])


def _of_numbers(first: str, second: str, target: str) -> list[Differs]:
    if target == "zh_Hans":
        second = _CHINESE_MONTH.sub(" ", second)
    had, has = Counter(numbers_in(first)), Counter(numbers_in(second))
    return [Differs("number", one) for one in sorted((had - has) + (has - had))]


def _without(text: str) -> str:
    """Without links and placeholders, which are compared by themselves."""
    return PLACEHOLDERS.sub(" ", LINKS.sub(" ", text))


def _links(text: str) -> frozenset[str]:
    found = LINKS.findall(text) + PLACEHOLDERS.findall(LINKS.sub(" ", text))
    return frozenset(one.rstrip(".,;:!?)，。؟\u2069") for one in found)


def _without_days(text: str, locale: str, today: date) -> tuple[str, set[date]]:
    """The rest of a text, and the days that it names by their dates."""
    named = days_in(text, locale, today)
    for one in reversed(named):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text, {one.day for one in named}


def _of_days(first: str, second: str, source: str, target: str) -> list[Differs]:
    """Weekdays and months in words that one has and the other has not."""
    found = [
        Differs("day", str(number)) for number in sorted(_weekdays(first, source) ^ _weekdays(second, target))
    ]
    told = _told_months(source) & _told_months(target)
    months = (_months(first, source) ^ _months(second, target)) & told
    return found + [Differs("day", f"month {number}") for number in sorted(months)]


def _weekdays(text: str, locale: str) -> set[int]:
    if locale == "zh_Hans":
        return {_CHINESE_DAYS[one] for one in _CHINESE_DAY.findall(text)}
    return {_long(locale, "day")[one] for one in _pattern(locale, "day").findall(plain(text))}


def _months(text: str, locale: str) -> set[int]:
    if locale == "zh_Hans":
        return {int(one) for one in _CHINESE_MONTH.findall(text)}
    return {_long(locale, "month")[one] for one in _pattern(locale, "month").findall(plain(text))}


def _told_months(locale: str) -> frozenset[int]:
    return frozenset(range(1, 13)) if locale == "zh_Hans" else frozenset(_long(locale, "month").values())


@lru_cache(maxsize=64)
def _long(locale: str, kind: str) -> dict[str, int]:
    names = weekday_names(locale) if kind == "day" else month_names(locale)
    return {
        name: number for name, number in names.items() if len(name) >= _SHORTEST and name not in _AMBIGUOUS
    }


@lru_cache(maxsize=64)
def _pattern(locale: str, kind: str) -> re.Pattern[str]:
    names = "|".join(re.escape(one) for one in sorted(_long(locale, kind), key=len, reverse=True))
    # Arabic writes and, in, for into one word with the name; many languages have a plural in s
    return re.compile(names if locale in _UNSPACED else rf"(?<!\w)(?:[وفبل]|لل)?({names})(?:s|es)?(?!\w)")


def _lost_names(original: str, translation: str, names: Iterable[str]) -> list[str]:
    """Names of the original that the translation lacks."""
    had, has = f" {plain(original)} ", f" {plain(translation)} "
    return sorted({one for one in names if plain(one) and f" {plain(one)} " in had and plain(one) not in has})


def _is_sane(pair: Pair) -> bool:
    """Whether one is not many times as long as the other."""
    first = _weight(pair.original, pair.source)
    second = _weight(pair.translation, pair.target)
    return max(first, second) < _CLOSE or (first <= 3.5 * second + _CLOSE and second <= 3.5 * first + _CLOSE)


def _weight(text: str, locale: str) -> float:
    return len(text.strip()) * (_DENSE if locale in _UNSPACED else 1.0)
