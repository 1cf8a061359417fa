"""How the local carrier goes wrong when told to: shares of calls, chosen by a seeded die."""

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal

Fate = Literal["fine", "error_5xx", "hang", "reset", "truncate"]

CALLBACK_HABITS: Final = ("off", "late", "doubled", "tripled", "shuffled", "early")
_RANGES: Final = ("latency_ms", "late_ms")
_MOST_MS: Final = 3_600_000


class MisbehaviourWrong(Exception):
    """The switches make no sense; the message lists each fault."""


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """Switches; shares are 0 to 1 of all creates, times are ranges in milliseconds."""

    latency_ms: tuple[int, int] = (0, 0)
    refuse_429: float = 0.0
    error_5xx_after_accepting: float = 0.0
    hang_after_accepting: float = 0.0
    reset_after_accepting: float = 0.0
    truncate_answer: float = 0.0
    undelivered: float = 0.0
    """Accepted, then reported as undelivered with code 30003"""
    hang_seconds: float = 40.0
    """Longer than the 30 s after which our own client gives up"""
    callbacks: tuple[str, ...] = ()
    """Any of CALLBACK_HABITS; early means before the answer to the create"""
    late_ms: tuple[int, int] = (3000, 8000)
    list_unreadable: bool = False
    """The list of messages answers 503"""
    approval: str = "approved"
    """What WhatsApp's reviewers say of a template that has no fault: approved, pending, rejected, paused"""
    campaign: str = "VERIFIED"
    """How far the registration of texts is (A2P 10DLC); none: not begun"""
    toll_free: str = "TWILIO_APPROVED"
    """The same of a toll-free number"""
    whatsapp_sender: str = "ONLINE"
    """How far our number is on WhatsApp; none: not there"""
    inbound_url: str = ""
    """Where the account says that texts are posted, when it is not where they are"""
    seed: int = 0

    def as_json(self) -> dict[str, Any]:
        """The switches as `read` takes them."""
        return asdict(self)


def read(told: object) -> Misbehaviour:
    """Switches from JSON; what is not named stays at its default. Raises MisbehaviourWrong."""
    if not isinstance(told, Mapping):
        raise MisbehaviourWrong("an object with switches is needed")
    known = {field.name for field in fields(Misbehaviour)}
    faults = [f"{name}: no such switch" for name in told if name not in known]
    values: dict[str, Any] = {}
    for name in known & set(told):
        try:
            values[name] = _converted(name, told[name])
        except (TypeError, ValueError) as error:
            faults.append(f"{name}: {error}")
    after = [value for name, value in values.items() if name in _AFTER]
    if sum(after) > 1:
        faults.append("the shares after accepting add up to more than 1")
    if faults:
        raise MisbehaviourWrong("\n".join(sorted(faults)))
    return Misbehaviour(**values)


_AFTER: Final = {
    "error_5xx_after_accepting": "error_5xx",
    "hang_after_accepting": "hang",
    "reset_after_accepting": "reset",
    "truncate_answer": "truncate",
}


_PLAIN: Final[Mapping[str, Callable[[Any], Any]]] = {"seed": int, "list_unreadable": bool, "inbound_url": str}
_WORDS: Final = {
    "approval": ("approved", "pending", "rejected", "paused"),
    "campaign": ("VERIFIED", "IN_PROGRESS", "FAILED", "none"),
    "toll_free": ("TWILIO_APPROVED", "IN_REVIEW", "TWILIO_REJECTED", "none"),
    "whatsapp_sender": ("ONLINE", "CREATING", "OFFLINE", "none"),
}


def _converted(name: str, value: Any) -> Any:
    if name in _RANGES:
        low, high = (value, value) if isinstance(value, int) else (int(end) for end in value)
        if not 0 <= low <= high <= _MOST_MS:
            raise ValueError("a range [low, high] in milliseconds is needed")
        return (low, high)
    if name == "callbacks":
        habits = (value,) if isinstance(value, str) else tuple(value)
        if unknown := set(habits) - set(CALLBACK_HABITS):
            raise ValueError(f"{sorted(unknown)} is none of {', '.join(CALLBACK_HABITS)}")
        return habits
    if name in _PLAIN:
        return _PLAIN[name](value)
    if name in _WORDS:
        if value not in _WORDS[name]:
            raise ValueError(f"one of {', '.join(_WORDS[name])} is needed")
        return value
    number = float(value)
    if number < 0 or (name != "hang_seconds" and number > 1):
        raise ValueError("a share from 0 to 1 is needed")
    return number


class Dice:
    """Chance that repeats with its seed; safe to throw from many threads."""

    def __init__(self, switches: Misbehaviour) -> None:
        self.switches = switches
        self._random = random.Random(switches.seed)  # noqa: S311 - chance that repeats
        self._lock = threading.Lock()

    def throw(self, share: float) -> bool:
        """True in `share` of all throws; a share of 0 does not use up a throw."""
        if share <= 0:
            return False
        with self._lock:
            return self._random.random() < share

    def seconds(self, milliseconds: tuple[int, int]) -> float:
        """A moment from the range, in seconds."""
        low, high = milliseconds
        if high == 0:
            return 0.0
        with self._lock:
            return self._random.uniform(low, high) / 1000

    def fate(self) -> Fate:
        """What becomes of the answer to an accepted create: one throw, so the shares are exact."""
        shares = [(getattr(self.switches, name), fate) for name, fate in _AFTER.items()]
        if not any(share for share, _ in shares):
            return "fine"
        with self._lock:
            point = self._random.random()
        for share, fate in shares:
            if point < share:
                return fate  # type: ignore[return-value]
            point -= share
        return "fine"
