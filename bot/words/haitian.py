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
    "en": "angle",
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


def day(date: dt.date, *, year: bool = False) -> str:
    """Weekday, day and month: "jedi 26 novanm", "vandredi 1ye janvye 2027"."""
    number = "1ye" if date.day == 1 else str(date.day)
    words = f"{WEEKDAYS[date.weekday()]} {number} {MONTHS[date.month - 1]}"
    return f"{words} {date.year}" if year else words
