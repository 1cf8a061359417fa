"""The names of months and weekdays in plain letters, from CLDR and for Haitian Creole our own."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from babel.core import UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from bot.words import haitian
from bot.words.plain import plain

_ARABIC = ("ar", "ar_SY", "ar_DZ", "ar_MA")
"""Arabic months have other names from Baghdad to Beirut, in Algeria and Tunis, and in Morocco"""
_WIDTHS = ("wide", "abbreviated")


@lru_cache(maxsize=32)
def month_names(locale: str) -> Mapping[str, int]:
    """The months' names of a locale, whole and short, 1 to 12; English ones everywhere."""
    names: dict[str, int] = {}
    for one in ("en", *(_ARABIC if locale == "ar" else (locale,))):
        for tables in _tables(one, get_month_names, haitian.MONTHS, first=1):
            names = {plain(name): number for number, name in tables.items()} | names
    return names


@lru_cache(maxsize=32)
def weekday_names(locale: str) -> Mapping[str, int]:
    """The weekdays' names of a locale, whole and short, Monday as 0; English ones everywhere.

    A short name that is also a month's is left out: "mar 3" in Spanish is the third of March.
    """
    names: dict[str, int] = {}
    for one in ("en", locale):
        for tables in _tables(one, get_day_names, haitian.WEEKDAYS, first=0):
            names = {plain(name): number for number, name in tables.items()} | names
    return {name: number for name, number in names.items() if name not in month_names(locale)}


def _tables(
    locale: str, read: Callable[..., Mapping[int, str]], own: tuple[str, ...], *, first: int
) -> Iterator[Mapping[int, str]]:
    if locale == "ht":
        yield dict(enumerate(own, first))
        return
    for width in _WIDTHS:
        try:
            yield read(width, locale=locale)
        except (UnknownLocaleError, ValueError):
            return
