"""Counted events: what happened how often, by day and language; never whom it happened to."""

from datetime import date

from sqlmodel import Field, SQLModel


class Count(SQLModel, table=True):
    """How often one thing happened on one day in one language."""

    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=96)
    language: str = Field(primary_key=True, max_length=16)
    times: int = 0
