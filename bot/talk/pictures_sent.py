"""Pictures for families: to whom one can go, and that the carrier deletes its copies once they went.

It keeps them until somebody does (https://www.twilio.com/docs/messaging/api/media-resource).
"""

from datetime import datetime

import structlog

from bot.carrier.twilio.media import MediaAway
from bot.outbox.prices import takes_picture
from bot.outbox.whatsapp import WINDOW
from bot.ports import Clock
from bot.store import pictures
from bot.store.contacts import NUMBER, Contact
from bot.store.database import Database
from bot.store.pictures import Copies
from bot.store.vault import Vault
from bot.talk.effects import channel_of
from bot.talk.pictures import Attachments

AT_ONCE = 5
"""Pictures in one round: other chores wait meanwhile"""

_log = structlog.get_logger(__name__)


def reaches(vault: Vault, contact: Contact, now: datetime) -> bool:
    """Whether a picture that is sent now can go along to this family."""
    if contact.erased_at is not None:
        return False
    if takes_picture(vault.open(contact.number, NUMBER), "sms"):
        return True
    wrote_at = contact.whatsapp_at
    return channel_of(contact) == "whatsapp" and wrote_at is not None and now - wrote_at < WINDOW


def delete_copies(db: Database, clock: Clock, there: Attachments) -> int:
    """See to the pictures that are due; returns of how many the carrier holds no copy any more."""
    with db.write() as session:
        due = pictures.due(session, clock(), AT_ONCE)
    return sum(_delete(db, clock, there, copies) for copies in due)


def _delete(db: Database, clock: Clock, there: Attachments, copies: Copies) -> bool:
    if not copies.is_over:
        with db.write() as session:
            pictures.later(session, copies.picture_id, clock())
        return False
    try:
        for sid in copies.sids:
            for file in there.of_text(sid):
                there.delete(sid, file)
    except MediaAway as away:
        _log.warning("copy_not_deleted", picture=copies.picture_id, tries=copies.tries, reason=str(away))
        with db.write() as session:
            pictures.again(session, copies, clock())
        return False
    with db.write() as session:
        pictures.deleted_there(session, copies.picture_id)
    return True
