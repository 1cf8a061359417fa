"""New releases: workers are asked to end one after the other, and old ones work on a newer database."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from bot.outbox.doorbell import RqDoorbell
from bot.store.migrations import alone
from tests.faults.books import Books
from tests.faults.plant import Plant
from tests.faults.scale import Scale
from tests.faults.test_kills import advance

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
SENDERS = ("broadcasts", "broadcasts-2", "sweep")


def test_rolling_restarts_leave_nothing_in_doubt(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    random, restarts = scale.random(), scale.of(3, 20)
    people = books.people(scale.of(200, 4_000))
    plant.local.misbehave(latency_ms=[5, 30])
    plant.up("web", *SENDERS)
    books.want(people, "broadcasts")
    bell = RqDoorbell(plant.redis_url)
    bell.ring("broadcasts")
    codes: list[int] = []
    for restart in range(restarts):
        advance(books, (restart + 1) * len(people) // (restarts + 2))
        time.sleep(random.uniform(0, 0.1))
        name = SENDERS[restart % len(SENDERS)]
        codes.append(plant.end(name))
        assert not books.orphaned(), "it ended and held rows"
        plant.up(name)
        bell.ring("broadcasts")
    seconds = books.settle(180)
    verdict = books.judge()
    report(f"{restarts} restarts; {verdict}; settled {seconds:.0f} s after the last")
    verdict.holds()
    assert codes == [0] * restarts
    assert verdict.states == {"delivered": len(people)}


def alter(connection: Connection, how: str) -> None:
    """Do the same to each table that workers use, in an order that is not theirs."""
    for table in ("status_event", "outbox", "inbound", "contact"):
        connection.exec_driver_sql(f"ALTER TABLE {table} {how}")


def test_old_workers_beside_a_migrated_database_keep_the_promises(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    """A migration adds columns while processes of the release before it send and receive."""
    people = books.people(scale.of(100, 2_000))
    plant.local.misbehave(latency_ms=[5, 30])
    plant.up("web", *SENDERS)
    books.want(people, "broadcasts")
    RqDoorbell(plant.redis_url).ring("broadcasts")
    advance(books, len(people) // 3)
    alone(books.db, lambda connection: alter(connection, "ADD COLUMN from_the_future text"))
    try:
        books.settle(180)
        plant.local.type(body="Hello", **{"from": "+15125550199"})
        books.settle(180)
        verdict = books.judge()
    finally:
        alone(books.db, lambda connection: alter(connection, "DROP COLUMN from_the_future"))
    report(str(verdict))
    verdict.holds()
    assert verdict.states == {"delivered": len(people) + 1}
    assert books.unanswered() == 0
