"""Haitian Creole's own days, months, languages and joining word.

CLDR has almost nothing for `ht`, and Babel fills the gap with French, which a family would notice at once.
"""

import datetime as dt

WEEKDAYS = ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch")
"""Monday first, as datetime.date.weekday() counts"""

MONTHS = (
    "janvye",
    "fevriye",
    "mas",
    "avril",
    "me",
    "jen",
    "jiyè",
    "out",
    "septanm",
    "oktòb",
    "novanm",
    "desanm",
)

AND = "ak"

LANGUAGES = {
    "en": "anglè",
    "es": "panyòl",
    "ar": "arab",
    "zh": "chinwa",
    "ht": "kreyòl ayisyen",
    "vi": "vyetnamyen",
    "pt": "pòtigè",
    "ru": "ris",
    "so": "somali",
    "ur": "oudou",
    "fil": "filipino",
    "fr": "franse",
    "ko": "koreyen",
    "uk": "ikrenyen",
}


def day(moment: dt.date, *, year: bool = False) -> str:
    """Weekday, day and month: "jedi 26 novanm", "vandredi 1ye janvye 2027"."""
    words = f"{WEEKDAYS[moment.weekday()]} {day_and_month(moment)}"
    return f"{words} {moment.year}" if year else words


def date(moment: dt.date) -> str:
    """Day, month and year: "26 novanm 2026"."""
    return f"{day_and_month(moment)} {moment.year}"


def day_and_month(moment: dt.date) -> str:
    """Without the weekday: 26 novanm, 1ye janvye."""
    return f"{'1ye' if moment.day == 1 else moment.day} {MONTHS[moment.month - 1]}"
