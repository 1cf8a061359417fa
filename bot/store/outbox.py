"""Every outgoing text, from wanted to delivered; the truth that workers act on."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class OutboxRow(SQLModel, table=True):
    """One text to one contact and how far it has come."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "lane", "state", "due_at", "id"),
        Index("ix_outbox_contact", "contact_id", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id")
    lane: str = Field(max_length=16)
    """replies or broadcasts"""
    kind: str = Field(max_length=24)
    """reply, opt_out_confirmation, opt_in_confirmation, help, person, notice"""
    channel: str = Field(max_length=16)
    state: str = Field(default="pending", max_length=16)
    reason: str | None = Field(default=None, max_length=64)
    """Why skipped, failed or unknown"""
    body: bytes | None
    """Sealed, context outbox.body; None once its time is over"""
    segments: int
    encoding: str = Field(max_length=8)
    attempts: int = 0
    due_at: datetime
    expires_at: datetime | None = None
    claimed_by: str | None = Field(default=None, max_length=64)
    claimed_at: datetime | None = None
    submitted_at: datetime | None = None
    sid: str | None = Field(default=None, unique=True, max_length=64)
    error_code: int | None = None
    inbound_id: int | None = Field(default=None, foreign_key="inbound.id")
    thread_id: int | None = Field(default=None, foreign_key="thread.id")
    created_at: datetime


class StatusEvent(SQLModel, table=True):
    """One status callback, append-only. `outbox_id` is empty while no row is known for its SID."""

    __tablename__ = "status_event"

    id: int | None = Field(default=None, primary_key=True)
    sid: str = Field(index=True, max_length=64)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    status: str = Field(max_length=24)
    error_code: int | None = None
    received_at: datetime
