"""The sweeper: everything goes on with nobody to ring."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from threading import Event
from threading import enumerate as enumerate_threads

import pytest

from bot.outbox import sweep
from bot.outbox.doorbell import RqDoorbell
from bot.outbox.sweep import HEARTBEAT, Sweeper
from bot.ports import CarrierRecord, Outgoing, Uncertain
from bot.store import inbound, marks
from tests.outbox.conftest import Desk
from tests.servers.ally_run import ROOT
from tests.servers.redis import RedisServer


def arrived(desk: Desk, number: int, **moved: float) -> CarrierRecord:
    at = desk.clock() - timedelta(**moved)
    return CarrierRecord(f"SM{number:032x}", "+15125550100", "+15125550101", f"text {number}", "received", at)


class Round:
    """A sweeper and what it handed on."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.took: list[str] = []
        self.woke = 0
        self.sweeper = Sweeper(desk.parts, self.take, self.wake)

    def take(self, record: CarrierRecord) -> None:
        self.took.append(record.body)
        person = self.desk.person()
        with self.desk.db.write() as session:
            inbound.take(
                session,
                sid=record.sid,
                contact_id=person,
                channel=record.channel,
                received_at=record.created_at,
            )

    def wake(self) -> int:
        self.woke += 1
        return 0


@pytest.fixture
def round_(desk: Desk) -> Round:
    """A sweeper on each kind of database."""
    return Round(desk)


def test_one_round_sends_all_lanes_without_any_bell(desk: Desk, round_: Round) -> None:
    desk.want(desk.person(1), "an answer")
    desk.want(desk.person(2), "for all", lane="broadcasts")
    assert round_.sweeper.sweep_once() == 2
    assert desk.carrier.bodies() == ["an answer", "for all"]


def test_with_redis_gone_everything_is_sent(desk: Desk, redis_server: RedisServer) -> None:
    bell = RqDoorbell(redis_server.url)
    redis_server.stop()
    desk.parts = replace(desk.parts, bell=bell)
    round_ = Round(desk)
    for number in range(1, 20):
        desk.want(desk.person(number), "Hola")
        assert bell.ring("replies") is False
    assert round_.sweeper.sweep_once() == 0, "the workers are given a moment"
    desk.clock.move(seconds=3)
    assert round_.sweeper.sweep_once() == 19


def test_a_row_of_a_dead_worker_is_freed_and_sent(desk: Desk, round_: Round) -> None:
    row_id = desk.want(desk.person(), "Hola")
    with desk.db.write() as session:
        row = session.merge(desk.row(row_id))
        row.state, row.claimed_by, row.look_at = "claimed", "dead", desk.clock() + timedelta(seconds=60)
    assert round_.sweeper.sweep_once() == 0
    desk.clock.move(seconds=61)
    assert round_.sweeper.sweep_once() == 1


def test_texts_that_came_while_we_were_down_are_taken_once_and_in_order(desk: Desk, round_: Round) -> None:
    desk.carrier.inbound = [arrived(desk, 1, minutes=9), arrived(desk, 2, minutes=3)]
    round_.sweeper.sweep_once()
    assert round_.took == ["text 1", "text 2"]
    desk.clock.move(minutes=2)
    round_.sweeper.sweep_once()
    assert round_.took == ["text 1", "text 2"]


def test_a_text_that_may_still_be_on_its_way_through_the_webhook_is_left_to_it(
    desk: Desk, round_: Round
) -> None:
    desk.carrier.inbound = [arrived(desk, 1, seconds=5)]
    round_.sweeper.sweep_once()
    assert round_.took == []
    desk.clock.move(minutes=2)
    round_.sweeper.sweep_once()
    assert round_.took == ["text 1"]


def test_after_a_long_absence_the_sweeper_looks_back_to_where_it_was(desk: Desk, round_: Round) -> None:
    round_.sweeper.sweep_once()
    desk.clock.move(hours=20)
    desk.carrier.inbound = [arrived(desk, 1, hours=19)]
    Sweeper(desk.parts, round_.take, round_.wake).sweep_once()
    assert round_.took == ["text 1"]


def test_what_is_older_than_this_house_is_not_taken_in(desk: Desk, round_: Round) -> None:
    desk.carrier.inbound = [arrived(desk, 1, hours=5)]
    round_.sweeper.sweep_once()
    assert round_.took == []


def test_a_text_that_cannot_be_taken_is_tried_again_and_keeps_no_other_back(
    desk: Desk, round_: Round
) -> None:
    desk.carrier.inbound = [arrived(desk, 1, minutes=5), arrived(desk, 2, minutes=4)]
    desk.want(desk.person(), "Hola")
    healthy, faults = round_.sweeper.take, [RuntimeError("database away")]

    def take(record: CarrierRecord) -> None:
        if faults:
            raise faults.pop()
        healthy(record)

    round_.sweeper.take = take
    assert round_.sweeper.sweep_once() == 1
    assert round_.took == ["text 2"]
    desk.clock.move(minutes=2)
    round_.sweeper.sweep_once()
    assert round_.took == ["text 2", "text 1"]


def test_conversations_are_woken_and_the_heart_beats(desk: Desk, round_: Round) -> None:
    round_.sweeper.sweep_once()
    assert round_.woke == 1
    with desk.db.read() as session:
        assert marks.get(session, HEARTBEAT) == desk.clock()


def test_texts_in_doubt_are_settled_in_the_same_rounds(desk: Desk, round_: Round) -> None:
    desk.want(desk.person(), "Hola")
    desk.carrier.script = [Uncertain("read time-out")]
    round_.sweeper.sweep_once()
    desk.clock.move(seconds=91)
    round_.sweeper.sweep_once()
    assert desk.carrier.bodies() == ["Hola"]


def test_run_forever_works_through_what_is_there_and_ends_when_told(desk: Desk, round_: Round) -> None:
    for number in range(1, 6):
        desk.want(desk.person(number), "Hola")
    stop = Event()

    def enough(_message: Outgoing) -> None:
        if len(desk.carrier.accepted) >= 4:
            stop.set()

    desk.while_sending(enough)
    round_.sweeper.run_forever(stop, every=0.01)
    assert len(desk.carrier.accepted) >= 4
    assert set(desk.states()) <= {"accepted", "pending"}


def test_a_round_that_never_ends_ends_the_sweeper_so_that_it_is_started_anew(
    desk: Desk, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "STUCK", 0.1)
    forever, stop = Event(), Event()
    round_.sweeper.wake = lambda: int(forever.wait())
    # The other rounds take no time, however busy the machine is
    monkeypatch.setattr(round_.sweeper, "send", lambda *_: 0)
    with pytest.raises(sweep.Stuck, match="upkeep"):
        round_.sweeper.run_forever(stop, every=0.01)
    stop.set()
    forever.set()
    for thread in enumerate_threads():
        if thread.name.startswith("sweep-"):
            thread.join()


_HOLDS_ALL = """
import re
from threading import Event
from bot.outbox import sweep

sweep.HANGS = 0.5
sweeper = sweep.Sweeper(None, None, None)
sweeper.send = lambda *_: 0
sweeper.ask = lambda: 0
sweeper.upkeep = lambda: re.match("(a+)+$", "a" * 60 + "!")
sweeper.run_forever(Event(), every=0.01)
"""


def test_code_that_lets_nothing_else_run_ends_the_process_too() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _HOLDS_ALL], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60
    )
    assert ended.returncode == 1, ended.stderr
    assert "Timeout" in ended.stderr
