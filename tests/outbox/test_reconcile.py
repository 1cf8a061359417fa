"""Rows of which nothing was heard: found, sent again, or shown to a person; never sent twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from bot.outbox.drain import drain
from bot.outbox.reconcile import GIVE_UP, reconcile, send_again
from bot.outbox.status import record_status
from bot.ports import CarrierRecord, Channel, Uncertain
from bot.store import answers
from bot.store.outbox import ROWS, unknown_ids
from tests.outbox.conftest import Desk
from tests.outbox.fake_carrier import Answer

LOST = Uncertain("read time-out")
TAKEN: Answer = "accept and fall silent"


def in_doubt(desk: Desk, answer: Answer, body: str = "Hola") -> int:
    row_id = desk.want(desk.person(), body)
    desk.carrier.script = [answer]
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "submitting"
    return row_id


def test_a_text_that_the_carrier_took_is_found_in_its_list(desk: Desk) -> None:
    row_id = in_doubt(desk, TAKEN)
    desk.clock.move(seconds=4.9)
    assert reconcile(desk.parts) == 0, "it may not stand in the list yet"
    desk.clock.move(seconds=0.1)
    assert reconcile(desk.parts) == 1
    row = desk.row(row_id)
    assert (row.state, row.sid) == ("accepted", desk.carrier.accepted[0].sid)
    desk.clock.move(minutes=10)
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["Hola"]


def test_without_a_trace_the_row_waits_ninety_seconds_and_goes_out_again(desk: Desk) -> None:
    row_id = in_doubt(desk, LOST)
    for _ in range(17):
        desk.clock.move(seconds=5)
        reconcile(desk.parts)
        assert desk.row(row_id).state == "submitting"
    desk.clock.move(seconds=5)
    reconcile(desk.parts)
    assert (desk.row(row_id).state, desk.row(row_id).reason) == ("pending", "no_trace")
    assert desk.carrier.asked <= 8
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["Hola"]


def test_later_texts_of_the_contact_wait_for_the_one_in_doubt(desk: Desk) -> None:
    in_doubt(desk, LOST, "first")
    desk.want(desk.person(), "second")
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == []
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    drain(desk.parts, "replies")
    assert desk.carrier.bodies() == ["first", "second"]


def test_a_row_whose_worker_died_is_looked_after_when_its_call_must_be_over(desk: Desk) -> None:
    row_id = in_doubt(desk, TAKEN)
    with desk.db.write() as session:
        row = session.merge(desk.row(row_id))
        assert row.submitted_at
        row.look_at, row.reason = row.submitted_at + timedelta(seconds=45), None
    desk.clock.move(seconds=44)
    assert reconcile(desk.parts) == 0
    desk.clock.move(seconds=1)
    assert reconcile(desk.parts) == 1


def test_an_equal_text_that_belongs_to_another_row_is_not_taken_for_this_one(desk: Desk) -> None:
    desk.want(desk.person(), "Hola")
    drain(desk.parts, "replies")
    row_id = in_doubt(desk, LOST)
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    assert desk.row(row_id).state == "pending"


def test_another_text_that_nobody_here_sent_is_not_taken_for_this_one(desk: Desk) -> None:
    row_id = in_doubt(desk, LOST)
    by_hand = CarrierRecord("SM" + "c" * 32, "+15125550101", "+15125550100", "Adiós", "sent", desk.clock())
    desk.carrier.accepted.append(by_hand)
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    assert (desk.row(row_id).state, desk.row(row_id).sid) == ("pending", None)


def test_an_equal_text_from_long_before_is_not_taken_for_this_one(desk: Desk) -> None:
    """Sent by hand, or by the program that was here before us."""
    old = CarrierRecord("SM" + "a" * 32, "+15125550101", "+15125550100", "Hola", "delivered", desk.clock())
    desk.carrier.accepted.append(old)
    desk.clock.move(minutes=1)
    row_id = in_doubt(desk, LOST)
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    assert desk.row(row_id).state == "pending"


def test_two_equal_texts_in_doubt_are_bound_to_one_entry_each(desk: Desk) -> None:
    person = desk.person()
    first, second = desk.want(person, "Hola"), desk.want(person, "Hola", lane="broadcasts")
    for lane in ("replies", "broadcasts"):
        desk.carrier.script = [TAKEN]
        drain(desk.parts, lane)
        desk.clock.move(seconds=6)
        reconcile(desk.parts)
    assert {desk.row(first).sid, desk.row(second).sid} == {one.sid for one in desk.carrier.accepted}


def test_white_space_that_the_carrier_trims_makes_no_other_text_of_it(desk: Desk) -> None:
    row_id = in_doubt(desk, LOST, "Hola  \n amiga")
    told = CarrierRecord("SM" + "b" * 32, "+15125550101", "", "Hola amiga", "sent", desk.clock())
    desk.carrier.accepted.append(told)
    desk.clock.move(seconds=6)
    reconcile(desk.parts)
    assert desk.row(row_id).state == "sent"


def test_a_list_that_cannot_be_read_ends_in_unknown_and_nothing_is_sent_blindly(desk: Desk) -> None:
    row_id = in_doubt(desk, TAKEN)
    desk.carrier.list_is_readable = False
    for _ in range(30):
        desk.clock.move(seconds=30)
        reconcile(desk.parts)
        drain(desk.parts, "replies")
    assert (desk.row(row_id).state, desk.row(row_id).reason) == ("unknown", "list_unreadable")
    with desk.db.read() as session:
        assert unknown_ids(session) == [row_id]
    assert len(desk.carrier.accepted) == 1


def test_a_list_that_can_be_read_again_in_time_is_used(desk: Desk) -> None:
    row_id = in_doubt(desk, TAKEN)
    desk.carrier.list_is_readable = False
    desk.clock.move(minutes=5)
    reconcile(desk.parts)
    assert desk.row(row_id).state == "submitting"
    desk.carrier.list_is_readable = True
    desk.clock.move(minutes=1)
    reconcile(desk.parts)
    assert desk.row(row_id).state == "accepted"


@pytest.fixture
def unknown(desk: Desk) -> int:
    """A row that the carrier took, and nobody here knows it."""
    row_id = in_doubt(desk, TAKEN)
    desk.carrier.list_is_readable = False
    desk.clock.now += GIVE_UP
    reconcile(desk.parts)
    assert desk.row(row_id).state == "unknown"
    return row_id


def test_send_again_looks_first_and_finds_what_was_sent_after_all(desk: Desk, unknown: int) -> None:
    desk.carrier.list_is_readable = True
    assert send_again(desk.parts, unknown) == "found"
    assert desk.row(unknown).state == "accepted"
    assert send_again(desk.parts, unknown) == "not_unknown"


def test_send_again_sends_what_is_in_no_list_and_gives_it_a_new_day(desk: Desk, unknown: int) -> None:
    desk.carrier.list_is_readable = True
    desk.carrier.accepted.clear()
    desk.clock.move(days=3)
    assert send_again(desk.parts, unknown) == "pending"
    drain(desk.parts, "replies")
    assert desk.row(unknown).state == "accepted"


def test_send_again_without_a_list_needs_the_persons_word(desk: Desk, unknown: int) -> None:
    assert send_again(desk.parts, unknown) == "list_unreadable"
    assert desk.row(unknown).state == "unknown"
    assert send_again(desk.parts, unknown, blind=True) == "pending"


def test_a_text_that_a_receipt_places_while_a_person_looks_is_not_sent_again(
    desk: Desk, unknown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the list shows is then not this row's: it holds the text of the receipt."""
    desk.carrier.list_is_readable = True
    read = desk.carrier.sent_to

    def read_slowly(number: str, since: datetime, channel: Channel) -> Sequence[CarrierRecord]:
        with desk.db.write() as session:
            record_status(session, "SM" + "d" * 32, unknown, "delivered", None, desk.clock())
        return read(number, since, channel)

    monkeypatch.setattr(desk.carrier, "sent_to", read_slowly)
    assert send_again(desk.parts, unknown) == "not_unknown"
    assert (desk.row(unknown).state, desk.row(unknown).sid) == ("delivered", "SM" + "d" * 32)


