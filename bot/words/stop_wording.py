"""Requests to stop in a person's own words, in every language of the program.

Each sentence is compared as a whole, so that what follows changes the answer: "stop sending messages" is
a request, "stop sending messages in English" is not. A sentence that denies the stop never counts, nor
one that quotes it: quotation marks and colons part no sentences.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.words import stop_said, stop_said_more
from bot.words.plain import plain
from bot.words.stop_said import Said

_CLAUSES: Final = re.compile(r"[.,;!?\n…،؛؟。！？，；、()]+")
_LONGEST_CLAUSE: Final = 160
"""Letters; a longer sentence asks for something else too, and a person reads it"""
SPACED: Final[tuple[Said, ...]] = (
    *(stop_said.ENGLISH, stop_said.SPANISH, stop_said.ARABIC, stop_said.CREOLE),
    *(stop_said_more.VIETNAMESE, stop_said_more.PORTUGUESE, stop_said_more.RUSSIAN, stop_said_more.UKRAINIAN),
    *(stop_said_more.SOMALI, stop_said_more.URDU, stop_said_more.FILIPINO, stop_said_more.FRENCH),
)
_UNSPACED: Final[tuple[Said, ...]] = (stop_said.CHINESE, stop_said_more.KOREAN)
_ONE_SHAPE: Final = str.maketrans("ہھیک", "ههيك")
"""Letters that Urdu and Arabic write differently and phones mix up"""


def says_stop(text: str) -> bool:
    """Whether one sentence of the text, taken whole, asks for no more texts. Never raises."""
    said = clauses(text)
    if len(said) == 1 and bare().fullmatch(said[0]):
        return True
    return any(_spaced().fullmatch(words) or _unspaced().fullmatch(words.replace(" ", "")) for words in said)


def clauses(text: str) -> list[str]:
    """The sentences of a text as they are compared, without those that are too long to be only a request."""
    short = (clause for clause in _CLAUSES.split(text) if len(clause) <= _LONGEST_CLAUSE)
    return [words for clause in short if (words := plain(clause).translate(_ONE_SHAPE))]


def pattern(said: tuple[Said, ...]) -> re.Pattern[str]:
    """One pattern for a whole sentence of any of these."""
    whole = "|".join(f"{one.head}(?:{'|'.join(one.asks)}){one.tail}" for one in said)
    return re.compile(unicodedata.normalize("NFKD", whole).translate(_ONE_SHAPE))


@lru_cache(maxsize=1)
def bare() -> re.Pattern[str]:
    """English that asks to stop without saying what: only as a whole text, not before "the price is high"."""
    return pattern((stop_said.ENGLISH_BARE,))


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    return pattern(SPACED)


@lru_cache(maxsize=1)
def _unspaced() -> re.Pattern[str]:
    return pattern(_UNSPACED)
