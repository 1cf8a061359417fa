"""People answer: once, only to what they saw, and the promise to the family holds its clock."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from bot.people.access import Grant
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited, invite
from bot.store import accounts, notices
from bot.store.audit import AuditLine
from bot.store.inbound import BODY as CAME
from bot.store.thread_texts import WROTE, ThreadReply
from bot.talk import thread_desk
from bot.talk.replying import (
    AlreadySent,
    Answered,
    By,
    Hindered,
    Moved,
    NotOpen,
    Outcome,
    Seen,
    Written,
    answer,
    send_held,
    working,
)
from bot.talk.wake import wake_all
from tests.faults.scale import read_scale
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER, Installation

NOBODY_YET = "Nobody has answered you yet. I asked the district office too."
NADIE = "Hasta ahora nadie le ha contestado. También avisé a la oficina del distrito."
TOGETHER = read_scale().of(12, 1_000)


def liaison(house: Installation, name: str = "Rosa Ortiz") -> By:
    """An account that answers."""
    bot = house.bot
    mail = f"{name.casefold().replace(' ', '.')}@school.example"
    wanted = Invited(name, mail, (Grant("liaison"),))
    account_id, _ = invite(Desk(bot.db, bot.vault, bot.clock), None, wanted)
    with bot.db.write() as session:
        account = accounts.locked(session, account_id)
        assert account is not None
        account.state = "active"
    return By(account_id)


def opened(house: Installation, number: str = ENGLISH, words: str = "person") -> int:
    """The thread of a family that asked for a person."""
    house.text(words, number)
    thread = house.thread(number)
    assert thread is not None
    assert thread.id is not None
    return thread.id


def seen(house: Installation, number: str = ENGLISH) -> Seen:
    """All that stands in its thread."""
    thread = house.thread(number)
    assert thread is not None
    return Seen.of(thread)


def say(house: Installation, by: By, thread_id: int, text: str, key: str, saw: Seen | None) -> Outcome:
    """One press of Send."""
    with working(house.bot.talk, by) as at:
        return answer(at, thread_id, Written(text, key, saw))


def test_an_answer_goes_out_as_one_text_of_a_person(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    outcome = say(house, by, thread_id, "Hello Dana, this is Rosa.", "k1", seen(house))
    assert isinstance(outcome, Answered)
    assert house.answers_and_kinds()[-1] == ("Hello Dana, this is Rosa.", "person")
    thread = house.thread()
    assert thread is not None
    assert (thread.asked_at, thread.promised_at) == (None, None)
    assert thread.account_id == by.account_id
    with house.bot.db.read() as session:
        reply = session.get(ThreadReply, outcome.reply_id)
        assert reply is not None
        assert house.bot.vault.open(reply.wrote or b"", WROTE) == "Hello Dana, this is Rosa."
        actions = session.exec(select(AuditLine.action)).all()
    assert "thread_answered" in actions


def test_the_same_key_is_the_same_answer(house: Installation) -> None:
    by, thread_id, saw = liaison(house), opened(house), None
    first = say(house, by, thread_id, "Once.", "held-enter", saw)
    again = [say(house, by, thread_id, "Once.", "held-enter", saw) for _ in range(3)]
    assert isinstance(first, Answered)
    assert again == [AlreadySent(first.reply_id)] * 3
    assert house.answers().count("Once.") == 1


def test_a_thread_that_moved_is_not_answered_and_shows_what_was_not_seen(house: Installation) -> None:
    by, other, thread_id = liaison(house), liaison(house, "Ann Lee"), opened(house)
    saw = seen(house)
    house.text("It is about the bus.")
    moved = say(house, by, thread_id, "What is it about?", "k1", saw)
    assert isinstance(moved, Moved)
    assert [house.bot.vault.open(one.body or b"", CAME) for one in moved.inbound] == ["It is about the bus."]
    assert isinstance(say(house, other, thread_id, "Bus 12 is late.", "k2", moved.seen), Answered)
    moved = say(house, by, thread_id, "Which bus?", "k3", moved.seen)
    assert isinstance(moved, Moved)
    assert len(moved.replies) == 1
    assert not moved.inbound
    assert house.answers()[-1] == "Bus 12 is late."


@pytest.mark.parametrize("same_key", [False, True], ids=["two people", "one double click"])
def test_of_two_sends_at_once_exactly_one_text_goes_out(house: Installation, *, same_key: bool) -> None:
    people = [liaison(house), liaison(house, "Ann Lee")]
    thread_id, before = opened(house), len(house.answers())
    for press in range(TOGETHER):
        saw, ready = seen(house), Barrier(2)

        def send(at: int, saw: Seen = saw, ready: Barrier = ready, press: int = press) -> Outcome:
            ready.wait()
            key = f"{press}" if same_key else f"{press}-{at}"
            return say(house, people[at], thread_id, f"Answer {press}", key, saw)

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(send, range(2)))
        assert sum(isinstance(one, Answered) for one in outcomes) == 1
        assert sum(isinstance(one, AlreadySent if same_key else Moved) for one in outcomes) == 1
    answers = house.answers()[before:]
    assert answers == [f"Answer {press}" for press in range(TOGETHER)]


def test_nothing_is_sent_to_who_stopped_to_nobody_and_without_words(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    assert say(house, by, thread_id, " \n", "k1", None) == Hindered("empty")
    assert say(house, by, 999, "Hello", "k2", None) == NotOpen()
    house.text("STOP")
    assert say(house, by, thread_id, "Hello", "k3", None) == Hindered("stopped")
    with working(house.bot.talk, by) as at:
        assert thread_desk.close(at, thread_id)
    assert say(house, by, thread_id, "Hello", "k4", None) == NotOpen()


def test_a_held_answer_waits_for_its_translation_and_goes_out_once(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    before = len(house.answers())
    with working(house.bot.talk, by) as at:
        held = answer(at, thread_id, Written("", "k1", None, wrote="Bus 12.", language="en", is_held=True))
    assert isinstance(held, Answered)
    assert held.rows == ()
    assert len(house.answers()) == before
    for expected in (Answered, AlreadySent):
        with working(house.bot.talk, by) as at:
            sent = send_held(at, held.reply_id, "Autobús 12.", origin="human", is_reviewed=True)
        assert isinstance(sent, expected)
    assert house.answers()[before:] == ["Autobús 12."]


def test_the_promise_ends_with_an_answer_and_begins_anew_with_the_next_question(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    thread = house.thread()
    assert thread is not None
    assert thread.asked_at == house.clock.now
    assert thread.promised_at == house.contact().wake_at
    say(house, by, thread_id, "I look into it.", "k1", None)
    assert house.contact().wake_at is None
    house.clock.move(hours=1)
    house.text("ok")
    waiting = house.thread()
    assert waiting is not None
    assert waiting.asked_at is None, "a thank-you waits for nothing"
    house.text("And when does it come?")
    waiting = house.thread()
    assert waiting is not None
    assert waiting.asked_at == house.clock.now
    assert waiting.promised_at == house.contact().wake_at


def test_when_nobody_answers_the_district_office_is_asked_once_and_the_family_is_told_once(
    house: Installation,
) -> None:
    thread_id, before = opened(house), len(house.answers())
    for _ in range(4):
        house.clock.move(hours=3)
        wake_all(house.bot.talk)
    thread = house.thread()
    assert thread is not None
    assert thread.id == thread_id
    assert thread.to == "district_office"
    assert thread.escalated_at is not None
    assert house.answers()[before:] == [NOBODY_YET]


@pytest.mark.parametrize("number", [ENGLISH, SPANISH])
def test_where_the_district_does_not_answer_either_the_family_is_told_once_whom_to_call(
    house: Installation, number: str
) -> None:
    thread_id, before = opened(house, number), len(house.answers(number))
    for _ in range(30):
        house.clock.move(hours=3)
        wake_all(house.bot.talk)
    first, last = house.answers(number)[before:]
    assert first in (
        NOBODY_YET,
        "Hasta ahora nadie le ha contestado. También avisé a la oficina del distrito.",
    )
    assert "512-555-0140" in last, "the school's own"
    assert last.startswith(("I am sorry, still nobody has answered you.", "Lo siento, todavía nadie"))
    thread = house.thread(number)
    assert thread is not None
    assert thread.id == thread_id
    assert thread.state == "open", "it is still to be answered"
    with house.bot.db.read() as session:
        told = [one for one in notices.about(session, threads=[thread_id]) if one.to == "on_call"]
    assert len(told) >= 2, "the district is asked again"


def test_who_was_answered_by_the_district_is_not_told_to_call(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    for _ in range(4):
        house.clock.move(hours=3)
        wake_all(house.bot.talk)
    assert house.answers()[-1] == NOBODY_YET
    say(house, by, thread_id, "I am here now.", "k1", None)
    house.clock.move(days=5)
    wake_all(house.bot.talk)
    assert house.answers()[-1] == "I am here now."


def test_who_was_answered_is_not_told_that_nobody_did(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    say(house, by, thread_id, "Hello.", "k1", None)
    house.clock.move(days=3)
    wake_all(house.bot.talk)
    assert house.answers()[-1] == "Hello."


def test_a_thread_that_no_flow_holds_is_escalated_all_the_same(house: Installation) -> None:
    house.text("STOP", STRANGER)
    house.text("my husband is beating me and the children", STRANGER)
    thread = house.thread(STRANGER)
    assert thread is not None
    assert thread.promised_at is not None
    house.clock.move(days=4)
    wake_all(house.bot.talk)
    thread = house.thread(STRANGER)
    assert thread is not None
    assert thread.to == "district_office"


def test_a_text_of_the_family_wakes_what_was_put_off(house: Installation) -> None:
    by, thread_id = liaison(house), opened(house)
    with working(house.bot.talk, by) as at:
        assert thread_desk.snooze(at, thread_id, house.clock.now.replace(day=20))
    thread = house.thread()
    assert thread is not None
    assert thread.snoozed_until is not None
    house.text("thanks")
    thread = house.thread()
    assert thread is not None
    assert thread.snoozed_until is None


def test_a_claim_shows_a_name_for_two_minutes_and_can_be_taken_over(house: Installation) -> None:
    rosa, ann, thread_id = liaison(house), liaison(house, "Ann Lee"), opened(house)
    with working(house.bot.talk, rosa) as at:
        assert thread_desk.claim(at, thread_id).is_mine
    with working(house.bot.talk, ann) as at:
        refused = thread_desk.claim(at, thread_id)
        assert (refused.is_mine, refused.account_id) == (False, rosa.account_id)
        assert thread_desk.claim(at, thread_id, take_over=True).is_mine
    house.clock.move(minutes=2)
    with working(house.bot.talk, rosa) as at:
        assert thread_desk.claim(at, thread_id).is_mine
        assert thread_desk.release(at, thread_id)
