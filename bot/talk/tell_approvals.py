"""Who may let a broadcast go out is told that one waits, its sender what they said: once, in office hours.

They are told when the school's office is open, and not before with a text that waits for it: what a colleague
decides at night is nothing to be told of in the morning. An emergency waits for no office.
"""

from collections import defaultdict
from datetime import datetime

import structlog
from sqlmodel import Session

from bot.school import reach
from bot.store import accounts, broadcasts, decisions, schools
from bot.store.accounts import NAME, Account
from bot.store.broadcasts import Broadcast
from bot.store.schools import School
from bot.talk import approval_words
from bot.talk.notice_words import Words
from bot.talk.parts import Talk
from bot.talk.phone_words import locale_of
from bot.talk.telling import Subject, Teller, opening

_log = structlog.get_logger(__name__)


def tell_approvals(talk: Talk) -> int:
    """Tell of what nobody was told of; returns how many were told."""
    now = talk.clock()
    with talk.db.read() as session:
        asks = [one for one in decisions.to_ask(session) if _is_time(session, one, now)]
        answers = [one for one in decisions.to_answer(session) if _is_time(session, one, now)]
    if not asks and not answers:
        return 0
    with talk.db.write() as session:
        told = _ask(talk, session, [one for one in asks if decisions.ask(session, one.id or 0, now)], now)
        mine = [one for one in answers if decisions.answer(session, one.id or 0, now)]
        told += sum(_answer(talk, session, one, now) for one in mine)
    if told:
        talk.queue.ring("replies")
    return told


def tell_translated(talk: Talk, session: Session, broadcast_id: int, language: str, by: int) -> bool:
    """Tell the sender of a broadcast that somebody else wrote what families waited for; in office hours.

    Called in the transaction of the translation. Ring `replies` after where it is True.
    """
    row, now = broadcasts.by_id(session, broadcast_id), talk.clock()
    if row is None or row.account_id in (None, by):
        return False
    account = _sender(session, row)
    if account is None:
        return False
    words = approval_words.translated(locale_of((), account.language), language, _where(talk, row))
    due = opening(session, _first_school(session, row), now)
    return _tell(talk, session, account, Subject(words), now, due)


def _is_time(session: Session, row: Broadcast, now: datetime) -> bool:
    """Whether the office of its first school is open."""
    if row.emergency_by is not None:
        return True
    return opening(session, _first_school(session, row), now) <= now


def _first_school(session: Session, row: Broadcast) -> School | None:
    at = (row.options or {}).get("schools") or [row.school_id]
    return schools.by_id(session, at[0]) if at[0] is not None else None


def _ask(talk: Talk, session: Session, rows: list[Broadcast], now: datetime) -> int:
    """One notice to each who may decide, of all that waits for them."""
    waiting: dict[int, list[Broadcast]] = defaultdict(list)
    people: dict[int, Account] = {}
    for row in rows:
        fit = accounts.administering(session, (row.options or {}).get("schools"))
        for account in fit:
            if account.id != row.account_id:
                people[account.id or 0] = account
                waiting[account.id or 0].append(row)
    told = 0
    for one, mine in waiting.items():
        subject = _subject(_asked(talk, session, people[one], mine), mine)
        told += _tell(talk, session, people[one], subject, now, now)
    if rows and not told:
        _log.warning("nobody_told_to_approve", broadcasts=[row.id for row in rows])
    return told


def _asked(talk: Talk, session: Session, account: Account, rows: list[Broadcast]) -> Words:
    locale = locale_of((), account.language)
    if len(rows) > 1:
        return approval_words.asked_for_several(locale, len(rows), _where(talk))
    sender = accounts.by_id(session, rows[0].account_id) if rows[0].account_id else None
    who = talk.vault.open(sender.name, NAME) if sender else None
    return approval_words.asked(locale, who, _families(rows[0]), _where(talk, rows[0]))


def _answer(talk: Talk, session: Session, row: Broadcast, now: datetime) -> bool:
    """Tell its sender; without a number and an address the page alone tells it."""
    account = _sender(session, row)
    if account is None:
        return False
    locale, is_approved = locale_of((), account.language), row.state != "refused"
    words = approval_words.decided(locale, _families(row), _where(talk, row), is_approved=is_approved)
    return _tell(talk, session, account, _subject(words, [row]), now, now)


def _sender(session: Session, row: Broadcast) -> Account | None:
    """Whose broadcast it is, while that account is open."""
    account = accounts.by_id(session, row.account_id or 0)
    return account if account is not None and account.state == "active" else None


def _subject(words: Words, rows: list[Broadcast]) -> Subject:
    return Subject(words, is_urgent=any(row.emergency_by is not None for row in rows))


def _tell(
    talk: Talk, session: Session, account: Account, subject: Subject, now: datetime, due: datetime
) -> bool:
    teller = Teller(session, talk.vault, now, talk.notifier is not None)
    return teller.tell(reach.signed_in(session, talk.vault, account), subject, due)


def _families(row: Broadcast) -> int:
    return int((row.counts or {}).get("families", 0))


def _where(talk: Talk, row: Broadcast | None = None) -> str:
    """The address of the page on which it is decided, or of the list."""
    return f"{talk.pages}/broadcasts/{row.id if row is not None else ''}" if talk.pages else ""
