"""STOP, HELP and START: before any flow, in every language, with exactly one answer.

Who answers is decided by `stop_by` (see DESIGN of the carrier): a US long code answers the exact
English words itself, Advanced Opt-Out says in OptOutType what it has answered, otherwise we do.
Rules: 47 CFR 64.1200(a)(10) and (12); CTIA Messaging Principles (2023) 5.1 and 5.2.
"""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from bot.flow.phrases import phrase
from bot.flow.turn import Here
from bot.hear.understand import Understood
from bot.ports import Channel
from bot.store import consents, contacts, threads
from bot.store.contacts import Contact
from bot.talk.parts import Talk
from bot.words import opt_out

Keyword = Literal["stop", "start", "help"]
_PHRASES = {"stop": "stop_confirmation", "start": "start_confirmation", "help": "help"}
KINDS = {"stop": "opt_out_confirmation", "start": "opt_in_confirmation", "help": "help"}
_CARRIERS_OWN: dict[str, Keyword] = {"STOP": "stop", "START": "start", "HELP": "help"}
"""Twilio's OptOutType, set where Advanced Opt-Out has answered"""


def heard(text: str, opt_out_type: str | None, contact: Contact) -> Keyword | None:
    """The keyword of a text: the carrier's own word for it first, then ours in any language."""
    if opt_out_type is not None:
        return _CARRIERS_OWN[opt_out_type]
    found = opt_out.keyword(text, stopped=contact.consent == "stopped")
    if found is None and opt_out.asks_to_stop(text):
        return "stop"
    return found


def is_unclear(text: str, understood: Understood) -> bool:
    """Whether a text that nothing else explains may ask for no more texts: then its writer is asked."""
    if understood.command or understood.topic or understood.small_talk:
        return False
    return opt_out.may_ask_to_stop(text)


def answered_elsewhere(
    talk: Talk, session: Session, contact: Contact, channel: Channel, text: str, opt_out_type: str | None
) -> bool:
    """Whether the carrier answers this keyword itself, so that ours would be a second text.

    Ask before `apply`. A carrier answers START only where it holds a block itself: somebody who
    stopped with ALTO hears of the new start from us. On WhatsApp it answers nothing by default.
    """
    if opt_out_type is not None:
        return True
    if talk.stop_by != "carrier" or channel != "sms" or not opt_out.carrier_answers(text):
        return False
    is_start = heard(text, None, contact) == "start"
    return not is_start or consents.stopped_by(session, contact.id or 0) == "carrier"


def apply(
    talk: Talk, session: Session, contact: Contact, keyword: Keyword, here: Here, *, by_carrier: bool
) -> str | None:
    """Change consent and keep its proof. Returns the one confirmation, None where none is due.

    Whoever has stopped already is not told so again: one confirmation is all that the rule allows.
    """
    name = _PHRASES[keyword]
    if keyword == "help" and threads.open_of(session, contact.id or 0) is not None:
        name = "help_asked"  # who waits for a person is not told to ask for one
    wording = phrase(talk.library.book, name, here.language, here.known)
    source = "carrier" if by_carrier else "text"
    if keyword == "stop":
        is_new = contacts.stop(session, contact.id or 0, here.now)
        contact.consent = "stopped"
        if is_new or by_carrier:
            _prove(session, contact, "stopped", here, wording, source)
        wording = wording if is_new else ""
    elif keyword == "start" and contacts.settle(session, contact.id or 0):
        contact.wants = None
    elif keyword == "start" and contacts.start(session, contact.id or 0):
        contact.consent, contact.wants = "given", None
        _prove(session, contact, "started", here, wording, source)
    return None if by_carrier else wording or None


def _prove(session: Session, contact: Contact, kind: str, here: Here, wording: str, source: str) -> None:
    at: datetime = here.now
    consents.record(
        session,
        contact.id or 0,
        kind,
        language=here.language,
        wording="" if source == "carrier" else consents.wording_id(wording),
        source=source,
        at=at,
    )
