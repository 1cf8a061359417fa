"""An installation to measure: database, Redis, carrier and worker processes, as `worker.py` starts them."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redis import Redis
from sqlalchemy import text

from bench.inbound import database, now, number_of
from bot.cli.own_redis import OwnRedis, find_program
from bot.outbox.doorbell import RqDoorbell
from bot.outbox.put import ToMany, put_many
from bot.store import broadcasts, contacts
from bot.store.database import Database
from bot.store.vault import Vault
from tests.faults.plant import Plant

BODY = "Cedar Valley Schools: no school on Friday, November 27. See you on Monday, November 30."
LATENCY = (50, 100)
"""Milliseconds that the carrier takes over each create call"""
QUIET = {"latency_ms": [0, 0], "callbacks": ["off"]}
USUAL = {"latency_ms": list(LATENCY), "callbacks": ["off"]}
"""Receipts are off: they are texts of the carrier to the web process, and no part of the sending"""


@dataclass
class Site:
    """What is measured, and a hand on all of it."""

    plant: Plant
    db: Database
    vault: Vault
    people: Sequence[int]
    """Contacts, the one of `number_of(n)` at place n"""
    bell: RqDoorbell = field(init=False)

    def __post_init__(self) -> None:
        self.bell = RqDoorbell(self.plant.redis_url)

    def want(self, count: int, bodies: Sequence[str] = (BODY,), first: int = 0) -> None:
        """A broadcast to so many people, in the outbox and not rung for."""
        with self.db.write() as session:
            made = broadcasts.create(session, created_by="bench", now=now(), emergency=("bench", "measured"))
        for start in range(0, count, 5000):
            some = range(start, min(count, start + 5000))
            texts = [
                (self.people[(first + n) % len(self.people)], bodies[n % len(bodies)], "sms") for n in some
            ]
            with self.db.write() as session:
                put_many(session, self.vault, ToMany(made, "America/Chicago", now()), texts, now())  # type: ignore[arg-type]
        with self.db.write() as session:
            broadcasts.filled(session, made.id or 0, now())

    def left(self, lane: str = "broadcasts") -> int:
        """Texts to families that still wait; liaisons are told when their office opens."""
        question = (
            "SELECT count(*) FROM outbox WHERE lane = :lane AND kind <> 'notice' "
            "AND state IN ('pending', 'claimed', 'submitting')"
        )
        with self.db.read() as session:
            return int(session.connection().execute(text(question), {"lane": lane}).scalar_one())

    def states(self, lane: str) -> dict[str, int]:
        """How many rows of a lane stand in each state."""
        question = text("SELECT state, count(*) FROM outbox WHERE lane = :lane GROUP BY state")
        with self.db.read() as session:
            found = session.connection().execute(question, {"lane": lane})
            return {str(state): int(count) for state, count in found}

    def forget(self) -> None:
        """Empty outbox and ledger, no ring left, and the carrier takes its usual time."""
        with self.db.write() as session:
            session.connection().execute(text("DELETE FROM outbox"))
            session.connection().execute(text("DELETE FROM broadcast WHERE created_by = 'bench'"))
        self.plant.local.reset()
        self.plant.local.misbehave(**USUAL)
        Redis.from_url(self.plant.redis_url).flushall()

    def sent(self) -> list[dict[str, Any]]:
        """Every text that the carrier took, in the order it did."""
        return list(self.plant.local.ledger()["sent"])


@contextmanager
def site(kind: str, people: int, **environment: str) -> Iterator[Site]:
    """An installation on a durable database with so many contacts; nothing runs but the carrier."""
    program = find_program()
    if program is None:
        raise SystemExit("no redis-server here")
    os.environ.update(environment)
    with tempfile.TemporaryDirectory() as name, database(kind, Path(name), 0) as (url, keys):
        folder = Path(name)
        redis = OwnRedis(program, folder)
        redis.wait_until_it_answers()
        db, vault = Database(url), Vault([keys[0]], keys[1])
        plant = Plant(url, redis.url, keys, folder)
        try:
            yield Site(plant, db, vault, _people(db, vault, people))
        finally:
            plant.down()
            db.close()
            redis.stop()
            for variable in environment:
                os.environ.pop(variable)


def _number(index: int) -> str:
    """As `bench.inbound.number_of`; beyond its 80,000 any number, none of which is ever called."""
    return number_of(index) if index < 80_000 else f"+1{2_000_000_000 + index}"


def _people(db: Database, vault: Vault, count: int) -> list[int]:
    for start in range(0, count, 10_000):
        some = range(start, min(count, start + 10_000))
        rows = [contacts.new_row(vault, _number(n), now()) for n in some]
        with db.write() as session:
            contacts.add_new(session, rows)
    with db.read() as session:
        listed = session.connection().execute(
            text("SELECT id FROM contact ORDER BY id DESC LIMIT :n"), {"n": count}
        )
        return sorted(listed.scalars())
