"""Children by the roster's own ids, as far as somebody may write about them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session, col

from bot.store.audience_ways import Within, is_reached
from bot.store.families import Student

_AT_ONCE = 5000


def within_reach(session: Session, marks: Collection[str], within: Within) -> dict[str, int]:
    """Ids of children at school now by the keyed hash of their sourcedId. Whoever is not there and whoever
    is beyond reach are missing alike.
    """
    found: dict[str, int] = {}
    every = sorted(marks)
    for start in range(0, len(every), _AT_ONCE):
        chosen = select(col(Student.source_hash), col(Student.id)).where(
            col(Student.source_hash).in_(every[start : start + _AT_ONCE]),
            col(Student.left_at).is_(None),
            is_reached(within),
        )
        found |= {mark: id_ or 0 for mark, id_ in session.connection().execute(chosen)}
    return found


def schools_of(session: Session, student_ids: Collection[int]) -> set[int]:
    """Ids of the schools of these children."""
    chosen = select(col(Student.school_id)).where(col(Student.id).in_(student_ids)).distinct()
    return set(session.connection().execute(chosen).scalars())
