"""Reads a day as people write it: 11/26, November 26th, el martes por favor, 下周一, "she is sick today"."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.words.day_names import month_names, weekday_names
from bot.words.numbers_said import in_digits, number_words, ordinal_words
from bot.words.phrases import known_phrases, words_of

Lists = Callable[[str], frozenset[str]]
"""name of a list of answers, such as tomorrow or monday -> its plain words"""
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
_HAN_DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})(?:日|号|號)?|(\d{1,2})(?:号|號)")
_CLOCK = re.compile(
    r"\b(?:at|las|a|ak|nan|الساعه|ساعه|vè|ve) \d{1,2}(?: \d\d)?(?: (?:am|pm|a m|p m))?\b|"
    r"\b\d{1,2}(?: \d\d)? ?(?:am|pm|a m|p m|h|hs|hrs)\b|\d{1,2}[点點时時](?:半|\d{1,2}分)?"
)
_HAN_WEEKDAY = re.compile("([下上这這本]?)(?:个|個)?(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])")
_ORDINAL = re.compile(r"(\d{1,4})\D{0,3}")
_RELATIVE = {
    "today": 0,
    "tomorrow": 1,
    "day_after_tomorrow": 2,
    "yesterday": -1,
    "day_before_yesterday": -2,
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SIGNS = ("no_date", "not", "next_week", "this_week", "last_week", "next", "last", "nothing")
"""Lists that change what a day beside them means; `nothing` holds "por la mañana", which is no tomorrow"""
_MOST_WORDS = 12
_MOST_WORDS_OF_A_MONTH = 7
"""A longer text that happens to hold a month and a number is not a date: "may I bring 2 friends ..." """
_FARTHEST = 2
_AHEAD = 62
"""Days in which a day of the month without its month is looked for: "Friday 4th" """


@dataclass(slots=True)
class _Heard:
    """What the words of one text say of a day."""

    signs: set[str] = field(default_factory=set)
    offsets: set[int] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    months: list[tuple[int, int]] = field(default_factory=list)
    """Where it stands, and its number; so are the numbers"""
    numbers: list[tuple[int, int]] = field(default_factory=list)
    others: int = 0


def day_of(said: str, today: date, locale: str, lists: Lists, *, asks: bool = False) -> date | None:
    """The day that a text in plain letters (bot.words.plain) means; None for none, or where it could be two.

    Without a year it is the nearest such day to today; a weekday is the next such one, today included.
    `asks`: the text has a question mark, so words in it are no answer.
    """
    for pattern in (_ISO, _EASTERN, _VIETNAMESE):
        if match := pattern.match(said):
            year = int(match["year"]) if match["year"] else None
            return _nearest(int(match["month"]), int(match["day"]), year, today)
    if _NUMERIC.match(said):
        return _numeric(said, today, locale)
    if asks or len(said) > _MOST_WORDS * 12:
        return None
    return _in_words(in_digits(_HAN_WEEKDAY.sub(_spaced, said)), today, locale, lists)


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


def _spaced(weekday: re.Match[str]) -> str:
    """下个礼拜天 as 下周 周日: the week, and the day as CLDR names it."""
    week, day = weekday.groups()
    return f" {week}周 周{day.replace('天', '日')} " if week else f" 周{day.replace('天', '日')} "


# --- in words -----------------------------------------------------------------------------------


def _in_words(said: str, today: date, locale: str, lists: Lists) -> date | None:
    text, dates = _without_clock(said), list(_HAN_DATE.finditer(said))
    text = _HAN_DATE.sub(" ", text)
    heard = _hear(text, locale, lists)
    if "no_date" in heard.signs or ("not" in heard.signs and not heard.others):
        return None
    if dates or heard.months:
        short = len(text.split()) <= _MOST_WORDS_OF_A_MONTH
        found = _han_date(dates, today) if dates else _of_month(heard, today) if short else None
        clear = found is not None and not heard.offsets - {(found - today).days}
        return found if clear and found is not None and heard.weekdays <= {found.weekday()} else None
    if len(words_of(text)) > _MOST_WORDS * (2 if _is_han(text) else 1):
        return None
    if heard.offsets:
        found = today + timedelta(days=min(heard.offsets))
        return found if len(heard.offsets) == 1 and heard.weekdays <= {found.weekday()} else None
    return _weekday(heard, today) if len(heard.weekdays) == 1 else None


def _is_han(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))


def _without_clock(said: str) -> str:
    return _CLOCK.sub(" ", said)


def _hear(text: str, locale: str, lists: Lists) -> _Heard:
    names = _names(locale, lists)
    heard = _Heard()
    for at, (phrase, meaning) in enumerate(known_phrases(text, lambda words: _named(words, names))):
        kind, value = meaning or ("", 0)
        if kind == "offset":
            heard.offsets.add(value)
        elif kind == "weekday":
            heard.weekdays.add(value)
        elif kind == "month":
            heard.months.append((at, value))
        elif kind == "number":
            heard.numbers.append((at, value))
        elif kind:
            heard.signs.add(kind)
        elif number := _ORDINAL.fullmatch(phrase):
            heard.numbers.append((at, int(number[1])))
        else:
            heard.others += 1
    return heard


def _names(locale: str, lists: Lists) -> Mapping[str, tuple[str, int]]:
    """What each phrase means, as kind and value; of two for one phrase the later here wins."""
    numbers = {**number_words(locale), **ordinal_words(locale)}
    names = {phrase: ("number", value) for phrase, value in numbers.items() if value in range(1, 32)}
    names |= {phrase: (sign, 0) for sign in _SIGNS for phrase in lists(sign)}
    names |= {phrase: ("weekday", value) for phrase, value in weekday_names(locale).items()}
    names |= {phrase: ("weekday", value) for value, name in enumerate(_WEEKDAYS) for phrase in lists(name)}
    names |= {phrase: ("month", value) for phrase, value in month_names(locale).items()}
    return names | {phrase: ("offset", value) for name, value in _RELATIVE.items() for phrase in lists(name)}


def _named(phrase: str, names: Mapping[str, tuple[str, int]]) -> tuple[str, int] | None:
    """What a phrase means; in Arabic also behind a joined and, by, for: بالخميس, لبكرا, وغدا."""
    found = names.get(phrase)
    if found is None and phrase[0] in "وفبله" and len(phrase) > 3:
        bare = f"ا{phrase[1:]}" if phrase.startswith("لل") else phrase[1:]
        found = names.get(bare)
        return found if found and found[0] in ("offset", "weekday", "month") else None
    return found


def _of_month(heard: _Heard, today: date) -> date | None:
    """A month with its day beside it, one word between them at the most: "5th of March"."""
    if len(heard.months) != 1 or not heard.numbers:
        return None
    (stands, month), (at, day) = heard.months[0], heard.numbers[0]
    if day > 31 or abs(at - stands) > _FARTHEST:
        return None
    year = next((number for _, number in heard.numbers[1:] if number > 31), None)
    return _nearest(month, day, year, today)


def _han_date(dates: list[re.Match[str]], today: date) -> date | None:
    if len(dates) != 1:
        return None
    year, month, day, alone = dates[0].groups()
    if alone:
        return _next_with_day(int(alone), None, today)
    return _nearest(int(month), int(day), int(year) if year else None, today)


def _weekday(heard: _Heard, today: date) -> date | None:
    weekday = min(heard.weekdays)
    if len(heard.numbers) == 1:
        return _next_with_day(heard.numbers[0][1], weekday, today)
    monday = today - timedelta(days=today.weekday())
    for sign, weeks in (("next_week", 1), ("this_week", 0), ("last_week", -1)):
        if sign in heard.signs:
            return monday + timedelta(days=weekday, weeks=weeks)
    ahead = (weekday - today.weekday()) % 7
    if "last" in heard.signs:
        return today + timedelta(days=ahead - 7)
    return today + timedelta(days=ahead or (7 if "next" in heard.signs else 0))


def _next_with_day(day: int, weekday: int | None, today: date) -> date | None:
    """The next such day of a month, on that weekday where one is said."""
    days = (today + timedelta(days=ahead) for ahead in range(_AHEAD))
    return next((one for one in days if one.day == day and weekday in (None, one.weekday())), None)


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
