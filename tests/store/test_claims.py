"""Claims: one row, one worker, and what a person asked for holds until the last moment."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.store import claims, contacts
from bot.store.claims import HOLD, Claim
from bot.store.database import Database
from bot.store.outbox import OutboxRow, add
from bot.store.submits import submit
from bot.store.vault import Vault

NOW = datetime.fromisoformat("2026-10-13T15:00:00+00:00")


class Rows:
    """Short ways to rows and claims."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self.db, self.vault = db, vault
        with db.write() as session:
            self.people = [
                contacts.find_or_create(session, vault, f"+151255501{n:02}", NOW).id or 0 for n in range(50)
            ]

    def want(self, person: int = 0, lane: str = "replies", **more: Any) -> int:
        row = {
            "contact_id": self.people[person],
            "lane": lane,
            "kind": "reply",
            "channel": "sms",
            "state": "pending",
            "body": b"sealed",
            "segments": 1,
            "encoding": "GSM-7",
            "attempts": 0,
            "stumbles": 0,
            "due_at": NOW,
            "created_at": NOW,
        }
        with self.db.write() as session:
            return add(session, [row | more])[0]

    def claim(self, lane: str = "replies", now: datetime = NOW, limit: int = 10, token: str = "t") -> Claim:
        with self.db.write() as session:
            return claims.claim(session, lane, token, now=now, due_by=now, limit=limit)

    def claimed(self, lane: str = "replies", now: datetime = NOW) -> list[int]:
        return [row.id for row in self.claim(lane, now).rows]

    def submit(self, claim: Claim, now: datetime = NOW) -> set[int]:
        with self.db.write() as session:
            return submit(session, claim.rows, now=now, look_at=now + timedelta(seconds=45))

    def row(self, row_id: int) -> OutboxRow:
        with self.db.read() as session:
            return session.exec(select(OutboxRow).where(OutboxRow.id == row_id)).one()


@pytest.fixture
def rows(db: Database, vault: Vault) -> Rows:
    """A database of each kind with fifty people."""
    return Rows(db, vault)


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
