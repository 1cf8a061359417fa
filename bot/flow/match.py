"""Which choice a text means: its number, its label, a clear part of it, or a near miss."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.flow.turn import Offered
from bot.words.plain import plain

_NUMBER = re.compile(r"^\D{0,12}?(\d{1,2})\D{0,3}$")
_LONG_ENOUGH_FOR_A_SLIP = 5
_LETTERS_PER_SLIP = 6
_TELLING_WORD = 4


def choice(text: str, offered: Sequence[Offered]) -> str | None:
    """The value of the choice that this text means, None where it means none or could mean two."""
    said = plain(text)
    if not said:
        return None
    return _by_number(said, offered) or _by_label(said, offered) or _by_slip(said, offered)


def _by_number(said: str, offered: Sequence[Offered]) -> str | None:
    match = _NUMBER.match(said)
    if match is None or len(said.split()) > 2:
        return None
    number = int(match[1])
    return offered[number - 1].value if 1 <= number <= len(offered) else None


def _by_label(said: str, offered: Sequence[Offered]) -> str | None:
    labels = [(one.value, *_read(one.label)) for one in offered]
    for value, label, _ in labels:
        if said == label:
            return value
    words = set(said.split())
    if not any(len(word) >= _TELLING_WORD or not word.isascii() for word in words):
        return None
    holding = [value for value, _, held in labels if words <= held]
    return holding[0] if len(holding) == 1 else None


@lru_cache(maxsize=4096)
def _read(label: str) -> tuple[str, frozenset[str]]:
    """A label in plain letters, and its words."""
    said = plain(label)
    return said, frozenset(said.split())


def _by_slip(said: str, offered: Sequence[Offered]) -> str | None:
    if len(said) < _LONG_ENOUGH_FOR_A_SLIP:
        return None
    near = [one.value for one in offered if slipped(said, plain(one.label))]
    return near[0] if len(near) == 1 else None


def slipped(said: str, meant: str) -> bool:
    """Whether `said` is `meant` with a slip of the finger: one for every six letters, at most two."""
    allowed = min(2, len(meant) // _LETTERS_PER_SLIP)
    if allowed == 0 or abs(len(said) - len(meant)) > allowed:
        return False
    return DamerauLevenshtein.distance(said, meant, score_cutoff=allowed) <= allowed
