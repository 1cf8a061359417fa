"""The five checks while a teacher writes: reading, length, names, words, dates. Pure: nothing is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.broadcast import calendar_dates, easy_reading, hard_words, names_in_text, text_lengths
from bot.broadcast.calendar_dates import KnownDays, date_findings
from bot.broadcast.easy_reading import reading_findings
from bot.broadcast.finding import Finding
from bot.broadcast.hard_words import HardWords, word_findings
from bot.broadcast.names_in_text import StudentName, name_findings
from bot.broadcast.text_lengths import length_findings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checks know beside the texts; the caller looks it up."""

    today: date
    """In the school's zone"""
    languages: tuple[str, ...] = ("en",)
    """Those of the audience"""
    names: Collection[StudentName] = ()
    """The students of the audience"""
    hard_words: HardWords = ()
    known_days: KnownDays | None = None
    """None: no calendar is known"""


def checked(texts: Mapping[str, str], source: str, around: Surroundings) -> list[Finding]:
    """Everything to look at in the texts (by language; `source` is the one that was written first).

    Nothing here forbids to send. Empty texts have nothing to look at.
    """
    said = {language: text for language, text in texts.items() if text.strip()}
    if source not in said:
        return []
    found: list[Finding] = []
    for language, text in said.items():
        found += name_findings(text, language, around.names)
        found += reading_findings(text, language)
        found += word_findings(text, language, around.hard_words)
    found += date_findings(said, source, around.today, around.known_days)
    return found + length_findings(said, source, around.languages)


def sentences() -> frozenset[str]:
    """Everything that staff may read of a finding, for whoever translates it."""
    rooms = (calendar_dates, easy_reading, names_in_text, text_lengths)
    plain = (
        value
        for room in rooms
        for name, value in vars(room).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, str)
    )
    return frozenset({*plain, *hard_words.WHY.values(), hard_words.OFFER})
