"""A parent says by text that a child will be away; kept for the attendance office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session

from bot.store import absences, families, teachers
from bot.store.absences import REASON, ReportedAbsence
from bot.store.contacts import Contact
from bot.store.families import STUDENT_NAME
from bot.store.vault import Vault

REASONS = ("sick", "appointment", "family", "other")
"""Categories only: what a child suffers from has no place in a text"""


@dataclass(frozen=True, slots=True)
class Reported:
    """One absence as the attendance office reads it."""

    id: int
    child: str
    grade: str
    school_id: int
    school: str
    teachers: tuple[str, ...]
    """Of its homeroom or classes, by name"""
    day: date
    reason: str
    reported_at: datetime


def report(
    session: Session, vault: Vault, contact: Contact, student_id: int, day: date, reason: str, now: datetime
) -> Literal["new", "changed", "refused"]:
    """Keep that a child is away on a day. A second report of that day changes the first.

    Refused where the child is none of this contact's families (also not any more), or the reason is
    not one of REASONS.
    """
    own = {child.id for child in families.children_of(session, contact.id or 0)}
    if student_id not in own or reason not in REASONS:
        return "refused"
    sealed = vault.seal(reason, REASON)
    changed = absences.report(
        session, student_id=student_id, contact_id=contact.id or 0, day=day, reason=sealed, now=now
    )
    return "changed" if changed else "new"


def waiting(session: Session, vault: Vault, school: str | None = None) -> Sequence[Reported]:
    """What the attendance office (of one school, by source id) has not seen yet, soonest day first."""
    return [_opened(session, vault, found) for found in absences.waiting(session, school)]


def one(session: Session, vault: Vault, student_id: int, day: date) -> Reported | None:
    """The report of one child's day, opened."""
    found = absences.one(session, student_id, day)
    return _opened(session, vault, found) if found else None


def _opened(session: Session, vault: Vault, found: ReportedAbsence) -> Reported:
    return Reported(
        id=found.id,
        child=vault.open(found.name, STUDENT_NAME),
        grade=found.grade,
        school_id=found.school_id,
        school=found.school_name,
        teachers=tuple(person.name for person in teachers.of_student(session, found.student_id)),
        day=found.day,
        reason=vault.open(found.reason, REASON),
        reported_at=found.reported_at,
    )
