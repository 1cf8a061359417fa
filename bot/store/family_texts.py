"""What was written between the school and the people of one family, and which broadcasts they got."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from bot.store.broadcasts import Broadcast
from bot.store.families import Family, FamilyContact, Student
from bot.store.inbound import Inbound
from bot.store.outbox import ROWS, OutboxRow
from bot.store.schools import School
from bot.store.teachers import StudentTeacher
from bot.store.threads import Thread

TO_FAMILIES: Final = (
    "reply", "timer", "danger", "tip", "broadcast", "opt_out_confirmation", "opt_in_confirmation", "help",
    "erasure_receipt", "person",
)  # fmt: skip
"""Kinds of texts to a family. What somebody of a family gets as one of the staff is not the family's"""


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the family, or to it."""

    id: int
    """Of its row: inbound where it is theirs, else outbox"""
    contact_id: int
    at: datetime
    is_theirs: bool
    body: bytes | None = field(repr=False)
    """Sealed, context inbound.body or outbox.body"""
    state: str | None
    """Of one that goes out; see bot.store.states"""
    reason: str | None
    kind: str
    language: str | None
    """Of a broadcast: the locale of its words"""
    thread_id: int | None


@dataclass(frozen=True, slots=True)
class Got:
    """One broadcast that somebody of the family was to get."""

    id: int
    title: bytes | None
    """Sealed, context broadcast.title"""
    at: datetime
    contact_id: int
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child now at school, without a name."""

    family_id: int
    school_id: int
    school: str
    grade: str


def between(
    session: Session,
    contact_ids: Collection[int],
    since: datetime,
    before: datetime,
    limit: int,
    unseen: Collection[str] = (),
) -> list[Line]:
    """The latest texts both ways after `since` and ahead of `before`, latest first.

    `unseen`: what a text was taken for that is none of the family's, such as an answer that one of its
    people wrote as a liaison.
    """
    came = select(Inbound).where(
        col(Inbound.contact_id).in_(contact_ids),
        col(Inbound.received_at) >= since,
        col(Inbound.received_at) < before,
        col(Inbound.heard_as).not_in(unseen),
    )
    work = select(Inbound.id).where(
        col(Inbound.contact_id).in_(contact_ids), col(Inbound.heard_as).in_(unseen)
    )
    went = select(OutboxRow).where(
        col(OutboxRow.contact_id).in_(contact_ids),
        col(OutboxRow.created_at) >= since,
        col(OutboxRow.created_at) < before,
        col(OutboxRow.kind).in_(TO_FAMILIES),
        # What one of the staff hears of other families, here or as an answer to an order by text
        or_(col(OutboxRow.kind) != "danger", col(OutboxRow.inbound_id).is_not(None)),
        col(OutboxRow.inbound_id).is_(None) | col(OutboxRow.inbound_id).not_in(work),
    )
    lines = [
        Line(
            one.id or 0, one.contact_id, one.received_at, True, one.body, None, None, one.heard_as, None,
            one.thread_id,
        )
        for one in session.exec(came.order_by(col(Inbound.received_at).desc()).limit(limit))
    ]  # fmt: skip
    lines += [
        Line(
            one.id or 0, one.contact_id, one.created_at, False, one.body, one.state, one.reason, one.kind,
            one.language, one.thread_id,
        )
        for one in session.exec(went.order_by(col(OutboxRow.id).desc()).limit(limit))
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (one.at, not one.is_theirs), reverse=True)[:limit]


def broadcasts_to(session: Session, contact_ids: Collection[int], limit: int) -> list[Got]:
    """The latest broadcasts that were for these contacts, a line for each contact."""
    told = (ROWS.c.created_at, ROWS.c.contact_id, ROWS.c.state, ROWS.c.reason)
    found = (
        columns(col(Broadcast.id), col(Broadcast.title), *told)
        .join(ROWS, ROWS.c.broadcast_id == col(Broadcast.id))
        .where(ROWS.c.contact_id.in_(contact_ids))
        .order_by(ROWS.c.id.desc())
        .limit(limit)
    )
    # Of a text in parts the first one stands for all
    once = {(row[0], row[3]): Got(*row) for row in session.connection().execute(found)}
    return list(once.values())


def threads_of(session: Session, contact_ids: Collection[int], limit: int) -> list[Thread]:
    """The latest threads of these contacts, latest first."""
    found = select(Thread).where(col(Thread.contact_id).in_(contact_ids))
    return list(session.exec(found.order_by(col(Thread.id).desc()).limit(limit)))


def links_of(session: Session, family_ids: Collection[int]) -> list[FamilyContact]:
    """Who belongs to these families, and who did."""
    found = select(FamilyContact).where(col(FamilyContact.family_id).in_(family_ids))
    return list(session.exec(found.order_by(col(FamilyContact.family_id), col(FamilyContact.contact_id))))


def pupils(session: Session, family_ids: Collection[int], taught_by: int | None = None) -> list[Pupil]:
    """The children at school now; `taught_by`: only whom this person teaches."""
    found = (
        columns(col(Student.family_id), col(Student.school_id), col(School.name), col(Student.grade))
        .join(School, col(School.id) == col(Student.school_id))
        .where(col(Student.family_id).in_(family_ids), col(Student.left_at).is_(None))
        .order_by(col(Student.id))
    )
    if taught_by is not None:
        mine = select(StudentTeacher.student_id).where(col(StudentTeacher.staff_id) == taught_by)
        found = found.where(col(Student.id).in_(mine))
    return [Pupil(*row) for row in session.connection().execute(found)]


def is_there(session: Session, family_id: int) -> bool:
    """Whether there is such a family."""
    return session.get(Family, family_id) is not None
