"""What the delivery page tells: how texts stand by groups that people ask for, and why some were lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.carrier.twilio.errors import verdict
from bot.store import outcomes, schools
from bot.store.broadcasts import Broadcast
from bot.store.outbox import POISON

WEEK: Final = timedelta(days=7)
GROUPS: Final[tuple[tuple[str, LazyString, tuple[str, ...]], ...]] = (
    ("waiting", _("Waiting"), ("pending", "claimed", "submitting")),
    ("handed_over", _("On their way"), ("accepted", "sent")),
    ("arrived", _("Arrived"), ("delivered", "read")),
    ("lost", _("Did not arrive"), ("undelivered", "failed")),
    ("skipped", _("Not sent, with a reason"), ("skipped",)),
    ("unknown", _("Nobody knows"), ("unknown",)),
)
LANES: Final = {"replies": _("Replies"), "broadcasts": _("Broadcasts")}
BEATS: Final = {
    "sweeper": _("Sweeper"),
    "replies": _("Workers for replies"),
    "broadcasts": _("Workers for broadcasts"),
    "chores": _("Workers for chores"),
}
REASONS: Final = {
    "opted_out": _("The person texted STOP."),
    "dead_number": _("No text ever arrives at this number."),
    "cancelled": _("The broadcast was cancelled, or the person took it back."),
    "quiet": _("It would have come in quiet hours, and its time was over before they ended."),
    "expired": _("It became too old before it could be sent."),
    "erased": _("The person asked to be forgotten."),
    "poison": _("It could not be written, three times. It was set aside and did not go out."),
    "no_trace": _("It was handed over several times and vanished."),
    "list_unreadable": _("Twilio's list could not be read, so nobody knows whether it went out."),
    "sid_taken": _("Twilio's answer belonged to another text, so nobody knows whether it went out."),
}
"""Our own words for why a text was not sent, by bot.store.outbox's `reason`"""
TRY_ANEW: Final = _("Let it be tried anew on the page of delivery. If that fails too, write it again.")


@dataclass(frozen=True, slots=True)
class Lost:
    """Texts that were lost for one reason."""

    number: int
    words: str
    to_do: str
    code: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts wanted since a moment."""

    bars: tuple[tuple[str, int], ...]
    skipped: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(number for _, number in self.bars)


def counted(session: Session, since: datetime, school_ids: Collection[int] | None = None) -> Counted:
    """How the texts wanted since then stand, and why some were not sent; `school_ids` as in outcomes."""
    by_reason = outcomes.by_reason(session, since, school_ids)
    numbers = {
        name: sum(number for (state, _why), number in by_reason.items() if state in states)
        for name, _label, states in GROUPS
    }
    skipped = {why or "": number for (state, why), number in by_reason.items() if state == "skipped"}
    ordered = sorted(skipped.items(), key=lambda pair: -pair[1])
    return Counted(
        tuple((str(label), numbers[name]) for name, label, _states in GROUPS),
        tuple((reason_words(why), number) for why, number in ordered),
    )


def lost(session: Session, since: datetime, school_ids: Collection[int] | None = None) -> list[Lost]:
    """Why texts did not arrive, the most frequent reason first; codes with the same words are one line."""
    found: dict[tuple[str, str], tuple[int, int | None]] = {}
    for (reason, code), number in outcomes.lost_by_code(session, since, school_ids).items():
        told = verdict(code)
        own = REASONS.get(reason or "") if code is None else None
        words = str(own) if own else carrier_words(told.staff_words)
        key = (words, str(TRY_ANEW) if reason == POISON else carrier_words(told.to_do))
        found[key] = (found.get(key, (0, None))[0] + number, code)
    lines = [Lost(number, words, to_do, code) for (words, to_do), (number, code) in found.items()]
    return sorted(lines, key=lambda line: -line.number)


def reason_words(reason: str) -> str:
    """A reason of ours as a sentence; a word we have no sentence for stands for itself."""
    return str(REASONS.get(reason, reason.replace("_", " ")))


def held_words(one: Broadcast) -> str:
    """Why a broadcast is held: a person paused it, or a code of the carrier stopped it."""
    _kind, _slash, code = (one.reason or "").partition("/")
    if one.state == "stopped" and code.isdecimal():
        return carrier_words(verdict(int(code)).staff_words)
    return str(_("A person paused it.") if one.state == "paused" else _("A fault stopped it."))


def carrier_words(sentence: str) -> str:
    """A sentence of bot.carrier.twilio.errors in the language of the page."""
    return str(gettext(sentence))


def today(session: Session, now: datetime) -> datetime:
    """When today began at the first school."""
    every = schools.every_school(session)
    here = now.astimezone(ZoneInfo(every[0].zone)) if every else now
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


def ago(seconds: Mapping[str, float | None]) -> dict[str, timedelta | None]:
    """Ages for showing."""
    return {name: None if age is None else timedelta(seconds=round(age)) for name, age in seconds.items()}
