"""A closed thread goes back to the bot: the family can rate the help once, and finds the same people."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.store.outbox import OutboxRow
from bot.store.threads import Thread
from bot.talk import ratings, thread_desk
from bot.talk.replying import By, Written, answer, working
from tests.fixtures.installation import ENGLISH, SPANISH, Installation

BACK = "I am back. For the menu, text 0 any time."


def helped(house: Installation, number: str = ENGLISH, words: str = "talk to a person") -> int:
    """A family asked, a person answered and closed; the thread."""
    house.text(words, number)
    thread = house.thread(number)
    assert thread is not None
    thread_id = thread.id or 0
    house.clock.move(minutes=1)
    with working(house.bot.talk, By(None)) as at:
        answer(at, thread_id, Written("The bus is late.", f"k{house.texted}", None))
    close(house, thread_id)
    house.clock.move(minutes=1)
    return thread_id


def close(house: Installation, thread_id: int) -> None:
    with working(house.bot.talk, By(None)) as at:
        assert thread_desk.close(at, thread_id)


def reopen(house: Installation, thread_id: int) -> bool:
    with working(house.bot.talk, By(None)) as at:
        return thread_desk.reopen(at, thread_id)


def kept(house: Installation, thread_id: int) -> Thread:
    with house.bot.db.read() as session:
        thread = session.get(Thread, thread_id)
    assert thread is not None
    return thread


def test_closing_says_so_and_asks_once_how_the_help_was(house: Installation) -> None:
    thread_id = helped(house)
    said = house.answers()[-1]
    assert said.startswith(f"{BACK}\n\n{house.phrase('rate_help')}")
    house.text("4")
    assert house.answers()[-1] == house.phrase("rating_thanks")
    assert (kept(house, thread_id).rating, kept(house, thread_id).rated_at) == (4, house.clock.now)
    house.text("3")
    assert kept(house, thread_id).rating == 4
    assert house.received()[-1].heard_as != "rating"


def test_a_low_number_gets_the_way_to_a_person_in_the_familys_language(house: Installation) -> None:
    thread_id = helped(house, SPANISH, "quiero hablar con una persona")
    assert house.phrase("rate_help", "es") in house.answers(SPANISH)[-1]
    house.text("gracias", SPANISH)
    house.text("2", SPANISH)
    assert house.answers(SPANISH)[-1] == house.phrase("rating_low", "es")
    assert kept(house, thread_id).rating == 2


def test_a_number_that_a_menu_asked_for_is_no_rating(house: Installation) -> None:
    thread_id = helped(house)
    house.text("0")
    assert "1 Dates and hours" in house.answers()[-1] or "1 " in house.answers()[-1]
    house.text("3")
    assert kept(house, thread_id).rating is None
    assert house.received()[-1].heard_as != "rating"
    house.text("0")
    house.clock.move(days=4)
    house.text("3")
    assert kept(house, thread_id).rating is None, "after two days a number says nothing of the help"


def test_something_else_said_first_ends_the_question(house: Installation) -> None:
    thread_id = helped(house)
    house.text("Is there school tomorrow?")
    house.clock.move(minutes=1)
    house.text("5")
    assert kept(house, thread_id).rating is None


def test_nobody_is_asked_where_no_person_answered_in_danger_and_twice(house: Installation) -> None:
    house.text("talk to a person")
    thread = house.thread()
    assert thread is not None
    close(house, thread.id or 0)
    assert house.phrase("rate_help") not in house.answers()[-1]
    danger = helped(house, SPANISH, "mi hijo está en peligro, tiene un cuchillo")
    assert house.phrase("rate_help", "es") not in house.answers(SPANISH)[-1]
    assert kept(house, danger).rating_asked_at is None
    again = helped(house)
    assert again == thread.id, "asked for within two days it is the same thread"
    assert house.phrase("rate_help") in house.answers()[-1]
    assert helped(house, words="person") == again
    assert house.phrase("rate_help") not in house.answers()[-1]


@pytest.mark.parametrize(
    ("said", "rating"),
    [("5", 5), (" 1. ", 1), ("٤", 4), ("3/5", 3), ("5 of 5", 5), ("👍🏽", 5), ("👎", 1), ("0", None),
     ("6", None), ("15", None), ("5 children", None), ("room 3", None), ("", None), ("yes", None)],
)  # fmt: skip
def test_one_number_alone_is_a_rating(said: str, rating: int | None) -> None:
    assert ratings.read(said) == rating


def test_opened_again_the_bot_is_quiet_and_the_family_goes_on_where_it_stood(house: Installation) -> None:
    thread_id = helped(house)
    house.text("0")
    asked = house.answers()[-1]
    assert reopen(house, thread_id)
    before = len(house.answers())
    house.text("3")
    assert len(house.answers()) == before, "a person has the conversation again"
    thread = house.thread()
    assert thread is not None
    assert (thread.id, thread.reopened) == (thread_id, 1)
    assert thread.promised_at is not None, "an answer is promised again"
    close(house, thread_id)
    assert house.answers()[-1].startswith(BACK)
    assert asked.splitlines()[-1] in house.answers()[-1], "the question that it stood at"
    assert not reopen(house, 999)


def test_who_asks_within_two_days_finds_the_same_thread_and_later_a_new_one(
    house: Installation,
) -> None:
    first = helped(house)
    house.clock.move(days=1)
    house.text("talk to a person")
    thread = house.thread()
    assert thread is not None
    assert (thread.id, thread.reopened, thread.asked_at) == (first, 1, house.clock.now)
    close(house, first)
    house.clock.move(days=3)
    house.text("talk to a person")
    thread = house.thread()
    assert thread is not None
    assert thread.id != first


def test_closing_at_night_wakes_nobody(house: Installation) -> None:
    house.text("talk to a person")
    thread = house.thread()
    assert thread is not None
    house.clock.set(datetime(2026, 10, 14, 4, 0, tzinfo=UTC))
    close(house, thread.id or 0)
    mine = select(OutboxRow).where(OutboxRow.contact_id == house.contact().id)
    with house.bot.db.read() as session:
        row = session.exec(mine.order_by(OutboxRow.id)).all()[-1]  # type: ignore[arg-type]
    assert (row.state, row.due_at) == ("pending", datetime(2026, 10, 14, 13, 0, tzinfo=UTC))
