"""The audience of a million families: counted, previewed, read page by page; beside bare counts.

`python -m bench.audience [--database sqlite|postgresql] [--families N] [--rounds N]`

The floor is one SQL count of the same people (those with a child at school). The count gives languages,
reasons and first texts as well, and says which people they are.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from bench.inbound import database
from bench.machine import facts, median
from bot.broadcast.audience import Audience, counted
from bot.store import audience as selected
from bot.store.audience import Terms
from bot.store.audience_ways import Within
from bot.store.database import Database

FLOORS = {
    "one count of all contacts": "SELECT count(*) FROM contact",
    "one count of the people": (
        "SELECT count(*) FROM contact c WHERE c.id IN (SELECT l.contact_id FROM family_contact l"
        " JOIN student s ON s.family_id = l.family_id WHERE l.unlinked_at IS NULL AND s.left_at IS NULL)"
    ),
}
TERMS = Terms(("needed", "emergency"), landlines=(30006,))
DISTRICT = Within(schools=None)


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--families", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(facts())
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name,
        database(options.database, Path(name), 0) as (url, _),
    ):
        db = Database(url)
        fill(db, options.families)
        report(db, options.database, options.families, options.rounds)
        db.close()


def report(db: Database, kind: str, families: int, rounds: int) -> None:
    """Every figure, the median of some rounds."""
    floors = {name: timed(lambda sql=sql: ask(db, sql), rounds) for name, sql in FLOORS.items()}  # type: ignore[misc]
    floor = floors["one count of the people"]
    for name, seconds in floors.items():
        print(f"{kind:10} {families:,} families  {name:42} {seconds * 1000:8.0f} ms")
    everyone, school = Audience(everyone=True), Audience(schools=frozenset({FIRST}))
    one_class = Audience(classes=frozenset({FIRST}))
    for name, audience in (("all", everyone), ("one school", school), ("one class", one_class)):
        seconds = timed(lambda audience=audience: count(db, audience), rounds)  # type: ignore[misc]
        print(
            f"{kind:10} {families:,} families  count by language, {name:23} {seconds * 1000:8.0f} ms"
            f"  {seconds / floor:5.2f} of the floor"
        )
    pages = timed(lambda: page(db, everyone, FIRST + families // 2), rounds)
    print(
        f"{kind:10} {families:,} families  a page of 1,000 in the middle of all        {pages * 1000:8.0f} ms"
    )


def ask(db: Database, sql: str) -> None:
    """One bare statement."""
    with db.read() as session:
        session.connection().execute(text(sql)).all()


def count(db: Database, audience: Audience) -> None:
    """As the wizard does it."""
    with db.read() as session:
        counted(session, audience, DISTRICT, TERMS)


def page(db: Database, audience: Audience, after: int) -> None:
    """As the fan-out does it."""
    with db.read() as session:
        found = selected.page(session, audience.chosen, DISTRICT, TERMS, after=after, limit=1000, many=True)
        assert len(found) == 1000


def timed(work: Callable[[], None], rounds: int) -> float:
    """Median seconds; the first run warms up."""
    work()
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return median(found)


FIRST = 10_000_000
"""Ids begin here: whatever a new database holds has lower ones"""
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
FILLED = (
    """INSERT INTO school (id, source_id, name, zone, phone, address, hours)
    SELECT {f} + i, 'school ' || i, 'School ' || i, 'America/Chicago', '+15125550100', '', '{{}}' FROM n
    WHERE i < 50""",
    """INSERT INTO school_class (id, source_id, school_id, title, kind)
    SELECT {f} + i, 'class ' || i, {f} + i % 50, 'Class ' || i, 'homeroom' FROM n WHERE i % 20 = 0""",
    "INSERT INTO family (id, source_hash) SELECT {f} + i, 'family ' || i FROM n",
    """INSERT INTO contact (id, number_hash, number, name, language, consent, noticed_at, created_at, dead_at)
    SELECT {f} + i, 'contact ' || i, :sealed, :sealed,
    CASE i % 11 WHEN 0 THEN NULL WHEN 1 THEN 'ar' WHEN 2 THEN 'ht' WHEN 3 THEN 'zh_Hans' WHEN 4 THEN 'en'
    ELSE 'es' END, CASE WHEN i % 40 = 0 THEN 'stopped' ELSE 'given' END,
    CASE WHEN i % 3 = 0 THEN NULL ELSE {now} END, {now}, CASE WHEN i % 70 = 0 THEN {now} END FROM n""",
    "INSERT INTO family_contact (family_id, contact_id, source) SELECT {f} + i, {f} + i, 'roster' FROM n",
    """INSERT INTO family_contact (family_id, contact_id, source)
    SELECT {f} + i, {f} + i - 1, 'roster' FROM n WHERE i % 2 = 1""",
    """INSERT INTO student (id, source_hash, family_id, school_id, name, grade)
    SELECT {f} + i, 'child ' || i, {f} + i, {f} + i % 50, :sealed, '03' FROM n""",
    """INSERT INTO student (id, source_hash, family_id, school_id, name, grade)
    SELECT {f} + {n} + i, 'sibling ' || i, {f} + i, {f} + i % 49, :sealed, '05' FROM n WHERE i % 2 = 0""",
    """INSERT INTO student_class (student_id, class_id)
    SELECT {f} + i, {f} + i - i % 20 FROM n""",
    "ANALYZE",
)


def fill(db: Database, families: int) -> None:
    """Families of one or two guardians and one or two children, at fifty schools, each child in a class."""
    now = "'2026-08-20 12:00:00.000000'" if db.is_sqlite else "timestamptz '2026-08-20 12:00:00Z'"
    told = {"last": families - 1, "sealed": b"x" * 60}
    for statement in FILLED:
        words = statement.format(f=FIRST, n=families, now=now)
        with db.write() as session:
            if words == "ANALYZE":
                session.connection().execute(text(words))
                continue
            into, chosen = words.split("SELECT", 1)
            asked = f"{into}{NUMBERS}SELECT{chosen}"
            named = {name: value for name, value in told.items() if f":{name}" in asked}
            session.connection().execute(text(asked), named)


if __name__ == "__main__":
    main()
