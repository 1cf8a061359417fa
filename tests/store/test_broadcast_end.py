"""What ends a broadcast costs as much for each of its texts, however many they are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.outbox.put import ToMany, put_many
from bot.store import broadcasts, contacts
from bot.store.database import Database
from bot.store.vault import Vault
from tests.store.steps import steps

NOW = datetime(2026, 11, 17, 16, tzinfo=UTC)


def of_so_many(db: Database, vault: Vault, texts: int, state: str) -> int:
    """A broadcast that is filled, whose texts all stand in a state; its id."""
    with db.write() as session:
        first = session.connection().execute(text("SELECT count(*) FROM contact")).scalar_one()
        rows = [contacts.new_row(vault, f"+1{3_000_000_000 + first + n}", NOW) for n in range(texts)]
        contacts.add_new(session, rows)
        ids = session.connection().execute(
            text("SELECT id FROM contact ORDER BY id DESC LIMIT :n"), {"n": texts}
        )
        made = broadcasts.create(session, created_by="test", now=NOW)
        many = [(one, "No school on Friday.", "sms") for one in ids.scalars()]
        put_many(session, vault, ToMany(made, "America/Chicago", NOW), many, NOW)  # type: ignore[arg-type]
        broadcasts.filled(session, made.id or 0, NOW)
        session.connection().execute(
            text("UPDATE outbox SET state = :state WHERE broadcast_id = :id"), {"state": state, "id": made.id}
        )
    return made.id or 0


@pytest.mark.parametrize("state", ["accepted", "skipped"])
def test_the_end_of_a_broadcast_costs_twice_as_much_for_twice_the_texts(
    sqlite_db: Database, vault: Vault, state: str
) -> None:
    costs = []
    for texts in (300, 600):
        of_so_many(sqlite_db, vault, texts, state)
        costs.append(steps(sqlite_db, lambda session: broadcasts.look_after(session, NOW)))
    assert costs[0] > 300
    assert costs[1] < 3 * costs[0]


def test_a_cancelled_broadcast_costs_twice_as_much_for_twice_the_texts(
    sqlite_db: Database, vault: Vault
) -> None:
    costs = []
    for texts in (300, 600):
        made = of_so_many(sqlite_db, vault, texts, "pending")
        costs.append(steps(sqlite_db, lambda session, made=made: broadcasts.cancel(session, made)))  # type: ignore[misc]
    assert costs[1] < 3 * costs[0]


@pytest.mark.parametrize("state", ["running", "paused"])
def test_looking_after_a_broadcast_that_goes_on_does_not_read_all_its_texts(
    sqlite_db: Database, vault: Vault, state: str
) -> None:
    costs = []
    for texts in (300, 600):
        made = of_so_many(sqlite_db, vault, texts, "accepted")
        with sqlite_db.write() as session:
            last = "UPDATE outbox SET state = 'pending' WHERE id = (SELECT max(id) FROM outbox)"
            session.connection().execute(text(last))
            session.connection().execute(
                text("UPDATE broadcast SET state = :state WHERE id = :id"), {"state": state, "id": made}
            )
        costs.append(steps(sqlite_db, lambda session: broadcasts.look_after(session, NOW)))
        with sqlite_db.write() as session:
            broadcasts.cancel(session, made)
    assert costs[1] < 1.5 * max(costs[0], 500)
