"""What a text asks about: by the words it shares with what parents are known to say.

Words count by how telling they are (a word that stands under every topic tells nothing), slips of
the finger count less, and words that no example has count against. Two topics close to each other,
or a weak best one, are not answered but offered: a wrong answer about a right harms a family.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.hear.heard import Language

SURE = 0.62
"""Share of a text's telling weight that must be explained by one example"""
LEAD = 0.12
"""How far the best topic must be ahead of the second"""
NEAR = 0.25
_SLIP = 0.8
_UNKNOWN_PAIR = 0.5
"""Of two Chinese characters side by side: most such pairs are no words, so they say little"""
_UNKNOWN = 1.6
_SHORTEST_SLIP = 5
_HAN = re.compile(r"([\u3400-\u9fff]+)")


@dataclass(frozen=True, slots=True)
class Guess:
    """The topic where it is sure, and the nearest ones where it is not."""

    topic: str | None
    near: tuple[str, ...] = ()


class TopicFinder:
    """Finds the topic of a text in one language. Built once; every call is pure."""

    def __init__(self, language: Language) -> None:
        self._examples = [
            (topic, frozenset(_terms(said)))
            for topic, sentences in language.topics.items()
            for said in sentences
        ]
        self._weights = _weights(language.topics)
        self._vocabulary = list(self._weights)
        self._find = lru_cache(maxsize=1024)(self._search)

    def find(self, said: str) -> Guess:
        """The topic of a text given in plain letters (bot.words.plain)."""
        return self._find(said)

    def _search(self, said: str) -> Guess:
        words = {word: self._meant(word) for word in _terms(said)}
        total = sum(self._weight(meant) for meant, _ in words.values())
        if not self._examples or total == 0:
            return Guess(None)
        scores: dict[str, float] = {}
        for topic, example in self._examples:
            score = self._score(words, example, total)
            scores[topic] = max(score, scores.get(topic, 0.0))
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        best, second = ranked[0], (ranked[1] if len(ranked) > 1 else ("", 0.0))
        if best[1] >= SURE and best[1] - second[1] >= LEAD:
            return Guess(best[0])
        return Guess(None, tuple(topic for topic, score in ranked[:2] if score >= NEAR))

    def _score(self, words: Mapping[str, tuple[str, float]], example: frozenset[str], total: float) -> float:
        shared = sum(self._weight(meant) * trust for meant, trust in words.values() if meant in example)
        whole = sum(self._weight(word) for word in example)
        if shared == 0:
            return 0.0
        covered, filled = shared / total, shared / whole
        return 2 * covered * filled / (covered + filled)

    def _weight(self, word: str) -> float:
        unknown = _UNKNOWN_PAIR if len(word) == 2 and _HAN.match(word) else _UNKNOWN
        return self._weights.get(word, unknown)

    def _meant(self, word: str) -> tuple[str, float]:
        if word in self._weights or len(word) < _SHORTEST_SLIP:
            return word, 1.0
        near = process.extractOne(
            word, self._vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(word) < 8 else 2
        )
        return (near[0], _SLIP) if near else (word, 1.0)


def _terms(said: str) -> list[str]:
    """The words of plain text. Chinese has no spaces: its characters and each two side by side."""
    found: list[str] = []
    for run in (run for word in said.split() for run in _HAN.split(word) if run):
        if _HAN.match(run):
            found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
        else:
            found.append(run)
    return found


def _weights(topics: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """How telling each word is: the fewer topics have it, the more."""
    found = Counter(
        word
        for sentences in topics.values()
        for word in {word for said in sentences for word in _terms(said)}
    )
    return {word: 0.15 + math.log((1 + len(topics)) / count) for word, count in found.items()}
