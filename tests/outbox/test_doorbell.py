"""The doorbell over a real Redis: it may be deaf, it may ring twice, it never swallows a text."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from rq.utils import import_attribute

from bot import jobs
from bot.outbox.doorbell import JOBS, NoDoorbell, RqDoorbell
from bot.outbox.parts import Parts
from bot.outbox.sweep import Sweeper
from tests.outbox.conftest import Desk
from tests.servers.redis import RedisServer

pytestmark = pytest.mark.redis


@dataclass
class Served:
    """What jobs see of a Bot."""

    outbox: Parts
    sweeper: Sweeper


def queue(redis_url: str, lane: str = "replies") -> Queue:
    return Queue(lane, connection=Redis.from_url(redis_url), serializer=JSONSerializer)


class Listeners:
    """Workers of one lane as threads: they take RQ's jobs and run them, as long as the test lasts."""

    def __init__(self, redis_url: str, count: int) -> None:
        self.stop = threading.Event()
        self.faults: list[Exception] = []
        self.threads = [threading.Thread(target=self._work, args=(redis_url,)) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def _work(self, redis_url: str) -> None:
        ours = queue(redis_url)
        while not self.stop.is_set():
            try:
                found = Queue.dequeue_any([ours], None, connection=ours.connection, serializer=JSONSerializer)
                if found is None:
                    self.stop.wait(0.005)
                else:
                    found[0].perform()
            except Exception as fault:  # noqa: BLE001 - told by `end`
                self.faults.append(fault)
                return

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        assert not self.faults


@pytest.fixture
def rung(desk: Desk, redis_url: str) -> Iterator[Desk]:
    """A desk whose bell is heard by the jobs of this process."""
    desk.parts = replace(desk.parts, bell=RqDoorbell(redis_url))
    jobs.serve(Served(desk.parts, Sweeper(desk.parts, take=lambda _record: None, wake=lambda: 0)))
    yield desk
    jobs.serve(Served(desk.parts, Sweeper(desk.parts, take=lambda _record: None, wake=lambda: 0)))


@pytest.mark.parametrize("name", JOBS.values())
def test_every_job_that_is_rung_for_exists_and_takes_nothing(name: str) -> None:
    job = import_attribute(name)
    assert job.__code__.co_argcount == 0


def test_a_job_carries_nothing_but_its_name(redis_url: str) -> None:
    bell = RqDoorbell(redis_url)
    for lane in JOBS:
        assert bell.ring(lane)
        (job,) = queue(redis_url, lane).jobs
        assert (job.func_name, job.args, job.kwargs) == (JOBS[lane], [], {})


def test_rings_coalesce_until_a_drain_is_about_to_look(redis_url: str) -> None:
    bell = RqDoorbell(redis_url)
    for _ in range(5):
        assert bell.ring("replies")
    assert queue(redis_url).count == 1
    bell.clear("replies")
    assert bell.ring("replies")
    assert queue(redis_url).count == 2


def test_the_lanes_do_not_swallow_each_others_rings(redis_url: str) -> None:
    bell = RqDoorbell(redis_url)
    bell.ring("replies")
    bell.ring("broadcasts")
    assert queue(redis_url, "broadcasts").count == 1


def test_a_flag_that_lost_its_job_dies_by_itself(redis_url: str) -> None:
    RqDoorbell(redis_url).ring("replies")
    left = Redis.from_url(redis_url).ttl("ally:rung:replies")
    assert 0 < int(left) <= 5


def test_when_redis_is_away_the_bell_says_so_and_never_raises(redis_server: RedisServer) -> None:
    bell = RqDoorbell(redis_server.url)
    redis_server.stop()
    assert bell.ring("replies") is False
    bell.clear("replies")


def test_a_silent_redis_is_left_alone_for_a_while(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An inbound text must not wait for it each time."""
    bell = RqDoorbell(redis_server.url)
    redis_server.stop()
    assert bell.ring("replies") is False
    redis_server.start()
    assert bell.ring("replies") is False
    later = time.monotonic() + 3
    monkeypatch.setattr("bot.outbox.doorbell.time.monotonic", lambda: later)
    assert bell.ring("replies") is True


def test_a_flag_does_not_stay_up_when_its_job_could_not_be_left(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bell = RqDoorbell(redis_url)

    def breaks(*_: object, **__: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Queue, "enqueue", breaks)
    assert bell.ring("replies") is False
    assert not Redis.from_url(redis_url).exists("ally:rung:replies")


def test_without_redis_nobody_hears() -> None:
    assert NoDoorbell().ring("replies") is False
    assert not NoDoorbell().is_real


def test_a_job_in_a_process_without_a_bot_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_sends", [])
    with pytest.raises(jobs.NotServed, match="serve"):
        jobs.drain_replies()


def test_of_a_thousand_rings_at_random_instants_none_is_swallowed(rung: Desk, redis_url: str) -> None:
    """No sweeper helps here. After each burst all must go out by its own rings alone: a swallowed one
    leaves a text lying, and the wait below would never end.
    """
    chance = Random(5)
    people = [rung.person(n) for n in range(1, 26)]
    listeners = Listeners(redis_url, 2)
    try:
        for _ in range(40):
            wanted = []
            for _ in range(25):
                wanted.append(rung.want(chance.choice(people), f"text {chance.random()}"))
                rung.parts.bell.ring("replies")
                time.sleep(chance.choice([0, 0, 0, 0.001, 0.004]))
            _until_sent(rung, wanted, listeners)
    finally:
        listeners.end()
    bodies = rung.carrier.bodies()
    assert len(bodies) == len(set(bodies)) == 1000


def _until_sent(desk: Desk, wanted: list[int], listeners: Listeners) -> None:
    """Waits until these are sent; the limit only ends a test that would hang."""
    end = time.monotonic() + 60
    while not listeners.faults and any(desk.row(row_id).state != "accepted" for row_id in wanted[-3:]):
        assert time.monotonic() < end, "a ring was swallowed"
        time.sleep(0.005)
    while not listeners.faults and set(desk.states()) != {"accepted"}:
        assert time.monotonic() < end, "a ring was swallowed"
        time.sleep(0.005)