def test_a_late_receipt_resolves_the_unknown(desk: Desk, unknown: int) -> None:
    with desk.db.write() as session:
        record_status(session, desk.carrier.accepted[0].sid, unknown, "delivered", None, desk.clock())
    assert desk.row(unknown).state == "delivered"


def test_a_receipt_after_the_ninety_seconds_still_keeps_the_text_from_going_out_twice(desk: Desk) -> None:
    row_id = in_doubt(desk, TAKEN)
    hidden = desk.carrier.accepted.pop()
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    assert desk.row(row_id).state == "pending"
    with desk.db.write() as session:
        record_status(session, hidden.sid, row_id, "sent", None, desk.clock())
    drain(desk.parts, "replies")
    assert desk.carrier.accepted == []
    assert (desk.row(row_id).state, desk.row(row_id).sid) == ("sent", hidden.sid)


def test_a_text_that_vanishes_again_and_again_is_given_up(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    for _ in range(5):
        assert desk.row(row_id).state == "pending"
        desk.carrier.script = [LOST]
        drain(desk.parts, "replies")
        desk.clock.move(seconds=91)
        reconcile(desk.parts)
    assert (desk.row(row_id).state, desk.row(row_id).reason) == ("failed", "no_trace")


def test_an_answer_that_comes_after_the_row_went_to_somebody_else_changes_nothing(desk: Desk) -> None:
    row_id = in_doubt(desk, LOST)
    token = desk.row(row_id).claimed_by
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    with desk.db.write() as session:
        assert not answers.end(session, row_id, token, state="failed", reason="late")
        assert not answers.doubt(session, row_id, token, desk.clock())
    assert desk.row(row_id).state == "pending"


def test_a_row_that_can_no_longer_be_read_keeps_no_other_in_doubt(desk: Desk) -> None:
    """Its key was taken away, say, while its answer was on the way."""
    broken, sound = in_doubt(desk, TAKEN), desk.want(desk.person(2), "Salaam")
    desk.carrier.script = [TAKEN]
    drain(desk.parts, "replies")
    with desk.db.write() as session:
        session.connection().execute(update(ROWS).where(ROWS.c.id == broken).values(body=b"?"))
    desk.clock.move(seconds=10)
    assert reconcile(desk.parts) == 1
    assert desk.row(sound).state == "accepted"
    desk.clock.move(minutes=10)
    assert reconcile(desk.parts) == 1
    assert desk.row(broken).state == "unknown"


def test_a_carrier_whose_list_hangs_is_not_asked_about_all_rows_in_one_round(desk: Desk) -> None:
    for person in (1, 2, 3):
        desk.want(desk.person(person), "Hola")
    desk.carrier.script = [TAKEN, TAKEN, TAKEN]
    drain(desk.parts, "replies")
    desk.clock.move(seconds=6)
    assert reconcile(desk.parts, seconds=0) == 1
    assert desk.carrier.asked == 1
    assert reconcile(desk.parts) == 2


@pytest.mark.parametrize(("each_takes", "asked"), [(10, 3), (20.5, 1)])
def test_a_round_begins_no_look_after_twenty_seconds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, each_takes: float, asked: int
) -> None:
    """Whatever else the sweeper does waits for it."""
    for person in (1, 2, 3, 4):
        desk.want(desk.person(person), "Hola")
    desk.carrier.script = [TAKEN] * 4
    drain(desk.parts, "replies")
    desk.clock.move(seconds=6)
    ticks = (n * each_takes for n in range(5))
    monkeypatch.setattr("bot.outbox.reconcile.time", SimpleNamespace(monotonic=lambda: next(ticks)))
    assert reconcile(desk.parts) == asked
    assert desk.carrier.asked == asked


