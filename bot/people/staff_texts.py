"""What somebody who works at school writes from the own phone, for whoever knows what to do with it.

A lane stands between STOP and danger (`bot.talk.lanes`). `wiring` binds it and hands it in as one of
`Talk.staff_lanes`, so that rooms which may not know each other both listen. The first that answers has it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from bot.ports import Lane
from bot.store.contacts import Contact


@dataclass(frozen=True, slots=True)
class FromStaff:
    """One text that may be of staff: a lane looks at the number's contact and says whether it is."""

    sid: str
    inbound_id: int
    contact: Contact
    signs_in: bool
    """Whether its number may be of somebody who signs in"""
    body: str = field(repr=False)
    """Tidied; never to be logged"""
    files: int
    """Pictures and papers that came with it"""
    now: datetime


@dataclass(frozen=True, slots=True)
class ToStaff:
    """What a lane answers; it has the text then, and nobody else reads it."""

    heard_as: str
    """What the text was, at most 64 letters: kept beside it, counted, never shown to a family"""
    said: tuple[str, ...] = field(default=(), repr=False)
    """Texts back to the writer, in order; none: silence"""
    kind: str = "reply"
    """Kind of those texts in the outbox"""
    has_put: bool = False
    """Whether the lane itself has put something into the lane of replies, so that its bell is rung"""
    rings: tuple[Lane, ...] = ()
    """Further queues that have work by it, rung after the commit"""


StaffLane = Callable[[Session, FromStaff], ToStaff | None]
"""None: this is no text for this lane"""
