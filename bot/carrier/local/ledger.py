"""The carrier's book: every text it took, either way, and what it told whom. In memory only."""

import secrets
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from bot.carrier.local.prices import Measure
from bot.ports import Channel

Kind = Literal["sent", "received", "carrier_reply"]


@dataclass(slots=True)
class Attempt:
    """One try to reach a webhook."""

    to_fallback: bool
    status: int | None
    """HTTP status, None when there was no answer"""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A button or a row of a list; the payload comes back when it is tapped."""

    payload: str
    label: str


@dataclass(slots=True)
class Text:
    """One text. Numbers are kept without `whatsapp:`; the channel says it."""

    kind: Kind
    channel: Channel
    ours: str
    theirs: str
    body: str
    created_at: datetime
    measure: Measure
    sid: str
    status: str
    error_code: int | None = None
    status_callback: str | None = None
    messaging_service_sid: str | None = None
    asked_at: datetime | None = None
    """When the create call came in; `created_at` is when it was taken, after the carrier's own delay"""
    answered: str = ""
    """What the create call was answered: fine, error_5xx, hang, reset, truncate"""
    receipts: list[str] = field(default_factory=list)
    """Each status callback and its outcome, e.g. `sent 200`"""
    media: tuple[str, ...] = ()
    """Media types of what came or goes with it"""
    media_urls: tuple[str, ...] = ()
    """Where the school keeps what goes with it, until it was fetched"""
    fetched: tuple[bytes, ...] = ()
    """What was fetched there"""
    deleted: set[int] = field(default_factory=set)
    """Places of files that the school had deleted here"""
    payload: str | None = None
    taps: tuple[Tap, ...] = ()
    """What can be tapped below it on WhatsApp"""
    opens: str = ""
    """The words on the button that opens them as a list; empty for buttons"""
    is_template: bool = False
    """An approved template: WhatsApp takes it at any time"""
    has_location: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    """Webhook calls for a received text"""
    number: int = 0
    """Place in the book, rising"""


class Ledger:
    """All texts in the order they were taken; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._all: list[Text] = []
        self._by_sid: dict[str, Text] = {}
        self._by_person: dict[str, list[Text]] = defaultdict(list)
        self._blocked: set[tuple[str, str]] = set()
        self._last_heard: dict[tuple[str, Channel], datetime] = {}
        self.refused: Counter[int] = Counter()
        self.cost = Decimal(0)
        self.segments = 0
        self.version = getattr(self, "version", 0) + 1

    def reset(self) -> None:
        """Forget every text and every opt-out; the version goes on rising."""
        with self._lock:
            self._forget()

    def add(self, text: Text) -> None:
        """Write down one text."""
        with self._lock:
            text.number = len(self._all) + 1
            self._all.append(text)
            self._by_sid[text.sid] = text
            self._by_person[text.theirs].append(text)
            self.cost += text.measure.price
            self.segments += text.measure.segments if text.channel == "sms" else 0
            if text.kind == "received":
                self._last_heard[text.theirs, text.channel] = text.created_at
            self.version += 1

    def mark(self, text: Text, status: str | None = None, error_code: int | None = None) -> None:
        """Note a change of one text, so that pages that show it look again."""
        with self._lock:
            if status:
                text.status = status
                text.error_code = error_code
            self.version += 1

    def refuse(self, code: int) -> None:
        """Count one create that was not taken."""
        with self._lock:
            self.refused[code] += 1

    def find(self, sid: str) -> Text | None:
        """The text with this SID."""
        return self._by_sid.get(sid)

    def of_person(self, number: str) -> list[Text]:
        """Every text to or from one person, oldest first."""
        with self._lock:
            return list(self._by_person.get(number, ()))

    def everything(self) -> list[Text]:
        """Every text, oldest first."""
        with self._lock:
            return list(self._all)

    def set_blocked(self, ours: str, theirs: str, *, blocked: bool) -> None:
        """Opt-out is kept for each pair of numbers, as at the real carrier."""
        with self._lock:
            (self._blocked.add if blocked else self._blocked.discard)((ours, theirs))

    def is_blocked(self, ours: str, theirs: str) -> bool:
        """Whether this person opted out of texts from this number."""
        return (ours, theirs) in self._blocked

    def last_heard(self, theirs: str, channel: Channel) -> datetime | None:
        """When this person last wrote on this channel."""
        return self._last_heard.get((theirs, channel))


def new_sid(prefix: str = "SM") -> str:
    """A SID nobody has had before."""
    return prefix + secrets.token_hex(16)
