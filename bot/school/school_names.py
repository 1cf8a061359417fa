"""Finds the school that a parent means by what she wrote: part of the name, in any order, with typos."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import DamerauLevenshtein

from bot.words.plain import plain

_COMMON = frozenset({
    "school", "schools", "elementary", "primary", "middle", "high", "junior", "academy", "the",
    "escuela", "colegio", "primaria", "secundaria", "preparatoria", "la", "el", "de", "en",
    "lekol", "ekole", "my", "child", "goes", "to", "at", "mi", "hijo", "hija", "va", "a",
})  # fmt: skip
_KINDS = {
    "elementary": "elementary", "primary": "elementary", "primaria": "elementary",
    "middle": "middle", "junior": "middle", "secundaria": "middle",
    "high": "high", "preparatoria": "high",
}  # fmt: skip
_LONGEST = 200


def find(text: str, names: Mapping[str, str], *, typos: bool) -> list[str]:
    """Keys of the schools that fit best, several where they fit equally well; none where none fits.

    `names` is name by key. A text fits when it has at least half of the words that set the name
    apart; the kind of school ("middle") only decides between schools that fit equally. A text of
    nothing else ("the high school") means every school of that kind.
    """
    said = plain(text[:_LONGEST]).split()
    if all(word in _COMMON for word in said):
        wanted = _kinds_in(said)
        return [key for key, name in names.items() if wanted & _kinds_in(plain(name).split())]
    scores = {key: _score(said, plain(name).split(), typos=typos) for key, name in names.items()}
    best = max(scores.values(), default=(0.0, 0))
    if best[0] < 0.5:
        return []
    return [key for key, score in scores.items() if score == best]


def _score(said: list[str], name: list[str], *, typos: bool) -> tuple[float, int]:
    telling = [word for word in name if word not in _COMMON] or name
    heard = [word for word in said if word not in _COMMON] or said
    found = sum(any(_same(word, other, typos=typos) for other in heard) for word in telling)
    if _same("".join(telling), "".join(heard), typos=typos):
        found = len(telling)
    return found / len(telling), len(_kinds_in(said) & _kinds_in(name))


def _kinds_in(words: Iterable[str]) -> set[str]:
    return {_KINDS[word] for word in words if word in _KINDS}


def _same(word: str, other: str, *, typos: bool) -> bool:
    if word == other:
        return True
    allowed = 0 if not typos or len(word) < 4 else 1 if len(word) < 7 else 2
    return abs(len(word) - len(other)) <= allowed and DamerauLevenshtein.distance(word, other) <= allowed
