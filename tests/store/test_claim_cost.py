"""What a claim costs does not grow with what waits: neither with what is before it, nor with what is held."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import Session

from bot.store import broadcasts, claims, contacts
from bot.store.claims import Claim
from bot.store.database import Database
from bot.store.outbox import add
from bot.store.vault import Vault
from tests.store.conftest import NOW, Rows
from tests.store.steps import steps

MANY = 3_000


def wait_for_their_turn(rows: Rows, count: int, **more: Any) -> None:
    """So many texts to many, to everybody in turn."""
    people = len(rows.people)
    with rows.db.write() as session:
        add(session, [rows.columns(n % people, "broadcasts", **more) for n in range(count)])


def claim(*, stumbled_first: bool = False, limit: int = 1) -> Callable[[Session], Claim]:
    """One look for texts to many."""
    told: dict[str, Any] = {"now": NOW, "due_by": NOW, "limit": limit, "stumbled_first": stumbled_first}
    return lambda session: claims.claim(session, "broadcasts", "t", **told)


def test_looking_for_one_that_failed_a_worker_does_not_read_all_that_wait(
    sqlite_db: Database, vault: Vault
) -> None:
    rows, costs = Rows(sqlite_db, vault), []
    for _ in range(2):
        wait_for_their_turn(rows, 200)
        costs.append(steps(sqlite_db, claim(stumbled_first=True)))
    assert costs[1] < 1.5 * costs[0]


def test_a_broadcast_that_is_held_is_passed_over_at_little_cost(sqlite_db: Database, vault: Vault) -> None:
    rows = Rows(sqlite_db, vault)
    with sqlite_db.write() as session:
        paused = broadcasts.create(session, created_by="test", now=NOW)
        session.flush()
        broadcasts.pause(session, paused.id or 0)
    wait_for_their_turn(rows, 1_000, broadcast_id=paused.id)
    behind = rows.want(0, "broadcasts")
    taken = steps(sqlite_db, claim())
    assert rows.row(behind).state == "claimed"
    # 25 for each that is passed over; asking first for what is ahead of each takes more than twice that
    assert taken < 50 * 1_000


@pytest.mark.postgres
def test_postgresql_reads_from_the_front_and_sorts_nothing(
    postgres_url: str, open_database: Callable[[str], Database], vault: Vault
) -> None:
    db = open_database(postgres_url)
    rows = Rows(db, vault)
    with db.write() as session:
        contacts.add_new(
            session, [contacts.new_row(vault, f"+1{3_000_000_000 + n}", NOW) for n in range(MANY)]
        )
        rows.people = list(session.connection().execute(text("SELECT id FROM contact")).scalars())
    wait_for_their_turn(rows, MANY)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    asked: list[tuple[str, Any]] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    with db.write() as session:
        claim(limit=8)(session)
    (statement, told) = next(one for one in asked if "picked" in one[0])
    with db.write() as session:
        found = session.connection().exec_driver_sql(f"EXPLAIN {statement}", told).scalars()
        plan = "\n".join(found)
    assert "Index Scan using ix_outbox_due" in plan, plan
    assert "Sort" not in plan, plan
