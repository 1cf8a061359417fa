"""Passwords: argon2id, and which ones are too easy to guess."""

import re
import unicodedata
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
_DISTINCT: Final = 5
_RUNS: Final = (
    "0123456789012345",
    "abcdefghijklmnop",
    "qwertyuiopasdfgh",
    "passwordpassword",
    "letmeinletmein",
)

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
"""19 MiB, two passes: OWASP Password Storage Cheat Sheet, argon2id"""
_NOBODYS: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$b48YU9zoJ5/GjsPY7L3m4Q$6bPUae8GZnO14pTUmJ4p1iLOm593YQBnLT8kLMjOyVo"
)
"""Of no password: checking it takes as long as checking somebody's"""
_AT_ONCE: Final = BoundedSemaphore(2)
"""Many sign-ins at one moment must not take the memory of this process"""


class TooEasy(ValueError):
    """A password that is guessed easily. `fault` is short, easy or own."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def hashed(password: str) -> str:
    """The hash to keep, with its parameters and salt in it."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether this is the password; takes as long where there is none."""
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or _NOBODYS, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def refuse_easy(password: str, *own: str) -> None:
    """Raises TooEasy. `own`: words of its owner, such as name and e-mail address.

    Long and not guessed at once, no rules about kinds of letters (NIST SP 800-63B-4, 3.1.1.2).
    """
    plain = _normal(password).casefold()
    if len(plain) < SHORTEST or len(plain) > LONGEST:
        raise TooEasy("short")
    letters = re.sub(r"[\W_]+", "", plain)
    if len(set(plain)) < _DISTINCT or any(letters[:8] in run for run in _RUNS):
        raise TooEasy("easy")
    words = {word for text in own for word in re.findall(r"\w{4,}", text.casefold())}
    rest = letters
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2:
        raise TooEasy("own")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
