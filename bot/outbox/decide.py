"""What to do about each answer at the carrier's door. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final, Literal

from bot.carrier.twilio.errors import goes_by_sms, verdict
from bot.ports import NotAccepted

_FIRST: Final = 2.0
_LONGEST: Final = 600.0
_MENDING: Final = 60.0
"""Seconds: a fault of our own settings is not mended sooner"""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took the text and gave it this SID."""

    sid: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Nobody can say whether the carrier took the text."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """The call was never made, because too much time had passed since it was announced."""


Answer = Accepted | Doubtful | Unsent | NotAccepted


@dataclass(frozen=True, slots=True)
class Instead:
    """WhatsApp does not take it: the same row goes by SMS."""

    error_code: int


@dataclass(frozen=True, slots=True)
class Again:
    """Back to pending, due after `wait`. `everybody`: the next text would meet the same answer."""

    wait: timedelta
    reason: str
    error_code: int | None = None
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """No further try. `opted_out`: the contact is silenced too."""

    state: Literal["failed", "skipped"]
    reason: str
    error_code: int | None = None
    opted_out: bool = False


def decide(
    refusal: NotAccepted, attempts: int, random: Random, channel: str = "sms"
) -> Again | Ended | Instead:
    """What becomes of a text that was certainly not taken, on its `attempts`-th try (from 1).

    Where trying again may help it is tried until its time is over; each wait is longer than the
    last, with a part left to chance so that texts refused together do not come back together.
    """
    code = refusal.code
    if code is None:
        return _unreached(refusal, attempts, random)
    decision = verdict(code).decision
    if decision == "opted_out":
        return Ended("skipped", "opted_out", code, opted_out=True)
    if channel == "whatsapp" and goes_by_sms(code):
        return Instead(code)
    if decision == "configuration":
        # Our fault, not the text's: it goes out when the setting is right, if its time is not over.
        return Again(backoff(attempts, random, at_least=_MENDING), decision, code, everybody=True)
    if decision == "retry" or refusal.retry_after is not None:
        wait = backoff(attempts, random, at_least=refusal.retry_after or 0.0)
        return Again(wait, "busy", code)
    return Ended("failed", decision, code)


def _unreached(refusal: NotAccepted, attempts: int, random: Random) -> Again | Ended:
    if refusal.retry_after is None:
        return Ended("failed", "refused")
    return Again(backoff(attempts, random, at_least=refusal.retry_after), "unreachable", everybody=True)


def backoff(tries: int, random: Random, *, at_least: float = 0.0) -> timedelta:
    """How long to wait after this many tries: doubling from 2 s to 10 min, half of it by chance."""
    longest = min(_LONGEST, _FIRST * 2.0 ** min(tries - 1, 16))
    return timedelta(seconds=max(at_least, longest * random.uniform(0.5, 1.0)) + random.random())
