"""A text as it is compared: what differs only in case, accents or punctuation becomes equal."""

import unicodedata
from functools import lru_cache

_ONE_LETTER = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "đ": "d",
    "ı": "i",
    "ø": "o",
}
_INSIDE_WORDS = "ـ'’ʼ"


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Case, accents, marks and punctuation gone, digits of any script as 0 to 9, single spaces."""
    kept = []
    for char in unicodedata.normalize("NFKD", text.casefold()):
        kind = unicodedata.category(char)
        if kind == "Nd":
            kept.append(str(unicodedata.digit(char)))
        elif kind[0] == "L":
            kept.append(_ONE_LETTER.get(char, char))
        elif kind[0] != "M" and char not in _INSIDE_WORDS:
            kept.append(" ")
    return " ".join("".join(kept).split())


def has_letters(text: str) -> bool:
    """Whether something is said in words, of any script: not digits, signs and pictures alone."""
    return any(char.isalpha() for char in text)
