"""One turn of a conversation to its end: look-ups and actions are done and fed back to the engine."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from sqlmodel import Session

from bot.flow.advance import advance
from bot.flow.state import State, from_json, to_json
from bot.flow.turn import Act, Acted, Effect, Event, Found, Here, LookUp, Texted, Turn
from bot.store.consents import wording_id
from bot.store.contacts import Contact
from bot.store.vault import SealBroken
from bot.talk.parts import Doing, Talk
from bot.talk.surroundings import here as here_of

_log = structlog.get_logger(__name__)

CONVERSATION = "contact.conversation"
MAX_FEEDS = 12
"""Look-ups and actions in one turn; the engine's own cap on steps stops a runaway flow before this"""


def state_of(talk: Talk, contact: Contact) -> State:
    """Where this contact's conversation stands; one that no longer opens begins anew, and is told of."""
    sealed = contact.conversation
    try:
        return from_json(talk.vault.open(sealed, CONVERSATION) if sealed else None)
    except SealBroken:
        _log.error("conversation_does_not_open", contact_id=contact.id)
        return State()


def play(talk: Talk, session: Session, contact: Contact, event: Event, now: datetime) -> tuple[Effect, ...]:
    """Let the event happen, keep the new state, and return all that the turn wants said and done."""
    book = talk.library.book
    here = here_of(talk, session, contact, now)
    turn = advance(book, _unless_deserted(state_of(talk, contact), event), event, here)
    effects = list(turn.effects)
    for _ in range(MAX_FEEDS):
        if turn.pending is None:
            break
        answer = _answer(talk, session, contact, turn, here)
        here = replace(here, language=contact.language or here.language)
        turn = advance(book, turn.state, answer, here)
        effects += turn.effects
    keep(talk, contact, turn.state)
    return tuple(effects)


def _unless_deserted(state: State, event: Event) -> State:
    """Where it stands; a text is played only while no thread is open, so nobody waits for a person then.

    However the thread was lost, the bot answers again: the other way she would be met with silence for ever.
    """
    if state.waiting != "person" or not isinstance(event, Texted):
        return state
    return State(paused=state.paused, told=state.told)


def keep(talk: Talk, contact: Contact, state: State) -> None:
    """Store the state, and when its next timer is due."""
    wake_at = min((timer.at for timer in state.timers), default=None)
    contact.conversation = talk.vault.seal(to_json(state), CONVERSATION)
    contact.wake_at = wake_at


def _asked(talk: Talk, language: str, flow: str, step: str) -> str:
    said = talk.library.book.flows[flow].steps[step].ask
    english = said.other if said else ""
    return wording_id(talk.library.book.texts.text(language, f"{flow}/{step}/ask", english).body)


def _answer(talk: Talk, session: Session, contact: Contact, turn: Turn, here: Here) -> Found | Acted:
    pending = turn.pending
    if isinstance(pending, LookUp):
        # Who asks is added here, never by a flow: some look-ups tell a family about its own children.
        where = {**pending.where, "contact": str(contact.id)}
        found = talk.look_up(session, talk.vault, pending.what, where, pending.limit, here.now.date())
        return Found(tuple(found))
    if isinstance(pending, Act):
        action = talk.actions.get(pending.action)
        doing = Doing(
            session,
            talk.vault,
            contact,
            pending.values,
            here.known,
            here.now,
            talk.notifier is not None,
            partial(_asked, talk, here.language),
        )
        outcome = action(doing) if action else None
        return Acted(outcome.done, outcome.values) if outcome else Acted(done=False)
    raise TypeError("a turn waits for nothing that is known")
