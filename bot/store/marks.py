"""Marks of time: when something that runs again and again last ran to its end."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Field, Session, SQLModel


class Mark(SQLModel, table=True):
    """The last time of one thing, e.g. sweeper, inbound_swept."""

    name: str = Field(primary_key=True, max_length=64)
    at: datetime


def put(session: Session, name: str, at: datetime) -> None:
    """Set a mark, new or not."""
    make = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    new = make(Mark).values(name=name, at=at)
    session.connection().execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"at": new.excluded.at})
    )


def get(session: Session, name: str) -> datetime | None:
    """When it last ran; None when it never did."""
    mark = session.get(Mark, name)
    return mark.at if mark else None
