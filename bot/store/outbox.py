"""Every outgoing text, from wanted to delivered; the truth that workers act on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    SmallInteger,
    Table,
    and_,
    bindparam,
    insert,
    literal_column,
    text,
    update,
)
from sqlalchemy import select as column_select
from sqlmodel import Field, Session, SQLModel, col, func, select

BODY: Final = "outbox.body"
TAPPABLE: Final = "outbox.tappable"
UNCOUNTED: Final = "WhatsApp"
"""Encoding of a row whose segments nobody has counted"""
POISON: Final = "poison"
"""Reason of a row that was set aside: its worker failed on it time and again, before the carrier was asked"""
_PENDING: Final = text("state = 'pending'")
_STUMBLED: Final = text("state = 'pending' AND stumbles > 0")
_OPEN: Final = text("state IN ('pending', 'claimed', 'submitting')")
_ONE_OF_MANY: Final = text("broadcast_id IS NOT NULL")
_OPEN_OF_MANY: Final = text("broadcast_id IS NOT NULL AND state IN ('pending', 'claimed', 'submitting')")
_ONCE: Final = text("part IS NOT NULL")
_WITH_PICTURE: Final = text("picture_id IS NOT NULL")
_OF_THREAD: Final = text("thread_id IS NOT NULL")
_UNDER_WAY: Final = text("state IN ('accepted', 'sent')")
_SET_ASIDE: Final = text("state = 'failed' AND reason = 'poison'")
_HELD: Final = text("state IN ('claimed', 'submitting', 'unknown')")


class OutboxRow(SQLModel, table=True):
    """One text to one contact and how far it has come."""

    __tablename__ = "outbox"
    __table_args__ = (
        # Partial, so that the many rows that are done cost neither space nor a write.
        Index("ix_outbox_due", "lane", "due_at", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index(
            "ix_outbox_stumbled",
            *("lane", "due_at", "id"),
            sqlite_where=_STUMBLED,
            postgresql_where=_STUMBLED,
        ),
        Index("ix_outbox_order", "contact_id", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outbox_held", "state", "look_at", sqlite_where=_HELD, postgresql_where=_HELD),
        Index("ix_outbox_under_way", "submitted_at", sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY),
        Index("ix_outbox_contact", "contact_id", "id"),
        Index(
            "ix_outbox_broadcast", "broadcast_id", sqlite_where=_ONE_OF_MANY, postgresql_where=_ONE_OF_MANY
        ),
        Index(
            "ix_outbox_open",
            *("broadcast_id", "expires_at"),
            sqlite_where=_OPEN_OF_MANY,
            postgresql_where=_OPEN_OF_MANY,
        ),
        Index("ix_outbox_set_aside", "id", sqlite_where=_SET_ASIDE, postgresql_where=_SET_ASIDE),
        # One text, or one part of it, for each contact of a broadcast: whoever fills it, and however often.
        Index(
            "ix_outbox_once",
            "broadcast_id",
            "contact_id",
            "part",
            unique=True,
            sqlite_where=_ONCE,
            postgresql_where=_ONCE,
        ),
        Index("ix_outbox_thread", "thread_id", sqlite_where=_OF_THREAD, postgresql_where=_OF_THREAD),
        Index("ix_outbox_picture", "picture_id", sqlite_where=_WITH_PICTURE, postgresql_where=_WITH_PICTURE),
        # Ids travel to the carrier and come back in receipts: an id must never be given twice.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id")
    lane: str = Field(max_length=16)
    """replies or broadcasts"""
    kind: str = Field(max_length=24)
    """reply, timer, danger, tip, broadcast, opt_out_confirmation, opt_in_confirmation, help, erasure_receipt,
    person, notice"""
    channel: str = Field(max_length=16)
    state: str = Field(default="pending", max_length=16)
    """See bot.store.states"""
    reason: str | None = Field(default=None, max_length=64)
    """Why skipped, failed, unknown, waiting, or in doubt"""
    body: bytes | None
    """Sealed, context outbox.body; None once its time is over"""
    tappable: bytes | None = None
    """Sealed, context outbox.tappable: the question as WhatsApp shows it, with what can be tapped"""
    segments: int
    """0 on WhatsApp, which knows none"""
    encoding: str = Field(max_length=8)
    """GSM-7, UCS-2, or WhatsApp: not counted"""
    attempts: int = 0
    """How often it was handed to the carrier"""
    stumbles: int = 0
    """How often a worker failed on it before the carrier was asked"""
    due_at: datetime
    expires_at: datetime | None = None
    claimed_by: str | None = Field(default=None, max_length=64)
    """Token of the one claim that holds the row: an answer of an older claim finds another token"""
    claimed_at: datetime | None = None
    submitted_at: datetime | None = None
    look_at: datetime | None = None
    """When somebody else may look after a row that its worker still holds, or the carrier is asked again
    about a text whose last receipt never came"""
    sid: str | None = Field(default=None, unique=True, max_length=64)
    error_code: int | None = None
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id")
    part: int | None = Field(default=None, sa_column=Column(SmallInteger))
    """Of a broadcast that goes to each contact once: which part of the text, from 1"""
    language: str | None = Field(default=None, max_length=16)
    """Of a broadcast: which of its texts this is"""
    zone: str | None = Field(default=None, max_length=64)
    """IANA zone whose quiet hours hold for it; None: none do"""
    hours: str | None = Field(default=None, max_length=11)
    """When its school lets texts out in that zone, 09:00-18:00; None: 8 to 20"""
    quiet_at: datetime | None = None
    """When the hours end in which it may go out"""
    inbound_id: int | None = Field(default=None, foreign_key="inbound.id")
    thread_id: int | None = Field(default=None, foreign_key="thread.id")
    picture_id: int | None = Field(default=None, foreign_key="picture.id")
    """What goes along with it"""
    created_at: datetime


ROWS: Final[Table] = SQLModel.metadata.tables["outbox"]


def state_is(rows: Any, *states: str) -> ColumnElement[bool]:
    """`state` compared with constants in the statement's text: a partial index serves no parameter."""
    if len(states) == 1:
        return rows.c.state == literal_column(f"'{states[0]}'")  # type: ignore[no-any-return]
    return rows.c.state.in_([literal_column(f"'{state}'") for state in states])  # type: ignore[no-any-return]


