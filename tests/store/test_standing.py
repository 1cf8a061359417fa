"""How it stands with a number, as every text asks before its conversation begins."""

from datetime import datetime, timedelta

import pytest

from bot.store import contacts, polls, threads
from bot.store.accounts import Account
from bot.store.broadcasts import create
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.polls import Poll
from bot.store.standing import Standing, standing
from bot.store.thread_marks import ThreadMark
from bot.store.vault import Vault

NOW = datetime.fromisoformat("2026-10-13T15:00:00+00:00")
NOTHING = Standing(has_thread=False, has_marks=False, signs_in=False, has_polls=False)


@pytest.fixture
def person(db: Database, vault: Vault) -> Contact:
    """Whoever texts."""
    return known(db, vault, "+15125550101")


def known(db: Database, vault: Vault, number: str) -> Contact:
    with db.write() as session:
        return contacts.find_or_create(session, vault, number, NOW)


def stands(db: Database, contact: Contact) -> Standing:
    with db.read() as session:
        return standing(session, contact, NOW)


def opened(db: Database, contact: Contact) -> int:
    with db.write() as session:
        return threads.open_new(session, contact.id or 0, to="liaison", topic="bus", school_id=None, now=NOW)


def test_with_most_numbers_nothing_is_under_way(db: Database, vault: Vault, person: Contact) -> None:
    opened(db, known(db, vault, "+15125550102"))
    assert stands(db, person) == NOTHING


def test_the_open_thread_is_known_and_a_closed_one_is_not(db: Database, person: Contact) -> None:
    first = opened(db, person)
    with db.write() as session:
        threads.close(session, first, NOW)
    assert stands(db, person) == NOTHING
    opened(db, person)
    assert stands(db, person).has_thread


def test_whoever_was_told_of_a_thread_has_a_mark_also_after_its_end(
    db: Database, vault: Vault, person: Contact
) -> None:
    family = known(db, vault, "+15125550102")
    thread = opened(db, family)
    with db.write() as session:
        reader = person.id or 0
        session.add(ThreadMark(thread_id=thread, reader_id=reader, to="liaison", mark="K7", created_at=NOW))
        threads.close(session, thread, NOW)
    assert stands(db, person).has_marks
    assert not stands(db, family).has_marks


def test_the_phone_of_somebody_who_signs_in_is_known(db: Database, vault: Vault, person: Contact) -> None:
    with db.write() as session:
        mine = Account(name=b"", email=b"", email_hash="e", language="en", state="active", created_at=NOW)
        mine.text_hash = person.number_hash
        session.add(mine)
    assert stands(db, person).signs_in
    assert not stands(db, known(db, vault, "+15125550102")).signs_in


@pytest.mark.parametrize(("closes", "is_open"), [(1, True), (-1, False)])
def test_a_poll_counts_until_it_closes(db: Database, person: Contact, closes: int, *, is_open: bool) -> None:
    with db.write() as session:
        made = create(session, created_by="test", now=NOW)
        at = NOW + timedelta(hours=closes)
        polls.create(session, Poll(broadcast_id=made.id or 0, questions=b"", sizes=[2], closes_at=at))
    assert stands(db, person).has_polls is is_open
