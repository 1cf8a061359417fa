"""Contacts: one for each number however many texts arrive at once, and what a change may never undo."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.store import consents, contacts
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

NUMBER = "+15125550101"


@pytest.fixture
def contact(db: Database, vault: Vault, clock: SettableClock) -> int:
    """The id of a contact of whom only the number is known."""
    with db.write() as session:
        return contacts.find_or_create(session, vault, NUMBER, clock()).id or 0


@pytest.fixture
def read(db: Database, contact: int) -> Callable[[], Contact]:
    """Reads the contact as it stands in the database."""

    def now() -> Contact:
        with db.read() as session:
            found = contacts.by_id(session, contact)
        assert found is not None
        return found

    return now


def test_two_first_texts_at_once_make_one_contact(db: Database, vault: Vault, clock: SettableClock) -> None:
    def first_text(_: int) -> int:
        with db.write() as session:
            return contacts.find_or_create(session, vault, NUMBER, clock()).id or 0

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(first_text, range(40)))
    assert len(ids) == 1


def test_a_number_is_found_by_its_hash_and_kept_sealed(db: Database, vault: Vault, contact: int) -> None:
    with db.read() as session:
        found = contacts.by_number_hash(session, vault.fingerprint(NUMBER))
    assert found is not None
    assert found.id == contact
    assert b"5125550101" not in found.number
    assert vault.open(found.number, contacts.NUMBER) == NUMBER


def test_a_locked_contact_is_read_afresh(db: Database, contact: int) -> None:
    """An update in the same transaction shows, although the row was read before."""
    with db.write() as session:
        before = contacts.by_id(session, contact)
        contacts.set_language(session, contact, "es", "heard")
        after = contacts.by_id_locked(session, contact)
    assert before is not None
    assert after is not None
    assert (before.language, after.language) == ("es", "es")


def test_a_guess_never_overwrites_a_chosen_language(
    db: Database, contact: int, read: Callable[[], Contact]
) -> None:
    with db.write() as session:
        assert contacts.set_language(session, contact, "es", "heard")
        assert contacts.set_language(session, contact, "ht", "chosen")
        assert not contacts.set_language(session, contact, "es", "heard")
        assert not contacts.set_language(session, contact, "en", "roster")
        assert contacts.set_language(session, contact, "ar", "chosen")
    assert (read().language, read().language_source) == ("ar", "chosen")


def test_stop_holds_through_everything_but_start(
    db: Database, contact: int, clock: SettableClock, read: Callable[[], Contact]
) -> None:
    with db.write() as session:
        one = contacts.by_id_locked(session, contact)
        assert one is not None
        one.wake_at = clock()
        session.flush()
        assert contacts.stop(session, contact, clock())
        assert not contacts.stop(session, contact, clock.move(days=1))
    assert read().consent == "stopped"
    assert read().stopped_at == clock() - timedelta(days=1)
    assert read().wake_at is None
    with db.write() as session:
        assert contacts.start(session, contact)
        assert not contacts.start(session, contact)
    assert (read().consent, read().stopped_at) == ("given", None)


def test_only_conversations_whose_time_has_come_are_woken_longest_waiting_first(
    db: Database, vault: Vault, clock: SettableClock
) -> None:
    with db.write() as session:
        for number, minutes in (("0101", -1), ("0102", -9), ("0103", 1), ("0104", -5)):
            one = contacts.find_or_create(session, vault, f"+1512555{number}", clock())
            one.wake_at = clock() + timedelta(minutes=minutes)
        session.flush()
        stopped = contacts.find_or_create(session, vault, "+15125550104", clock())
        contacts.stop(session, stopped.id or 0, clock())
    with db.read() as session:
        due_ids = contacts.due_to_wake(session, clock(), 10)
        numbers = [contacts.by_id(session, id_) for id_ in due_ids]
        assert [vault.open(one.number, contacts.NUMBER)[-4:] for one in numbers if one] == ["0102", "0101"]
        assert contacts.due_to_wake(session, clock(), 1) == due_ids[:1]


def test_moments_come_back_aware(
    db: Database, contact: int, clock: SettableClock, read: Callable[[], Contact]
) -> None:
    with db.write() as session:
        contacts.note_notice(session, contact, clock())
    assert read().noticed_at == clock()


def test_proof_of_consent_is_kept_in_order(db: Database, contact: int, clock: SettableClock) -> None:
    with db.write() as session:
        for kind in ("noticed", "stopped", "started"):
            wording = consents.wording_id(kind)
            consents.record(session, contact, kind, language="es", wording=wording, source="text", at=clock())
    with db.read() as session:
        proofs = consents.of_contact(session, contact)
    assert [proof.kind for proof in proofs] == ["noticed", "stopped", "started"]
    assert len(proofs[0].wording) == 16
