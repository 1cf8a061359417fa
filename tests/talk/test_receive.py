"""A text comes in: greeted once, understood in its language, answered in one transaction."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.ports import CarrierRecord
from bot.store import consents, outbox, threads
from bot.store.contacts import Contact
from bot.store.outbox import OutboxRow
from bot.talk.closing import close_thread
from bot.talk.wake import wake_due
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER, Installation

PICTURE = (("http://127.0.0.1/p/1", "image/jpeg"),)


def test_a_first_text_is_greeted_with_the_notice_and_later_ones_without(house: Installation) -> None:
    notice = house.phrase("first_contact")
    assert house.text("Hello") == "answered"
    assert house.text("menu") == "answered"
    first, second = house.answers()
    assert first.count(notice) == 1
    assert notice not in second
    with house.bot.db.read() as session:
        kinds = [event.kind for event in consents.of_contact(session, house.contact().id or 0)]
    assert kinds == ["noticed"], "the proof that she was told"
    assert house.contact().consent == "given", "she wrote of her own accord"
    assert house.contact().last_inbound_at == house.clock()


@pytest.mark.parametrize(
    ("words", "language"),
    [("Hello, when is there no school?", "en"), ("Hola, ¿cuándo no hay clases?", "es")],
)
def test_somebody_unknown_is_answered_in_the_language_of_the_first_text(
    house: Installation, words: str, language: str
) -> None:
    house.text(words, STRANGER)
    assert (house.contact(STRANGER).language, house.contact(STRANGER).language_source) == (language, "heard")
    assert house.phrase("first_contact", language) in house.answers(STRANGER)[0]


def test_the_language_of_the_roster_answers_a_text_that_tells_none(house: Installation) -> None:
    house.text("?", SPANISH)
    assert house.phrase("first_contact", "es") in house.answers(SPANISH)[0]


def test_what_she_writes_wins_over_the_roster_and_what_she_chose_over_everything(house: Installation) -> None:
    house.text("When is there no school this year?", SPANISH)
    assert house.contact(SPANISH).language == "en"
    house.text("language", SPANISH)
    house.text("Español", SPANISH)
    assert (house.contact(SPANISH).language, house.contact(SPANISH).language_source) == ("es", "chosen")
    house.text("When is there no school this year?", SPANISH)
    assert house.contact(SPANISH).language == "es"


def test_the_same_text_twice_is_taken_once(house: Installation) -> None:
    sid = house.sid()
    assert house.text("Hello", sid=sid) == "answered"
    assert house.text("Hello", sid=sid) == "repeat"
    assert len(house.received()) == 1
    assert len(house.answers()) == 1


def test_a_person_is_asked_for_and_the_bot_is_quiet_until_the_person_has_finished(
    house: Installation,
) -> None:
    house.text("Hello")
    house.text("Talk to a person")
    thread = house.thread()
    assert thread is not None
    assert thread.id is not None
    said = len(house.answers())
    assert house.text("My son Mateo is sick") == "quiet"
    assert house.text("menu") == "quiet"
    assert len(house.answers()) == said
    assert [one.thread_id for one in house.received()] == [None, thread.id, thread.id, thread.id]
    assert close_thread(house.bot.talk, thread.id)
    assert not close_thread(house.bot.talk, thread.id), "a second time changes nothing"
    assert len(house.answers()) == said + 1
    assert house.text("menu") == "answered"


def test_the_bot_answers_again_when_the_thread_of_a_person_is_lost(house: Installation) -> None:
    house.text("Hello")
    house.text("Talk to a person")
    thread = house.thread()
    assert thread is not None
    with house.bot.db.write() as session:
        threads.close(session, thread.id or 0, house.clock())
    said = len(house.answers())
    assert house.text("When is the next day off?") == "answered"
    assert house.text("menu") == "answered"
    assert len(house.answers()) == said + 2
    house.clock.move(days=5)
    wake_due(house.bot.talk)
    assert house.thread() is None, "nobody is asked a second time for what was over"


def test_a_text_about_papers_is_answered_and_not_kept(house: Installation) -> None:
    assert house.text("We are undocumented, can my son go to school?") == "answered"
    assert house.bodies() == [None]


@pytest.mark.parametrize("more", [{"media": PICTURE}, {"has_location": True}])
def test_a_picture_or_a_place_without_words_goes_to_a_person(
    house: Installation, more: dict[str, Any]
) -> None:
    assert house.text("", **more) == "answered"
    assert house.thread() is not None
    assert len(house.answers()) == 1


def test_a_picture_that_came_while_we_were_down_goes_to_a_person_too(house: Installation) -> None:
    late = CarrierRecord(house.sid(), "+15125550100", ENGLISH, "", "received", house.clock(), media=1)
    house.bot.sweeper.take(late)
    assert house.thread() is not None
    said = house.phrase("media_to_person").partition(",")[0]
    assert house.answers()[0].startswith(said)


def test_a_picture_with_words_is_kept_and_its_words_are_answered(house: Installation) -> None:
    house.text("menu", media=PICTURE)
    assert house.thread() is None
    assert house.received()[0].media


def test_a_timer_that_is_due_speaks_once(house: Installation) -> None:
    house.text("menu")
    house.text("person")
    said = len(house.answers())
    assert wake_due(house.bot.talk) == 0
    house.clock.move(days=3)
    assert wake_due(house.bot.talk) == 1
    assert len(house.answers()) == said + 1
    assert wake_due(house.bot.talk) == 0


def test_what_time_alone_brings_about_waits_for_the_morning_but_not_right_after_she_wrote(
    house: Installation,
) -> None:
    at_night = datetime(2026, 10, 13, 23, 0, tzinfo=ZoneInfo("America/Chicago"))
    house.clock.set(at_night)
    house.text("a boy brought a gun to school today")
    house.clock.move(minutes=20)
    wake_due(house.bot.talk)
    with house.bot.db.read() as session:
        soon = outbox.to_contact(session, house.contact().id or 0)[-1]
    assert (soon.kind, soon.quiet_at, soon.due_at) == ("danger", None, house.clock())
    house.text("menu", sender=SPANISH)
    house.text("persona", sender=SPANISH)
    house.clock.set(at_night + timedelta(days=3))
    wake_due(house.bot.talk)
    with house.bot.db.read() as session:
        late = outbox.to_contact(session, house.contact(SPANISH).id or 0)[-1]
    morning = at_night + timedelta(days=3, hours=9)
    assert (late.kind, late.due_at, late.expires_at) == ("timer", morning, morning + timedelta(hours=12))


def test_a_timer_never_wakes_somebody_who_has_stopped(house: Installation) -> None:
    house.text("person")
    house.text("ALTO")
    house.clock.move(days=3)
    assert wake_due(house.bot.talk) == 0


def test_an_expiry_says_nothing_and_offers_to_go_on_afterwards(house: Installation) -> None:
    house.text("Hello")
    house.text("1")
    said = len(house.answers())
    house.clock.move(days=4)
    wake_due(house.bot.talk)
    assert len(house.answers()) == said
    house.text("hello again")
    assert house.text("1") == "answered"


def test_answers_point_to_the_text_they_answer(house: Installation) -> None:
    house.text("Hello")
    house.clock.move(minutes=1)
    house.text("1")
    with house.bot.db.read() as session:
        rows = session.exec(select(OutboxRow).order_by(OutboxRow.id)).all()  # type: ignore[arg-type]
    assert [row.inbound_id for row in rows] == [one.id for one in house.received()]
    assert {row.expires_at - row.created_at for row in rows if row.expires_at} == {timedelta(hours=24)}


def test_nothing_that_names_a_person_lies_open_in_a_row(house: Installation) -> None:
    house.text("My name is Elena Morales")
    with house.bot.db.read() as session:
        for contact in session.exec(select(Contact)):
            assert b"5125550" not in contact.number
            assert b"Elena" not in (contact.name or b"")
    assert ENGLISH not in str(house.received())
