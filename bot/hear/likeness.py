"""How like a text is to what is known to be said of each topic: by whole words, and by pieces of words.

Words know how telling they are and count what no example has against a topic, but only the nearest
example speaks. Pieces see past endings and slips, and all examples of a topic speak. Either alone is
wrong more often than both together (tests/hear/sentences).
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.hear.terms import is_han, pieces, words

Topics = Mapping[str, Sequence[str]]
"""topic -> what is said of it, in plain letters"""
_SLIP = 0.8
_SHORTEST_SLIP = 5
_UNKNOWN = 1.6
_UNKNOWN_PAIR = 0.5
"""Of two Chinese characters side by side: most such pairs are no words, so they say little"""
_UNKNOWN_PIECE = 0.6
"""Of the weight that a piece has which only one topic knows"""
_RAREST = 0.15


class ByWords:
    """Shares of telling words: how much of the text an example has, and how much of the example the text."""

    def __init__(self, topics: Topics) -> None:
        self._weights = _weights({topic: [words(said) for said in all_] for topic, all_ in topics.items()})
        self._vocabulary = list(self._weights)
        self._topics: list[str] = []
        self._whole: list[float] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        for topic, sentences in topics.items():
            for example in (frozenset(words(said)) for said in sentences):
                for word in example:
                    self._having[word].append(len(self._topics))
                self._topics.append(topic)
                self._whole.append(sum(self._weights[word] for word in example))

    def scores(self, said: str) -> dict[str, float]:
        """Each topic that shares a word with the text, 0 to 1."""
        meant = [self._meant(word) for word in dict.fromkeys(words(said))]
        total = sum(self._weight(word) for word, _ in meant)
        shared: dict[int, float] = defaultdict(float)
        for word, trust in meant:
            for example in self._having.get(word, ()):
                shared[example] += self._weights[word] * trust
        best: dict[str, float] = {}
        for example, weight in shared.items():
            covered, filled = weight / total, weight / self._whole[example]
            score = 2 * covered * filled / (covered + filled)
            topic = self._topics[example]
            best[topic] = max(score, best.get(topic, 0.0))
        return best

    def _weight(self, word: str) -> float:
        return self._weights.get(word, _UNKNOWN_PAIR if len(word) == 2 and is_han(word) else _UNKNOWN)

    def _meant(self, word: str) -> tuple[str, float]:
        if word in self._weights or len(word) < _SHORTEST_SLIP:
            return word, 1.0
        near = process.extractOne(
            word, self._vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(word) < 8 else 2
        )
        return (near[0], _SLIP) if near else (word, 1.0)


class ByPieces:
    """Cosine of telling pieces: half to the nearest example of a topic, half to the middle of all of them."""

    def __init__(self, topics: Topics) -> None:
        counted = [(topic, pieces(said)) for topic, sentences in topics.items() for said in sentences]
        self._weights = _weights(
            {topic: [list(pieces(said)) for said in all_] for topic, all_ in topics.items()}
        )
        self._unknown = math.log(1 + len(topics)) * _UNKNOWN_PIECE
        self._topics = [topic for topic, _ in counted]
        # Numbers side by side in arrays: as tuples in lists they take five times the memory
        self._having: dict[str, tuple[array[int], array[float]]] = {}
        middles: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for example, (topic, found) in enumerate(counted):
            for piece, share in self._unit(found).items():
                examples, shares = self._having.setdefault(piece, (array("i"), array("f")))
                examples.append(example)
                shares.append(share)
                middles[topic][piece] += share
        self._lengths = {topic: math.hypot(*middle.values()) for topic, middle in middles.items()}

    def scores(self, said: str) -> dict[str, float]:
        """Each topic that shares a piece with the text, 0 to 1."""
        likeness: dict[int, float] = defaultdict(float)
        for piece, share in self._unit(pieces(said)).items():
            for example, its in zip(*self._having.get(piece, ((), ())), strict=True):
                likeness[example] += share * its
        nearest: dict[str, float] = {}
        summed: dict[str, float] = defaultdict(float)
        for example, cosine in likeness.items():
            topic = self._topics[example]
            nearest[topic] = max(cosine, nearest.get(topic, 0.0))
            summed[topic] += cosine
        return {topic: (best + summed[topic] / self._lengths[topic]) / 2 for topic, best in nearest.items()}

    def _unit(self, found: Mapping[str, float]) -> dict[str, float]:
        weighed = {piece: count * self._weights.get(piece, self._unknown) for piece, count in found.items()}
        length = math.hypot(*weighed.values()) or 1.0
        return {piece: weight / length for piece, weight in weighed.items()}


def _weights(topics: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, float]:
    """How telling each word or piece is: the fewer topics have it, the more."""
    having = Counter(
        term for sentences in topics.values() for term in {term for terms in sentences for term in terms}
    )
    return {term: _RAREST + math.log((1 + len(topics)) / count) for term, count in having.items()}
