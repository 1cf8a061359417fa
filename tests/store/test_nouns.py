"""The small tables: marks, counts, flow revisions, threads, texts that came in."""

import threading
from datetime import date, datetime, timedelta

import pytest

from bot.store import contacts, counts, inbound, marks, revisions, threads
from bot.store.database import Database
from bot.store.inbound import Inbound
from bot.store.vault import Vault

NOW = datetime.fromisoformat("2026-10-13T15:00:00+00:00")
DAY = date(2026, 10, 13)
SID = "SM" + "1" * 32


@pytest.fixture
def person(db: Database, vault: Vault) -> int:
    """A contact to hang things on."""
    with db.write() as session:
        return contacts.find_or_create(session, vault, "+15125550101", NOW).id or 0


def test_a_mark_tells_the_last_time(db: Database) -> None:
    with db.write() as session:
        assert marks.get(session, "sweeper") is None
        marks.put(session, "sweeper", NOW)
    with db.write() as session:
        marks.put(session, "sweeper", NOW + timedelta(seconds=1))
    with db.read() as session:
        assert marks.get(session, "sweeper") == NOW + timedelta(seconds=1)


def test_counts_add_up_by_day_and_language(db: Database) -> None:
    with db.write() as session:
        counts.bump(session, "asked.school_dates", day=DAY, language="es")
        counts.bump(session, "asked.school_dates", day=DAY, language="es", times=4)
        counts.bump(session, "asked.school_dates", day=DAY, language="ar")
        counts.bump(session, "asked.school_dates", day=DAY + timedelta(days=1), language="es")
    with db.read() as session:
        found = [(one.language, one.times) for one in counts.between(session, DAY, DAY)]
    assert found == [("ar", 1), ("es", 5)]


def test_a_revision_is_kept_once_and_its_last_time_is_known(db: Database) -> None:
    with db.write() as session:
        revisions.remember(session, "0123456789abcdef", "menu", "flow: menu", NOW)
        revisions.remember(session, "0123456789abcdef", "menu", "flow: menu", NOW + timedelta(days=1))
    with db.read() as session:
        found = revisions.find(session, "0123456789abcdef")
        assert found
        assert (found.source, found.seen_at) == ("flow: menu", NOW + timedelta(days=1))
        assert revisions.find(session, "unknown") is None


def test_one_thread_at_a_time_is_open_with_a_person(db: Database, person: int) -> None:
    asked = {"to": "liaison", "school_id": None, "now": NOW}
    with db.write() as session:
        first = threads.open_new(session, person, topic="enrolling", **asked)  # type: ignore[arg-type]
        assert threads.open_new(session, person, topic="bus", **asked) == first  # type: ignore[arg-type]
    with db.write() as session:
        assert [thread.id for thread in threads.open_ones(session)] == [first]
        assert threads.close(session, first, NOW)
        assert not threads.close(session, first, NOW)
        assert threads.open_of(session, person) is None
        assert threads.open_new(session, person, topic="bus", **asked) != first  # type: ignore[arg-type]


def take(db: Database, person: int, sid: str = SID) -> int | None:
    with db.write() as session:
        return inbound.take(
            session, sid=sid, contact_id=person, channel="sms", received_at=NOW, body=b"sealed"
        )


def test_a_text_is_taken_once_however_often_it_comes(db: Database, person: int) -> None:
    assert take(db, person)
    assert take(db, person) is None
    with db.read() as session:
        assert inbound.taken(session, [SID, "SM2"]) == {SID}
        assert inbound.taken(session, []) == set()


def test_of_ten_at_once_with_one_sid_one_is_taken(db: Database, person: int) -> None:
    took: list[int | None] = []
    together = [threading.Thread(target=lambda: took.append(take(db, person))) for _ in range(10)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert len(took) == 10
    assert sum(one is not None for one in took) == 1


def test_a_repeat_waits_for_the_first_and_gets_its_chance_when_that_fails(db: Database, person: int) -> None:
    def first() -> None:
        with db.write() as session:
            inbound.take(session, sid=SID, contact_id=person, channel="sms", received_at=NOW)
            raise RuntimeError("the turn broke")

    with pytest.raises(RuntimeError):
        first()
    assert take(db, person)


def test_what_a_text_was_taken_for_is_noted_and_its_words_can_be_forgotten(db: Database, person: int) -> None:
    row_id = take(db, person)
    assert row_id
    with db.write() as session:
        inbound.note(session, row_id, heard_as="school_dates")
        inbound.drop_body(session, row_id)
    with db.read() as session:
        row = session.get_one(Inbound, row_id)
        assert (row.heard_as, row.body, row.media) == ("school_dates", None, None)
