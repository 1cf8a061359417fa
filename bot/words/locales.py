"""The languages families read, and days, times, numbers, lists and phone numbers as they write them.

Unicode's CLDR through Babel, except where it fails them: Haitian Creole has its own tables (haitian.py),
Spanish is that of the United States, and CLDR's narrow and no-break spaces become plain ones, since one of
them turns a GSM-7 text into UCS-2. A locale that is not in the table is written as English.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.words import haitian
from bot.words.remark import Remark, remark

_ODD_SPACES = re.compile("[\u00a0\u2009\u202f]")
_COMMA = {"ar": "، ", "ur": "، ", "zh_Hans": " ", "ko": " "}
_WEEKDAY = re.compile(r"EEEE[,،]?\s*|\s*EEEE")
_SOUNDS_LIKE_Y = re.compile(r"h?[ií](?!e)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """A locale: `cldr` is the one whose habits it follows, `day` and `time` are CLDR patterns."""

    english: str
    own: str
    cldr: str
    day: str
    direction: Literal["ltr", "rtl"] = "ltr"
    time: str = "short"


LOCALES: dict[str, Facts] = {
    "en": Facts("English", "English", "en_US", "EEEE, MMMM d"),
    "es": Facts("Spanish", "Español", "es_US", "EEEE, d 'de' MMMM"),
    "ar": Facts("Arabic", "العربية", "ar", "EEEE، d MMMM", "rtl"),
    "zh_Hans": Facts("Chinese (Simplified)", "简体中文", "zh_Hans", "M月d日EEEE"),
    "ht": Facts("Haitian Creole", "Kreyòl ayisyen", "en_US", "EEEE d MMMM"),
    "vi": Facts("Vietnamese", "Tiếng Việt", "vi", "EEEE, d MMMM"),
    "pt_BR": Facts("Portuguese (Brazil)", "Português (Brasil)", "pt_BR", "EEEE, d 'de' MMMM"),
    "ru": Facts("Russian", "Русский", "ru", "EEEE, d MMMM"),
    "so": Facts("Somali", "Soomaali", "so", "EEEE, MMMM d"),
    "ur": Facts("Urdu", "اردو", "ur", "EEEE، d MMMM", "rtl"),
    "fil": Facts("Filipino", "Filipino", "fil", "EEEE, MMMM d"),
    "fr": Facts("French", "Français", "fr", "EEEE d MMMM"),
    "ko": Facts("Korean", "한국어", "ko", "MMMM d일 EEEE", time="aaaa h:mm"),
    "uk": Facts("Ukrainian", "Українська", "uk", "EEEE, d MMMM"),
}
"""All languages of the program, the first five first"""


def facts(locale: str) -> Facts:
    """The facts of a locale; those of English for one that is not in the table."""
    return LOCALES.get(locale, LOCALES["en"])


def spoken(locale: str) -> Remark:
    """A language by name, for sentences to staff."""
    return remark(facts(locale).english)


def is_rtl(locale: str) -> bool:
    """Whether a locale is written from right to left."""
    return facts(locale).direction == "rtl"


@lru_cache(maxsize=4096)
def day(moment: dt.date, locale: str, *, year: bool = False) -> str:
    """Weekday, day and month in words: "jueves, 26 de noviembre"; the year only when asked for."""
    if locale == "ht":
        return haitian.day(moment, year=year)
    known = facts(locale)
    words = _plain(format_date(moment, "full" if year else known.day, locale=known.cldr))
    return words.replace(" 1 ", " 1er ") if locale == "fr" else words


@lru_cache(maxsize=1024)
def date(moment: dt.date, locale: str) -> str:
    """Day, month in words and year, without the weekday: "26 de noviembre de 2026"."""
    if locale == "ht":
        return haitian.date(moment)
    return _plain(format_date(moment, "long", locale=facts(locale).cldr))


@lru_cache(maxsize=1024)
def day_and_month(moment: dt.date, locale: str) -> str:
    """Day and month in words, neither weekday nor year: "26 de noviembre"."""
    if locale == "ht":
        return haitian.day_and_month(moment)
    known = facts(locale)
    pattern = _WEEKDAY.sub("", known.day)
    return _plain(format_date(moment, pattern, locale=known.cldr))


@lru_cache(maxsize=4096)
def time(moment: dt.time, locale: str) -> str:
    """A time of day as this locale writes it, without seconds: "2:05 p.m.", "14:05"."""
    known = facts(locale)
    return _plain(format_time(moment, known.time, locale=known.cldr))


def span(first: dt.date, last: dt.date, locale: str, *, year: bool = False) -> str:
    """From one day to another, both included; a single day where they are the same."""
    if first == last:
        return day(first, locale, year=year)
    return f"{day(first, locale, year=year)} - {day(last, locale, year=year)}"


def timed(date: dt.date, starts: dt.time, ends: dt.time | None, locale: str) -> str:
    """A day with its times: "Thursday, October 22, 1:00 PM - 7:00 PM"; without an end, when it begins."""
    times = time(starts, locale) + (f" - {time(ends, locale)}" if ends else "")
    return f"{day(date, locale)}{_COMMA.get(locale, ', ')}{times}"


@lru_cache(maxsize=4096)
def phone(e164: str, locale: str = "en") -> str:
    """A number as people here write it, 512-555-0123, and with its country code when it is from abroad.

    In a right-to-left locale it is isolated: the digit groups would otherwise be shown in reverse order.
    """
    try:
        number = phonenumbers.parse(e164)
    except NumberParseException:
        return e164
    national = str(number.national_number or "")
    if number.country_code == 1 and len(national) == 10:
        return isolated(f"{national[:3]}-{national[3:6]}-{national[6:]}", locale)
    return isolated(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL), locale)


def isolated(text: str, locale: str) -> str:
    """A number, link or Latin name so marked that right-to-left text around it leaves its order alone.

    U+2066 and U+2069 (UAX #9); nothing is added in other locales.
    """
    return f"\u2066{text}\u2069" if is_rtl(locale) else text


def listed(items: Sequence[str], locale: str) -> str:
    """Items as a sentence names them: "a, b y c"."""
    return _listed(tuple(items), locale)


@lru_cache(maxsize=1024)
def _listed(items: tuple[str, ...], locale: str) -> str:
    if locale == "ht":
        joint = f" {haitian.AND} "
        return joint.join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
    text = _plain(format_list(list(items), locale=facts(locale).cldr))
    if locale == "es" and len(items) > 1 and _SOUNDS_LIKE_Y.match(items[-1]):
        text = f"{text.removesuffix(f'y {items[-1]}')}e {items[-1]}"
    return text


def number(n: float | Decimal, locale: str) -> str:
    """A number with the marks of its locale, in the digits 0 to 9."""
    if isinstance(n, int) and 0 <= n < 1000:
        return str(n)
    return _plain(format_decimal(n, locale=facts(locale).cldr))


@lru_cache(maxsize=1024)
def language_name(code: str, locale: str) -> str:
    """The name of a language for a reader of `locale`: es in French is "espagnol".

    Script and country are left out, as people speak a language and do not write it. English where CLDR
    has no name in the reader's language; the code itself where nobody has.
    """
    bare = code.replace("-", "_").split("_")[0].lower()
    bare = "fil" if bare == "tl" else bare
    if locale == "ht" and bare in haitian.LANGUAGES:
        return haitian.LANGUAGES[bare]
    for reader in (facts(locale).cldr, "en"):
        name = Locale.parse(reader).languages.get(bare)
        if name:
            return _plain(name)
    return code


def _plain(text: str) -> str:
    return _ODD_SPACES.sub(" ", text)
