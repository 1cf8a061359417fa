"""Everything that leaves the building or does not repeat: carrier, mail server, translator, doorbell, clock.

A port is a promise to the rest of the house; `wiring` chooses who keeps it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Channel = Literal["sms", "whatsapp"]
Lane = Literal["replies", "broadcasts", "chores"]

Clock = Callable[[], datetime]
"""Gives the present moment, always aware and in UTC."""


@dataclass(frozen=True, slots=True)
class Content:
    """Something that the carrier holds ready, to be filled now: buttons, a list, an approved template."""

    sid: str
    variables: Mapping[str, str] = field(repr=False)
    """By number, as the content was made"""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text as it is handed to a carrier. `row_id` is the outbox row it comes from.

    Words, on WhatsApp what can be tapped, and where a person sends one along a picture.
    """

    row_id: int
    to: str = field(repr=False)
    """E.164, e.g. +15125550123; no error message may ever show it, nor the text"""
    body: str = field(repr=False)
    channel: Channel = "sms"
    valid_for: int | None = None
    """Seconds after which the carrier lets it die in its queue; None: the carrier's own time"""
    content: Content | None = None
    """What is sent in place of the body; the body is then what the person reads of it"""
    picture_url: str | None = field(default=None, repr=False)
    """Where the carrier fetches the picture that goes along"""


@dataclass(frozen=True, slots=True)
class CarrierRecord:
    """One message as the carrier's own list tells it, sent or received."""

    sid: str
    to: str = field(repr=False)
    sender: str = field(repr=False)
    """E.164 of whoever sent it."""
    body: str = field(repr=False)
    status: str
    created_at: datetime
    channel: Channel = "sms"
    error_code: int | None = None
    media: int = 0
    """How many pictures or other files came with it."""


class NotAccepted(Exception):
    """The carrier certainly did not take the text.

    `code` is the carrier's own error code (Twilio's, e.g. 21610), None when it was never reached.
    `retry_after` in seconds is set only where trying again is safe and may help (429, refused connection).
    """

    def __init__(self, code: int | None, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.retry_after = retry_after


class Uncertain(Exception):
    """Nobody can say yet whether the carrier took the text: a time-out, a 5xx, an unreadable answer.

    Never resend on this; reconcile first (Twilio error 20500: a create is not idempotent).
    """


class Carrier(Protocol):
    """Takes texts out of the house and tells what became of them."""

    def send(self, message: Outgoing) -> str:
        """Hand over one text and return the carrier's SID.

        Raises NotAccepted when it was certainly not taken, Uncertain when that cannot be known.
        """

    def sent_to(self, number: str, since: datetime, channel: Channel) -> Sequence[CarrierRecord]:
        """What the carrier says we sent to this number, created at or after `since`, newest first."""

    def message(self, sid: str) -> CarrierRecord | None:
        """What the carrier says of one text now; None where it does not have it.

        Raises Uncertain where it cannot be asked.
        """

    def received_since(self, since: datetime) -> Sequence[CarrierRecord]:
        """What the carrier says people sent to us, created at or after `since`, newest first."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to staff. `key` is the same at every try, so that a reader's program can see a repeat."""

    key: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)


class NotMailed(Exception):
    """The mail server certainly or possibly did not take an e-mail; sending it again is safe enough.

    `for_good`: it refuses this address or these words, and will again. `everybody`: the next e-mail
    would meet the same fault (server away, password refused).
    """

    def __init__(self, reason: str, *, for_good: bool = False, everybody: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good
        self.everybody = everybody


class Notifier(Protocol):
    """Takes e-mails to staff out of the house."""

    def send(self, mail: Mail) -> None:
        """Hand over one e-mail. Raises NotMailed."""


class NotTranslated(Exception):
    """A translator gave nothing that may be used; its reason names no text, and a person translates.

    `for_good`: the same call would be refused again (a key, a language it lacks, a text too long).
    """

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Translator(Protocol):
    """Takes texts to a machine that translates. What must not leave the house its caller keeps back."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """The same texts in another language, as many, in order, none empty. Raises NotTranslated.

        `source` and `target`: locales as the catalogs name them (es, zh_Hans).
        """


class Queue(Protocol):
    """A doorbell, never a store: the database says what is due."""

    def ring(self, lane: Lane) -> bool:
        """Wake the workers of one lane. False when the bell could not be rung; never raises."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a lane may take rows now."""

    wait: float
    """Seconds until it is worth asking again; 0: now"""
    segments: int
    """About so many; at least 1 when it is now"""


@dataclass(frozen=True, slots=True)
class Place:
    """When a text may be handed over."""

    moment: float
    """On the monotonic clock of the process that booked it"""
    held: int = 0
    """By what the throttle knows one that replies may still go ahead of; 0: none goes ahead of it"""


class Throttle(Protocol):
    """How fast texts leave one sender, replies before broadcasts. Never raises.

    Whoever got a turn books what it took, be it nothing: until then (2 s at most) no other drain of
    the lane has a turn. A reply takes the place of the next text to many that still waits, and all of
    those move back: so each of them asks at its moment whether that is still its own.
    """

    def turn(self, lane: Lane) -> Turn:
        """Ask before taking rows."""

    def book(self, lane: Lane, sizes: Sequence[int]) -> list[Place]:
        """For texts of so many segments each: when each may be handed over, in order."""

    def left(self, place: Place) -> float:
        """Seconds until it may go; not above 0: it goes, and nothing takes this place any more."""
