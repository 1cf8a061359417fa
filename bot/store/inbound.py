"""Texts that came in, each exactly once."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Inbound(SQLModel, table=True):
    """One text from a person. `sid` is the carrier's and unique: a repeat changes nothing."""

    id: int | None = Field(default=None, primary_key=True)
    sid: str = Field(unique=True, max_length=64)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    channel: str = Field(max_length=16)
    body: bytes | None = None
    """Sealed, context inbound.body; None where it must not be kept or its time is over"""
    media: bytes | None = None
    """Sealed JSON list of {url, type}, context inbound.media"""
    heard_as: str = Field(default="", max_length=64)
    """What it was taken for: opt_out, help, start, person, answer, topic name, unsure ..."""
    thread_id: int | None = Field(default=None, foreign_key="thread.id", index=True)
    received_at: datetime
