"""What WhatsApp messages are made of at the carrier: buttons, lists, and templates with their approval."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, delete, func, or_
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from bot.store.upserts import insert_into

SESSION: Final = "session"
"""State of a content that needs no approval: it is only sent within the 24 hours"""
APPROVED: Final = "approved"


class Content(SQLModel, table=True):
    """One content resource at the carrier."""

    __table_args__ = (UniqueConstraint("name", "language"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=32)
    """buttons_2, list_7, notice"""
    language: str = Field(default="", max_length=16)
    """Locale of a template; empty for buttons and lists, whose words are all variables"""
    sid: str = Field(max_length=64)
    """The carrier's, HX..."""
    state: str = Field(max_length=16)
    """session, or WhatsApp's word: unsubmitted, received, pending, approved, rejected, paused, disabled"""
    reason: str = Field(default="", max_length=255)
    """WhatsApp's, for a template that it refused"""
    wording: str = Field(max_length=64)
    """Version of what was created: a changed text needs a new content"""
    pushed_at: datetime
    checked_at: datetime | None = None


def put(session: Session, content: Content) -> None:
    """Keep a content that was just created; the one before of this name and language is replaced."""
    new = content.model_dump(exclude={"id"})
    kept = {key: value for key, value in new.items() if key not in ("name", "language")}
    statement = insert_into(session, Content).on_conflict_do_update(
        index_elements=["name", "language"], set_=kept
    )
    session.connection().execute(statement, new)


def all_of_them(session: Session) -> list[Content]:
    """Every content, by name and language."""
    return list(session.exec(select(Content).order_by(col(Content.name), col(Content.language))))


def usable(session: Session) -> dict[tuple[str, str], str]:
    """SID by (name, language) of all that may be sent now."""
    chosen = select(Content.name, Content.language, Content.sid).where(
        col(Content.state).in_([SESSION, APPROVED])
    )
    return {(name, language): sid for name, language, sid in session.exec(chosen)}


def due_to_check(session: Session, waiting_since: datetime, others_since: datetime) -> bool:
    """Whether some template was not asked about since then; `waiting_since` for one that is under review."""
    seen = func.coalesce(Content.checked_at, Content.pushed_at)
    settled = col(Content.state).in_([APPROVED, "rejected", "disabled"])
    late = or_(and_(settled, seen < others_since), and_(~settled, seen < waiting_since))
    found = select(Content.id).where(col(Content.state) != SESSION, late)
    return session.exec(found.limit(1)).first() is not None


def forget_all(session: Session) -> None:
    """Nothing stands at the carrier any more: one on this machine forgets when it ends."""
    session.exec(delete(Content))


def note_approval(session: Session, sid: str, state: str, reason: str, now: datetime) -> None:
    """What WhatsApp says of a template."""
    content = session.exec(select(Content).where(col(Content.sid) == sid)).first()
    if content is not None:
        content.state, content.reason, content.checked_at = state[:16], reason[:255], now
        session.add(content)
