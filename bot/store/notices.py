"""What staff are told, to whom, how, and whether it arrived; nothing of it is lost when a worker dies.

A notice is first a text, where its reader has a number and has not stopped it, and else or then an
e-mail. The words are kept sealed only until it is told.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Index, and_, exists, func, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.marks import DISARMED, is_set
from bot.store.outbox import OutboxRow

ADDRESS: Final = "notice.address"
SUBJECT: Final = "notice.subject"
BODY: Final = "notice.body"

State = Literal["texting", "mailing", "told", "failed"]
UNDER_WAY: Final = ("texting", "mailing")
_ARRIVED: Final = ("delivered", "read")
_TAKEN: Final = ("accepted", "sent")
_LOST: Final = ("failed", "undelivered", "skipped", "unknown")
NO_RECEIPT: Final = timedelta(days=1)
"""A text that the carrier took and tells nothing more of counts as told after this"""


class Notice(SQLModel, table=True):
    """One thing that one reader at school is told."""

    __table_args__ = (Index("ix_notice_due", "state", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int | None = Field(default=None, foreign_key="thread.id", index=True)
    absence_id: int | None = Field(default=None, foreign_key="absence.id", index=True)
    to: str = Field(max_length=32)
    """attendance, on_call, or the role of the person"""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    """The text, where it was tried"""
    address: bytes | None = None
    """Sealed e-mail address, context notice.address; None where there is none"""
    subject: bytes | None = None
    """Sealed, context notice.subject"""
    body: bytes | None = None
    """Sealed, context notice.body"""
    state: str = Field(max_length=16)
    """texting, mailing, told or failed"""
    reason: str | None = Field(default=None, max_length=64)
    """Why it failed, or why the last try did"""
    tries: int = 0
    """How often the e-mail was tried, the try under way included"""
    due_at: datetime
    """Of an e-mail when it is tried next; of a text when it goes out"""
    created_at: datetime
    ended_at: datetime | None = None


def add(session: Session, notice: Notice) -> Notice:
    """Keep a notice, in the transaction of what it tells."""
    session.add(notice)
    session.flush()
    return notice


def by_id(session: Session, notice_id: int) -> Notice | None:
    """The notice of this id."""
    return session.get(Notice, notice_id)


def about(session: Session, *, threads: Collection[int] = (), absences: Collection[int] = ()) -> list[Notice]:
    """All notices about these threads and these absences, oldest first."""
    mine = or_(col(Notice.thread_id).in_(threads), col(Notice.absence_id).in_(absences))
    return list(session.exec(select(Notice).where(mine).order_by(col(Notice.id))))


def not_told(session: Session, limit: int = 200) -> list[Notice]:
    """Notices that are under way or failed, latest first."""
    found = select(Notice).where(col(Notice.state) != "told").order_by(col(Notice.id).desc())
    return list(session.exec(found.limit(limit)))


def lost_texts(session: Session, now: datetime, limit: int) -> list[tuple[int, str]]:
    """(notice, why) of those whose text did not arrive or will not go out any more, oldest first."""
    why = func.coalesce(OutboxRow.reason, OutboxRow.state)
    found = select(Notice.id, why).join(OutboxRow, col(OutboxRow.id) == col(Notice.outbox_id))
    too_late = and_(col(OutboxRow.state) == "pending", col(OutboxRow.expires_at) <= now)
    found = found.where(col(Notice.state) == "texting", or_(col(OutboxRow.state).in_(_LOST), too_late))
    rows = session.exec(found.order_by(col(Notice.id)).limit(limit))
    return [(notice_id, str(reason)) for notice_id, reason in rows if notice_id is not None]


def arrived_texts(session: Session, now: datetime, limit: int) -> list[int]:
    """Notices whose text arrived, or was taken by the carrier long ago."""
    long_ago = and_(col(OutboxRow.state).in_(_TAKEN), col(Notice.due_at) <= now - NO_RECEIPT)
    found = select(Notice.id).join(OutboxRow, col(OutboxRow.id) == col(Notice.outbox_id))
    found = found.where(col(Notice.state) == "texting", or_(col(OutboxRow.state).in_(_ARRIVED), long_ago))
    rows = session.exec(found.order_by(col(Notice.id)).limit(limit))
    return [notice_id for notice_id in rows if notice_id is not None]


def due_mails(session: Session, now: datetime, limit: int) -> list[int]:
    """Notices whose e-mail is to be tried now, longest waiting first; none while disarmed."""
    found = select(Notice.id).where(col(Notice.state) == "mailing", col(Notice.due_at) <= now)
    found = found.where(~exists(is_set(DISARMED)))
    rows = session.exec(found.order_by(col(Notice.due_at), col(Notice.id)).limit(limit))
    return [notice_id for notice_id in rows if notice_id is not None]


def take(session: Session, notice: Notice, *, again_at: datetime) -> bool:
    """Begin a try of an e-mail; if this worker dies, it is tried again at `again_at`.

    False when another worker has begun it since `notice` was read.
    """
    taking = update(Notice).where(
        col(Notice.id) == notice.id, col(Notice.state) == "mailing", col(Notice.tries) == notice.tries
    )
    done = session.exec(taking.values(tries=notice.tries + 1, due_at=again_at))
    return done.rowcount == 1


def note(session: Session, notice_id: int, reason: str) -> None:
    """Keep why a try failed; it is tried again when it is due."""
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(reason=reason))


def mail_instead(session: Session, notice_id: int, reason: str, now: datetime) -> bool:
    """Let an e-mail say what a text did not bring. False where there is no address, or it is no text now."""
    turning = update(Notice).where(
        col(Notice.id) == notice_id, col(Notice.state) == "texting", col(Notice.address).is_not(None)
    )
    return session.exec(turning.values(state="mailing", reason=reason, due_at=now)).rowcount == 1


def end(session: Session, notice_id: int, state: Literal["told", "failed"], now: datetime) -> bool:
    """Told, or given up; the words and the address are forgotten. False when it had ended before."""
    ending = update(Notice).where(col(Notice.id) == notice_id, col(Notice.state).in_(UNDER_WAY))
    gone = {"address": None, "subject": None, "body": None}
    return session.exec(ending.values(state=state, ended_at=now, **gone)).rowcount == 1
