"""Words are forgotten after 30 days; in a thread 30 days after it closes."""

from bot.outbox.put import put
from bot.people.retention import forget_old_words
from bot.store import contacts, inbound, threads
from bot.store.database import Database
from bot.store.inbound import Inbound
from bot.store.outbox import OutboxRow
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

NUMBER = "+15125550133"


def _exchange(
    db: Database, vault: Vault, clock: SettableClock, sid: str, *, thread: bool = False
) -> tuple[int, int]:
    """One text in and one out, sent; in a thread or not."""
    with db.write() as session:
        person = contacts.find_or_create(session, vault, NUMBER, clock())
        person.last_inbound_at = clock()
        person.conversation = vault.seal("{}", "contact.conversation")
        assert person.id is not None
        opened = (
            threads.open_new(session, person.id, to="liaison", topic="", school_id=None, now=clock())
            if thread
            else None
        )
        came = inbound.take(
            session,
            sid=sid,
            contact_id=person.id,
            channel="sms",
            received_at=clock(),
            body=vault.seal("words", "inbound.body"),
        )
        assert came is not None
        inbound.note(session, came, heard_as="text", thread_id=opened)
        (went,) = put(
            session,
            vault,
            contact_id=person.id,
            body="answer",
            channel="sms",
            lane="replies",
            kind="reply",
            now=clock(),
            thread_id=opened,
        )
        row = session.get(OutboxRow, went)
        assert row is not None
        row.state = "delivered"
        return came, went


def _words(db: Database, came: int, went: int) -> tuple[bool, bool]:
    with db.read() as session:
        text, row = session.get(Inbound, came), session.get(OutboxRow, went)
        assert text is not None
        assert row is not None
        return text.body is not None, row.body is not None


def test_words_stay_thirty_days_and_not_longer(db: Database, vault: Vault, clock: SettableClock) -> None:
    came, went = _exchange(db, vault, clock, "SM" + "1" * 32)
    clock.move(days=29)
    forget_old_words(db, clock)
    assert _words(db, came, went) == (True, True)
    clock.move(days=2)
    assert forget_old_words(db, clock) == 3
    assert _words(db, came, went) == (False, False)


def test_a_thread_keeps_its_words_until_thirty_days_after_it_closes(
    db: Database, vault: Vault, clock: SettableClock
) -> None:
    came, went = _exchange(db, vault, clock, "SM" + "2" * 32, thread=True)
    clock.move(days=40)
    forget_old_words(db, clock)
    assert _words(db, came, went) == (True, True)
    with db.write() as session:
        open_one = threads.open_ones(session)[0]
        threads.close(session, open_one.id or 0, clock())
    clock.move(days=31)
    forget_old_words(db, clock)
    assert _words(db, came, went) == (False, False)


def test_a_text_that_may_still_go_out_keeps_its_words(
    db: Database, vault: Vault, clock: SettableClock
) -> None:
    came, went = _exchange(db, vault, clock, "SM" + "3" * 32)
    with db.write() as session:
        row = session.get(OutboxRow, went)
        assert row is not None
        row.state = "unknown"
    clock.move(days=31)
    forget_old_words(db, clock)
    assert _words(db, came, went) == (False, True)


def test_it_looks_once_an_hour(db: Database, vault: Vault, clock: SettableClock) -> None:
    forget_old_words(db, clock)
    came, went = _exchange(db, vault, clock, "SM" + "4" * 32)
    clock.move(days=31)
    assert forget_old_words(db, clock) > 0
    assert forget_old_words(db, clock) == 0
    assert _words(db, came, went) == (False, False)
