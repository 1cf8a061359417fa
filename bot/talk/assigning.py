"""Who answers a new thread: somebody of the school who is there, speaks the language and has least to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from bot.school import reach
from bot.school.directory import away_until, is_spoken
from bot.school.reach import LIAISON
from bot.store import accounts, broadcasts, schools, thread_work
from bot.store.accounts import Account
from bot.store.schools import Staff
from bot.store.threads import URGENT, Thread
from bot.store.vault import Vault

WROTE: Final = "wrote"
"""The family answers what this person wrote to many"""
SPEAKS: Final = "speaks"
"""Of those who speak the language, this person has the fewest open threads"""
PRESENT: Final = "present"
"""Nobody who speaks it is there; of the others this person has the fewest"""
GIVEN: Final = "given"
"""A colleague gave it"""
ANSWERED: Final = "answered"
"""This person answered first"""


@dataclass(frozen=True, slots=True)
class Pick:
    """Who answers, and why. One of the two is there at least."""

    account_id: int | None
    staff_id: int | None
    why: str


def assign(session: Session, vault: Vault, thread: Thread, language: str | None, day: date) -> Pick | None:
    """Give a thread to one person; None: everybody at the school sees it as nobody's yet, as is danger."""
    if thread.to != LIAISON or thread.topic == URGENT:
        return None
    found = pick(session, vault, thread, language, day)
    if found is not None:
        thread_work.give(
            session, thread.id or 0, account_id=found.account_id, staff_id=found.staff_id, why=found.why
        )
        session.refresh(thread)
    return found


def answered(session: Session, thread: Thread, account_id: int | None, staff_id: int | None) -> None:
    """Who answers first goes on with it, unless a colleague gave it to somebody."""
    is_theirs = account_id == thread.account_id if account_id is not None else staff_id == thread.staff_id
    is_free = thread.account_id is None and thread.staff_id is None
    takes = is_free or (thread.answered_at is None and thread.given_for != GIVEN)
    if takes and not is_theirs and (account_id, staff_id) != (None, None):
        thread_work.give(session, thread.id or 0, account_id=account_id, staff_id=staff_id, why=ANSWERED)


def pick(session: Session, vault: Vault, thread: Thread, language: str | None, day: date) -> Pick | None:
    """Who it is to be, on the day on which the school's office is open next; None: nobody is there."""
    if (wrote := _sender(session, vault, thread.broadcast_id, day)) is not None:
        return wrote
    here = [one for one in _liaisons(session, vault, thread.school_id) if one.is_there(day)]
    speaking = [one for one in here if language and is_spoken(language, one.languages)]
    if not here:
        return None
    free = min(speaking or here, key=_least(session))
    return Pick(free.account_id, free.staff_id, SPEAKS if speaking else PRESENT)


@dataclass(frozen=True, slots=True)
class _Liaison:
    account: Account | None
    person: Staff | None

    @property
    def account_id(self) -> int | None:
        return self.account.id if self.account is not None else None

    @property
    def staff_id(self) -> int | None:
        return self.person.id if self.person is not None else None

    @property
    def languages(self) -> Iterable[str]:
        """As the district says; of whom it says nothing, that of the own pages."""
        if self.person is not None:
            return self.person.languages
        return [self.account.language] if self.account is not None else []

    def is_there(self, day: date) -> bool:
        return self.person is None or away_until(self.person, day) is None


def _liaisons(session: Session, vault: Vault, school_id: int | None) -> list[_Liaison]:
    """Who signs in, and who is told on the own phone alone."""
    found = [
        _Liaison(one, session.get(Staff, one.staff_id) if one.staff_id is not None else None)
        for one in accounts.active_at(session, "liaison", school_id)
    ]
    known = {one.staff_id for one in found}
    at = [school_id] if school_id is not None else []
    roster = schools.staff_at(session, LIAISON, at)
    alone = [one for one in roster if one.id not in known and _is_reached(session, vault, one)]
    return found + [_Liaison(None, one) for one in alone]


def _sender(session: Session, vault: Vault, broadcast_id: int | None, day: date) -> Pick | None:
    """Who wrote the broadcast that is answered, a teacher too; None: away, or nobody whom it would reach."""
    staff_id = broadcasts.sender_of(session, broadcast_id) if broadcast_id is not None else None
    person = session.get(Staff, staff_id) if staff_id is not None else None
    if person is None or person.id is None or away_until(person, day) is not None:
        return None
    account_id = accounts.active_of(session, person.id)
    reached = account_id is not None or _is_reached(session, vault, person)
    return Pick(account_id, person.id, WROTE) if reached else None


def _is_reached(session: Session, vault: Vault, person: Staff) -> bool:
    found = reach.person(session, vault, person.id or 0)
    return found is not None and bool(found.text or found.email)


def _least(session: Session) -> Callable[[_Liaison], tuple[int, bool, int]]:
    load = thread_work.load_of(session)

    def key(one: _Liaison) -> tuple[int, bool, int]:
        open_ones = sum(
            number
            for (account_id, staff_id), number in load.items()
            if (one.account_id is not None and account_id == one.account_id)
            or (one.staff_id is not None and staff_id == one.staff_id)
        )
        return open_ones, one.account_id is None, one.account_id or one.staff_id or 0

    return key
