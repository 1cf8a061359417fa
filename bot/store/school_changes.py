"""What a school's row said before staff changed it, so that a change can be taken back."""

from datetime import datetime
from typing import Final

from sqlmodel import Field, Session, SQLModel

VALUES: Final = "school_change.values"


class SchoolChange(SQLModel, table=True):
    """One change of one school by one person."""

    __tablename__ = "school_change"

    id: int | None = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    at: datetime
    values: bytes
    """Sealed JSON, context school_change.values: for each column {before, after, was_kept}"""


def add(session: Session, change: SchoolChange) -> int:
    """Keep what was before, in the transaction that changes it. Returns its id."""
    session.add(change)
    session.flush()
    return change.id or 0


def by_id(session: Session, change_id: int) -> SchoolChange | None:
    """The change of this id."""
    return session.get(SchoolChange, change_id)
