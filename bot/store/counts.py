"""Counted events: what happened how often, by day and language; never whom it happened to."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

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
    bump_all(session, {name: times}, day=day, language=language)


def bump_all(session: Session, names: Mapping[str, int], *, day: date, language: str = "") -> None:
    """Count several things, each so many times; in the order of their names, so that
    two transactions that count the same things never wait for each other crosswise.
    """
    if not names:
        return
    rows = [{"day": day, "name": name, "language": language, "times": names[name]} for name in sorted(names)]
    session.connection().execute(_adding(session.get_bind().dialect.name), rows)


@lru_cache(maxsize=2)
def _adding(dialect: str) -> Any:
    """Built once a dialect: it is written at every text."""
    new = (insert_sqlite if dialect == "sqlite" else insert_postgresql)(Count)
    return new.on_conflict_do_update(
        index_elements=["day", "name", "language"],
        set_={"times": col(Count.times) + new.excluded.times},
    )


def between(session: Session, first: date, last: date) -> list[Count]:
    """All counts of these days, both included, in the order of day, name and language."""
    found = select(Count).where(col(Count.day) >= first, col(Count.day) <= last)
    return list(session.exec(found.order_by(col(Count.day), col(Count.name), col(Count.language))))
