"""Claims: one row, one worker, and what a person asked for holds until the last moment."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.store import claims, contacts, gates
from bot.store.broadcasts import Broadcast
from bot.store.claims import COMES_LAST, HOLD
from bot.store.outbox import OutboxRow
from bot.store.submits import submit
from tests.store.conftest import NOW, Rows


def together(count: int, work: Callable[[int], None]) -> None:
    """Run the same work in many threads at once; a fault in one is a fault of the test."""
    faults: list[BaseException] = []
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            gate.wait()
            work(number)
        except BaseException as fault:  # noqa: BLE001 - told by the assertion below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults


def test_many_workers_at_once_never_claim_the_same_row(rows: Rows) -> None:
    wanted = {rows.want(person) for person in range(50) for _ in range(4)}
    got: list[tuple[int, int]] = []
    order: dict[int, list[int]] = {}
    lock = threading.Lock()

    def work(number: int) -> None:
        idle = 0
        while idle < 5:
            claim = rows.claim(limit=3, token=f"worker {number}")
            sent = rows.submit(claim) if claim.rows else set()
            assert sent == {row.id for row in claim.rows}
            with lock:
                for row in claim.rows:
                    got.append((row.id, number))
                    order.setdefault(row.contact_id, []).append(row.id)
            idle = 0 if claim.rows else idle + 1
            if claim.rows:
                with rows.db.write() as session:
                    for row in claim.rows:
                        held = session.get_one(OutboxRow, row.id)
                        assert held.claimed_by == f"worker {number}"
                        held.state = "accepted"

    together(6, work)
    while left := rows.claim(limit=50).rows:
        got += [(row.id, 99) for row in left]
        with rows.db.write() as session:
            for row in left:
                session.get_one(OutboxRow, row.id).state = "accepted"
    assert sorted(row_id for row_id, _ in got) == sorted(wanted)
    assert all(ids == sorted(ids) for ids in order.values()), "the order of a contact was broken"


def test_only_the_first_open_row_of_a_contact_can_be_claimed(rows: Rows) -> None:
    first, second, other = rows.want(0), rows.want(0), rows.want(1)
    assert rows.claimed() == [first, other]
    assert rows.claimed() == []
    with rows.db.write() as session:
        session.get_one(OutboxRow, first).state = "accepted"
    assert rows.claimed() == [second]


@pytest.mark.parametrize("state", ["claimed", "submitting"])
def test_a_row_under_way_keeps_the_next_one_back(rows: Rows, state: str) -> None:
    rows.want(0, state=state)
    rows.want(0)
    assert rows.claimed() == []


@pytest.mark.parametrize("state", ["accepted", "delivered", "failed", "skipped", "unknown"])
def test_a_row_that_is_over_or_with_a_person_keeps_nobody_back(rows: Rows, state: str) -> None:
    rows.want(0, state=state)
    second = rows.want(0)
    assert rows.claimed() == [second]


def test_a_row_planned_for_later_keeps_nobody_back(rows: Rows) -> None:
    rows.want(0, due_at=NOW + timedelta(hours=1))
    second = rows.want(0)
    assert rows.claimed() == [second]


def test_of_two_rows_planned_for_one_moment_the_first_goes_first_when_it_has_come(rows: Rows) -> None:
    at = NOW + timedelta(hours=1)
    first, _second = rows.want(0, due_at=at), rows.want(0, due_at=at)
    assert rows.claimed(now=at) == [first]
    assert rows.claimed(now=at) == []


def test_a_row_that_was_due_when_it_was_put_goes_first_whatever_our_clock_says(rows: Rows) -> None:
    """Two texts at once: the first to be taken looked at the clock last, and a worker before both."""
    ahead = NOW + timedelta(milliseconds=5)
    first = rows.want(0, due_at=ahead, created_at=ahead)
    rows.want(0)
    assert rows.claimed() == []
    assert rows.claimed(now=ahead) == [first]


@pytest.mark.parametrize("tried", [{"attempts": 1}, {"stumbles": 1}])
def test_a_row_that_waits_for_its_next_try_keeps_the_next_one_back(rows: Rows, tried: dict[str, Any]) -> None:
    rows.want(0, due_at=NOW + timedelta(seconds=8), **tried)
    rows.want(0)
    assert rows.claimed() == []


def test_a_broadcast_waits_for_every_reply_and_a_reply_for_no_broadcast(rows: Rows) -> None:
    rows.want(0, "broadcasts", state="submitting")
    reply = rows.want(0)
    assert rows.claimed() == [reply]
    rows.want(1, "broadcasts")
    rows.want(1, "replies", state="submitting")
    assert rows.claimed("broadcasts") == []


def test_rows_that_failed_a_worker_come_last_and_one_at_a_time(rows: Rows) -> None:
    fallen = [rows.want(person, stumbles=1) for person in (0, 1)]
    fresh = [rows.want(person) for person in (2, 3)]
    assert rows.claimed() == fresh
    assert rows.claimed() == fallen[:1]
    assert rows.claimed() == fallen[1:]


def test_now_and_then_a_row_that_failed_a_worker_long_ago_goes_first_and_alone(rows: Rows) -> None:
    fallen = [rows.want(person, stumbles=1) for person in (0, 1)]
    later = NOW + COMES_LAST
    fresh = rows.want(2, due_at=later)
    first = rows.claim(now=later, stumbled_first=True)
    assert [row.id for row in first.rows] == fallen[:1]
    assert rows.claimed(now=later) == [fresh]
    assert [row.id for row in rows.claim(now=later, stumbled_first=True).rows] == fallen[1:]
    assert rows.claim(now=later, stumbled_first=True).rows == []


def test_a_row_that_failed_a_worker_just_now_lets_the_others_go_first(rows: Rows) -> None:
    fallen, fresh = rows.want(0, stumbles=1), rows.want(1)
    soon = NOW + timedelta(minutes=3) - timedelta(microseconds=1)
    assert [row.id for row in rows.claim(now=soon, stumbled_first=True).rows] == [fresh]
    assert [row.id for row in rows.claim(now=soon, stumbled_first=True).rows] == [fallen]


@pytest.mark.parametrize("waited", [timedelta(0), timedelta(hours=1)])
def test_where_none_failed_a_worker_the_others_are_taken_at_once(rows: Rows, waited: timedelta) -> None:
    fresh = [rows.want(person) for person in (0, 1)]
    assert [row.id for row in rows.claim(now=NOW + waited, stumbled_first=True).rows] == fresh


def test_a_claim_ends_what_may_not_go_out_any_more(rows: Rows) -> None:
    silent = rows.want(0)
    late = rows.want(1, expires_at=NOW)
    good = rows.want(2, expires_at=NOW + timedelta(seconds=1))
    with rows.db.write() as session:
        contacts.stop(session, rows.people[0], NOW)
    claim = rows.claim()
    assert [row.id for row in claim.rows] == [good]
    assert claim.ended == 2
    assert (rows.row(silent).state, rows.row(silent).reason) == ("skipped", "opted_out")
    assert (rows.row(late).state, rows.row(late).reason) == ("skipped", "expired")


def test_a_stop_between_claim_and_call_is_obeyed(rows: Rows) -> None:
    row_id = rows.want(0)
    claim = rows.claim()
    with rows.db.write() as session:
        contacts.stop(session, rows.people[0], NOW)
    assert rows.submit(claim) == set()
    assert (rows.row(row_id).state, rows.row(row_id).reason) == ("skipped", "opted_out")


def test_a_stop_and_a_send_at_once_come_one_after_the_other(rows: Rows) -> None:
    """Whoever announces a call after the STOP was committed sees it; 50 races."""
    for person in range(50):
        rows.want(person)
    claim = rows.claim(limit=50)
    stopped: dict[int, float] = {}
    announced: dict[int, float] = {}
    ticks = iter(range(10_000))

    def work(number: int) -> None:
        for row in claim.rows[number % 2 :: 2]:
            if number < 2:
                with rows.db.write() as session:
                    contacts.stop(session, row.contact_id, NOW)
                stopped[row.id] = next(ticks)
                continue
            begun = next(ticks)
            with rows.db.write() as session:
                sent = submit(session, [row], now=NOW, look_at=NOW)
            if sent:
                announced[row.id] = begun

    together(4, work)
    for row_id, begun in announced.items():
        assert begun < stopped[row_id], "announced although the STOP was committed before"


def test_a_claim_that_its_worker_lost_gives_it_no_right_to_send(rows: Rows) -> None:
    rows.want(0)
    slow = rows.claim(token="slow")
    later = NOW + HOLD
    with rows.db.write() as session:
        assert claims.reclaim(session, later) == 1
    quick = rows.claim(now=later, token="quick")
    assert rows.submit(slow, later) == set()
    assert rows.submit(quick, later) == {quick.rows[0].id}


def test_a_row_whose_workers_die_three_times_is_set_aside(rows: Rows) -> None:
    row_id = rows.want(0)
    now = NOW
    for _ in range(3):
        assert len(rows.claim(now=now).rows) == 1
        now += HOLD
        with rows.db.write() as session:
            claims.reclaim(session, now)
    assert (rows.row(row_id).state, rows.row(row_id).reason) == ("failed", "poison")


def test_rows_given_back_are_as_before(rows: Rows) -> None:
    row_id = rows.want(0)
    claim = rows.claim()
    with rows.db.write() as session:
        claims.give_back(session, claim.rows)
    row = rows.row(row_id)
    assert (row.state, row.stumbles, row.claimed_by) == ("pending", 0, None)


def test_a_claim_holds_a_row_for_a_minute(rows: Rows) -> None:
    row_id = rows.want(0)
    rows.claim()
    assert rows.row(row_id).look_at == NOW + timedelta(seconds=60)


def test_a_night_that_begins_between_claim_and_call_holds_the_text(rows: Rows) -> None:
    row_id = rows.want(0, quiet_at=NOW + timedelta(seconds=30))
    claim = rows.claim()
    assert rows.submit(claim, NOW + timedelta(seconds=30)) == set()
    row = rows.row(row_id)
    assert (row.state, row.attempts, row.claimed_by, row.look_at) == ("pending", 0, None, None)


def test_a_pause_between_claim_and_call_holds_the_text(rows: Rows) -> None:
    with rows.db.write() as session:
        broadcast = Broadcast(created_by="t1", created_at=NOW)
        session.add(broadcast)
        session.flush()
        broadcast_id = broadcast.id
    row_id = rows.want(0, "broadcasts", broadcast_id=broadcast_id)
    claim = rows.claim("broadcasts")
    with rows.db.write() as session:
        session.get_one(Broadcast, broadcast_id).state = "paused"
    assert rows.submit(claim) == set()
    assert (rows.row(row_id).state, rows.row(row_id).attempts) == ("pending", 0)


def test_a_text_that_nobody_said_they_want_ends_at_the_moment_it_expires(rows: Rows) -> None:
    row_id = rows.want(0, "broadcasts", kind="tip", expires_at=NOW)
    with rows.db.write() as session:
        session.get_one(contacts.Contact, rows.people[0]).wants = contacts.UNCLEAR
    with rows.db.write() as session:
        assert gates.end_unclear(session, NOW - timedelta(microseconds=1)) == 0
        assert gates.end_unclear(session, NOW) == 1
    assert (rows.row(row_id).state, rows.row(row_id).reason) == ("skipped", contacts.UNCLEAR)
