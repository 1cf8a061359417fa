"""What a broadcast says, language by language, and those families that still wait for theirs."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.vault import Vault

BODY = "broadcast_text.body"


class BroadcastText(SQLModel, table=True):
    """The text of one broadcast in one language, as it was written: with its merge fields."""

    __tablename__ = "broadcast_text"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    language: str = Field(primary_key=True, max_length=16)
    """Locale as Babel writes it"""
    body: bytes
    """Sealed, context broadcast_text.body"""
    origin: str = Field(max_length=16)
    """staff, template, machine or translator"""
    reviewed: bool
    """Whether a person who speaks the language stands for it"""
    translates: str | None = Field(default=None, max_length=16)
    """The version of the text that this translates (`consents.wording_id`); None: of nothing"""
    written_at: datetime


class BroadcastWait(SQLModel, table=True):
    """One contact of a broadcast whose text waits for a translation."""

    __tablename__ = "broadcast_wait"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)
    language: str = Field(max_length=16)


def write(session: Session, vault: Vault, text: BroadcastText, words: str) -> None:
    """Keep the text of one language; the one before is gone. `text.body` is filled here."""
    text.body = vault.seal(words, BODY)
    session.merge(text)
    session.flush()


def of(session: Session, broadcast_id: int) -> dict[str, BroadcastText]:
    """The texts of a broadcast by language."""
    found = session.exec(select(BroadcastText).where(col(BroadcastText.broadcast_id) == broadcast_id))
    return {one.language: one for one in found}


def drop(session: Session, broadcast_id: int, language: str) -> None:
    """Forget the text of one language."""
    mine = col(BroadcastText.broadcast_id) == broadcast_id
    session.exec(delete(BroadcastText).where(mine, col(BroadcastText.language) == language))


def wait(session: Session, broadcast_id: int, languages: Mapping[int, str]) -> None:
    """Let contacts (with the language of each) wait for a translation."""
    rows = [
        {"broadcast_id": broadcast_id, "contact_id": contact_id, "language": language}
        for contact_id, language in languages.items()
    ]
    if rows:
        session.connection().execute(insert(BroadcastWait), rows)


def waiting(session: Session, broadcast_id: int) -> dict[str, int]:
    """How many wait for each language."""
    chosen = select(BroadcastWait.language, func.count()).where(
        col(BroadcastWait.broadcast_id) == broadcast_id
    )
    return dict(session.exec(chosen.group_by(col(BroadcastWait.language))).all())


def take_waiting(
    session: Session, broadcast_id: int, languages: Sequence[str] | None, limit: int
) -> list[BroadcastWait]:
    """The next that wait for one of these languages (None: for any); they wait no longer."""
    chosen = select(BroadcastWait).where(col(BroadcastWait.broadcast_id) == broadcast_id)
    if languages is not None:
        chosen = chosen.where(col(BroadcastWait.language).in_(languages))
    found = list(session.exec(chosen.order_by(col(BroadcastWait.contact_id)).limit(limit)))
    ids = [one.contact_id for one in found]
    mine = col(BroadcastWait.broadcast_id) == broadcast_id
    session.exec(delete(BroadcastWait).where(mine, col(BroadcastWait.contact_id).in_(ids)))
    return found
