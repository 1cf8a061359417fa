"""Brings a database to the schema of this program, whoever else starts at the same moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, NullPool, create_engine, event, text

from bot.store.database import Database, switch_to_wal

SCRIPTS: Final = Path(__file__).with_name("changes")
_LOCK: Final = 0x616C6C79
"""Key of PostgreSQL's advisory lock: "ally" in ASCII"""
_WAIT_MS: Final = 60_000


class SchemaBroken(Exception):
    """After a migration some row points to a row that is not there; nothing was changed."""


def upgrade(database: Database, to: str = "head") -> None:
    """Run every migration that is missing up to `to`, in one transaction; others wait until it is done.

    Raises SchemaBroken, or what the database raises; the database is then as it was before.
    """
    alone = _alone_on_sqlite if database.is_sqlite else _alone_on_postgresql
    with alone(database) as connection:
        command.upgrade(_config(connection), to)


def rebuild(
    database: Database, level: str, fill: Callable[[Connection], None], finish: Callable[[Connection], None]
) -> None:
    """Make the whole database anew: the schema of `level`, what `fill` puts in, every later migration
    and what `finish` does with it then.

    One transaction: whatever is raised, the database is as it was before. All that it held is gone after.
    """
    alone = _alone_on_sqlite if database.is_sqlite else _alone_on_postgresql
    with alone(database) as connection:
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
        command.upgrade(_config(connection), level)
        fill(connection)
        command.upgrade(_config(connection), "head")
        finish(connection)


def is_current(database: Database) -> bool:
    """Whether the database has exactly the schema of this program."""
    with database.engine.connect() as connection:
        return level_of(connection) == newest()


def level_of(connection: Connection) -> str | None:
    """The last migration that this database has had; None where it has had none."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The last migration of this program."""
    head = _scripts().get_current_head()
    if head is None:
        raise RuntimeError("no migrations are here")
    return head


def is_known(level: str) -> bool:
    """Whether this program has had a migration of this name: it can bring such a database up to date."""
    return level in revisions()


def revisions() -> list[str]:
    """Every migration of this program, the first one first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


@contextmanager
def _alone_on_postgresql(database: Database) -> Iterator[Connection]:
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


@contextmanager
def _alone_on_sqlite(database: Database) -> Iterator[Connection]:
    """BEGIN IMMEDIATE is the lock; foreign keys are off until the end and checked before it.

    SQLite changes most things of a table by making it anew, and dropping the old one with foreign
    keys on deletes what points to it (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if database.engine.url.database:
        Path(database.engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(database.engine.url, poolclass=NullPool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise SchemaBroken(", ".join(sorted({str(row[0]) for row in broken})))


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    switch_to_wal(connection)
    for pragma in (f"busy_timeout={_WAIT_MS}", "foreign_keys=OFF", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
