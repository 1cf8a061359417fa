"""What staff note of a family for one another; no family ever sees it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.families import FamilyContact

NOTE: Final = "family_note.body"


class FamilyNote(SQLModel, table=True):
    """One note of one person. Never what a family is, where it is from, or which papers it has."""

    __tablename__ = "family_note"

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(foreign_key="family.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    body: bytes
    """Sealed, context family_note.body"""
    created_at: datetime
    changed_at: datetime


def add(session: Session, family_id: int, account_id: int | None, sealed: bytes, now: datetime) -> int:
    """Keep a note and return its id."""
    note = FamilyNote(family_id=family_id, account_id=account_id, body=sealed, created_at=now, changed_at=now)
    session.add(note)
    session.flush()
    return note.id or 0


def change(
    session: Session, family_id: int, note_id: int, account_id: int, sealed: bytes, now: datetime
) -> bool:
    """Let a note say something else. False where it is not this person's."""
    mine = update(FamilyNote).where(*_own(family_id, note_id, account_id))
    return session.exec(mine.values(body=sealed, changed_at=now)).rowcount == 1


def remove(session: Session, family_id: int, note_id: int, account_id: int) -> bool:
    """Take a note away. False where it is not this person's."""
    return session.exec(delete(FamilyNote).where(*_own(family_id, note_id, account_id))).rowcount == 1


def of_family(session: Session, family_id: int) -> list[FamilyNote]:
    """The notes of a family, in order."""
    found = select(FamilyNote).where(col(FamilyNote.family_id) == family_id)
    return list(session.exec(found.order_by(col(FamilyNote.id))))


def forget(session: Session, before: datetime) -> int:
    """Drop the notes that nobody changed since. Returns how many."""
    return session.exec(delete(FamilyNote).where(col(FamilyNote.changed_at) < before)).rowcount


def forget_of(session: Session, contact_id: int) -> int:
    """Somebody asks to be forgotten: what was noted of their families goes too. Returns how many."""
    return session.exec(
        delete(FamilyNote).where(col(FamilyNote.family_id).in_(_families(contact_id)))
    ).rowcount


def of_contact(session: Session, contact_id: int) -> list[FamilyNote]:
    """What was noted of the families that a contact belongs to."""
    found = select(FamilyNote).where(col(FamilyNote.family_id).in_(_families(contact_id)))
    return list(session.exec(found.order_by(col(FamilyNote.id))))


def _families(contact_id: int) -> Collection[int]:
    living = (col(FamilyContact.contact_id) == contact_id, col(FamilyContact.unlinked_at).is_(None))
    return select(FamilyContact.family_id).where(*living)  # type: ignore[return-value]


def _own(family_id: int, note_id: int, account_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(FamilyNote.id) == note_id,
        col(FamilyNote.family_id) == family_id,
        col(FamilyNote.account_id) == account_id,
    )
