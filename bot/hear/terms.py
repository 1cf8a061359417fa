"""What of a text is compared with what parents are known to say: its words, and the pieces of its words."""

import re
from collections.abc import Mapping

_HAN = re.compile(r"([\u3400-\u9fff]+)")
_ARABIC_FRONT = re.compile(r"^[وف]?(?:[بكل]?ال|لل)(?=[\u0620-\u064a]{3})")
"""And, so, in, as, for joined with the article, and the article: والمدرسة and بالمدرسة are the school"""
_PIECES = (3, 4)
_PIECE_WEIGHT = 0.5
_SIGN_WEIGHT = 0.6
"""One Chinese character says less than two side by side"""


def words(said: str) -> list[str]:
    """The words of plain text (bot.words.plain), Arabic ones without article and what is joined to it.

    Chinese has no spaces: its characters and each two side by side.
    """
    found: list[str] = []
    for run in _runs(said):
        if is_han(run):
            found += [*run, *_windows(run, 2)]
        else:
            found.append(_ARABIC_FRONT.sub("", run))
    return found


def is_han(word: str) -> bool:
    """Whether a word is of Chinese characters."""
    return _HAN.match(word) is not None


def pieces(said: str) -> Mapping[str, float]:
    """Words and their pieces of three and four letters, each with what it counts.

    Pieces see past endings and slips of the finger. Words begin with "=", so that no piece is one.
    """
    found: dict[str, float] = {}
    for run in _runs(said):
        if is_han(run):
            _count(found, list(run), _SIGN_WEIGHT)
            _count(found, _windows(run, 2), 1.0)
            _count(found, _windows(run, 3), _PIECE_WEIGHT)
        else:
            word = _ARABIC_FRONT.sub("", run)
            _count(found, [f"={word}"], 1.0)
            for length in _PIECES:
                _count(found, _windows(f"_{word}_", length), _PIECE_WEIGHT)
    return found


def _runs(said: str) -> list[str]:
    return [run for word in said.split() for run in _HAN.split(word) if run]


def _windows(run: str, length: int) -> list[str]:
    return [run[at : at + length] for at in range(len(run) - length + 1)]


def _count(found: dict[str, float], parts: list[str], weight: float) -> None:
    for part in parts:
        found[part] = found.get(part, 0.0) + weight
