"""A text did not arrive: whose fault it was is written down, at the number or at our own settings."""

from datetime import datetime

import structlog
from sqlmodel import Session

from bot.carrier.twilio.errors import DEAD, DOUBTED, verdict
from bot.store import contacts, failing, troubles

_log = structlog.get_logger(__name__)


def blame_number(session: Session, contact_id: int, code: int, *, sent_at: datetime) -> None:
    """Note what the carrier's code says of a number; call it before any row is touched.

    `sent_at`: when the text was handed over; a person who wrote since then has a number that works.
    """
    decision = verdict(code).decision
    if decision not in DEAD | DOUBTED:
        return
    contacts.by_id_locked(session, contact_id)
    noted = failing.note(session, contact_id, code, dead=decision in DEAD, sent_at=sent_at)
    if noted and decision in DEAD:
        _log.info("number_dead", contact_id=contact_id, code=code)


def blame_us(session: Session, code: int, now: datetime) -> None:
    """Note a fault of our own settings or registration; call it after all contacts are locked."""
    if verdict(code).decision == "configuration" and troubles.note(session, code, now):
        _log.error("broadcasts_wait", code=code)
