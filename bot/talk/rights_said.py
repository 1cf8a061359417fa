"""Whether a text repeats what the rights library says: that is never machine-translated while running.

Its words are the district's and in each language somebody's who stands for them; a machine's are nobody's.
"""

import re
from typing import Final

from bot.talk.parts import Library
from bot.words.plain import plain
from bot.words.slots import fact_context

_LONG_ENOUGH: Final = 24
_LONG_ENOUGH_UNSPACED: Final = 8
"""Letters of a sentence: a shorter one says nothing of its own; Chinese and Korean say more with each"""
_SENTENCES: Final = re.compile(r"(?<=[.!?。؟])\s*")


def says_rights(text: str, locale: str, library: Library) -> bool:
    """Whether a sentence of a fact stands in it, in the text's own language or in English."""
    said = plain(text)
    return any(one in said for one in _sentences(library, locale))


def _sentences(library: Library, locale: str) -> frozenset[str]:
    texts = library.book.texts
    told = [
        written
        for fact in library.rights.every()
        for written in (fact.plain, texts.text(locale, fact_context(fact.id, "plain"), fact.plain).body)
    ]
    found = (plain(one) for words in told for one in _SENTENCES.split(words))
    return frozenset(one for one in found if len(one) >= _least(one))


def _least(sentence: str) -> int:
    return _LONG_ENOUGH_UNSPACED if any(char > "\u3000" for char in sentence) else _LONG_ENOUGH
