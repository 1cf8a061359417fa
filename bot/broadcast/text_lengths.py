"""Check two: how many segments a text costs in each language, also before it is translated."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.broadcast.finding import Finding, Value, language_value
from bot.words import segments
from bot.words.segments import BODY_LIMIT, Encoding

DEAR: Final = 4
"""Segments from which a text is called long: 612 letters of GSM-7, 268 of UCS-2"""

TOO_LONG: Final = "In %(language)s this is %(units)s letters long; a text holds %(most)s."
CUT: Final = "Say less, or make two texts of it."
COSTS: Final = "In %(language)s this costs %(segments)s segments for each family."
MAY_COST: Final = "In %(language)s this may cost %(segments)s segments for each family."
LESS: Final = "Say less, or say the most important thing and where to read the rest."
ODD: Final = "The sign %(sign)s makes each segment hold 67 letters, not 153: %(many)s segments, not %(few)s."
PLAIN_SIGN: Final = "Write %(plain)s instead."
NO_SIGN: Final = "Leave it out."

EXPECTED: Final[Mapping[str, tuple[float, Encoding]]] = {
    "es": (1.25, "UCS-2"),
    "ar": (1.05, "UCS-2"),
    "zh_Hans": (0.45, "UCS-2"),
    "ht": (1.1, "GSM-7"),
    "vi": (1.2, "UCS-2"),
    "pt_BR": (1.2, "UCS-2"),
    "ru": (1.15, "UCS-2"),
    "so": (1.2, "GSM-7"),
    "ur": (1.1, "UCS-2"),
    "fil": (1.25, "GSM-7"),
    "fr": (1.25, "UCS-2"),
    "ko": (0.55, "UCS-2"),
    "uk": (1.15, "UCS-2"),
}
"""Letters for one of the English, and the encoding. Measured on the 144 longer texts of our own catalogs for
the first four (median 1.15, 0.94, 0.35, 0.99; the ninth of ten 1.35, 1.07, 0.6, 1.15); the others by what
one notice took. Spanish is UCS-2 where one á, í, ó or ú stands in it, which our own texts avoid and a
translator does not."""

_PLAIN: Final[Mapping[str, str]] = {
    "\u2019": "'",
    "\u2018": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u2022": "-",
    "\u00b7": "-",
    "\u00bd": "1/2",
    "\u00a0": " ",
    "\u202f": " ",
}
"""Signs that word processors put in by themselves"""
_FIELD = re.compile(r"\{[^{}|]*(?:\|([^{}]*))?\}")
_SAMPLE: Final = "Maple Grove"


@dataclass(frozen=True, slots=True)
class Length:
    """What the text of one language costs; `is_guess` where it is not translated yet."""

    language: str
    encoding: Encoding
    units: int
    segments: int
    is_guess: bool


def lengths(texts: Mapping[str, str], source: str, languages: Collection[str]) -> dict[str, Length]:
    """The cost in each language: of its own text, else guessed from the source's."""
    return {
        language: _counted(language, texts[language])
        if language in texts
        else _guessed(language, texts[source])
        for language in languages
    }


def length_findings(texts: Mapping[str, str], source: str, languages: Collection[str]) -> list[Finding]:
    """What is too long or dearer than it has to be, language by language."""
    found: list[Finding] = []
    for language, length in lengths(texts, source, languages).items():
        place = language if language in texts else source
        text = texts[place]
        found += _odd_signs(text, language) if place == language else ()
        named: dict[str, Value] = {"language": language_value(language)}
        if length.units > BODY_LIMIT:
            values: dict[str, Value] = {**named, "units": length.units, "most": BODY_LIMIT}
            found.append(Finding("length", place, 0, len(text), TOO_LONG, CUT, values))
        elif length.segments > DEAR:
            said = MAY_COST if length.is_guess else COSTS
            cost: dict[str, Value] = {**named, "segments": length.segments}
            found.append(Finding("length", place, 0, len(text), said, LESS, cost))
    return found


def filled_in(text: str) -> str:
    """A text with its defaults for merge fields, else with a name of ordinary length."""
    return _FIELD.sub(lambda match: match.group(1) or _SAMPLE, text)


def _counted(language: str, text: str) -> Length:
    found = segments.count(filled_in(text))
    return Length(language, found.encoding, found.units, found.segments, is_guess=False)


def _guessed(language: str, source: str) -> Length:
    ratio, encoding = EXPECTED.get(language, (1.2, "UCS-2"))
    units = round(len(filled_in(source)) * ratio)
    letter = "a" if encoding == "GSM-7" else "á"
    return Length(language, encoding, units, segments.count(letter * units).segments, is_guess=True)


def _odd_signs(text: str, language: str) -> Iterator[Finding]:
    """Signs that alone make a text dear: only where the text without them is GSM-7 and costs less."""
    odd = {sign for sign in text if not sign.isalpha() and segments.count(sign).encoding == "UCS-2"}
    cheap = text
    for sign in odd:
        cheap = cheap.replace(sign, _PLAIN.get(sign, ""))
    before, after = segments.count(filled_in(text)), segments.count(filled_in(cheap))
    if after.encoding == "UCS-2" or after.segments >= before.segments:
        return
    for sign in sorted(odd):
        at = text.index(sign)
        plain = _PLAIN.get(sign)
        fix = NO_SIGN if plain is None else PLAIN_SIGN
        values: dict[str, Value] = {
            "sign": sign,
            "many": before.segments,
            "few": after.segments,
            "plain": plain or "",
        }
        yield Finding("length", language, at, at + len(sign), ODD, fix, values)
