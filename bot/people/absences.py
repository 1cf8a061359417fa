"""A parent says by text that a child will be away; kept for the attendance office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session

from bot.store import absences, families
from bot.store.absences import REASON
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
    school: str
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
    return [
        Reported(
            id=one.id,
            child=vault.open(one.name, STUDENT_NAME),
            grade=one.grade,
            school=one.school_name,
            day=one.day,
            reason=vault.open(one.reason, REASON),
            reported_at=one.reported_at,
        )
        for one in absences.waiting(session, school)
    ]
