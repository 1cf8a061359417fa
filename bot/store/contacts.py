"""Contacts: one number, one person; language, consent and conversation belong to it."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Contact(SQLModel, table=True):
    """One phone number and what we must know to answer it well."""

    id: int | None = Field(default=None, primary_key=True)
    number_hash: str = Field(unique=True, max_length=64)
    number: bytes
    """Sealed E.164, context contact.number"""
    name: bytes | None = None
    """Sealed preferred name, context contact.name"""
    language: str | None = Field(default=None, max_length=16)
    """Locale as Babel writes it, e.g. es, zh_Hans; None until known"""
    language_source: str | None = Field(default=None, max_length=16)
    """roster, heard or chosen: a person's own choice is never overwritten by a guess"""
    consent: str = Field(default="none", max_length=16)
    """none, given or stopped"""
    noticed_at: datetime | None = None
    """When the first-contact notice was put in the outbox"""
    stopped_at: datetime | None = None
    last_inbound_at: datetime | None = None
    conversation: bytes | None = None
    """Sealed flow state, context contact.conversation"""
    wake_at: datetime | None = Field(default=None, index=True)
    """When the conversation has a timer due"""
    created_at: datetime


class FamilyContact(SQLModel, table=True):
    """Which contacts belong to which family; only staff or the roster link them."""

    __tablename__ = "family_contact"

    family_id: int = Field(foreign_key="family.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)
