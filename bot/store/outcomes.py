"""What became of the texts of some days, counted: in the district, or to families of some schools."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from bot.store.families import FamilyContact, Student
from bot.store.outbox import ROWS, OutboxRow, state_is


def by_reason(
    session: Session, since: datetime, school_ids: Collection[int] | None = None
) -> dict[tuple[str, str | None], int]:
    """How many texts wanted since then are in each state for each reason: nobody is left out in silence.

    `school_ids`: only texts to families with a child at one of these schools; None: every text.
    """
    found = select(OutboxRow.state, OutboxRow.reason, func.count())
    counted = found.where(col(OutboxRow.created_at) >= since, *_to_families_of(school_ids)).group_by(
        col(OutboxRow.state), col(OutboxRow.reason)
    )
    return {(state, reason): number for state, reason, number in session.exec(counted)}


def lost_by_code(
    session: Session, since: datetime, school_ids: Collection[int] | None = None
) -> dict[tuple[str | None, int | None], int]:
    """How many texts wanted since then were lost, by our reason and the carrier's code; schools as above."""
    found = select(OutboxRow.reason, OutboxRow.error_code, func.count())
    lost = found.where(
        col(OutboxRow.created_at) >= since,
        state_is(ROWS, "failed", "undelivered"),
        *_to_families_of(school_ids),
    )
    counted = session.exec(lost.group_by(col(OutboxRow.reason), col(OutboxRow.error_code)))
    return {(reason, code): number for reason, code, number in counted}


def _to_families_of(school_ids: Collection[int] | None) -> list[Any]:
    if school_ids is None:
        return []
    return [
        exists(
            select(Student.id)
            .join(FamilyContact, col(FamilyContact.family_id) == col(Student.family_id))
            .where(
                col(FamilyContact.contact_id) == col(OutboxRow.contact_id),
                col(FamilyContact.unlinked_at).is_(None),
                col(Student.left_at).is_(None),
                col(Student.school_id).in_(school_ids),
            )
        )
    ]
