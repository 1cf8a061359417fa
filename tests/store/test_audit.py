"""What staff did is never changed, and a change by other means is found."""

import random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from bot.store import audit
from bot.store.audit import Deed
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

LINES = 40


def written(db: Database, vault: Vault, clock: SettableClock, lines: int = LINES) -> None:
    with db.write() as session:
        for number in range(lines):
            deed = Deed("viewed", number % 3 or None, f"contact:{number}", detail={"rows": number})
            audit.append(session, vault, clock(), deed)
            clock.move(seconds=1)


def broken(db: Database, vault: Vault) -> int | None:
    with db.read() as session:
        return audit.first_broken(session, vault)


def tamper(db: Database, *statements: str) -> None:
    """As somebody would who owns the database: with its guard taken off."""
    off = (
        ["DROP TRIGGER audit_line_kept_update", "DROP TRIGGER audit_line_kept_delete"]
        if db.is_sqlite
        else ["DROP TRIGGER audit_line_kept ON audit_line"]
    )
    with db.write() as session:
        for statement in (*off, *statements):
            session.connection().execute(text(statement))


def test_a_chain_as_it_was_written_is_whole(db: Database, vault: Vault, clock: SettableClock) -> None:
    assert broken(db, vault) is None
    written(db, vault, clock)
    assert broken(db, vault) is None
    with db.read() as session:
        assert [line.id for line in audit.latest(session, 3)] == [40, 39, 38]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_line SET action = 'x' WHERE id = 1", "DELETE FROM audit_line WHERE id = 1"]
)
def test_the_database_refuses_to_change_a_line(
    db: Database, vault: Vault, clock: SettableClock, statement: str
) -> None:
    written(db, vault, clock, 2)
    with pytest.raises(DatabaseError), db.write() as session:
        session.connection().execute(text(statement))
    assert broken(db, vault) is None


def test_every_changed_missing_or_added_line_is_found(
    sqlite_db: Database, vault: Vault, clock: SettableClock
) -> None:
    written(sqlite_db, vault, clock)
    tamper(sqlite_db)
    dice = random.Random(7)
    for _ in range(60):
        line = dice.randint(1, LINES)
        deed = dice.choice(
            [
                "UPDATE audit_line SET action = 'exported' WHERE id = {}",
                "UPDATE audit_line SET account_id = 77 WHERE id = {}",
                "UPDATE audit_line SET subject = 'contact:1000' WHERE id = {}",
                "UPDATE audit_line SET detail = '{{\"rows\": 1000}}' WHERE id = {}",
                "UPDATE audit_line SET at = '2020-01-01 00:00:00' WHERE id = {}",
                "DELETE FROM audit_line WHERE id = {}",
                "UPDATE audit_line SET id = 1000 + id WHERE id = {}",
            ]
        ).format(line)
        with sqlite_db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql(deed)
            with Session(connection) as session:
                with_it = audit.first_broken(session, vault)
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("BEGIN")
        assert with_it == line, deed
    assert broken(sqlite_db, vault) is None


def test_a_cut_off_end_is_found(db: Database, vault: Vault, clock: SettableClock) -> None:
    written(db, vault, clock, 5)
    tamper(db, "DELETE FROM audit_line WHERE id = 5")
    assert broken(db, vault) == 5
