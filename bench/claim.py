"""One claim beside few waiting texts, beside a hundred thousand, and behind as many of a paused broadcast.

`python -m bench.claim [--database sqlite|postgresql] [--waiting N] [--rounds N]`

Each claim takes eight texts and is rolled back. The database has read its own statistics, as a server does
by itself after a minute: without them PostgreSQL plans by guesses, with them it once read all that wait.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.inbound import database, read_statistics
from bench.machine import facts, median
from bot.store import broadcasts, claims
from bot.store.database import Database
from bot.store.outbox import add

FEW = 1_000
EIGHT = 8
ROW: dict[str, Any] = {
    "lane": "broadcasts",
    "kind": "broadcast",
    "channel": "sms",
    "state": "pending",
    "body": b"x" * 60,
    "segments": 1,
    "encoding": "GSM-7",
    "attempts": 0,
    "stumbles": 0,
}


def main() -> None:
    """Measure, print a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=31)
    options = parser.parse_args()
    print(facts())
    cases = (
        (f"{FEW:,} waiting", FEW, 0),
        (f"{options.waiting:,} waiting", options.waiting, 0),
        (f"{FEW:,} waiting behind {options.waiting:,} held", FEW, options.waiting),
    )
    floor = None
    for name, waiting, held in cases:
        took = _case(options.database, waiting, held, options.rounds)
        floor = floor or took
        print(f"{options.database:10} {name:42} {took:7.2f} ms  {took / floor:5.2f} of the first")


def _case(kind: str, waiting: int, held: int, rounds: int) -> float:
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name,
        database(kind, Path(name), waiting + held) as (url, _),
    ):
        db = Database(url)
        _fill(db, held, "paused")
        _fill(db, waiting, "running")
        read_statistics(db)
        took = median([_claim(db) for _ in range(rounds)])
        db.close()
    return took * 1000


def _fill(db: Database, texts: int, state: str) -> None:
    """A broadcast of one text to each of so many people who have none yet."""
    now = datetime.now(UTC)
    with db.write() as session:
        made = broadcasts.create(session, created_by="bench", now=now)
        session.flush()
        if state == "paused":
            broadcasts.pause(session, made.id or 0)
        free = "SELECT id FROM contact WHERE id NOT IN (SELECT contact_id FROM outbox) ORDER BY id LIMIT :n"
        people = session.connection().execute(text(free), {"n": texts}).scalars().all()
        told = {"broadcast_id": made.id, "due_at": now - timedelta(minutes=1), "created_at": now}
        if people:
            add(session, [{**ROW, **told, "contact_id": person} for person in people])


def _claim(db: Database) -> float:
    now = datetime.now(UTC)
    with db.write() as session:
        begun = time.perf_counter()
        taken = claims.claim(session, "broadcasts", "bench", now=now, due_by=now, limit=EIGHT)
        took = time.perf_counter() - begun
        session.rollback()
    assert len(taken.rows) == EIGHT
    return took


if __name__ == "__main__":
    main()
