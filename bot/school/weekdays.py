"""Names of weekdays in the reader's language: "lunes a viernes". CLDR, and our own for Haitian Creole."""

from functools import lru_cache

from babel.dates import get_day_names

from bot.words import haitian, locales

_TO = {
    "en": "{} to {}",
    "es": "{} a {}",
    "ar": "{} إلى {}",
    "zh_Hans": "{}至{}",
    "ht": "{} jiska {}",
}


@lru_cache(maxsize=1024)
def said(first: int, last: int, locale: str) -> str:
    """One weekday, or from one to another; 0 is Monday. Two neighbours are listed: "Monday and Tuesday"."""
    if first == last:
        return name(first, locale)
    if last == first + 1:
        return locales.listed([name(first, locale), name(last, locale)], locale)
    return _TO.get(locale, "{} - {}").format(name(first, locale), name(last, locale))


def name(weekday: int, locale: str) -> str:
    """The whole name of a weekday, 0 is Monday."""
    if locale == "ht":
        return haitian.WEEKDAYS[weekday]
    cldr = locales.facts(locale).cldr
    return str(get_day_names("wide", "stand-alone", cldr)[weekday])
