"""Every row of the database as lines of text, on either kind of database, and back.

One form for SQLite and PostgreSQL, so that a school that outgrows its file moves by backup and restore.
What is sealed stays sealed: the lines hold it as base64, and the keys are not in the database.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Date, DateTime, LargeBinary, Table, func, insert, inspect, select, text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from bot.store.database import Database
from bot.store.tables import TABLES

_AT_ONCE: Final = 1000
IDS_SKIPPED: Final = 1_000_000
"""So far the ids of outgoing texts move on: the lost machine may have given the next ones to texts whose
receipts are still to come, and a receipt must not find another text under its id"""

Line = str
Columns = Sequence[str]


class CopyUnfit(Exception):
    """A copy is none, damaged, or of another version than this program can read; the message says which."""


def tables() -> list[Table]:
    """Every table, those first that others point to."""
    if not TABLES:
        raise RuntimeError("no tables: importing them is what fills the metadata")
    return list(SQLModel.metadata.sorted_tables)


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """One moment of the whole database, however long reading it takes; nobody waits for it."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def shape(connection: Connection) -> dict[str, list[str]]:
    """The tables and columns that are there, of those that this program knows; also before its migrations."""
    there = inspect(connection)
    names = set(there.get_table_names())
    return {
        table.name: [
            column["name"] for column in there.get_columns(table.name) if column["name"] in table.columns
        ]
        for table in tables()
        if table.name in names
    }


def lines(connection: Connection, table: str, columns: Columns) -> Iterator[Line]:
    """The rows of a table, one JSON list each with these columns."""
    rows = SQLModel.metadata.tables[table]
    look = select(*(rows.columns[column] for column in columns)).order_by(*rows.primary_key.columns)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(look):
        yield json.dumps([_written(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def load(connection: Connection, table: str, columns: Columns, told: Iterable[Line]) -> int:
    """Insert lines as `lines` writes them; returns how many. Raises CopyUnfit."""
    into = SQLModel.metadata.tables.get(table)
    if into is None or any(column not in into.columns for column in columns):
        raise CopyUnfit(f"{table} ({', '.join(columns)}) is not a table of this version")
    reads = [(column, _reader(into.columns[column].type)) for column in columns]
    loaded = 0
    told = iter(told)
    while some := list(islice(told, _AT_ONCE)):
        rows = [
            {
                column: None if value is None else read(value)
                for (column, read), value in zip(reads, json.loads(line), strict=True)
            }
            for line in some
        ]
        loaded += len(rows)
        connection.execute(insert(into), rows)
    return loaded


def rows_here(database: Database) -> dict[str, int]:
    """How many rows each table has that is there; a database without a schema has none."""
    with database.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables()
            if connection.dialect.has_table(connection, table.name)
        }


def move_ids_on(connection: Connection) -> None:
    """Let new rows take ids that no row has, and outgoing texts ids far beyond."""
    for table in tables():
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and keys[0].autoincrement in (True, "auto") and keys[0].type.python_type is int:
            highest = connection.execute(select(func.max(keys[0]))).scalar() or 0
            skipped = IDS_SKIPPED if table.name == "outbox" else 0
            _go_on_after(connection, table.name, highest + skipped)


def _go_on_after(connection: Connection, table: str, last: int) -> None:
    if connection.dialect.name == "sqlite":
        # Only the outbox counts its ids; elsewhere SQLite goes on after the highest by itself.
        counted = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :table")
        told = {"last": last, "table": table}
        if table == "outbox" and not connection.execute(counted, told).rowcount:
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), told)
    elif last:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        connection.execute(sequence, {"table": table, "last": last})


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    for type_, read in _READ.items():
        if isinstance(plain, type_):
            return read
    return lambda value: value


_READ: Final[Mapping[type[TypeEngine[Any]], Callable[[Any], Any]]] = {
    LargeBinary: b64decode,
    DateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
}
