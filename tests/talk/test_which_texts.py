"""Whoever may have meant STOP is asked and meanwhile left alone; whoever comes back chooses what comes."""

from datetime import timedelta

import pytest

from bot.outbox.put import ToMany, put_many
from bot.store import broadcasts, consents, subscriptions
from bot.store.broadcasts import Topic
from bot.talk.parts import Doing, Done
from bot.talk.which_texts import choose_texts
from tests.fixtures.installation import SPANISH, Install, Installation


def kinds(house: Installation) -> list[str]:
    with house.bot.db.read() as session:
        return [event.kind for event in consents.of_contact(session, house.contact().id or 0)]


@pytest.mark.parametrize("words", ["Too many messages", "I get too many texts from you", "not interested"])
def test_who_may_want_no_more_texts_is_told_how_to_stop_and_held(house: Installation, words: str) -> None:
    house.text("Hello")
    assert house.text(words) == "answered"
    assert house.answers()[-1].startswith(house.phrase("held_back"))
    assert "text STOP" in house.answers()[-1]
    assert house.contact().wants == "unclear"
    assert kinds(house)[-1] == "unclear"
    house.text("STOP")
    assert house.contact().consent == "stopped"


def test_in_spanish_too(house: Installation) -> None:
    house.text("me llegan muchos mensajes de ustedes", SPANISH)
    assert house.answers(SPANISH)[-1].startswith(house.phrase("held_back", "es"))
    house.text("3", SPANISH)
    assert house.contact(SPANISH).wants == "emergency"


@pytest.mark.parametrize(
    "words",
    ["bus stop?", "Don't stop sending", "What time does the bus stop?", "no more homework please", "hi"],
)
def test_others_are_not_held(house: Installation, words: str) -> None:
    house.text("Hello")
    house.text(words)
    assert house.contact().wants is None
    assert house.contact().consent == "given"


@pytest.mark.parametrize(("answer", "wants"), [("1", None), ("2", "needed"), ("3", "emergency")])
def test_a_choice_is_kept_with_its_proof(house: Installation, answer: str, wants: str | None) -> None:
    house.text("Too many messages")
    house.text(answer)
    assert house.contact().wants == wants
    with house.bot.db.read() as session:
        event = consents.of_contact(session, house.contact().id or 0)[-1]
    assert event.kind == f"chose_{wants or 'all'}"
    assert (len(event.wording), event.language, event.source) == (16, "en", "text")


def waiting(house: Installation, topic: Topic) -> int:
    """A broadcast about something that waits to go out to her; its id."""
    now = house.clock()
    with house.bot.db.write() as session:
        made = broadcasts.create(session, created_by="s-1", now=now, topic=topic)
        shared = ToMany(made, "America/Chicago", due_at=now + timedelta(minutes=5))
        put_many(session, house.bot.vault, shared, [(house.contact().id or 0, topic, "sms")], now)
    return made.id or 0


@pytest.mark.parametrize(
    ("answer", "gone"), [("1", []), ("2", ["news"]), ("3", ["news", "attendance", "urgent"])]
)
def test_what_waits_and_is_not_wanted_is_taken_back(
    house: Installation, answer: str, gone: list[str]
) -> None:
    topics: tuple[Topic, ...] = ("news", "attendance", "urgent")
    made = {topic: waiting(house, topic) for topic in topics}
    house.text("texts")
    house.text(answer)
    with house.bot.db.read() as session:
        states = {topic: list(broadcasts.tally(session, one)) for topic, one in made.items()}
    assert states == {
        topic: [("skipped", "not_wanted") if topic in gone else ("pending", None)] for topic in topics
    }


def test_a_choice_that_is_none_changes_nothing(house: Installation) -> None:
    house.text("Hello")
    with house.bot.db.write() as session:
        contact = house.contact()
        doing = Doing(session, house.bot.vault, contact, {"wanted_texts": "most"}, {}, house.clock())
        assert choose_texts(doing) == Done(done=False)
    assert kinds(house)[-1] == "noticed"


def test_fewer_texts_end_the_tips_as_well(house: Installation) -> None:
    for words in ("tips", "1", "1", "texts", "2"):
        house.text(words)
    with house.bot.db.read() as session:
        assert subscriptions.of_contact(session, house.contact().id or 0) == []


def test_who_comes_back_is_asked_and_gets_everything_until_told_otherwise(install: Install) -> None:
    house = install(ALLY_STOP_BY="us")
    for words in ("Hello", "texts", "3", "STOP", "START"):
        house.text(words)
    assert house.phrase("start_confirmation") in house.answers()[-1]
    assert "1 All school texts" in house.answers()[-1]
    assert house.contact().wants is None
    house.text("2")
    assert house.contact().wants == "needed"


def test_start_ends_a_doubt_for_who_never_stopped(house: Installation) -> None:
    house.text("Too many messages")
    house.text("START")
    assert house.contact().wants is None


def test_danger_is_heard_before_any_doubt(house: Installation) -> None:
    house.text("He said enough. I want to kill myself")
    assert house.contact().wants is None
    assert house.thread() is not None
