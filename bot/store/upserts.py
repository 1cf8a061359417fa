"""An insert that says what is done where the row is there already: each database has its own."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_into(session: Session, table: Table | type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An insert into `table`, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
