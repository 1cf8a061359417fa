"""Marks of time: when something that runs again and again last ran to its end."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, select
from sqlmodel import Field, Session, SQLModel

from bot.store.upserts import insert_into

DISARMED: Final = "disarmed"
"""While it stands nothing is sent: the database is a copy of one that was at work at that time, and
what it wants to send may have gone out since"""

BACKED_UP: Final = "backed_up"
"""When a backup was last written whole"""


class Mark(SQLModel, table=True):
    """The last time of one thing, e.g. sweeper, inbound_swept."""

    name: str = Field(primary_key=True, max_length=64)
    at: datetime


MARKS: Final = SQLModel.metadata.tables["mark"]


def put(session: Session, name: str, at: datetime) -> None:
    """Set a mark, new or not."""
    new = insert_into(session, Mark).values(name=name, at=at)
    session.connection().execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"at": new.excluded.at})
    )


def get(session: Session, name: str) -> datetime | None:
    """When it last ran; None when it never did."""
    mark = session.get(Mark, name)
    return mark.at if mark else None


def remove(session: Session, name: str) -> None:
    """Take a mark away, if it is there."""
    session.connection().execute(delete(Mark).where(MARKS.c.name == name))


def named(session: Session, prefix: str) -> dict[str, datetime]:
    """All marks whose names begin so, by name."""
    found = select(MARKS.c.name, MARKS.c.at).where(MARKS.c.name.startswith(prefix, autoescape=True))
    return {row.name: row.at for row in session.connection().execute(found)}


def is_set(name: str) -> Select[Any]:
    """A look at one mark, to be built into another statement."""
    return select(MARKS.c.name).where(MARKS.c.name == name)
