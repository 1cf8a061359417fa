"""A status callback comes in: late, early, twice, out of order, or about a text we cannot place."""

from datetime import datetime

import structlog
from sqlmodel import Session

from bot.carrier.twilio.errors import verdict
from bot.outbox.blame import blame_number, blame_us
from bot.outbox.instead import leave_whatsapp, may_go_by_sms, send_by_sms
from bot.outbox.suppress import suppress
from bot.store import contacts, failing, statuses

ARRIVED = ("delivered", "read")
"""What the carrier tells once a text is on the phone"""

_log = structlog.get_logger(__name__)


def record_status(
    session: Session, sid: str, row_id: int | None, status: str, error_code: int | None, now: datetime
) -> bool:
    """Keep what the carrier told and move the row it is about, never backwards.

    `row_id` is our own id from the signed callback URL: it finds the row whose worker died before
    it could write down the SID. What cannot be placed is kept and placed when the SID is known.
    True when a text now waits to be sent by SMS in place of one that WhatsApp did not deliver.
    """
    known = statuses.row_of(session, sid)
    owner = known if known is not None else _named(session, row_id)
    if owner is not None and error_code is not None:
        # Before the row is touched: contacts are always locked first.
        _learn(session, owner, error_code, now)
    elif owner is not None and status in ARRIVED:
        failing.arrived(session, owner)
    if known is None and owner is not None and not statuses.bind(session, owner, sid):
        _log.error("receipt_of_another_text", outbox_id=owner)
        owner = None
    statuses.keep(session, sid, owner, status, error_code, now)
    if owner is not None:
        statuses.raise_to(session, owner, sid, status, error_code)
        if error_code is not None and may_go_by_sms(error_code):
            return send_by_sms(session, owner, error_code, now)
    return False


def _named(session: Session, row_id: int | None) -> int | None:
    """The row that the callback names, if it was ever handed over: no other can have a receipt."""
    if row_id is None or statuses.submitted_at(session, row_id) is None:
        return None
    return row_id


def _learn(session: Session, row_id: int, code: int, now: datetime) -> None:
    """What the code says of the person, of the number or of us."""
    contact_id = statuses.contact_of(session, row_id)
    if contact_id is None:
        return
    sent_at = statuses.submitted_at(session, row_id)
    if verdict(code).decision == "opted_out":
        if suppress(session, contact_id, sent_at=sent_at, now=now):
            _log.info("opted_out_at_carrier", outbox_id=row_id)
    elif may_go_by_sms(code) and statuses.channel_of(session, row_id) == "whatsapp":
        contacts.by_id_locked(session, contact_id)
        leave_whatsapp(session, contact_id, code, sent_at or now)
    elif not failing.has_arrived(session, row_id):
        blame_number(session, contact_id, code, sent_at=sent_at or now)
        blame_us(session, code, now)
