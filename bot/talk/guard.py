"""Against floods, loops and toll fraud: may this text be answered? Pure; the caller knows the past.

Opt-out words and danger are heeded before; whatever is decided here, the text itself is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

Decision = Literal["answer", "last_word", "too_many", "loop", "automatic"]

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
HOURLY: Final = 60
"""Answers to one number in an hour. A long talk takes one a minute; a person reads no more"""
DAILY: Final = 200
LOOK_BACK: Final = 2 * DAY
"""As far as answers matter: a last word of yesterday, and what led to it"""
QUICK: Final = timedelta(seconds=15)
"""A text of some length that comes sooner after our answer was typed before the answer was read"""
QUICK_LENGTH: Final = 25
ROUNDS: Final = 3
"""So many texts in a row that only a machine sends: the last of them gets no answer"""
SAME_WITHIN: Final = timedelta(minutes=10)
SAME_LENGTH: Final = 8
"""Shorter ones (1, yes, menu) are answers that people give again and again"""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of ours to this number. `to`: the row of the text that it answered."""

    at: datetime
    to: int


@dataclass(frozen=True, slots=True)
class Came:
    """One text of this number. `row` rises."""

    row: int
    at: datetime
    words: str


def may_answer(now: datetime, answers: Sequence[Answered]) -> Decision:
    """One more answer, one last, or none: after a last word this number waits out the whole time."""
    times = sorted(one.at for one in answers)
    found = {_left(now, times, most, during) for most, during in ((HOURLY, HOUR), (DAILY, DAY))}
    return "too_many" if "too_many" in found else "last_word" if "last_word" in found else "answer"


def _left(now: datetime, times: Sequence[datetime], most: int, during: timedelta) -> Decision:
    beyond = (
        times[place] for place in range(most, len(times)) if times[place] - times[place - most] < during
    )
    if any(at > now - during for at in beyond):
        return "too_many"
    return "last_word" if sum(at > now - during for at in times) >= most else "answer"


def may_loop(now: datetime, answers: Sequence[Answered]) -> bool:
    """Whether enough was answered lately that the texts themselves are worth a look."""
    return sum(one.at > now - SAME_WITHIN for one in answers) >= ROUNDS - 1


def is_loop(texts: Sequence[Came], answers: Sequence[Answered]) -> bool:
    """Whether the last texts, newest first, this one included, were all sent by a machine.

    Either each is the same words of some length, or each came faster than anybody reads and types.
    """
    last = texts[:ROUNDS]
    if len(last) < ROUNDS:
        return False
    words = {_folded(one.words) for one in last}
    if len(words) == 1 and len(words.pop()) >= SAME_LENGTH:
        return last[0].at - last[-1].at <= SAME_WITHIN
    return all(_is_quick(one, answers) for one in last)


def _is_quick(text: Came, answers: Sequence[Answered]) -> bool:
    if len(text.words) < QUICK_LENGTH:
        return False
    return any(one.to < text.row and timedelta(0) <= text.at - one.at < QUICK for one in answers)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
