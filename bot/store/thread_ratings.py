"""How families found the help of people, for counts: a number with its school and language, and no name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col

from bot.store.contacts import Contact
from bot.store.threads import Thread


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating."""

    contact_id: int
    """To count each person once; never shown"""
    school_id: int | None
    language: str | None
    rating: int
    at: datetime


def every(session: Session, school_ids: Collection[int] | None) -> list[Rated]:
    """All ratings at these schools (None: at all, also where no school is known), oldest first."""
    found = (
        columns(
            col(Thread.contact_id),
            col(Thread.school_id),
            col(Contact.language),
            col(Thread.rating),
            col(Thread.rated_at),
        )
        .join(Contact, col(Contact.id) == col(Thread.contact_id))
        .where(col(Thread.rating).is_not(None), col(Thread.rated_at).is_not(None))
        .order_by(col(Thread.rated_at), col(Thread.id))
    )
    if school_ids is not None:
        found = found.where(col(Thread.school_id).in_(school_ids))
    rows = session.connection().execute(found)
    return [
        Rated(contact_id, school_id, language, rating, at)
        for contact_id, school_id, language, rating, at in rows
        if rating is not None and at is not None
    ]
