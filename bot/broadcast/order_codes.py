"""The code that sends an order: told to the phone, kept as a hash, good for ten minutes and three tries."""

import re
import secrets
from datetime import timedelta
from hmac import compare_digest
from typing import Final

from bot.store.vault import Vault
from bot.words.plain import has_letters

ALPHABET: Final = "CDFGHJKMNPQRTVWX34679"
"""No two signs that are taken for each other, and no vowels, so that no word is a code"""
LENGTH: Final = 6
LASTS: Final = timedelta(minutes=10)
TRIES: Final = 3
_MOST_WORDS: Final = 4
_SIGNS = re.compile(r"[^\W_]+")


def new_code() -> str:
    """One in 85 million, by the system's dice."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_in(text: str) -> str | None:
    """What a text may give as a code: the one word of it that looks like one, however it is written."""
    words: list[str] = [one.upper() for one in _SIGNS.findall(text)]
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    for word in (*words, "".join(words)):
        if len(word) == LENGTH and (is_whole(word) or _is_mistyped(word)):
            return word
    return None


def is_whole(code: str) -> bool:
    """Whether every sign of it is one of ours."""
    return set(code) <= set(ALPHABET)


def code_hash(vault: Vault, account_id: int, broadcast_id: int, code: str) -> str:
    """What is kept of a code: it fits one account and one draft alone."""
    return vault.fingerprint(f"text_order:{account_id}:{broadcast_id}:{code}")


def fits(vault: Vault, held: str | None, account_id: int, broadcast_id: int, code: str) -> bool:
    """Whether this is the code."""
    return held is not None and compare_digest(held, code_hash(vault, account_id, broadcast_id, code))


def _is_mistyped(word: str) -> bool:
    """Letters and digits together are hardly anything but a code."""
    return word.isascii() and any(one.isdigit() for one in word) and has_letters(word)
