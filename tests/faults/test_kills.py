"""kill -9 in the middle of a great send: of workers, of the processes that run their jobs, of the sweeper."""

import time
from collections.abc import Callable
from random import Random

import pytest

from bot.outbox.doorbell import RqDoorbell
from tests.faults.books import Books
from tests.faults.plant import Plant
from tests.faults.scale import Scale

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
WORKERS = ("broadcasts", "broadcasts-2")
SLOW = [1000, 2000]
"""Milliseconds of the carrier in the long form, so that the send lasts as long as a hundred kills take: once
only the last rows are left, whoever holds one is killed again and again, and it is set aside rightly"""


def kill_one(books: Books, random: Random) -> None:
    """One of the processes that hold a row just now, in one of the ways that they die."""
    plant = books.plant
    victim = at_work(books, random)
    how = random.choice(("both", "horse", "parent"))
    if victim == "sweep" or how == "both":
        plant.kill(victim)
    elif how == "horse":
        plant.kill_horse(victim)
    else:
        plant.kill_parent(victim)


def at_work(books: Books, random: Random) -> str:
    """The name of one that works; any, where none does for a while."""
    names = [*WORKERS, "sweep"]
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if busy := [name for name in names if books.holders() & set(books.plant.family(name))]:
            return random.choice(busy)
    return random.choice(names)


def advance(books: Books, to: int, seconds: float = 20.0) -> None:
    """Wait until the carrier has taken so many texts, or until it is plain that it will not soon."""
    until = time.monotonic() + seconds
    while books.plant.local.counts()["sent"] < to and time.monotonic() < until:
        time.sleep(0.02)


def test_a_great_send_survives_kills_at_any_moment(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    random, kills = scale.random(), scale.of(5, 100)
    people = books.people(scale.of(300, 10_000))
    plant.local.misbehave(latency_ms=SLOW if scale.is_long else [5, 30])
    plant.up("web", "sweep", *WORKERS)
    books.want(people, "broadcasts")
    bell = RqDoorbell(plant.redis_url)
    bell.ring("broadcasts")
    hit, killed_at = 0, time.monotonic()
    for kill in range(kills):
        advance(books, (kill + 1) * len(people) // (kills + 2))
        time.sleep(random.uniform(0, 0.1))
        kill_one(books, random)
        killed_at = time.monotonic()
        hit += len(books.orphaned())
        plant.up("sweep", *WORKERS)
        bell.ring("broadcasts")
    if not scale.is_long:
        time.sleep(1)
        books.age()
    books.settle(180)
    seconds = time.monotonic() - killed_at
    verdict = books.judge()
    report(f"{kills} kills left {hit} rows in doubt; {verdict}; settled {seconds:.0f} s after the last kill")
    verdict.holds()
    assert verdict.accepted == len(people)
    assert verdict.unknown == 0
    assert verdict.states == {"delivered": len(people)}
