"""Opens the database and gives transactions: SQLite by default, PostgreSQL when a district grows.

SQLite runs with driver autocommit and BEGIN IMMEDIATE for every write: with SQLAlchemy's default,
a read-then-update under load loses to "database is locked" (698 of 800 when tried). Writers stand in
line (see writers_line), since SQLite's own waiting is not fair.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

from bot.store.writers_line import WritersLine

_BUSY_MS = 5000
_SWITCH_SECONDS = 30.0
_WRITES = "ally_writes"


class Database:
    """One database; `write` and `read` give a session that is one transaction."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        """`url` as SQLAlchemy writes it: sqlite:///var/ally.db or postgresql://..."""
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if parsed.get_backend_name() == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.engine: Engine = create_engine(
            parsed,
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=not self.is_sqlite,
            # An error message may reach a log; what was to be stored must not.
            hide_parameters=True,
        )
        self._path = parsed.database
        self._line = self._new_line()
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writing = self.engine.execution_options(**{_WRITES: True})

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end, rolled back on any exception."""
        with self._line, Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One transaction that only reads: a steady picture, never waits for a writer."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Close every pooled connection of this process."""
        self.engine.dispose()
        if isinstance(self._line, WritersLine):
            self._line.close()

    def after_fork(self) -> None:
        """Forget the parent's connections in a forked child, without closing them there."""
        self.engine.dispose(close=False)
        # A lock taken over from the parent would be the parent's, and might be held.
        self._line = self._new_line()

    def _new_line(self) -> AbstractContextManager[None]:
        return WritersLine(self._path) if self.is_sqlite else nullcontext()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    switch_to_wal(connection)
    for pragma in (
        "synchronous=FULL",
        f"busy_timeout={_BUSY_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def switch_to_wal(connection: sqlite3.Connection) -> None:
    """Write-ahead logging, for good and for every process: readers and a writer side by side.

    The switch wants the file alone and does not wait for busy_timeout, so processes that open a new
    file at the same moment try again. Raises sqlite3.OperationalError after 30 s.
    """
    until = time.monotonic() + _SWITCH_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def durability(database: Database) -> str:
    """Which setting of the server lets it forget what it acknowledged; empty where none does."""
    if database.is_sqlite:
        return ""
    with database.engine.connect() as connection:
        told = {
            name: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        }
    return ", ".join(name for name, value in told.items() if value == "off")
