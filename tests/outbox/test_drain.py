"""Draining a lane: each text once, in order, and no row takes another down with it."""

from datetime import timedelta
from threading import Event

import pytest

from bot.outbox.drain import drain
from bot.outbox.status import record_status
from bot.ports import NotAccepted, Outgoing, Uncertain
from bot.store import contacts
from bot.store.claims import COMES_LAST
from bot.store.consents import of_contact
from tests.outbox.conftest import Desk


def refused(code: int | None, retry_after: float | None = None) -> NotAccepted:
    return NotAccepted(code, "no", retry_after=retry_after)


def test_every_due_text_is_sent_once_and_bound_to_its_sid(desk: Desk) -> None:
    rows = [desk.want(desk.person(n), f"Hola {n}") for n in range(1, 31)]
    assert drain(desk.parts, "replies") == 30
    assert sorted(desk.carrier.bodies()) == sorted(f"Hola {n}" for n in range(1, 31))
    found = [desk.row(row_id) for row_id in rows]
    assert {row.state for row in found} == {"accepted"}
    assert {row.sid for row in found} == {one.sid for one in desk.carrier.accepted}
    assert drain(desk.parts, "replies") == 0


def test_texts_of_one_contact_go_out_in_the_order_they_were_put(desk: Desk) -> None:
    people = [desk.person(n) for n in (1, 2, 3)]
    for number in range(10):
        for person in people:
            desk.want(person, f"{person}: {number}")
    drain(desk.parts, "replies")
    for person in people:
        mine = [body for body in desk.carrier.bodies() if body.startswith(f"{person}:")]
        assert mine == [f"{person}: {number}" for number in range(10)]


def test_the_row_says_submitting_in_the_database_before_the_call(desk: Desk) -> None:
    seen = []
    desk.while_sending(lambda message: seen.append(desk.row(message.row_id).state))
    desk.want(desk.person(), "Hola")
    drain(desk.parts, "replies")
    assert seen == ["submitting"]


def test_only_the_asked_lane_is_sent(desk: Desk) -> None:
    desk.want(desk.person(1), "an answer")
    desk.want(desk.person(2), "for all", lane="broadcasts")
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["an answer"]


def test_what_is_not_due_yet_or_not_late_enough_stays(desk: Desk) -> None:
    desk.want(desk.person(1), "later", due_at=desk.clock() + timedelta(minutes=5))
    desk.want(desk.person(2), "now")
    assert drain(desk.parts, "replies", late_by=timedelta(seconds=3)) == 0
    desk.clock.move(seconds=3)
    assert drain(desk.parts, "replies", late_by=timedelta(seconds=3)) == 1


