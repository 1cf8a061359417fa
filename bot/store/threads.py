"""Threads: conversations that a person has taken over from the bot."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Thread(SQLModel, table=True):
    """One question of one contact that a person answers."""

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    school_id: int | None = Field(default=None, foreign_key="school.id", index=True)
    to: str = Field(max_length=32)
    """liaison, district_office, office"""
    topic: str = Field(default="", max_length=64)
    state: str = Field(default="open", max_length=16, index=True)
    """open or closed"""
    opened_at: datetime
    closed_at: datetime | None = None
