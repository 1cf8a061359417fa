"""A text taken apart into known phrases, the longest first: "day after tomorrow" before "tomorrow"."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

Meaning = TypeVar("Meaning")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_LONGEST = 6


def words_of(said: str) -> list[str]:
    """The words of a text in plain letters (bot.words.plain); Chinese characters one by one."""
    return _WORDS.findall(said)


def known_phrases(
    said: str, meaning: Callable[[str], Meaning | None]
) -> Iterator[tuple[str, Meaning | None]]:
    """Each phrase of the text with what it means; a word that means nothing comes alone, with None."""
    words = words_of(said)
    at = 0
    while at < len(words):
        phrase, found = words[at], None
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = _joined(words[at : at + length])
            found = meaning(phrase)
            if found is not None:
                at += length - 1
                break
        yield phrase, found
        at += 1


def _joined(words: list[str]) -> str:
    text = words[0]
    for before, word in pairwise(words):
        text += word if _HAN.match(before) and _HAN.match(word) else f" {word}"
    return text
