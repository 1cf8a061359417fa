"""Proof of consent and of its withdrawal, kept as it happened."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class ConsentEvent(SQLModel, table=True):
    """One change of consent: what, when, in which language, by which means (append-only)."""

    __tablename__ = "consent_event"

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    kind: str = Field(max_length=16)
    """noticed, stopped, started"""
    language: str = Field(max_length=16)
    wording: str = Field(max_length=64)
    """Version of the wording shown: the first 16 hex digits of its SHA-256"""
    source: str = Field(max_length=32)
    """text, paper, spoken, email, carrier"""
    at: datetime
