"""Broadcasts as their delivery sees them: whether their texts may go out, and why not."""

from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Index,
    Table,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlmodel import Field, Session, SQLModel
from sqlmodel import select as modelled

from bot.store import broadcast_notices, broadcast_texts
from bot.store.accounts import Account
from bot.store.outbox import ROWS, state_is
from bot.store.states import OPEN

_UNANSWERED: Final = text("approved_at IS NOT NULL AND answered_at IS NULL")


class Broadcast(SQLModel, table=True):
    """One text to many. Never removed: it says who sent it, and who set aside quiet hours and why."""

    __table_args__ = (
        Index("ix_broadcast_state", "state", "starts_at"),
        Index("ix_broadcast_series", "series_id", "starts_at", unique=True),
        Index("ix_broadcast_decided", "id", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
    )

    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(default="running", max_length=16)
    """draft, thrown (away by its writer); waiting_approval, refused; scheduled, series (its occurrences are
    broadcasts of their own); running, paused (by a person, or after its canary), stopped (by a fault),
    cancelled, expired, done"""
    reason: str | None = Field(default=None, max_length=64)
    """Why it is not running: a word of ours, or configuration/ and the carrier's code"""
    purpose: str = Field(default="school", max_length=8)
    """school, or beyond: outside the school's mission, only to those who asked for it"""
    topic: str = Field(default="news", max_length=16, sa_column_kwargs={"server_default": "news"})
    """news, attendance or urgent: whoever wants fewer texts gets no news"""
    school_id: int | None = Field(default=None, foreign_key="school.id")
    """None: the district"""
    created_by: str = Field(max_length=64)
    """sourcedId of the staff member"""
    emergency_by: str | None = Field(default=None, max_length=64)
    """Who lets it go out in quiet hours"""
    emergency_reason: str | None = Field(default=None, max_length=256)
    created_at: datetime
    expires_at: datetime | None = None
    """After this nothing of it goes out"""
    filled_at: datetime | None = None
    """When the last of its texts was in the outbox"""
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    """Whose draft it is and who sends it; None: the program"""
    template: str | None = Field(default=None, max_length=64)
    """The template that it was begun from"""
    title: bytes | None = None
    """Sealed, context broadcast.title: what its sender calls it"""
    language: str = Field(default="en", max_length=16, sa_column_kwargs={"server_default": "en"})
    """Of the text that the others translate"""
    audience: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """Whom it is for, as bot.broadcast.audience writes it: ids and words of ours, no name"""
    options: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """What is chosen for languages without a text, and the values of merge fields that name nobody"""
    counts: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """What the preview said when it was sent: recipients by language, left out by reason"""
    token: str | None = Field(default=None, unique=True, max_length=64, index=True)
    """Of the preview that was sent: one preview is sent once"""
    cursor: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The last contact that has its row in the outbox; they are put by rising id"""
    put_so_far: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many contacts have one"""
    canary: int | None = None
    """After so many it pauses until somebody lets it go on; None: it does not"""
    zone: str | None = Field(default=None, max_length=64)
    """IANA, of its school: of its quiet hours and its local times"""
    starts_at: datetime | None = None
    """When it begins; of a series the next occurrence"""
    rule: str | None = Field(default=None, max_length=255)
    """RRULE of a series (RFC 5545)"""
    series_id: int | None = Field(default=None, foreign_key="broadcast.id")
    """The series that this is an occurrence of"""
    lives: int | None = None
    """Minutes after its start when it expires"""
    sent_at: datetime | None = None
    """When its sender said so"""
    approved_by: int | None = Field(default=None, foreign_key="account.id")
    """Who let it go out, or refused it"""
    approved_at: datetime | None = None
    asked_at: datetime | None = None
    """When those who may let it go out were told that it waits for them"""
    answered_at: datetime | None = None
    """When its sender was told what they decided"""


Topic = Literal["news", "attendance", "urgent"]
BROADCASTS: Final[Table] = SQLModel.metadata.tables["broadcast"]
HELD: Final = ("paused", "stopped")
_WAITS: Final[Table] = SQLModel.metadata.tables[str(broadcast_texts.BroadcastWait.__tablename__)]


def create(
    session: Session,
    *,
    created_by: str,
    now: datetime,
    school_id: int | None = None,
    purpose: str = "school",
    topic: Topic = "news",
    expires_at: datetime | None = None,
    emergency: tuple[str, str] | None = None,
) -> Broadcast:
    """Begin a broadcast. `emergency`: who lets it go out in quiet hours, and why.

    Raises ValueError for an emergency without a name or a reason, and for one beyond the school's mission.
    """
    by, why = emergency or (None, None)
    if emergency and not (by and by.strip() and why and why.strip()):
        raise ValueError("an emergency names who says so and why")
    if emergency and purpose != "school":
        raise ValueError("an emergency is the school's own")
    made = Broadcast(
        created_by=created_by,
        created_at=now,
        school_id=school_id,
        purpose=purpose,
        topic=topic,
        expires_at=expires_at,
        emergency_by=by,
        emergency_reason=why,
    )
    session.add(made)
    session.flush()
    return made


def by_id(session: Session, broadcast_id: int) -> Broadcast | None:
    """The broadcast of this id."""
    return session.get(Broadcast, broadcast_id)


def held(session: Session) -> list[Broadcast]:
    """Those that a person or a fault holds, oldest first."""
    chosen = modelled(Broadcast).where(BROADCASTS.c.state.in_(HELD)).order_by(BROADCASTS.c.id)
    return list(session.exec(chosen))


def pause(session: Session, broadcast_id: int, reason: str = "by_hand") -> bool:
    """Let nothing more of it be claimed; what is being handed over goes out. False if it was not running."""
    return _move(session, broadcast_id, ("running",), "paused", reason)


def stop(session: Session, broadcast_id: int, reason: str) -> bool:
    """As `pause`, by a fault that every text of it would meet. True the first time only."""
    return _move(session, broadcast_id, ("running",), "stopped", reason)


def resume(session: Session, broadcast_id: int) -> bool:
    """Go on with a paused or stopped one. Ring the lane after the commit."""
    return _move(session, broadcast_id, HELD, "running", None)


def cancel(session: Session, broadcast_id: int, reason: str = "by_hand") -> int:
    """End it for good. Returns how many texts will not go out; those just being claimed end there.

    Rows before the broadcast, as everywhere, so that nobody waits in a circle.
    """
    waiting = update(ROWS).where(ROWS.c.broadcast_id == broadcast_id, state_is(ROWS, "pending"))
    ended = session.connection().execute(waiting.values(state="skipped", reason="cancelled")).rowcount
    _move(session, broadcast_id, ("running", *HELD), "cancelled", reason)
    broadcast_notices.take_back(session, broadcast_id)
    return ended


def filled(session: Session, broadcast_id: int, now: datetime) -> None:
    """All its texts are in the outbox: once they have ended it is done."""
    done = update(BROADCASTS).where(BROADCASTS.c.id == broadcast_id)
    session.connection().execute(done.values(filled_at=now))


def tally(session: Session, broadcast_id: int) -> dict[tuple[str, str | None], int]:
    """How many of its texts are in each state for each reason: they add up to all it was put for."""
    found = (
        select(ROWS.c.state, ROWS.c.reason, func.count())
        .where(ROWS.c.broadcast_id == broadcast_id)
        .group_by(ROWS.c.state, ROWS.c.reason)
    )
    return {(state, reason): number for state, reason, number in session.connection().execute(found)}


def _end_late(session: Session, now: datetime) -> None:
    held = session.connection().execute(select(BROADCASTS.c.id).where(BROADCASTS.c.state.in_(HELD)))
    late = update(ROWS).where(
        ROWS.c.broadcast_id == bindparam("held"),
        # Both, because SQLite does not see that the second holds the first
        state_is(ROWS, *OPEN),
        state_is(ROWS, "pending"),
        ROWS.c.expires_at <= now,
    )
    for broadcast_id in held.scalars().all():
        session.connection().execute(late.values(state="skipped", reason="expired"), {"held": broadcast_id})


def look_after(session: Session, now: datetime) -> int:
    """End texts whose time ran out while their broadcast was held, and broadcasts with nothing open.

    Returns how many broadcasts are done now.
    """
    _end_late(session, now)
    texts = select(ROWS.c.id).where(ROWS.c.broadcast_id == BROADCASTS.c.id)
    over = [
        BROADCASTS.c.state.in_(("running", *HELD)),
        BROADCASTS.c.filled_at.is_not(None),
        ~exists(texts.where(state_is(ROWS, *OPEN))),
        ~exists(select(_WAITS.c.contact_id).where(_WAITS.c.broadcast_id == BROADCASTS.c.id)),
    ]
    kept = case((BROADCASTS.c.state == "running", None), else_=BROADCASTS.c.reason)
    ending = update(BROADCASTS).where(*over).values(state="done", reason=kept).returning(BROADCASTS.c.id)
    done = list(session.connection().execute(ending).scalars())
    for broadcast_id in done:
        broadcast_notices.take_back(session, broadcast_id)
    return len(done)


def lately_to(session: Session, contact_id: int, since: datetime) -> Broadcast | None:
    """The last broadcast of a person that a contact got a text of since then."""
    got = ("accepted", "sent", "delivered", "read")
    found = (
        modelled(Broadcast)
        .join(ROWS, BROADCASTS.c.id == ROWS.c.broadcast_id)
        .where(
            ROWS.c.contact_id == contact_id,
            ROWS.c.submitted_at >= since,
            ROWS.c.state.in_(got),
            BROADCASTS.c.account_id.is_not(None),
        )
        .order_by(ROWS.c.id.desc())
    )
    return session.exec(found.limit(1)).first()


def sender_of(session: Session, broadcast_id: int) -> int | None:
    """The person of the roster who sent a broadcast, where the roster has them."""
    mine = modelled(Account.staff_id).join(Broadcast, BROADCASTS.c.account_id == Account.id)
    return session.exec(mine.where(BROADCASTS.c.id == broadcast_id)).first()


def is_in(rows: Any, *states: str) -> ColumnElement[bool]:
    """Whether an outbox row belongs to a broadcast in one of these states."""
    these = BROADCASTS.c.state.in_([literal_column(f"'{state}'") for state in states])
    return exists(select(BROADCASTS.c.id).where(BROADCASTS.c.id == rows.c.broadcast_id, these))


def is_emergency(rows: Any) -> ColumnElement[bool]:
    """Whether an outbox row belongs to a broadcast that somebody let go out at any hour."""
    mine = select(BROADCASTS.c.id).where(BROADCASTS.c.id == rows.c.broadcast_id)
    return exists(mine.where(BROADCASTS.c.emergency_by.is_not(None)))


def take_back(session: Session, contact_id: int, *, keep: tuple[Topic, ...]) -> int:
    """End texts of our own accord that wait for one contact, but for emergencies and these topics."""
    kept = select(BROADCASTS.c.id).where(BROADCASTS.c.id == ROWS.c.broadcast_id, BROADCASTS.c.topic.in_(keep))
    waiting = update(ROWS).where(
        ROWS.c.contact_id == contact_id,
        state_is(ROWS, "pending"),
        ROWS.c.lane == "broadcasts",
        ~exists(kept),
        ~is_emergency(ROWS),
    )
    return session.connection().execute(waiting.values(state="skipped", reason="not_wanted")).rowcount


def _move(
    session: Session, broadcast_id: int, before: tuple[str, ...], state: str, reason: str | None
) -> bool:
    moved = update(BROADCASTS).where(BROADCASTS.c.id == broadcast_id, BROADCASTS.c.state.in_(before))
    result = session.connection().execute(moved.values(state=state, reason=reason and reason[:64]))
    return result.rowcount == 1
