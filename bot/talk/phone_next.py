"""Which family waits longest for somebody who answers from a phone."""

from datetime import timedelta
from typing import Final

from bot.people import thread_access
from bot.people.desk import who_of
from bot.school.reach import LIAISON, Reach
from bot.store import accounts, inbox, thread_marks
from bot.store.accounts import Account
from bot.store.inbox import Filters
from bot.store.thread_marks import Marked
from bot.talk.replying import By, Working

SHOWN_LATELY: Final = timedelta(hours=1)
"""What was told within it comes after what was not, so that NEXT goes on"""
_MOST: Final = 50


def waiting(at: Working, account: Account | None, mine: list[Marked]) -> int | None:
    """The thread whose family waits longest, of those that were not told lately, if there are such."""
    those = _waiting(at, account, mine)
    by_thread = {one.thread_id: one.id for one in mine}
    told = thread_marks.told_at(at.session, list(by_thread.values()))
    last = {thread_id: told.get(mark_id) for thread_id, mark_id in by_thread.items()}
    new = [one for one in those if (when := last.get(one)) is None or at.now - when > SHOWN_LATELY]
    if new:
        return new[0]
    return min(those, key=lambda one: last[one] or at.now, default=None)


def number(at: Working, account: Account | None, mine: list[Marked]) -> int:
    """How many families wait for an answer."""
    return len(_waiting(at, account, mine))


def reach_of(account: Account | None, by: By) -> Reach:
    """Whoever writes, as somebody who is told of a thread."""
    return Reach(LIAISON, account.staff_id if account is not None else by.staff_id)


def _waiting(at: Working, account: Account | None, mine: list[Marked]) -> list[int]:
    """In the order of the inbox: danger, then the longest waiting."""
    found = _in_scope(at, account) if account is not None else []
    asked = [
        one
        for one in mine
        if one.asked_at is not None and (one.snoozed_until is None or one.snoozed_until <= at.now)
    ]
    asked.sort(key=lambda one: (not one.is_urgent, one.asked_at or at.now))
    return list(dict.fromkeys([*found, *(one.thread_id for one in asked)]))


def _in_scope(at: Working, account: Account) -> list[int]:
    grants = accounts.grants_of(at.session, [account.id or 0])[account.id or 0]
    scope = thread_access.scope_of(at.session, who_of(at.talk.vault, account, grants))
    if scope is None:
        return []
    rows = inbox.rows(at.session, scope, Filters(), at.now, limit=_MOST)
    free = (None, account.id)
    return [one.id for one in rows if one.asked_at is not None and one.account_id in free]
