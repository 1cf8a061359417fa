"""Which threads somebody may see: a liaison those of the own schools and languages, a teacher those given."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Session

from bot.people.access import Role, Who
from bot.store import accounts, inbox, schools
from bot.store.accounts import Speaker
from bot.store.inbox import Place, Scope

WITH_THREADS: Final[tuple[Role, ...]] = ("liaison", "administrator", "teacher")
"""An auditor reads logs, and no family's words"""


def scope_of(session: Session, who: Who, day: date | None = None) -> Scope | None:
    """What this person may see; None: no thread at all.

    A language that a colleague at the school speaks and this liaison does not is left to the colleague, but
    for the days on which the colleague is away (`day`: today); one that nobody there speaks is everybody's,
    so that no thread is out of sight.
    """
    if not who.may(WITH_THREADS):
        return None
    if who.everywhere(("administrator",)):
        return Scope(who.account_id, who.staff_id, everywhere=True)
    places = []
    if managed := who.schools(("administrator",)):
        places.append(Place(frozenset(managed), frozenset()))
    if who.may(("liaison",)):
        places += _as_liaison(session, who, day)
    return Scope(who.account_id, who.staff_id, places=tuple(places), teaches=who.may(("teacher",)))


def may_see(session: Session, who: Who, thread_id: int) -> bool:
    """Whether somebody may open a thread."""
    scope = scope_of(session, who)
    return scope is not None and inbox.may_see(session, scope, thread_id)


def _as_liaison(session: Session, who: Who, day: date | None) -> list[Place]:
    own = who.schools(("liaison",))
    ids: list[int | None] = [school.id for school in schools.every_school(session)] if own is None else [*own]
    if own is None:
        ids.append(None)
    speakers = accounts.speakers(session)
    mine = next((one.languages for one in speakers if one.account_id == who.account_id), None)
    there = [one for one in speakers if day is None or not one.is_away(day)]
    groups: dict[frozenset[str], set[int | None]] = {}
    for school_id in ids:
        hidden = _of_colleagues(there, school_id) - mine if mine else frozenset()
        groups.setdefault(frozenset(hidden), set()).add(school_id)
    return [Place(frozenset(ids), hidden) for hidden, ids in groups.items()]


def _of_colleagues(speakers: list[Speaker], school_id: int | None) -> frozenset[str]:
    """Languages that liaisons of a school speak."""
    here = [one.languages for one in speakers if one.schools is None or school_id in one.schools]
    return frozenset().union(*here)


def may_answer(grants: Iterable[tuple[str, int | None]], school_id: int | None) -> bool:
    """Whether who holds these (role, school) may be given a thread of a school."""
    return any(role in WITH_THREADS and place in (None, school_id) for role, place in grants)
