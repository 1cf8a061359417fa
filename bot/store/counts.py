"""Counted events: what happened how often, by day and language; never whom it happened to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import SmallInteger, func, union_all
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Field, Session, SQLModel, col, select

_SHARES = 16
"""More than connections that commit at the same moment"""


class CountShare(SQLModel, table=True):
    """A part of how often one thing happened on one day in one language; `between` adds the parts.

    PostgreSQL lets transactions that change the same row wait for each other until they commit, and every
    text is counted: so each connection adds to a row of its own.
    """

    __tablename__ = "count_share"

    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=96)
    language: str = Field(primary_key=True, max_length=16)
    share: int = Field(primary_key=True, sa_type=SmallInteger)
    times: int = 0


class Count(SQLModel, table=True):
    """The same in one row, as processes of the release before write it while they still run."""

    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=96)
    language: str = Field(primary_key=True, max_length=16)
    times: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How often one thing happened on one day in one language."""

    day: date
    name: str
    language: str
    times: int


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
    """Built once a dialect: it is written at every text.

    PostgreSQL serves each connection by a process of its own, so its number tells whose share it is; on
    SQLite one writes at a time anyhow.
    """
    share = 0 if dialect == "sqlite" else func.mod(func.pg_backend_pid(), _SHARES)
    new = (insert_sqlite if dialect == "sqlite" else insert_postgresql)(CountShare).values(share=share)
    return new.on_conflict_do_update(
        index_elements=["day", "name", "language", "share"],
        set_={"times": col(CountShare.times) + new.excluded.times},
    )


def between(session: Session, first: date, last: date) -> list[Counted]:
    """All counts of these days, both included, in the order of day, name and language."""
    parts = [
        select(col(table.day), col(table.name), col(table.language), col(table.times)).where(
            col(table.day) >= first, col(table.day) <= last
        )
        for table in (CountShare, Count)
    ]
    part = union_all(*parts).subquery().c
    what = (part.day, part.name, part.language)
    sums = select(*what, func.sum(part.times)).group_by(*what).order_by(*what)
    return [Counted(day, name, language, int(times)) for day, name, language, times in session.exec(sums)]
