"""Until when a family was promised an answer of a person: as the flow says that asked the person.

The promise is the `unanswered` of that flow: its timer, counted in office hours. The thread holds the same
moment for the lists of staff, and for a family whose conversation no flow holds any more.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlmodel import Session

from bot.flow.state import State
from bot.flow.turn import AskedAgain, PersonAnswered
from bot.hear.reactions import is_reaction
from bot.store import thread_work
from bot.store.contacts import Contact
from bot.store.threads import Thread
from bot.talk.parts import Talk
from bot.talk.surroundings import here as here_of
from bot.talk.turns import play, state_of

OFFICE_HOURS: Final = 4.0
"""Within how many an answer is due where no flow says so"""
DISTRICT_HOURS: Final = 8.0
_TIMER: Final = "unanswered"


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a family in a thread."""

    inbound_id: int
    thread_id: int
    body: str = field(repr=False)
    has_files: bool


def family_wrote(
    talk: Talk, session: Session, contact: Contact, before: Thread | None, told: Told, now: datetime
) -> None:
    """The family wrote in a thread, which was open `before`: an answer is due, but for a thank-you."""
    asked_at = due = None
    if before is not None and before.asked_at is None and _wants_an_answer(talk, contact, told):
        asked_at = now
        play(talk, session, contact, AskedAgain(), now)
        due = due_at(talk, session, contact, now)
    thread_work.family_wrote(session, told.thread_id, told.inbound_id, asked_at=asked_at, due=due)


def _wants_an_answer(talk: Talk, contact: Contact, told: Told) -> bool:
    if told.has_files or not told.body.strip():
        return True
    heard = talk.library.hearing.understand(told.body, contact.language)
    return heard.small_talk is None and not is_reaction(told.body)


def kept(talk: Talk, session: Session, contact: Contact, now: datetime) -> None:
    """A person has answered: no timer says any more that nobody did."""
    play(talk, session, contact, PersonAnswered(), now)


def due_at(talk: Talk, session: Session, contact: Contact, now: datetime) -> datetime:
    """When the answer is due: as the flow says, else after the usual office hours."""
    if (at := _timer_of(state_of(talk, contact))) is not None:
        return at.astimezone(UTC)
    return _after(talk, session, contact, now, OFFICE_HOURS)


def due_at_the_district(talk: Talk, session: Session, contact: Contact, now: datetime) -> datetime:
    """When the family hears that nobody answered there either, if nobody does: a school day later."""
    return _after(talk, session, contact, now, DISTRICT_HOURS)


def _after(talk: Talk, session: Session, contact: Contact, now: datetime, hours: float) -> datetime:
    here = here_of(talk, session, contact, now)
    if here.after_office_hours is None:
        raise RuntimeError("the surroundings of a talk know the office's hours")
    return here.after_office_hours(here.now, hours).astimezone(UTC)


def says_so_itself(talk: Talk, contact: Contact) -> bool:
    """Whether the flow that the conversation stands in will say that nobody has answered."""
    return contact.consent != "stopped" and _timer_of(state_of(talk, contact)) is not None


def led_by(state: State) -> str | None:
    """The flow that led to a person: the one that was begun, not the one that only hands over."""
    return state.stack[0].flow if state.stack else None


def _timer_of(state: State) -> datetime | None:
    return next((timer.at for timer in state.timers if timer.kind == _TIMER), None)
