"""What a person chose holds at the outbox; what is in doubt waits there, and dies at its time."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.outbox.drain import drain
from bot.outbox.put import NotWanted
from bot.store import broadcasts, gates
from bot.store.broadcasts import Topic
from bot.store.contacts import Contact
from tests.outbox.conftest import Desk
from tests.outbox.test_broadcasts import send_to, tally

EMERGENCY = ("Rosa Vega", "gas leak at school")


def wants(desk: Desk, person: int, what: str | None) -> None:
    with desk.db.write() as session:
        session.connection().execute(update(Contact).where(Contact.id == person).values(wants=what))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wish", "topic", "comes"),
    [
        *((None, "news", True), ("needed", "news", False), ("needed", "attendance", True)),
        *(("needed", "urgent", True), ("emergency", "urgent", False), ("emergency", "attendance", False)),
    ],
)
def test_a_broadcast_comes_to_who_wants_its_topic(
    desk: Desk,
    wish: str | None,
    topic: Topic,
    comes: bool,  # noqa: FBT001 - a case
) -> None:
    desk.people = [desk.person()]
    wants(desk, desk.people[0], wish)
    made = send_to(desk, range(1), topic=topic)
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None) if comes else ("skipped", "not_wanted"): 1}


@pytest.mark.parametrize("wish", ["needed", "emergency", "unclear"])
def test_an_emergency_comes_to_all_who_have_not_stopped(desk: Desk, wish: str) -> None:
    desk.people = [desk.person()]
    wants(desk, desk.people[0], wish)
    made = send_to(desk, range(1), emergency=EMERGENCY)
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 1}


def test_what_is_in_doubt_waits_and_goes_out_once_it_is_clear(desk: Desk) -> None:
    desk.people = [desk.person(), desk.person(2)]
    wants(desk, desk.people[0], "unclear")
    made = send_to(desk, range(2))
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 1, ("pending", None): 1}
    wants(desk, desk.people[0], None)
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 2}


def test_a_doubt_between_claim_and_call_holds_the_text_back(desk: Desk) -> None:
    desk.people = [desk.person(), desk.person(2)]
    object.__setattr__(desk.parts, "senders", {"broadcasts": 1})
    made = send_to(desk, range(2))
    desk.while_sending(lambda _: wants(desk, desk.people[1], "unclear"))
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 1, ("pending", None): 1}


def test_what_stays_in_doubt_ends_at_its_time_and_says_so(desk: Desk) -> None:
    desk.people = [desk.person()]
    wants(desk, desk.people[0], "unclear")
    made = send_to(desk, range(1))
    desk.clock.move(days=1)
    with desk.db.write() as session:
        assert gates.end_unclear(session, desk.clock()) == 1
    assert tally(desk, made) == {("skipped", "unclear"): 1}


def test_an_answer_comes_also_while_it_is_unclear(desk: Desk) -> None:
    person = desk.person()
    wants(desk, person, "unclear")
    desk.want(person, "You asked for the bus")
    assert drain(desk.parts, "replies") == 1


def test_a_choice_takes_back_what_waits_but_for_what_it_keeps(desk: Desk) -> None:
    desk.people = [desk.person()]
    later = desk.clock() + timedelta(hours=1)
    news = send_to(desk, range(1), due_at=later)
    absence = send_to(desk, range(1), topic="attendance", due_at=later)
    siren = send_to(desk, range(1), emergency=EMERGENCY, due_at=later)
    with desk.db.write() as session:
        assert broadcasts.take_back(session, desk.people[0], keep=("attendance", "urgent")) == 1
    assert tally(desk, news) == {("skipped", "not_wanted"): 1}
    assert tally(desk, absence) == tally(desk, siren) == {("pending", None): 1}


def test_a_single_text_of_our_own_accord_to_who_wants_none_is_refused(desk: Desk) -> None:
    person = desk.person()
    wants(desk, person, "emergency")
    with pytest.raises(NotWanted):
        desk.want(person, "News", "broadcasts", kind="broadcast", zone="America/Chicago")
    wants(desk, person, "unclear")
    desk.want(person, "News", "broadcasts", kind="broadcast", zone="America/Chicago")
    assert drain(desk.parts, "broadcasts") == 0
