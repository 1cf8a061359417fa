"""Families' texts in open threads that nobody has looked at yet for a translation."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.thread_texts import Translation
from bot.store.threads import Thread
from bot.store.translation_tasks import TranslationTask


@dataclass(frozen=True, slots=True)
class Untranslated:
    """One text and the thread in which it is read."""

    inbound_id: int
    body: bytes = field(repr=False)
    thread_id: int
    contact_id: int
    language: str
    """Locale of its family"""
    school_id: int | None
    account_id: int | None
    staff_id: int | None
    received_at: datetime


def untranslated(session: Session, since: datetime, limit: int) -> list[Untranslated]:
    """Texts that came since then, are kept, and have neither a translation nor a place in the queue."""
    has = select(Translation.id).where(col(Translation.inbound_id) == col(Inbound.id)).exists()
    waits = select(TranslationTask.id).where(col(TranslationTask.inbound_id) == col(Inbound.id)).exists()
    found = (
        select(Inbound, Thread, Contact.language)
        .join(Thread, col(Thread.id) == col(Inbound.thread_id))
        .join(Contact, col(Contact.id) == col(Inbound.contact_id))
        .where(
            col(Thread.state) == "open",
            col(Inbound.received_at) >= since,
            col(Inbound.body).is_not(None),
            col(Contact.language).is_not(None),
            col(Contact.erased_at).is_(None),
            ~has,
            ~waits,
        )
        .order_by(col(Inbound.id))
    )
    return [
        Untranslated(
            text.id or 0,
            text.body or b"",
            thread.id or 0,
            text.contact_id,
            language or "",
            thread.school_id,
            thread.account_id,
            thread.staff_id,
            text.received_at,
        )
        for text, thread, language in session.exec(found.limit(limit))
    ]