def test_a_list_that_cannot_be_read_when_no_trace_would_decide_is_not_asked_at_once_again(desk: Desk) -> None:
    row_id = in_doubt(desk, LOST)
    began = desk.row(row_id).submitted_at
    assert began
    desk.carrier.list_is_readable = False
    desk.clock.move(seconds=90)
    reconcile(desk.parts)
    assert desk.row(row_id).look_at == began + timedelta(seconds=105)


@pytest.mark.parametrize(("age", "looks_at"), [(6, 21), (74, 89), (75, 90), (80, 90), (89, 90)])
def test_the_next_look_is_a_little_later_and_certainly_when_no_trace_decides(
    desk: Desk, age: int, looks_at: int
) -> None:
    row_id = in_doubt(desk, LOST)
    began = desk.row(row_id).submitted_at
    assert began
    desk.clock.move(seconds=age)
    assert reconcile(desk.parts) == 0
    assert desk.row(row_id).look_at == began + timedelta(seconds=looks_at)


@pytest.mark.parametrize(("minutes", "state"), [(9.9, "submitting"), (10, "unknown")])
def test_an_unreadable_list_is_asked_for_ten_minutes(desk: Desk, minutes: float, state: str) -> None:
    row_id = in_doubt(desk, LOST)
    desk.clock.move(minutes=minutes)
    desk.carrier.list_is_readable = False
    reconcile(desk.parts)
    assert desk.row(row_id).state == state
    assert desk.row(row_id).look_at is None or state == "submitting"


@pytest.mark.parametrize(("before", "state"), [(5, "sent"), (6, "pending")])
def test_the_carriers_clock_may_be_five_seconds_behind(desk: Desk, before: int, state: str) -> None:
    row_id = in_doubt(desk, LOST)
    announced = desk.row(row_id).submitted_at
    assert announced
    made = announced.replace(microsecond=0) - timedelta(seconds=before)
    desk.carrier.accepted.append(
        CarrierRecord("SM" + "a" * 32, "+15125550101", "+15125550100", "Hola", "sent", made)
    )
    desk.clock.move(seconds=91)
    reconcile(desk.parts)
    assert desk.row(row_id).state == state
