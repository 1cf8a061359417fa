"""Counts are exact, whoever counts at the same moment, and nobody waits for somebody else's commit."""

import threading
from datetime import date

from sqlmodel import select

from bot.store import counts
from bot.store.counts import Count, CountShare
from bot.store.database import Database

DAY = date(2026, 10, 13)


def test_of_what_many_count_at_once_nothing_is_lost(db: Database) -> None:
    def work() -> None:
        for _ in range(25):
            with db.write() as session:
                counts.bump_all(session, {"heard/text": 1, "command/menu": 2}, day=DAY, language="es")

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with db.read() as session:
        found = [(one.name, one.language, one.times) for one in counts.between(session, DAY, DAY)]
    assert found == [("command/menu", "es", 400), ("heard/text", "es", 200)]


def test_on_postgresql_two_count_the_same_without_waiting_for_each_other(db: Database) -> None:
    """SQLite lets one write at a time, so there the second waits for the first to end."""
    with db.write() as first:
        counts.bump(first, "heard/text", day=DAY)
        if db.engine.dialect.name == "postgresql":
            with db.write() as second:
                counts.bump(second, "heard/text", day=DAY)
    with db.read() as session:
        shares = len(session.exec(select(CountShare)).all())
        assert [one.times for one in counts.between(session, DAY, DAY)] == [shares]


def test_what_an_older_release_counts_beside_us_is_in_the_sum(db: Database) -> None:
    with db.write() as session:
        session.add(Count(day=DAY, name="heard/text", language="es", times=3))
        counts.bump(session, "heard/text", day=DAY, language="es", times=2)
    with db.read() as session:
        assert [one.times for one in counts.between(session, DAY, DAY)] == [5]
