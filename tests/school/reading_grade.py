"""How many years of school a text asks for: Flesch-Kincaid (Kincaid and others, 1975), roughly."""

import re

_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """The US school grade of an English text."""
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    silent = (word.endswith("e") and not word.endswith("le")) or re.search(r"[^td]ed$", word) is not None
    return max(1, count - 1 if silent else count)
