"""How many SMS segments a text costs, and how a long text becomes several.

Counting follows GSM 03.38 (3GPP TS 23.038) with its basic table and its default extension table, no
national shift tables, as Twilio counts: 160 septets or 153 in each of several, 70 or 67 UTF-16 units.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.words.graphemes import safe_cut

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = "\f^{}\\[~]|€"
_ALL_BASIC = re.compile(f"[{re.escape(_BASIC)}]*")
_ALL_GSM = re.compile(f"[{re.escape(_BASIC + _EXTENSION)}]*")
_EXTENSIONS = re.compile(f"[{re.escape(_EXTENSION)}]")
_BEYOND_UNIT = re.compile("[\U00010000-\U0010ffff]")

Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs. `units` are septets (GSM-7) or UTF-16 units; `left` still fit the last segment."""

    encoding: Encoding
    units: int
    segments: int
    left: int


def count(text: str) -> Segments:
    """Count a text exactly as it stands. An empty text is 0 segments. Never raises."""
    if _ALL_BASIC.fullmatch(text):
        return _even("GSM-7", len(text), 160, 153)
    if _ALL_GSM.fullmatch(text):
        units = len(text) + len(_EXTENSIONS.findall(text))
        return _packed("GSM-7", text, units, _EXTENSIONS, 160, 153)
    wide = len(_BEYOND_UNIT.findall(text))
    if wide:
        return _packed("UCS-2", text, len(text) + wide, _BEYOND_UNIT, 70, 67)
    return _even("UCS-2", len(text), 70, 67)


def _even(encoding: Encoding, units: int, single: int, part: int) -> Segments:
    """Every character costs one unit, so nothing can straddle a boundary."""
    if units <= single:
        return Segments(encoding, units, 1 if units else 0, single - units)
    number = -(-units // part)
    return Segments(encoding, units, number, number * part - units)


def _packed(
    encoding: Encoding, text: str, units: int, double: re.Pattern[str], single: int, part: int
) -> Segments:
    """Some characters cost two units; one that would straddle a boundary moves whole to the next segment."""
    if units <= single:
        return Segments(encoding, units, 1, single - units)
    place = start = 0
    for match in double.finditer(text):
        place += match.start() - start
        if place % part == part - 1:
            place += 1
        place += 2
        start = match.end()
    place += len(text) - start
    number = -(-place // part)
    return Segments(encoding, units, number, number * part - place)


BODY_LIMIT = 1600
"""Longest body of one message that Twilio takes (error 21617 beyond it)"""

_SENTENCE_END = re.compile(
    r"""\n+ | (?:[.!?…؟۔։] ["'»”’)\]]* (?=\s)) | (?:[。！？｡।॥።།။៕។] ["'»”’)\]」』）]*)""", re.VERBOSE
)
_SPACE = re.compile(r"\s+")


def split(text: str, limit: int = BODY_LIMIT) -> list[str]:
    """Parts of at most `limit` UTF-16 units, marked (1/3), cut at sentences, else words, else letters.

    A text that fits comes back alone and without a mark. Raises ValueError for a limit below 40.
    """
    if limit < 40:
        raise ValueError("a part shorter than 40 units has no room for words beside its mark")
    if _units(text) <= limit:
        return [text]
    digits = 1
    while True:
        parts = _pieces(text, limit - len(f"({'9' * digits}/{'9' * digits}) "))
        if len(parts) < 10**digits:
            break
        digits += 1
    if len(parts) == 1:  # only the white space at its ends was too much
        return parts
    return [f"({number}/{len(parts)}) {part}" for number, part in enumerate(parts, 1)]


def _units(text: str) -> int:
    return len(text) + len(_BEYOND_UNIT.findall(text))


def _pieces(text: str, room: int) -> list[str]:
    parts = []
    rest = text.strip()
    while _units(rest) > room:
        cut = _cut(rest, room)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        parts.append(rest)
    return parts


def _cut(text: str, room: int) -> int:
    """Where the first part ends. A break in its first third is no break: parts would become crumbs."""
    window = text[:room]
    if not window.isascii():
        while _units(window) > room:
            window = window[: len(window) - max(1, (_units(window) - room) // 2)]
    least = len(window) // 3
    for ends in (_SENTENCE_END, _SPACE):
        places = [match.end() for match in ends.finditer(text, 0, len(window) + 1)]
        best = max((place for place in places if least < place <= len(window)), default=0)
        if best:
            return best
    return safe_cut(text, len(window))
