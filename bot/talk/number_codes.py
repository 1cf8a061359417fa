"""A code that somebody texts back from a new number, before anything else is made of it."""

from typing import Final

from bot.flow.phrases import phrase
from bot.store import number_changes
from bot.talk.number_change import code_in, tell
from bot.talk.taken import Outcome, Taken

HEARD_AS: Final = "number_code"
_SAID: Final = {"moved": "number_moved", "wrong": "number_wrong", "over": "number_over"}


def texted_back(taken: Taken) -> Outcome | None:
    """Let the new number take over where the code is right; None: this is no code that we wait for."""
    if code_in(taken.body) is None:
        return None
    contact_id = taken.contact.id or 0
    waits = number_changes.open_to(taken.session, contact_id, taken.now)
    if waits is None or waits.id is None:
        return None
    taken.session.flush()
    outcome = tell(taken.talk, taken.session, waits.id, taken.body, taken.now)
    taken.session.flush()
    taken.session.refresh(taken.contact)
    taken.heard_as = HEARD_AS
    here = taken.here()
    said = phrase(taken.talk.library.book, _SAID[outcome], here.language, here.known)
    taken.exchange.send(said, "reply")
    taken.exchange.count(f"number/{outcome}")
    return "answered"
