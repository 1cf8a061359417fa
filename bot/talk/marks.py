"""The short marks of threads on a phone, as #K7: which is free, and where one stands in an answer. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

LETTERS: Final = "ACDEFHJKMNPRTWXY"
DIGITS: Final = "23456789"
"""None looks like another: 8 but no B, 6 but no G, 5 but no S, 2 but no Z; no I, L and 1, no O, Q and 0"""
_STEP: Final = 37
"""Neighbours in time are no neighbours in signs"""
_WITH_SIGN: Final = re.compile(
    r"[\(\[]?[#\uff03]\s*([A-Za-z])\s?([0-9]{1,2})(?![0-9])\s*[\)\]]?\s*[:;.,\-\u2013]?\s*"
)
_AT_FIRST: Final = re.compile(
    r"\s*[\(\[]?([A-Za-z])\s?([0-9]{1,2})(?![0-9A-Za-z])\s*[\)\]]?\s*[:;.,\-\u2013]?(?:\s+|$)"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A text from a phone: its mark, and its words without it."""

    marks: tuple[str, ...]
    """In capitals, each once; what was written with the sign # though nobody knows it is among them"""
    rest: str = field(repr=False)
    signed: str | None = field(default=None, repr=False)
    """What stands behind a sign that begins no mark, as in #NEXT"""


def free(thread_id: int, taken: Collection[str]) -> str:
    """A mark that is not taken; the same for the same thread where it can be."""
    return next(one for one in _from(thread_id) if one not in taken)


def _from(thread_id: int) -> Iterator[str]:
    """Short ones first; longer ones only where all those are taken."""
    for length in (1, 2, 3):
        size = len(LETTERS) * len(DIGITS) ** length
        for at in range(size):
            yield _sign((thread_id * _STEP + at) % size, length)


def _sign(number: int, length: int) -> str:
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, len(DIGITS))
        digits += DIGITS[digit]
    return LETTERS[number] + digits


def read(text: str, known: Collection[str]) -> Read:
    """Where a mark stands in a text: with its sign anywhere, without it only first, and only one of `known`.

    Where a known one is there, others are words: "#K7 bring form #B2".
    """
    found = [(match, f"{match[1]}{match[2]}".upper()) for match in _WITH_SIGN.finditer(text)]
    mine = [one for one in found if one[1] in known]
    bare = _AT_FIRST.match(text)
    if not mine and bare is not None and f"{bare[1]}{bare[2]}".upper() in known:
        return Read((f"{bare[1]}{bare[2]}".upper(),), text[bare.end() :].strip())
    those = mine or found
    marks = tuple(dict.fromkeys(mark for _, mark in those))
    rest = text
    for match, _ in reversed(those):
        before, after = rest[: match.start()].rstrip(" \t"), rest[match.end() :]
        rest = f"{before} {after}" if before and after and not before.endswith("\n") else before + after
    stripped = rest.strip()
    if not marks and stripped[:1] in ("#", "\uff03"):
        return Read((), stripped, signed=stripped[1:].strip())
    return Read(marks, stripped)