def add(session: Session, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows as dicts of columns and return their ids in the same order."""
    if len(rows) == 1:
        key = session.connection().execute(insert(ROWS), rows[0]).inserted_primary_key
        assert key is not None
        return [key[0]]
    many = insert(ROWS).returning(ROWS.c.id, sort_by_parameter_order=True)
    return list(session.connection().execute(many, rows).scalars())


def add_all(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows, in this order; their ids rise with it."""
    session.connection().execute(insert(ROWS), rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much one lane has before it."""

    rows: int
    oldest_due: datetime | None


def waiting(session: Session, lane: str, now: datetime) -> Waiting:
    """The rows of a lane that are due and not yet taken."""
    due = select(func.count(), func.min(OutboxRow.due_at)).where(
        state_is(ROWS, "pending"), col(OutboxRow.lane) == lane, col(OutboxRow.due_at) <= now
    )
    rows, oldest = session.exec(due).one()
    return Waiting(rows, oldest)


def any_arrived(session: Session) -> bool:
    """Whether a phone ever confirmed a text."""
    found = select(OutboxRow.id).where(col(OutboxRow.state).in_(["delivered", "read"]))
    return session.exec(found.limit(1)).first() is not None


def unknown_ids(session: Session, limit: int = 200) -> list[int]:
    """Rows of which nobody knows whether they went out; a person decides. Oldest first."""
    found = select(OutboxRow.id).where(state_is(ROWS, "unknown")).order_by(col(OutboxRow.id))
    return [row_id for row_id in session.exec(found.limit(limit)) if row_id is not None]


def unknown_rows(session: Session, limit: int = 200) -> list[OutboxRow]:
    """The same with all that is known of them, for the page on which the person decides."""
    found = select(OutboxRow).where(state_is(ROWS, "unknown")).order_by(col(OutboxRow.id))
    return list(session.exec(found.limit(limit)))


def set_aside_rows(session: Session, limit: int = 200) -> list[OutboxRow]:
    """Rows that nobody could write and that certainly did not go out: a person may let them be tried anew."""
    found = select(OutboxRow).where(is_set_aside(ROWS)).order_by(col(OutboxRow.id))
    return list(session.exec(found.limit(limit)))


def set_aside_ids(session: Session, limit: int = 200) -> list[int]:
    """The same by their ids."""
    found = column_select(ROWS.c.id).where(is_set_aside(ROWS)).order_by(ROWS.c.id).limit(limit)
    return list(session.connection().execute(found).scalars())


def is_set_aside(rows: Any) -> ColumnElement[bool]:
    """Constants, as in `state_is`."""
    return and_(state_is(rows, "failed"), rows.c.reason == literal_column(f"'{POISON}'"))


def lane_of(session: Session, row_id: int) -> str | None:
    """The lane of one text."""
    return session.exec(select(OutboxRow.lane).where(col(OutboxRow.id) == row_id)).first()


def cancel_broadcasts(session: Session, contact_id: int) -> int:
    """Take back what we wanted to write of ourselves to one contact. Returns how many texts."""
    waiting = update(ROWS).where(
        ROWS.c.contact_id == contact_id, state_is(ROWS, "pending"), ROWS.c.lane == "broadcasts"
    )
    done = session.connection().execute(waiting.values(state="skipped", reason="cancelled"))
    return done.rowcount


def cancel_talk(session: Session, contact_id: int) -> int:
    """Take back whatever waits for a number that belongs to nobody whom we know. Returns how many texts.

    Not what it asked for itself, what it hears of this as the last, or is told as one of the staff.
    """
    waiting = update(ROWS).where(
        ROWS.c.contact_id == contact_id,
        state_is(ROWS, "pending"),
        ROWS.c.kind.in_(("reply", "timer", "tip", "broadcast", "person", "danger")),
    )
    done = session.connection().execute(waiting.values(state="skipped", reason="cancelled"))
    return done.rowcount


def answers_since(session: Session, contact_id: int, since: datetime) -> dict[int, datetime]:
    """When each text of a contact was answered, by the inbound row; an answer in parts is one."""
    found = session.connection().execute(_answers(), {"contact": contact_id, "since": since})
    return {row.inbound_id: row.created_at for row in found}


@lru_cache(maxsize=1)
def _answers() -> Any:
    """Built once: it is asked at every text."""
    return column_select(ROWS.c.inbound_id, ROWS.c.created_at).where(
        ROWS.c.contact_id == bindparam("contact"),
        ROWS.c.inbound_id.is_not(None),
        ROWS.c.created_at > bindparam("since"),
    )


def to_contact(session: Session, contact_id: int, after: int = 0) -> list[OutboxRow]:
    """All texts for one contact with a higher id than `after`, in the order they were put."""
    found = select(OutboxRow).where(col(OutboxRow.contact_id) == contact_id, col(OutboxRow.id) > after)
    return list(session.exec(found.order_by(col(OutboxRow.id))))
