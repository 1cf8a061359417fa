"""PostgreSQL stopped hard, and its volume full: the carrier hears 503, and what it was told is kept."""

import threading
import time
from collections.abc import Callable

import pytest

from bot.outbox.doorbell import RqDoorbell
from tests.faults.books import Books, number_of
from tests.faults.conftest import Machines
from tests.faults.families import Families
from tests.faults.plant import Plant
from tests.faults.scale import Scale
from tests.faults.test_kills import advance

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]


def test_what_was_acknowledged_outlives_a_database_that_stops_hard(
    books: Books, plant: Plant, machines: Machines, scale: Scale, report: Callable[[str], None]
) -> None:
    random, stops = scale.random(), scale.of(2, 20)
    people = books.people(scale.of(200, 4_000))
    plant.local.misbehave(latency_ms=[5, 30])
    plant.up("web", "sweep", "broadcasts", "replies")
    books.want(people, "broadcasts")
    families, strangers = Families(plant), [number_of(20_000 + n) for n in range(scale.of(40, 800))]
    texting = threading.Thread(target=families.keep_texting, args=(strangers, 0.1))
    texting.start()
    RqDoorbell(plant.redis_url).ring("broadcasts")
    while_down: set[int] = set()
    for stop in range(stops):
        advance(books, (stop + 1) * len(people) // (stops + 2))
        time.sleep(random.uniform(0, 0.1))
        machines.postgres.stop(kill=True)
        while_down |= {families.knock(number_of(30_000), "Hello", "SM" + "0" * 32) for _ in range(3)}
        machines.postgres.start()
    texting.join()
    if not scale.is_long:
        books.age_after_restart("sweep", "broadcasts", "replies")
    seconds = books.settle(240)
    verdict = books.judge()
    report(
        f"{stops} stops; {verdict}; answers while down {sorted(while_down)}; {len(families.taken)} of "
        f"{len(strangers)} texts taken, {books.unanswered()} unanswered; settled after {seconds:.0f} s"
    )
    verdict.holds()
    assert while_down == {503}
    assert set(families.taken) <= books.received()
    assert books.unanswered() == 0
    assert verdict.unknown == 0
