"""Whether a text looks like another language than the one it is said to be in. Pure."""

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

from bot.hear.heard import Heard, Language
from bot.hear.language import which
from bot.words.plain import plain

_SCRIPTS: Final = {
    "ar": "ARABIC", "ur": "ARABIC", "zh_Hans": "CJK", "ru": "CYRILLIC", "uk": "CYRILLIC", "ko": "HANGUL",
}  # fmt: skip
"""What a language is written in; Latin letters where nothing is said"""
_FIRST_OF: Final = {"ARABIC": "ar", "CJK": "zh_Hans", "CYRILLIC": "ru", "HANGUL": "ko", "LATIN": "en"}
_LATIN: Final = "LATIN"
_LEAD: Final = 2
"""So many more known words of one language than of any other make it likely"""


def script_of(locale: str) -> str:
    """The letters of a language, as Unicode names them."""
    return _SCRIPTS.get(locale, _LATIN)


def foreign_share(text: str, locale: str) -> float:
    """How much of a text's letters are of another script than its language is written in."""
    scripts = [unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()]
    return sum(one != script_of(locale) for one in scripts) / len(scripts) if scripts else 0.0


def rather(text: str, locale: str, heard: Heard) -> str | None:
    """The locale that a text looks like, where that is certainly not `locale`; None: it may well be in it.

    What has no letters is in every language; names and a few words in other letters change nothing.
    """
    letters = _letters(text)
    if letters is None:
        return None
    likely = which(text, heard) or _by_known_words(text, heard)
    if letters != script_of(locale):
        if likely is not None and script_of(likely) == letters:
            return likely
        return _FIRST_OF.get(letters)
    if likely is None or likely == locale or script_of(likely) != letters:
        return None
    # Arabic letters alone do not tell Arabic from Urdu
    return likely if letters == _LATIN else None


def _by_known_words(text: str, heard: Heard) -> str | None:
    """The language most of whose words stand in the text: of all that parents say in it."""
    said = set(plain(text).split())
    hits = sorted(((len(said & _known(one)), one.locale) for one in heard.languages.values()), reverse=True)
    if len(hits) < 2 or hits[0][0] - hits[1][0] < _LEAD:
        return None
    return hits[0][1]


@lru_cache(maxsize=32)
def _words_of(sentences: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for one in sentences for word in one.split() if not word.isdigit())


def _known(language: Language) -> frozenset[str]:
    topics = (one for them in language.topics.values() for one in them)
    return language.words | _words_of((*language.commands, *language.small_talk, *topics))


def _letters(text: str) -> str | None:
    """The script of most letters of a text."""
    names = Counter(unicodedata.name(char, "?").split()[0] for char in text if char.isalpha())
    return names.most_common(1)[0][0] if names else None