def test_a_busy_carrier_is_asked_again_after_a_wait_that_it_chose(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    desk.carrier.script = [refused(20429, retry_after=7.0)]
    drain(desk.parts, "replies")
    row = desk.row(row_id)
    assert (row.state, row.reason, row.error_code) == ("pending", "busy", 20429)
    assert row.due_at >= desk.clock() + timedelta(seconds=7)
    desk.clock.move(seconds=10)
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "accepted"
    assert desk.row(row_id).error_code is None


def test_a_text_that_waits_for_its_next_try_keeps_later_ones_of_the_contact_behind_it(desk: Desk) -> None:
    person = desk.person()
    desk.want(person, "first")
    desk.want(person, "second")
    desk.carrier.script = [refused(20429, retry_after=7.0)]
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == []
    desk.clock.move(seconds=10)
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["first", "second"]


def test_when_the_carrier_cannot_be_reached_the_lane_is_left_alone_after_three_tries(desk: Desk) -> None:
    for number in range(1, 21):
        desk.want(desk.person(number), "Hola", lane="broadcasts")
    parts = desk.parts
    desk.carrier.script = [refused(None, retry_after=1.0)] * 20
    object.__setattr__(parts, "senders", {"broadcasts": 1})
    assert drain(parts, "broadcasts") == 3
    assert desk.states() == ["pending"] * 20


def test_a_refusal_for_good_ends_the_row_with_the_carriers_code(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    desk.carrier.script = [refused(21614)]
    drain(desk.parts, "replies")
    row = desk.row(row_id)
    assert (row.state, row.reason, row.error_code) == ("failed", "landline", 21614)


def test_a_fault_of_our_own_settings_waits_to_be_mended(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    desk.carrier.script = [refused(20003)]
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "pending"
    desk.clock.move(hours=1)
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "accepted"


def test_the_carriers_word_that_somebody_opted_out_stops_all_texts_to_them(desk: Desk) -> None:
    person = desk.person()
    first, second = desk.want(person, "one"), desk.want(person, "two")
    desk.carrier.script = [refused(21610)]
    drain(desk.parts, "replies")
    for row_id in (first, second):
        assert (desk.row(row_id).state, desk.row(row_id).reason) == ("skipped", "opted_out")
    assert desk.carrier.bodies() == []
    with desk.db.read() as session:
        contact = contacts.by_id(session, person)
        assert contact is not None
        assert contact.consent == "stopped"
        assert [(event.kind, event.source) for event in of_contact(session, person)] == [
            ("stopped", "carrier")
        ]


def test_after_stop_only_what_answers_it_goes_out(desk: Desk) -> None:
    person = desk.person()
    answer = desk.want(person, "an answer")
    goodbye = desk.want(person, "You get no more texts.", kind="opt_out_confirmation")
    with desk.db.write() as session:
        contacts.stop(session, person, desk.clock())
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["You get no more texts."]
    assert desk.row(answer).reason == "opted_out"
    assert desk.row(goodbye).state == "accepted"


def test_a_text_whose_time_is_over_is_not_sent(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "No school today", expires_at=desk.clock() + timedelta(hours=2))
    desk.clock.move(hours=2)
    drain(desk.parts, "replies")
    assert (desk.row(row_id).state, desk.row(row_id).reason) == ("skipped", "expired")


def test_a_row_that_cannot_be_written_is_set_aside_after_three_tries_and_delays_nobody(desk: Desk) -> None:
    broken = desk.want(desk.person(1), "Hola")
    with desk.db.write() as session:
        row = session.merge(desk.row(broken))
        row.body = b"\x01damaged"
    others = [desk.want(desk.person(n), f"Hola {n}") for n in range(2, 8)]
    drain(desk.parts, "replies")
    assert {desk.row(row_id).state for row_id in others} == {"accepted"}
    for tries in (2, 3):
        assert desk.row(broken).state == "pending"
        desk.clock.move(minutes=1)
        drain(desk.parts, "replies")
        assert desk.row(broken).stumbles == tries
    assert (desk.row(broken).state, desk.row(broken).reason) == ("failed", "poison")


def test_a_row_that_failed_its_worker_does_not_wait_for_the_end_of_a_long_broadcast(desk: Desk) -> None:
    fallen = desk.want(desk.person(1), "Once more", lane="broadcasts")
    with desk.db.write() as session:
        session.merge(desk.row(fallen)).stumbles = 1
    desk.clock.move(seconds=COMES_LAST.total_seconds())
    for n in range(2, 90):
        desk.want(desk.person(n), f"Hola {n}", lane="broadcasts")
    drain(desk.parts, "broadcasts")
    assert "Once more" in desk.carrier.bodies()[:80]


@pytest.mark.parametrize("fault", [Uncertain("read time-out"), RuntimeError("a fault in the adapter")])
def test_when_nobody_knows_the_row_stays_submitting_and_is_not_sent_again(
    desk: Desk, fault: Exception
) -> None:
    row_id = desk.want(desk.person(), "Hola")
    desk.carrier.script = [fault]
    drain(desk.parts, "replies")
    drain(desk.parts, "replies")
    row = desk.row(row_id)
    assert (row.state, row.reason, row.attempts) == ("submitting", "uncertain", 1)


def test_a_receipt_that_overtakes_the_answer_is_not_undone_by_it(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")

    def receipt(message: Outgoing) -> None:
        with desk.db.write() as session:
            record_status(session, f"SM{1:032x}", message.row_id, "delivered", None, desk.clock())

    desk.while_sending(receipt)
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "delivered"
    assert desk.row(row_id).sid == f"SM{1:032x}"


def test_a_machine_that_slept_between_announcement_and_call_does_not_call(desk: Desk) -> None:
    """Somebody else may have sent the row meanwhile."""
    row_id = desk.want(desk.person(), "Hola")
    ticks = iter([0, 0, 30, 30, 0, 0, 0, 0, 0, 0])
    still = desk.clock
    object.__setattr__(desk.parts, "clock", lambda: still.move(seconds=next(ticks, 0)))
    object.__setattr__(desk.parts, "senders", {"replies": 1})
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["Hola"]
    assert desk.row(row_id).attempts == 2


def test_a_drain_that_is_told_to_stop_finishes_what_is_under_way_and_takes_no_more(desk: Desk) -> None:
    for number in range(1, 10):
        desk.want(desk.person(number), "Hola")
    stop = Event()
    desk.while_sending(lambda _message: stop.set())
    object.__setattr__(desk.parts, "senders", {"replies": 2})
    drain(desk.parts, "replies", stop=stop)
    states = desk.states()
    assert set(states) == {"accepted", "pending"}
    assert states.count("accepted") <= 2


def test_a_reply_goes_ahead_of_the_broadcast_to_the_same_person_and_never_waits_for_one(desk: Desk) -> None:
    person = desk.person()
    desk.want(person, "for all", lane="broadcasts")
    desk.want(person, "an answer")
    assert drain(desk.parts, "broadcasts") == 0
    drain(desk.parts, "replies")
    drain(desk.parts, "broadcasts")
    assert desk.carrier.bodies() == ["an answer", "for all"]
