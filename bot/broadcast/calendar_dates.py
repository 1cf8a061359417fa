"""Check five: days of a text that disagree with the calendar, with themselves, or with its translations."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from bot.broadcast.finding import Finding, Value, language_value
from bot.words.dates_in_text import NamedDay, days_in
from bot.words.reading import Sentence, sentences

WRONG_DAY: Final = "%(said)s is not the weekday of this date: it is %(day)s."
CHECK_BOTH: Final = "Correct the weekday or the number."
PAST: Final = "%(day)s is past."
CHECK_DATE: Final = "Correct the date, or leave it out."
CLOSED: Final = "The calendar has no school on %(day)s."
OPEN: Final = "The calendar has school on %(day)s."
NOT_EARLY: Final = "The calendar does not know that school ends early on %(day)s."
CHECK_CALENDAR: Final = "Correct the date here, or the school's calendar first: families ask it too."
OTHER_DATES: Final = "This text in %(language)s does not name %(day)s, which the other text names."
BOTH_ALIKE: Final = "Let both name the same days."

_NO_SCHOOL = re.compile(
    r"\bno (?:school|class(?:es)?)\b|\bclosed\b|\bholiday\b|\bbreak\b|\bday off\b|\brecess\b|\bvacation\b"
    r"|\bschool is out\b|\bre-?opens?\b|\bback (?:to|at) school\b",
    re.IGNORECASE,
)
_SAYS_CLOSED = re.compile(
    r"\bno (?:school|classes)\b(?! (?:uniforms?|lunch|supplies|fees?|bus))"
    r"|\bschools? (?:is|are|will be) closed\b",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"\bearly (?:release|dismissal|out)\b|\bhalf[ -]day\b|\bminimum day\b|\bends? early\b"
    r"|\bdismiss(?:ed|al)? early\b|\bout early\b",
    re.IGNORECASE,
)
_NO_LESSONS = re.compile(r"\b(?:sale|game|fair|festival|camp|trip|library|clinic|office)\b", re.IGNORECASE)
_NEAR = re.compile(r"\b(today|tonight|tomorrow)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownDays:
    """What the calendars of the audience's schools say, day by day, from `first` to `last`."""

    first: date
    last: date
    closed: frozenset[date] = field(default_factory=frozenset)
    """Days without school at every school of the audience"""
    early: frozenset[date] = field(default_factory=frozenset)
    """Days on which one of them ends early"""
    partly: frozenset[date] = field(default_factory=frozenset)
    """Days without school at some of them only: nothing is said of these"""

    def knows(self, day: date) -> bool:
        """Whether the calendar reaches so far."""
        return self.first <= day <= self.last


def date_findings(
    texts: Mapping[str, str], source: str, today: date, known: KnownDays | None
) -> list[Finding]:
    """Days that cannot be right, in the order of each text."""
    found = []
    for language, text in texts.items():
        for named in _days(text, language, today):
            found += _of_day(text, language, named, today, known if language == "en" else None)
    return found + _differences(texts, source, today)


def _of_day(text: str, language: str, named: NamedDay, today: date, known: KnownDays | None) -> list[Finding]:
    def finding(wrong: str, fix: str, **more: str) -> list[Finding]:
        return [Finding("dates", language, named.start, named.end, wrong, fix, {"day": named.day, **more})]

    if named.weekday is not None and named.weekday != named.day.weekday():
        return finding(WRONG_DAY, CHECK_BOTH, said=text[named.start : named.end])
    if named.day < today:
        return finding(PAST, CHECK_DATE)
    wrong = _against_calendar(_around(text, named), named.day, known) if known else None
    return finding(wrong, CHECK_CALENDAR) if wrong else []


def _against_calendar(around: str, day: date, known: KnownDays) -> str | None:
    if not known.knows(day) or day in known.partly:
        return None
    if day in known.closed:
        return None if _NO_SCHOOL.search(around) or _NO_LESSONS.search(around) else CLOSED
    if _SAYS_CLOSED.search(around):
        return OPEN
    return NOT_EARLY if _EARLY.search(around) and day not in known.early else None


def _days(text: str, language: str, today: date) -> list[NamedDay]:
    found = days_in(text, language, today)
    if language == "en":
        for match in _NEAR.finditer(text):
            day = today + timedelta(days=match[1].lower() == "tomorrow")
            if not any(one.start - 3 <= match.end() <= one.start for one in found):
                found.append(NamedDay(match.start(), match.end(), day))
    return sorted(found, key=lambda one: one.start)


def _around(text: str, named: NamedDay) -> str:
    """The sentence of a day; where it holds no verb to speak of (a heading), the next one as well."""
    near: list[Sentence] = [one for one in sentences(text) if one.end > named.start][:2]
    if not near:
        return text
    last = near[-1] if len(near[0].words) < 5 else near[0]
    return text[near[0].start : last.end]


def _differences(texts: Mapping[str, str], source: str, today: date) -> list[Finding]:
    """Days that a translation lacks; only where it names days at all, so that its dates were understood."""
    wanted = {one.day for one in days_in(texts[source], source, today)}
    found = []
    for language, text in texts.items():
        named = {one.day for one in days_in(text, language, today)}
        if language == source or not named:
            continue
        for day in sorted(wanted - named)[:3]:
            values: dict[str, Value] = {"day": day, "language": language_value(language)}
            found.append(Finding("dates", language, 0, len(text), OTHER_DATES, BOTH_ALIKE, values))
    return found
