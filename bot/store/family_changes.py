"""Changes of who belongs to a family, with what is needed to take each back for a while."""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.vault import Vault

BEFORE: Final = "family_change.before"


class FamilyChange(SQLModel, table=True):
    """One change by staff, and how it was before."""

    __tablename__ = "family_change"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=16)
    """linked, unlinked, number (another number took over) or merged"""
    family_id: int = Field(foreign_key="family.id", index=True)
    other_id: int | None = Field(default=None, foreign_key="family.id")
    """Of a merge: the family that went into this one"""
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    to_contact_id: int | None = Field(default=None, foreign_key="contact.id")
    """Of another number: who has it"""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    before: bytes
    """Sealed JSON, context family_change.before: what to put back"""
    made_at: datetime
    undone_at: datetime | None = None


def record(session: Session, vault: Vault, change: FamilyChange, before: dict[str, Any]) -> int:
    """Keep a change and return its id."""
    change.before = vault.seal(json.dumps(before), BEFORE)
    session.add(change)
    session.flush()
    return change.id or 0


def locked(session: Session, change_id: int) -> FamilyChange | None:
    """One change, which nobody else takes back until this transaction ends."""
    chosen = select(FamilyChange).where(col(FamilyChange.id) == change_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def before_of(vault: Vault, change: FamilyChange) -> dict[str, Any]:
    """How it was."""
    found: dict[str, Any] = json.loads(vault.open(change.before, BEFORE))
    return found


def undone(session: Session, change_id: int, now: datetime) -> bool:
    """It was taken back. False where somebody did so already."""
    mine = update(FamilyChange).where(
        col(FamilyChange.id) == change_id, col(FamilyChange.undone_at).is_(None)
    )
    return session.exec(mine.values(undone_at=now)).rowcount == 1


def of_family(session: Session, family_id: int, since: datetime) -> list[FamilyChange]:
    """The changes of a family since then that stand, latest first."""
    found = select(FamilyChange).where(
        col(FamilyChange.family_id) == family_id,
        col(FamilyChange.made_at) >= since,
        col(FamilyChange.undone_at).is_(None),
    )
    return list(session.exec(found.order_by(col(FamilyChange.id).desc())))


def forget(session: Session, before: datetime) -> int:
    """Drop what is too old to be taken back; who changed what stays in the log. Returns how many."""
    old = select(FamilyChange).where(col(FamilyChange.made_at) < before)
    found = session.exec(old).all()
    for one in found:
        session.delete(one)
    return len(found)
