"""What happens to a conversation, and what it wants done: events in, effects out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.flow.state import State, Value

# --- what happens -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """A flow is begun for this person, not by her words."""

    flow: str


@dataclass(frozen=True, slots=True)
class Texted:
    """The person wrote, or tapped a button; what was heard in it is said beside it."""

    text: str = field(repr=False)
    payload: str | None = None
    command: str | None = None
    """An exact whole message that works everywhere, e.g. menu"""
    topic: str | None = None
    """What it asks about, only where that is sure"""
    near: tuple[str, ...] = ()
    """The nearest topics where it is not sure"""
    small_talk: str | None = None
    """thanks, ok, hello, reaction"""
    has_media: bool = False
    also: tuple[str, ...] = ()
    """Further topics of the same text, answered one after the other"""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a look-up; an empty tuple where nothing was found."""

    results: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Acted:
    """The answer to an action: whether it was done, and values to remember."""

    done: bool
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Some time has gone by; of the timers that are due, the one that matters happens."""


@dataclass(frozen=True, slots=True)
class PersonClosed:
    """The person at school has finished; the bot takes over again."""


@dataclass(frozen=True, slots=True)
class PersonAnswered:
    """The person at school has written: nobody is late any more."""


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """The person wrote to the person at school once more: an answer is due again."""


@dataclass(frozen=True, slots=True)
class PersonReturned:
    """The person at school takes the conversation back that was handed to the bot."""

    flow: str
    """The flow that led to the person; where it is gone or asks nobody, the one that people ask for"""


Event = (
    Started
    | Texted
    | Found
    | Acted
    | TimePassed
    | PersonClosed
    | PersonAnswered
    | PersonReturned
    | AskedAgain
)

# --- what is wanted -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offered:
    """One choice as the person sees it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Say:
    """A text for the person, in the language it really is in."""

    text: str
    where: str
    """flow/step/slot or phrase/name: the text's context in the catalogs"""
    language: str
    choices: tuple[Offered, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question to directory or calendar; the caller feeds the answer back as Found."""

    what: str
    where: Mapping[str, str]
    limit: int


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done by the registry of actions; the caller feeds the outcome back as Acted."""

    action: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Escalate:
    """A person is asked to take over."""

    to: str
    topic: str
    again: bool = False
    """True when the first person has not answered in time"""


@dataclass(frozen=True, slots=True)
class Count:
    """Something worth counting happened; its name never holds what somebody wrote."""

    name: str


Effect = Say | Escalate | Count
Pending = LookUp | Act


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event. With `pending`, the turn goes on when the caller feeds back the answer."""

    state: State
    effects: tuple[Effect, ...] = ()
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """The moment and the person: all that the engine may know of the world."""

    now: datetime
    language: str
    known: Mapping[str, Value] = field(default_factory=dict)
    """contact.language, family.school, office.hours ..."""
    after_office_hours: Callable[[datetime, float], datetime] | None = None
    """When so many office hours will have passed"""
    withhold_unreviewed: bool = False
    """Rights only in reviewed languages"""
