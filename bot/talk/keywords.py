"""STOP, HELP and START: before any flow, in every language, with exactly one answer.

Who answers is decided by `stop_by` (see DESIGN of the carrier): a US long code answers the exact
English words itself, Advanced Opt-Out says in OptOutType what it has answered, otherwise we do.
Rules: 47 CFR 64.1200(a)(10) and (12); CTIA Messaging Principles (2023) 5.1 and 5.2.
"""

from datetime import datetime
from typing import Literal

from sqlmodel import Session

from bot.flow.turn import Here
from bot.store import consents, contacts
from bot.store.contacts import Contact
from bot.talk.parts import Talk
from bot.talk.wording import phrase
from bot.words import opt_out

Keyword = Literal["stop", "start", "help"]
_PHRASES = {"stop": "stop_confirmation", "start": "start_confirmation", "help": "help"}
KINDS = {"stop": "opt_out_confirmation", "start": "opt_in_confirmation", "help": "help"}


def heard(text: str, opt_out_type: str | None, contact: Contact) -> Keyword | None:
    """The keyword of a text: the carrier's own word for it first, then ours in any language."""
    if opt_out_type is not None:
        return {"STOP": "stop", "START": "start", "HELP": "help"}[opt_out_type]  # type: ignore[return-value]
    found = opt_out.keyword(text, stopped=contact.consent == "stopped")
    if found is None and opt_out.asks_to_stop(text):
        return "stop"
    return found


def apply(talk: Talk, session: Session, contact: Contact, keyword: Keyword, here: Here) -> str:
    """Change consent, keep its proof, and return the wording of the one confirmation."""
    name = _PHRASES[keyword]
    wording = phrase(talk.library.book, name, here.language, here.known)
    if keyword == "stop" and contacts.stop(session, contact.id or 0, here.now):
        contact.consent = "stopped"
        _prove(session, contact, "stopped", here, wording)
    elif keyword == "start" and contacts.start(session, contact.id or 0):
        contact.consent = "given"
        _prove(session, contact, "started", here, wording)
    return wording


def is_answered_elsewhere(talk: Talk, text: str, opt_out_type: str | None) -> bool:
    """Whether the carrier has already answered this keyword, so that ours would be a second text."""
    if opt_out_type is not None:
        return True
    return talk.stop_by == "carrier" and opt_out.carrier_answers(text)


def _prove(session: Session, contact: Contact, kind: str, here: Here, wording: str) -> None:
    at: datetime = here.now
    consents.record(
        session,
        contact.id or 0,
        kind,
        language=here.language,
        wording=consents.wording_id(wording),
        source="text",
        at=at,
    )
