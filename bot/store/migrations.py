"""Brings a database to the schema of this program, whoever else starts at the same moment."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, NullPool, create_engine, event, text
from sqlalchemy.exc import OperationalError

from bot.store.database import Database, switch_to_wal

SCRIPTS: Final = Path(__file__).with_name("changes")
_LOCK: Final = 0x616C6C79
"""Key of PostgreSQL's advisory lock: "ally" in ASCII"""
_WAIT_MS: Final = 60_000
_IN_LINE_MS: Final = 300
"""How long a migration stands in line for a table that running processes use: everybody else stands
behind it. Well below PostgreSQL's deadlock_timeout of 1 s: where a worker and the migration wait for
each other, it is the migration that lets go"""
_PATIENCE: Final = 120.0
"""Seconds that a migration tries to find its tables free"""
_IN_THE_WAY: Final = ("55P03", "40P01")
"""SQLSTATE of lock_not_available and deadlock_detected
(https://www.postgresql.org/docs/current/errcodes-appendix.html)"""


class SchemaBroken(Exception):
    """After a migration some row points to a row that is not there; nothing was changed."""


def upgrade(database: Database, to: str = "head") -> None:
    """Run every migration that is missing up to `to`, in one transaction; others wait until it is done.

    Raises SchemaBroken, or what the database raises; the database is then as it was before.
    """
    alone(database, lambda connection: command.upgrade(_config(connection), to))


def rebuild(
    database: Database, level: str, fill: Callable[[Connection], None], finish: Callable[[Connection], None]
) -> None:
    """Make the whole database anew: the schema of `level`, what `fill` puts in, every later migration
    and what `finish` does with it then.

    One transaction: whatever is raised, the database is as it was before. All that it held is gone after.
    """

    def anew(connection: Connection) -> None:
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
        command.upgrade(_config(connection), level)
        fill(connection)
        command.upgrade(_config(connection), "head")
        finish(connection)

    alone(database, anew)


def alone(database: Database, change: Callable[[Connection], None]) -> None:
    """Change the schema in one transaction, which no other migration shares, beside processes at work.

    On PostgreSQL `change` is begun anew, after a rollback, when running processes were in its way.
    """
    if database.is_sqlite:
        _alone_on_sqlite(database, change)
        return
    until = time.monotonic() + _PATIENCE
    while not _found_them_free(database, change, may_try_again=time.monotonic() < until):
        time.sleep(random.uniform(0.1, 0.5))  # noqa: S311 - nothing secret


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


def _found_them_free(
    database: Database, change: Callable[[Connection], None], *, may_try_again: bool
) -> bool:
    """One try on PostgreSQL; False when a running process was in the way and nothing was changed."""
    try:
        with database.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_IN_LINE_MS}")
            change(connection)
    except OperationalError as error:
        if may_try_again and getattr(error.orig, "sqlstate", None) in _IN_THE_WAY:
            return False
        raise
    return True


def _alone_on_sqlite(database: Database, change: Callable[[Connection], None]) -> None:
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
        change(connection)
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
