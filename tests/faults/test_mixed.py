"""A working day in thirty minutes: texts come, texts go, and once a minute something breaks."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from statistics import median
from typing import Any, Final

import pytest
import redis
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.outbox.doorbell import RqDoorbell
from tests.faults.books import Books, number_of
from tests.faults.conftest import Machines
from tests.faults.families import Families
from tests.faults.plant import Plant
from tests.faults.scale import Scale

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
STEADY: Final = ("web", "sweep", "replies", "broadcasts")
"""Never hit themselves, so that their memory tells something"""
VICTIMS: Final = ("sweep-2", "replies-2", "broadcasts-2")
MANNERS: Final[dict[str, Any]] = {"latency_ms": [5, 30]}
ROUNDS: Final = 30
STUCK: Final = 300.0
"""Seconds"""
_OPEN: Final = "SELECT min(created_at) FROM outbox WHERE state IN ('pending', 'claimed', 'submitting')"


@dataclass
class Watch:
    """Looks once a second at the oldest row without an end and at the memory of the steady processes."""

    books: Books
    oldest: float = 0.0
    """Seconds since the row was put, the most that was seen"""
    memory: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in STEADY})
    """Resident kilobytes, in the order they were seen"""
    over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Until it is over."""
        while not self.over.wait(1):
            for name in STEADY:
                if kilobytes := resident(self.books.plant, name):
                    self.memory[name].append(kilobytes)
            with suppress(SQLAlchemyError), self.books.db.read() as session:
                if begun := session.connection().execute(text(_OPEN)).scalar():
                    waited = datetime.now(UTC) - datetime.fromisoformat(str(begun))
                    self.oldest = max(self.oldest, waited.total_seconds())

    @contextmanager
    def looking(self) -> Iterator[None]:
        """While the block runs."""
        thread = threading.Thread(target=self.look)
        thread.start()
        try:
            yield
        finally:
            self.over.set()
            thread.join()

    def growth(self) -> dict[str, float]:
        """By how much of it each process grew from the second quarter to the last."""
        return {
            name: median(seen[-len(seen) // 4 :]) / median(seen[len(seen) // 4 : len(seen) // 2] or seen) - 1
            for name, seen in self.memory.items()
            if seen
        }


def resident(plant: Plant, name: str) -> int:
    """Kilobytes that a process holds; of the web process with those that do its work."""
    pids = plant.family(name) if name == "web" else plant.family(name)[:1]
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", ",".join(map(str, pids))], capture_output=True, text=True, check=False
    )
    return sum(map(int, told.stdout.split()))


@dataclass
class Trouble:
    """The faults to choose from."""

    books: Books
    machines: Machines
    random: Random
    away: float
    """Seconds that a server stays away"""
    happened: list[str] = field(default_factory=list)

    def strike(self) -> None:
        """One of them, by chance; what it left is brought up again but for the carrier's manners."""
        plant = self.books.plant
        plant.local.misbehave(**MANNERS)
        kinds = (self.killed, self.ended, self.emptied, self.no_redis, self.no_postgres, self.rude_carrier)
        kind = self.random.choice(kinds)
        self.happened.append(kind.__name__)
        kind(plant)
        plant.up(*STEADY, *VICTIMS)

    def killed(self, plant: Plant) -> None:
        victim = self.random.choice(VICTIMS)
        ways = (plant.kill, plant.kill_horse, plant.kill_parent)
        self.random.choice(ways if victim != "sweep-2" else ways[:1])(victim)

    def ended(self, plant: Plant) -> None:
        assert plant.end(self.random.choice(VICTIMS)) == 0

    def emptied(self, _plant: Plant) -> None:
        with redis.Redis.from_url(self.machines.redis.url) as client:
            client.flushall()

    def no_redis(self, _plant: Plant) -> None:
        self.machines.redis.stop()
        time.sleep(self.away)
        self.machines.redis.start()

    def no_postgres(self, _plant: Plant) -> None:
        self.machines.postgres.stop(kill=True)
        time.sleep(self.away)
        self.machines.postgres.start()

    def rude_carrier(self, plant: Plant) -> None:
        manners = ("reset_after_accepting", "error_5xx_after_accepting", "refuse_429", "truncate_answer")
        chosen = {self.random.choice(manners): 0.2, "seed": self.random.randrange(10**6)}
        plant.local.misbehave(**MANNERS, **chosen)


def work_and_break(books: Books, trouble: Trouble, families: Families, scale: Scale) -> int:
    """All the rounds; how many texts families sent meanwhile."""
    rounds, each = scale.of(2, ROUNDS), 60.0 if scale.is_long else 1.0
    people = books.people(300 if scale.is_long else 30)
    senders = [number_of(20_000 + n) for n in range(int(rounds * each * 3))]
    texting = threading.Thread(target=families.keep_texting, args=(senders, 1 / 3))
    texting.start()
    bell, begun = RqDoorbell(books.plant.redis_url), time.monotonic()
    for round_ in range(rounds):
        books.want(people, "broadcasts", label=f"Round {round_}, notice")
        bell.ring("broadcasts")
        time.sleep(trouble.random.uniform(0, each / 4))
        trouble.strike()
        time.sleep(max(0.0, begun + (round_ + 1) * each - time.monotonic()))
    texting.join()
    return len(senders)


def test_a_day_with_a_fault_every_minute_leaves_no_text_behind_and_no_memory(
    books: Books, plant: Plant, machines: Machines, scale: Scale, report: Callable[[str], None]
) -> None:
    plant.local.misbehave(**MANNERS)
    plant.up(*STEADY, *VICTIMS)
    trouble = Trouble(books, machines, scale.random(), away=5.0 if scale.is_long else 0.2)
    families, watch = Families(plant), Watch(books)
    with watch.looking():
        texts = work_and_break(books, trouble, families, scale)
        plant.local.misbehave(**MANNERS)
        if not scale.is_long:
            books.age_after_restart(*STEADY[1:], *VICTIMS)
        seconds = books.settle(STUCK)
    verdict, growth = books.judge(), watch.growth()
    report(
        f"{len(trouble.happened)} faults ({', '.join(trouble.happened)}); {len(families.taken)} of {texts} "
        f"texts taken, {books.unanswered()} unanswered; {verdict}; oldest open row {watch.oldest:.0f} s; "
        f"memory { {name: f'{share:+.1%}' for name, share in growth.items()} }; settled after {seconds:.0f} s"
    )
    verdict.holds()
    assert set(families.taken) <= books.received()
    assert books.unanswered() == 0
    assert verdict.unknown == 0
    assert watch.oldest < STUCK
    if len(trouble.happened) >= ROUNDS:
        assert max(growth.values()) <= 0.05, growth
