"""Proof of consent and of its withdrawal, kept as it happened."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

_WORDING = 16


class ConsentEvent(SQLModel, table=True):
    """One change of consent: what, when, in which language, by which means (append-only)."""

    __tablename__ = "consent_event"

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    kind: str = Field(max_length=16)
    """noticed, stopped, started, unclear, chose_ and the choice, beyond_on, beyond_off, tips_on, tips_off,
    wrong_number"""
    language: str = Field(max_length=16)
    wording: str = Field(max_length=64)
    """Version of the wording shown: the first 16 hex digits of its SHA-256"""
    source: str = Field(max_length=32)
    """text, paper, spoken, email, carrier"""
    recorded_by: str | None = Field(default=None, max_length=64)
    """Who of the staff wrote it down, where it did not come by text"""
    at: datetime


def wording_id(shown: str) -> str:
    """The version of a wording: the first 16 hex digits of the SHA-256 of its UTF-8."""
    return hashlib.sha256(shown.encode()).hexdigest()[:_WORDING]


def record(
    session: Session,
    contact_id: int,
    kind: str,
    *,
    language: str,
    wording: str,
    source: str,
    at: datetime,
    recorded_by: str | None = None,
) -> None:
    """Append one proof. `wording` as `wording_id` gives it, empty where no wording was shown."""
    session.add(
        ConsentEvent(
            contact_id=contact_id,
            kind=kind,
            language=language,
            wording=wording,
            source=source,
            recorded_by=recorded_by,
            at=at,
        )
    )


def of_contact(session: Session, contact_id: int) -> list[ConsentEvent]:
    """All that is kept about one contact's consent, oldest first."""
    chosen = select(ConsentEvent).where(col(ConsentEvent.contact_id) == contact_id)
    return list(session.exec(chosen.order_by(col(ConsentEvent.id))))


def beyond_school(session: Session, contact_ids: Collection[int]) -> set[int]:
    """Those who asked expressly for texts beyond the school's mission, and have not taken it back."""
    kinds = ("beyond_on", "beyond_off", "stopped", "wrong_number")
    events = select(ConsentEvent).where(
        col(ConsentEvent.contact_id).in_(contact_ids), col(ConsentEvent.kind).in_(kinds)
    )
    latest = {event.contact_id: event.kind for event in session.exec(events.order_by(col(ConsentEvent.id)))}
    return {contact_id for contact_id, kind in latest.items() if kind == "beyond_on"}


def stopped_by(session: Session, contact_id: int) -> str | None:
    """By which means the latest opt-out came (text, carrier ...), None where there was none."""
    stops = select(ConsentEvent.source).where(
        col(ConsentEvent.contact_id) == contact_id, col(ConsentEvent.kind) == "stopped"
    )
    return session.exec(stops.order_by(col(ConsentEvent.id).desc())).first()
