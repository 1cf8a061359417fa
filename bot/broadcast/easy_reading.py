"""Check one: does the text read at sixth grade? English by grade, Spanish by INFLESZ, others by sentences."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from bot.broadcast.finding import Finding, Value, language_value
from bot.words.reading import Sentence, english_grade, sentences, spanish_ease

SIXTH: Final = 6.0
PRIMARY: Final = 65.0
"""INFLESZ: from here on a text is as easy as one for primary school"""
ENOUGH: Final = 10
"""Words from which a measure means anything"""
LONGEST: Final = 20
"""Words of a sentence that people who read little still hold together"""

HARD: Final = "This reads at grade %(grade)s. Many parents read at grade 6 or below."
HARD_SPANISH: Final = "This Spanish reads harder than primary school (INFLESZ %(ease)s; 65 or more is easy)."
SHORTER: Final = "Begin with the sentence marked: make two of it, or use shorter words."
LONG: Final = "This sentence has %(words)s words. For %(language)s only the length of sentences is measured."
TWO: Final = "Make two sentences of it."

_UNREAD = re.compile(
    r"\{[^{}]*\}|https?://\S+|www\.\S+|\S+@\S+|\+?[\d()][\d ().:/-]*\d|\b[ap]\.?m\b", re.IGNORECASE
)
"""Merge fields, links, numbers and hours: they are looked at, not read"""
NAMED: Final = re.compile(
    r"\b(?:special education|social security|interpreters?|certificates?|attendance|elementary|conferences?"
    r"|january|february|september|october|november|december|wednesday|saturday|thursday)\b",
    re.IGNORECASE,
)
"""Words that stand on the school's letters: families know them as they are, and nothing shorter says them"""

_Measured = tuple[Sentence, str, str, Mapping[str, Value]]


def reading_findings(text: str, language: str) -> list[Finding]:
    """At most one finding: the text as a whole, shown at its hardest sentence."""
    found = sentences(_as_read(text, language))
    if sum(len(one.words) for one in found) < ENOUGH:
        return []
    measured = {"en": _english, "es": _spanish}.get(language, partial(_by_length, language))(found)
    if measured is None:
        return []
    worst, wrong, fix, values = measured
    return [Finding("reading", language, worst.start, worst.end, wrong, fix, values)]


def _english(found: Sequence[Sentence]) -> _Measured | None:
    grade = english_grade(found)
    worst = max(found, key=lambda one: _weight(english_grade([one]), one))
    return (worst, HARD, SHORTER, {"grade": round(grade)}) if grade > SIXTH else None


def _spanish(found: Sequence[Sentence]) -> _Measured | None:
    ease = spanish_ease(found)
    worst = max(found, key=lambda one: _weight(-spanish_ease([one]), one))
    return (worst, HARD_SPANISH, SHORTER, {"ease": round(ease)}) if ease < PRIMARY else None


def _by_length(language: str, found: Sequence[Sentence]) -> _Measured | None:
    worst = max(found, key=lambda one: len(one.words))
    if len(worst.words) <= LONGEST:
        return None
    return worst, LONG, TWO, {"words": len(worst.words), "language": language_value(language)}


def _weight(hardness: float, sentence: Sentence) -> tuple[bool, float]:
    """A sentence of one hard word is not what makes a text hard."""
    return len(sentence.words) >= min(ENOUGH, LONGEST) // 2, hardness


def _as_read(text: str, language: str) -> str:
    """The text at the same places, with what nobody reads letter by letter made short."""
    blank = _UNREAD.sub(lambda match: _filled("Ann" if match.group()[0] == "{" else "", match), text)
    return NAMED.sub(lambda match: _filled("name", match), blank) if language == "en" else blank


def _filled(word: str, match: re.Match[str]) -> str:
    return word[: len(match.group())].ljust(len(match.group()))
