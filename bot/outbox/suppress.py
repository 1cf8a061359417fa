"""The carrier says that a person opted out there: then they opted out here as well."""

from datetime import datetime

from sqlmodel import Session

from bot.store import consents, contacts


def suppress(session: Session, contact_id: int, *, sent_at: datetime | None, now: datetime) -> bool:
    """Stop all texts to a contact whose carrier refused a text of ours that we sent at `sent_at`.

    A person who texted START after that text is not stopped by its late receipt. True when the
    contact was not stopped before.
    """
    contact = contacts.by_id_locked(session, contact_id)
    if contact is None:
        return False
    if sent_at is not None and _started_since(session, contact_id, sent_at):
        return False
    if not contacts.stop(session, contact_id, now):
        return False
    language = contact.language or ""
    consents.record(session, contact_id, "stopped", language=language, wording="", source="carrier", at=now)
    return True


def _started_since(session: Session, contact_id: int, moment: datetime) -> bool:
    return any(
        event.kind == "started" and event.at >= moment for event in consents.of_contact(session, contact_id)
    )
