"""What people do with a thread beside answering: claim it, note, put off, give on, close, open again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.flow.phrases import phrase
from bot.flow.turn import AskedAgain, Effect, PersonClosed, PersonReturned, Say
from bot.people.thread_access import may_answer
from bot.store import accounts, schools, thread_texts, thread_work, threads
from bot.store.accounts import Account
from bot.store.thread_texts import NOTE
from bot.store.threads import Thread
from bot.talk import ratings
from bot.talk.assigning import GIVEN
from bot.talk.assigning import assign as assign_new
from bot.talk.effects import Exchange, channel_of
from bot.talk.promises import due_at
from bot.talk.replying import Working, locked
from bot.talk.surroundings import here as here_of
from bot.talk.telling import Teller, day_of, opening
from bot.talk.turns import play

LEASE: Final = timedelta(minutes=2)
"""How long a claim holds after the last keystroke"""
LONGEST_SNOOZE: Final = timedelta(days=60)
TO: Final = ("liaison", "teacher", "office", "district_office")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is writing in a thread."""

    is_mine: bool
    account_id: int | None
    until: datetime | None


def claim(at: Working, thread_id: int, *, take_over: bool = False) -> Claim:
    """Say that one is writing; it forbids nobody to send, and shows the others a name for two minutes."""
    account_id, until = at.by.account_id, at.now + LEASE
    if account_id is not None and thread_work.claim(
        at.session, thread_id, account_id, at.now, until, take_over=take_over
    ):
        return Claim(True, account_id, until)
    thread = threads.by_id(at.session, thread_id)
    holds = thread is not None and thread.claimed_until is not None and thread.claimed_until > at.now
    if thread is None or not holds:
        return Claim(False, None, None)
    return Claim(False, thread.claimed_by, thread.claimed_until)


def release(at: Working, thread_id: int) -> bool:
    """Say that one is not writing any more."""
    return at.by.account_id is not None and thread_work.release(at.session, thread_id, at.by.account_id)


def note(at: Working, thread_id: int, text: str) -> int | None:
    """Keep a note for colleagues; None where there is nothing to keep. No family ever sees it."""
    thread = threads.by_id(at.session, thread_id)
    if thread is None or not text.strip():
        return None
    sealed = at.talk.vault.seal(text.strip(), NOTE)
    kept = thread_texts.add_note(at.session, thread_id, at.by.account_id, sealed, at.now)
    at.deed("thread_noted", thread, note=kept)
    return kept


def snooze(at: Working, thread_id: int, until: datetime | None) -> bool:
    """Put a thread off until then or until the family writes; None brings it back. False where closed."""
    found = locked(at, thread_id)
    if found is None or found[1].state != "open":
        return False
    ends = min(until, at.now + LONGEST_SNOOZE) if until is not None and until > at.now else None
    thread_work.snooze(at.session, thread_id, ends)
    at.deed("thread_snoozed" if ends else "thread_woken", found[1])
    return True


def assign(at: Working, thread_id: int, account_id: int | None) -> bool:
    """Give a thread to one person, or to whoever may (None). False where that person may not answer it."""
    found = locked(at, thread_id)
    account = accounts.by_id(at.session, account_id) if account_id is not None else None
    if found is None or (account_id is not None and not _may(at, account, found[1].school_id)):
        return False
    thread = found[1]
    staff_id = account.staff_id if account else None
    why = GIVEN if account_id is not None else ""
    thread_work.give(at.session, thread_id, account_id=account_id, staff_id=staff_id, why=why)
    at.deed("thread_assigned", thread, account=account_id)
    return True


def hand_on(at: Working, thread_id: int, to: str, school_id: int | None) -> bool:
    """Give an open thread to other people: another role, another school. They are told as of a new one."""
    found = locked(at, thread_id)
    school = schools.by_id(at.session, school_id) if school_id is not None else None
    if (
        found is None
        or found[1].state != "open"
        or to not in TO
        or (school_id is not None and school is None)
    ):
        return False
    contact, thread = found
    thread_work.move(at.session, thread_id, to=to, school_id=school_id)
    at.session.refresh(thread)
    day = day_of(school, opening(at.session, school, at.now))
    assign_new(at.session, at.talk.vault, thread, contact.language, day)
    Teller(at.session, at.talk.vault, at.now, at.talk.notifier is not None).thread(
        thread, contact, school, again=False
    )
    at.deed("thread_handed_on", thread, to=to, school=school_id)
    return True


def close(at: Working, thread_id: int) -> bool:
    """Close one thread and let the bot say that it is back. False when it was closed before."""
    found = locked(at, thread_id)
    if found is None or not threads.close(at.session, thread_id, at.now):
        return False
    contact, thread = found
    effects = play(at.talk, at.session, contact, PersonClosed(), at.now)
    if contact.consent != "stopped" and contact.erased_at is None:
        exchange = Exchange(at.talk, at.session, contact, at.now, channel_of(contact))
        exchange.carry_out(_handing_back(exchange, thread, effects), "timer", waits=True)
        exchange.write_counts()
    at.deed("thread_closed", thread)
    return True


def _handing_back(exchange: Exchange, thread: Thread, effects: tuple[Effect, ...]) -> list[Effect]:
    """What the family reads when the bot takes over again: that it does, and once how the help was."""
    here = here_of(exchange.talk, exchange.session, exchange.contact, exchange.now)
    said = list(effects)
    if not any(isinstance(one, Say) for one in said):
        back = phrase(exchange.talk.library.book, "back_again", here.language, here.known)
        said.append(Say(back, "phrase/back_again", here.language))
    if ratings.may_ask(exchange, thread):
        first = next(at for at, one in enumerate(said) if isinstance(one, Say))
        said.insert(first + 1, ratings.question(exchange, thread, here))
    return said


def reopen(at: Working, thread_id: int) -> bool:
    """Open a closed thread again; the bot is quiet again. False where it is open, or another one is."""
    found = locked(at, thread_id)
    if found is None or threads.open_of(at.session, found[0].id or 0) is not None:
        return False
    contact, thread = found
    if not thread_work.reopen(at.session, thread_id, at.now):
        return False
    play(at.talk, at.session, contact, PersonReturned(thread.led_by or ""), at.now)
    if thread.asked_at is not None:
        # It was closed without an answer: the family is promised one anew
        play(at.talk, at.session, contact, AskedAgain(), at.now)
        thread_work.promise(at.session, thread_id, due_at(at.talk, at.session, contact, at.now))
    at.deed("thread_reopened", thread)
    return True


def _may(at: Working, account: Account | None, school_id: int | None) -> bool:
    if account is None or account.state != "active":
        return False
    grants = accounts.grants_of(at.session, [account.id or 0])[account.id or 0]
    return may_answer([(grant.role, grant.school_id) for grant in grants], school_id)
