"""STOP, START and HELP: recognised as a whole message in every language, before anything else is tried.

Requirements: any reasonable means of asking counts (47 CFR 64.1200(a)(10)); HELP and STOP must work at
all times (CTIA Messaging Principles 2023, 5.1). Words are compared without case, accents, punctuation,
emoji or repeated letters.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from bot.words.opt_out_words import ACCENTS_MATTER, COURTESY, HELP, START, STOP, YES
from bot.words.plain import plain
from bot.words.stop_doubt import may_say_stop
from bot.words.stop_wording import says_stop

Keyword = Literal["stop", "start", "help"]
Kind = Literal["stop", "start", "help", "yes"]

CARRIER_WORDS: frozenset[str] = frozenset(
    {
        *("STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"),
        *("START", "UNSTOP", "YES", "HELP", "INFO"),
    }
)
"""Words that a US long code keeps for itself; no menu may use them as a command"""

LONGEST = 80
"""No keyword, however drawn out or politely wrapped, is longer"""

_THREE_OR_MORE = re.compile(r"(.)\1{2,}")
_SPELLED = re.compile(r"[a-z](?: [a-z]){2,}")


def keyword(text: str, *, stopped: bool = False) -> Keyword | None:
    """Which keyword a whole message is, None when it is none. Never raises.

    A plain yes means start only for a contact who has stopped: to anybody else it is an answer.
    """
    found = _kind(_core(plain(text)), text) if len(text) <= LONGEST else None
    if found == "yes":
        return "start" if stopped else None
    return found


def carrier_answers(text: str) -> bool:
    """Whether a US long code with default opt-out answers this text by itself: single exact words only."""
    return text.strip().upper() in CARRIER_WORDS


def asks_to_stop(text: str) -> bool:
    """Whether a text asks in its own words to get no more texts: "please stop", "no más mensajes".

    Not: "don't stop sending", "bus stop", "stop sending texts in English". Sentence by sentence.
    """
    if len(text) <= LONGEST and _kind(_core(_without_courtesy(plain(text))), text) == "stop":
        return True
    return says_stop(text)


def may_ask_to_stop(text: str) -> bool:
    """Whether a text that does not ask for no more texts may mean it: "too many messages", "not interested".

    To be asked back, and nothing sent of our own accord until it is clear.
    """
    return keyword(text) is None and not asks_to_stop(text) and may_say_stop(text)


def _kind(words: str, text: str) -> Kind | None:
    """What plain words are; a word that is another without its accents counts only where they stand."""
    if words in _delicate() and not _has_accents(text, words):
        return None
    return _words().get(words)


def _core(words: str) -> str:
    """Repeated and drawn-out words once: "stop stop stop", "stopppp", "s t o p"."""
    if words in _words():
        return words
    words = _THREE_OR_MORE.sub(r"\1", words)
    if _SPELLED.fullmatch(words):
        words = words.replace(" ", "")
    parts = words.split()
    return parts[0] if len(parts) > 1 and len(set(parts)) == 1 else words


def _without_courtesy(words: str) -> str:
    before, after = _courtesies()
    while words.startswith(before) or words.endswith(after):
        for first, last in zip(before, after, strict=True):
            words = words.removeprefix(first).removesuffix(last)
    return words


def _has_accents(text: str, words: str) -> bool:
    """Whether the accents are really there, on any spelling that looks the same without them."""
    written = unicodedata.normalize("NFC", text).casefold()
    return any(plain(word) == words and word in written for word in ACCENTS_MATTER)


@lru_cache(maxsize=1)
def _words() -> dict[str, Kind]:
    tables: tuple[tuple[Kind, dict[str, tuple[str, ...]]], ...] = (
        ("yes", YES),
        ("help", HELP),
        ("start", START),
        ("stop", STOP),
    )
    return {plain(word): kind for kind, table in tables for words in table.values() for word in words}


@lru_cache(maxsize=1)
def _delicate() -> frozenset[str]:
    return frozenset(map(plain, ACCENTS_MATTER))


@lru_cache(maxsize=1)
def _courtesies() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As they stand before a keyword and after it, the longest first."""
    words = sorted({plain(words) for words in COURTESY}, key=len, reverse=True)
    return tuple(f"{one} " for one in words), tuple(f" {one}" for one in words)
