"""Own data: shown, erased to the last row with a receipt that still goes out, brought back only by START."""

from dataclasses import replace

from sqlalchemy import inspect, text

from bot.outbox.drain import drain
from bot.outbox.sweep import Sweeper
from bot.school.district import DEMO, load_district
from bot.store import erasure
from bot.store.contacts import Contact
from bot.talk.closing import close_thread
from bot.talk.own_data import finish_erasures
from bot.talk.wake import wake_all
from bot.words.phone import to_e164
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER, Installation
from tests.outbox.fake_carrier import FakeCarrier


def erase(house: Installation, number: str = ENGLISH) -> None:
    """The two texts that it takes."""
    house.text("erase my data", number)
    house.text("2", number)


def send(house: Installation) -> FakeCarrier:
    """Let everything go out that may."""
    carrier = FakeCarrier(house.clock)
    parts = replace(house.bot.outbox, carrier=carrier)
    drain(parts, "replies")
    drain(parts, "broadcasts")
    return carrier


def live(house: Installation, number: str = ENGLISH) -> None:
    """A family that has used everything: texts, a thread, an absence, tips, a story."""
    for words in (
        "hello",
        "my son is sick today",
        "1",
        "1",
        "1",
        "tips",
        "1",
        "1",
        "what do you know about me",
        "2",
    ):
        house.text(words, number)
    house.text("person", number)
    thread = house.thread(number)
    assert thread is not None
    close_thread(house.bot.talk, thread.id or 0)
    send(house)


def rows_that_name(house: Installation, contact_id: int) -> dict[str, int]:
    """Rows of every table with a column for a contact, found without our own code."""
    found = {}
    with house.bot.db.engine.connect() as connection:
        look = inspect(connection)
        for table in look.get_table_names():
            for key in look.get_foreign_keys(table):
                if key["referred_table"] == "contact":
                    (column,) = key["constrained_columns"]
                    count = text(f'SELECT count(*) FROM "{table}" WHERE "{column}" = :id')
                    found[table] = connection.execute(count, {"id": contact_id}).scalar() or 0
    return found


def test_a_family_sees_what_is_kept_of_it(house: Installation) -> None:
    live(house)
    house.text("what do you know about me")
    house.text("2")
    said = house.answers()[-1]
    for line in (
        "Name: Dana",
        "Language: English",
        "Children: Noah",
        "Absences reported: 1",
        "Weekly tips: yes",
    ):
        assert line in said
    assert "Talks with a person: 1" in said


def test_somebody_of_whom_nothing_is_known_sees_that(house: Installation) -> None:
    house.text("what do you know about me", STRANGER)
    house.text("2", STRANGER)
    assert "Name: nothing" in house.answers(STRANGER)[-1]
    assert "Children: nothing" in house.answers(STRANGER)[-1]


def test_after_an_erasure_no_table_holds_anything_of_the_contact(house: Installation) -> None:
    live(house)
    contact_id = house.contact().id or 0
    before = rows_that_name(house, contact_id)
    assert {name for name, count in before.items() if count} >= {
        "absence",
        "consent_event",
        "family_contact",
        "inbound",
        "outbox",
        "subscription",
        "thread",
    }, "the test would prove little otherwise"
    erase(house)
    carrier = send(house)
    assert any("Your data is erased" in body for body in carrier.bodies()), "the receipt went out"
    assert finish_erasures(house.bot.talk) == 1
    assert set(rows_that_name(house, contact_id).values()) == {0}
    with house.bot.db.read() as session:
        assert erasure.rows_of(session, contact_id) == {}
    left = house.contact()
    kept = {name: value for name, value in left.model_dump().items() if value not in (None, b"")}
    assert set(kept) == {"id", "number_hash", "consent", "stopped_at", "erased_at", "created_at"}
    assert kept["consent"] == "stopped"


def test_the_receipt_is_the_only_text_that_goes_out_after_an_erasure(house: Installation) -> None:
    house.text("hello")
    erase(house)
    bodies = send(house).bodies()
    assert len(bodies) == 1
    assert "Your data is erased" in bodies[0]
    assert house.text("thanks") == "quiet"
    assert send(house).bodies() == []


def test_the_texts_are_gone_at_once_and_not_only_when_the_receipt_is_out(house: Installation) -> None:
    live(house)
    house.text("can I get free lunch?")
    erase(house)
    assert house.bodies() == [None] * len(house.received())
    with house.bot.db.read() as session:
        left = erasure.rows_of(session, house.contact().id or 0)
    assert set(left) <= {"inbound", "outbox", "status_event"}


def test_a_receipt_that_cannot_be_sent_does_not_keep_the_number(house: Installation) -> None:
    house.text("hello")
    erase(house)
    assert finish_erasures(house.bot.talk) == 0, "the receipt is still on its way"
    house.clock.move(days=2)
    send(house)
    assert wake_all(house.bot.talk) >= 1
    assert house.contact().number == b""


def test_a_roster_brings_nobody_back_who_asked_to_be_forgotten(house: Installation) -> None:
    house.text("hello", SPANISH)
    house.text("borre mis datos", SPANISH)
    house.text("2", SPANISH)
    send(house)
    finish_erasures(house.bot.talk)
    load_district(house.bot.db, house.bot.vault, DEMO, house.clock)
    forgotten = house.contact(SPANISH)
    assert (forgotten.name, forgotten.language, forgotten.number) == (None, None, b"")
    assert rows_that_name(house, forgotten.id or 0)["family_contact"] == 0


def test_start_brings_texts_back_and_the_roster_the_family(house: Installation) -> None:
    house.text("hello")
    erase(house)
    send(house)
    finish_erasures(house.bot.talk)
    assert house.text("START") == "answered"
    again: Contact = house.contact()
    assert (again.consent, again.erased_at) == ("given", None)
    assert house.bot.vault.open(again.number, "contact.number") == to_e164(ENGLISH)
    load_district(house.bot.db, house.bot.vault, DEMO, house.clock)
    assert rows_that_name(house, again.id or 0)["family_contact"] == 1


def test_what_somebody_forgotten_writes_is_not_kept(house: Installation) -> None:
    house.text("hello")
    erase(house)
    send(house)
    finish_erasures(house.bot.talk)
    house.text("my daughter Ana is in grade three")
    assert house.bodies() == [None]


def test_help_is_answered_to_somebody_forgotten_and_the_number_forgotten_again(house: Installation) -> None:
    house.text("hello")
    erase(house)
    send(house)
    finish_erasures(house.bot.talk)
    house.text("ayuda")
    assert len(send(house).bodies()) == 1
    finish_erasures(house.bot.talk)
    assert house.contact().number == b""


def test_the_sweeper_ends_erasures(house: Installation) -> None:
    house.text("hello")
    erase(house)
    send(house)
    sweeper: Sweeper = house.bot.sweeper
    sweeper.wake()
    assert house.contact().number == b""


def test_erasing_needs_its_digit(house: Installation) -> None:
    house.text("hello")
    house.text("erase my data")
    house.text("1")
    assert house.contact().erased_at is None
    assert house.contact().name is not None
