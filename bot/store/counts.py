"""Counted events: what happened how often, by day and language; never whom it happened to."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Field, Session, SQLModel, col, select


class Count(SQLModel, table=True):
    """How often one thing happened on one day in one language."""

    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=96)
    language: str = Field(primary_key=True, max_length=16)
    times: int = 0


def bump(session: Session, name: str, *, day: date, language: str = "", times: int = 1) -> None:
    """Count something once more (or `times`). `language` is empty where it plays no part."""
    make = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    new = make(Count).values(day=day, name=name, language=language, times=times)
    session.connection().execute(
        new.on_conflict_do_update(
            index_elements=["day", "name", "language"],
            set_={"times": col(Count.times) + new.excluded.times},
        )
    )


def between(session: Session, first: date, last: date) -> list[Count]:
    """All counts of these days, both included, in the order of day, name and language."""
    found = select(Count).where(col(Count.day) >= first, col(Count.day) <= last)
    return list(session.exec(found.order_by(col(Count.day), col(Count.name), col(Count.language))))
