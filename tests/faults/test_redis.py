"""Redis emptied and Redis gone: the doorbell may be lost, no text is."""

import threading
import time
from collections.abc import Callable

import pytest
import redis

from bot.outbox.doorbell import RqDoorbell
from tests.faults.books import Books, number_of
from tests.faults.conftest import Machines
from tests.faults.families import Families
from tests.faults.plant import Plant
from tests.faults.scale import Scale
from tests.faults.test_kills import advance

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
RATE = 20
"""Texts a second that come in"""


def test_a_great_send_ends_although_redis_forgets_all_ten_times(
    books: Books, plant: Plant, machines: Machines, scale: Scale, report: Callable[[str], None]
) -> None:
    people = books.people(scale.of(200, 5_000))
    plant.local.misbehave(latency_ms=[5, 30])
    plant.up("web", "sweep", "broadcasts", "broadcasts-2")
    books.want(people, "broadcasts")
    RqDoorbell(plant.redis_url).ring("broadcasts")
    with redis.Redis.from_url(machines.redis.url) as client:
        for time_ in range(10):
            advance(books, (time_ + 1) * len(people) // 12)
            client.flushall()
    seconds = books.settle(180)
    verdict = books.judge()
    report(f"{verdict}; settled {seconds:.0f} s after the last time")
    verdict.holds()
    assert verdict.states == {"delivered": len(people)}


def test_every_text_is_answered_while_redis_is_gone(
    books: Books, plant: Plant, machines: Machines, scale: Scale, report: Callable[[str], None]
) -> None:
    gone = scale.of(5, 300)
    senders = [number_of(n) for n in range(RATE * (gone + 5))]
    plant.up("web", "sweep", "replies")
    families = Families(plant)
    texting = threading.Thread(target=families.keep_texting, args=(senders, 1 / RATE))
    texting.start()
    time.sleep(1)
    machines.redis.stop()
    time.sleep(gone)
    machines.redis.start()
    texting.join()
    seconds = books.settle(180)
    verdict = books.judge()
    p50, p99 = families.percentile(0.5), families.percentile(0.99)
    report(
        f"gone {gone} s under {RATE} texts a second: {len(families.taken)} of {len(senders)} taken, "
        f"{books.unanswered()} unanswered; webhook p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms; "
        f"{verdict}; settled {seconds:.0f} s after the last text"
    )
    verdict.holds()
    assert len(families.taken) == len(senders)
    assert set(families.statuses) == {200}
    assert books.received() == set(families.taken)
    assert books.unanswered() == 0
