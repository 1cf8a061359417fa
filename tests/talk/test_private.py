"""What must not be kept is not kept, danger goes before everything, and nothing is lost in silence."""

from datetime import date

import pytest
from sqlmodel import select

from bot.hear.private import volunteers_status
from bot.store.counts import CountShare
from tests.fixtures.installation import ENGLISH, SPANISH, Installation


def test_officers_seen_are_neither_kept_nor_counted_nor_named(house: Installation) -> None:
    house.text("hello")
    house.text("The police are in front of the school")
    assert house.bodies() == ["hello", None]
    assert [one.heard_as for one in house.received()] == ["hello", "private"]
    thread = house.thread()
    assert thread is not None
    assert thread.topic == "private"
    with house.bot.db.read() as session:
        names = [one.name for one in session.exec(select(CountShare))]
    assert not any("enforcement" in name for name in names)
    assert "did not keep your text" in house.answers()[-1]


def test_papers_told_of_are_answered_kindly_and_not_kept(house: Installation) -> None:
    house.text("soy indocumentada y tengo miedo", SPANISH)
    assert house.bodies() == [None]
    assert [one.heard_as for one in house.received()] == ["private"]
    assert house.thread(SPANISH) is None


def test_in_a_thread_a_text_that_is_not_kept_is_said_to_be_so(house: Installation) -> None:
    """Else a family would wait for an answer to what nobody can read."""
    house.text("person")
    assert house.text("we have no papers, can you help") == "answered"
    assert house.answers()[-1] == house.phrase("not_kept")
    assert house.bodies()[-1] is None


def test_in_danger_what_is_not_kept_takes_nobodys_eye_off_the_help(house: Installation) -> None:
    house.text("my daughter wants to die")
    house.text("we have no papers, will they take her")
    assert house.answers()[-1] == house.phrase("not_kept_urgent")
    assert "988" in house.answers()[-1]
    assert house.bodies()[-1] is None


def test_danger_opens_a_thread_at_once_with_the_emergency_number(house: Installation) -> None:
    house.text("menu")
    house.text("my husband hits me")
    assert "911" in house.answers()[-1]
    thread = house.thread()
    assert thread is not None
    assert thread.topic == "danger"
    assert house.bodies()[-1] == "my husband hits me", "the person must be able to read it"


def test_danger_in_a_thread_names_the_thread_anew(house: Installation) -> None:
    house.text("person")
    house.text("my daughter wants to die")
    assert "988" in house.answers()[-1]
    thread = house.thread()
    assert thread is not None
    assert thread.topic == "danger"
    assert len([one for one in house.received() if one.thread_id == thread.id]) == 2


def test_danger_is_answered_in_the_language_it_is_told_in(house: Installation) -> None:
    house.text("Hola, mi hija dice que se quiere morir", ENGLISH)
    assert house.contact().language == "es"


def test_somebody_who_has_stopped_and_is_in_danger_still_reaches_a_person(house: Installation) -> None:
    house.text("hello")
    house.text("please stop texting me")
    assert house.text("my son wants to kill himself") == "quiet"
    assert house.thread() is not None
    assert house.answers_and_kinds()[-1][1] == "opt_out_confirmation", "nothing is sent after a stop"


def test_a_stop_with_danger_in_it_is_both(house: Installation) -> None:
    house.text("hello")
    house.text("stop texting me. I want to die")
    assert house.contact().consent == "stopped"
    assert house.thread() is not None


def test_a_tapback_that_quotes_our_words_is_no_alarm(house: Installation) -> None:
    house.text("my daughter wants to die")
    thread = house.thread()
    said = len(house.answers())
    house.text('Liked "Please call or text 988 now. It is for people who want to die."')
    assert len(house.answers()) == said
    again = house.thread()
    assert thread is not None
    assert again is not None
    assert (again.id, again.topic, again.asked_at) == (thread.id, thread.topic, thread.asked_at)


def test_an_alarm_is_counted_by_language_alone(house: Installation) -> None:
    house.text("my husband hits me")
    day = house.clock().date()
    with house.bot.db.read() as session:
        found = session.exec(select(CountShare).where(CountShare.name == "alarm/danger")).one()
    assert (found.day, found.language, found.times) == (date(day.year, day.month, day.day), "en", 1)


@pytest.mark.parametrize(
    "text",
    [
        "I am undocumented",
        "my A-number is A123456789",
        "ssn 123-45-6789",
        "is ICE there?",
        "la migra anda por aquí",
        "tengo orden de deportación",
        "没有身份可以上学吗",
        "移民局来了吗",
        "ليس لدينا إقامة",
        "mwen pa gen papye, mwen san papye",
        "they asked for my visa",
    ],
)
def test_what_tells_of_status_is_seen(text: str) -> None:
    assert volunteers_status(text)


@pytest.mark.parametrize(
    "text", ["Is school closed because of ice?", "my son is sick", "¿Hay clases mañana?", "1"]
)
def test_what_tells_nothing_private_is_kept(text: str) -> None:
    assert not volunteers_status(text)
