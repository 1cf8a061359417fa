"""Migrations: they make exactly the tables of the program, once, whoever starts at the same moment."""

import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from bot.store.database import Database
from bot.store.migrations import SchemaBroken, alone, is_current, upgrade
from bot.store.tables import TABLES

Open = Callable[[str], Database]


def test_the_migrations_make_exactly_the_tables_of_the_program(db: Database) -> None:
    assert {table.__tablename__ for table in TABLES} == set(SQLModel.metadata.tables)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_partial_indexes_are_there_with_their_conditions(db: Database) -> None:
    option = "sqlite_where" if db.is_sqlite else "postgresql_where"
    found = {index["name"]: index["dialect_options"] for index in inspect(db.engine).get_indexes("outbox")}
    assert {name for name, options in found.items() if option in options} == {
        "ix_outbox_due",
        "ix_outbox_order",
        "ix_outbox_held",
        "ix_outbox_broadcast",
        "ix_outbox_once",
        "ix_outbox_open",
        "ix_outbox_picture",
        "ix_outbox_set_aside",
        "ix_outbox_stumbled",
        "ix_outbox_thread",
        "ix_outbox_under_way",
    }


def test_a_database_is_current_only_after_the_upgrade(empty_url: str, open_database: Open) -> None:
    database = open_database(empty_url)
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    upgrade(database)
    assert is_current(database)


def test_processes_that_start_at_once_on_an_empty_database_all_succeed(
    empty_url: str, open_database: Open
) -> None:
    program = (
        "import sys; from bot.store.database import Database; from bot.store import migrations;"
        "sys.stdin.read(); database = Database(sys.argv[1]); migrations.upgrade(database);"
        "assert migrations.is_current(database)"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_url], stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for starter in starters:
        assert starter.stdin
        starter.stdin.close()
        starter.stdin = None
    told = [starter.communicate()[1].decode() for starter in starters]
    assert [starter.returncode for starter in starters] == [0] * 3, told
    assert is_current(open_database(empty_url))


def test_a_migration_that_breaks_leaves_nothing_behind(
    empty_url: str, open_database: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(empty_url)

    def half(config: object, _revision: str) -> None:
        connection: Connection = config.attributes["connection"]  # type: ignore[attr-defined]
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise RuntimeError("the power went")

    monkeypatch.setattr("alembic.command.upgrade", half)
    with pytest.raises(RuntimeError, match="the power went"):
        upgrade(database)
    assert inspect(database.engine).get_table_names() == []


@pytest.mark.postgres
def test_a_migration_gives_way_to_a_worker_that_waits_for_it_and_comes_again(
    postgres_url: str, open_database: Open
) -> None:
    database, worker = open_database(postgres_url), open_database(postgres_url)
    contact_is_locked, tries = threading.Event(), []

    def change(connection: Connection) -> None:
        tries.append(1)
        connection.exec_driver_sql("ALTER TABLE contact ADD COLUMN later text")
        contact_is_locked.set()
        connection.exec_driver_sql("ALTER TABLE outbox ADD COLUMN later text")

    migration = threading.Thread(target=alone, args=(database, change))
    with worker.write() as session:
        session.connection().exec_driver_sql("LOCK TABLE outbox IN ROW EXCLUSIVE MODE")
        migration.start()
        contact_is_locked.wait(60)
        session.connection().exec_driver_sql("SELECT count(*) FROM contact")
    migration.join(60)
    assert len(tries) > 1
    assert {"later"} <= {column["name"] for column in inspect(database.engine).get_columns("outbox")}


def test_on_sqlite_a_migration_that_loses_a_row_others_point_to_is_undone(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(config: object, _revision: str) -> None:
        connection: Connection = config.attributes["connection"]  # type: ignore[attr-defined]
        connection.exec_driver_sql(
            'INSERT INTO thread (contact_id, "to", topic, state, opened_at)'
            " VALUES (77, 'office', '', 'open', 0)"
        )

    monkeypatch.setattr("alembic.command.upgrade", lose)
    with pytest.raises(SchemaBroken, match="thread"):
        upgrade(sqlite_db)
    with sqlite_db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM thread").scalar() == 0
