"""WhatsApp did not deliver a text: by SMS then, once. Whoever opted out meanwhile is spared by the claim."""

from datetime import datetime

import structlog
from sqlmodel import Session

from bot.carrier.twilio.errors import goes_by_sms, verdict
from bot.store import answers, contacts, failing

_BUSY = (63017, 63018)
"""Sent faster than WhatsApp allows: once such a text has failed it is not tried there again"""

_log = structlog.get_logger(__name__)


def leave_whatsapp(session: Session, contact_id: int, code: int, sent_at: datetime) -> None:
    """Where the number is not on WhatsApp, write there no more; locks the contact, so before any row."""
    if verdict(code).decision == "not_on_whatsapp":
        contacts.by_id_locked(session, contact_id)
        contacts.leave_whatsapp(session, contact_id, sent_at)


def may_go_by_sms(code: int) -> bool:
    """Whether a text that a receipt ended with this code can still be brought by SMS."""
    return goes_by_sms(code) or code in _BUSY


def send_by_sms(session: Session, row_id: int, code: int, now: datetime) -> bool:
    """Put the same words into the outbox for SMS. The contact is locked; the row has its last state."""
    if failing.has_arrived(session, row_id) or not answers.again_by_sms(session, row_id, now):
        return False
    _log.warning("by_sms_instead", outbox_id=row_id, error_code=code)
    return True
