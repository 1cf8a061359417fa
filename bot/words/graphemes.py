"""Places where a text may be cut without tearing a letter, an accent or an emoji apart.

The rules are those of Unicode UAX #29 that matter for families' scripts; a text that offers no place at
all (thousands of accents on one letter) is still cut, between two code points.
"""

import unicodedata

_JOINER = "\u200d"
_FURTHEST = 64


def safe_cut(text: str, at: int) -> int:
    """The last place at or before `at` where the text may be cut; `at` itself where none is near."""
    if at >= len(text) or at <= 0:
        return max(0, min(at, len(text)))
    for place in range(at, max(0, at - _FURTHEST), -1):
        if not _belongs_together(text, place):
            return place
    return at


def _belongs_together(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if _JOINER in (before, after) or _extends(after):
        return True
    if before == "\r" and after == "\n":
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        return _flag_letters_before(text, place) % 2 == 1
    return _is_jamo(before) and "\u1160" <= after <= "\u11ff"


def _extends(char: str) -> bool:
    """Accents, vowel signs, variation selectors, skin tones and the tag letters of regional flags."""
    return (
        unicodedata.category(char)[0] == "M"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff"


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(text: str, place: int) -> int:
    start = place
    while start and place - start < _FURTHEST and _is_flag_letter(text[start - 1]):
        start -= 1
    return place - start
