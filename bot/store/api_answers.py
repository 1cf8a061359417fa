"""What the HTTP API answered to a request with an idempotency key, so that its repeat changes nothing.

A key is taken before the work begins, in a transaction of its own, and answered in the work's own: who dies
between the two leaves a taken key that the next may take over after a while.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from bot.store.upserts import insert_into

BODY: Final = "api_answer.body"
KEPT: Final = timedelta(days=7)
"""A key is good for so long; afterwards it is a new one"""
LOST: Final = timedelta(minutes=2)
"""Whoever took a key and has not answered by then is dead: no request lasts so long"""


class ApiAnswer(SQLModel, table=True):
    """One request of one token under one key."""

    __tablename__ = "api_answer"
    __table_args__ = (UniqueConstraint("token_id", "key_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    token_id: int = Field(foreign_key="api_token.id")
    key_hash: str = Field(max_length=64)
    """Keyed hash of the key: what a program makes one of may name a student"""
    request_hash: str = Field(max_length=64)
    """Keyed hash of what was asked: another request under the same key is a mistake"""
    taken_by: str = Field(max_length=32)
    """Random: of whoever works on it"""
    taken_at: datetime = Field(index=True)
    status: int | None = None
    """HTTP; None until it is answered"""
    body: bytes | None = None
    """Sealed JSON, context api_answer.body"""


def take(session: Session, wanted: ApiAnswer) -> ApiAnswer:
    """Take a key for a request, or return who has it: the caller's own where `taken_by` is the same."""
    session.exec(delete(ApiAnswer).where(col(ApiAnswer.taken_at) < wanted.taken_at - KEPT))
    values = wanted.model_dump(exclude={"id"})
    session.connection().execute(insert_into(session, ApiAnswer).values(values).on_conflict_do_nothing())
    lost = update(ApiAnswer).where(
        _same(wanted),
        col(ApiAnswer.request_hash) == wanted.request_hash,
        col(ApiAnswer.status).is_(None),
        col(ApiAnswer.taken_at) < wanted.taken_at - LOST,
    )
    session.exec(lost.values(taken_by=wanted.taken_by, taken_at=wanted.taken_at))
    chosen = select(ApiAnswer).where(_same(wanted)).execution_options(populate_existing=True)
    return session.exec(chosen).one()


def answer(session: Session, answer_id: int, taken_by: str, status: int, body: bytes) -> bool:
    """Answer a key in the work's own transaction. False where somebody took it over: undo the work."""
    mine = update(ApiAnswer).where(
        col(ApiAnswer.id) == answer_id, col(ApiAnswer.taken_by) == taken_by, col(ApiAnswer.status).is_(None)
    )
    return session.exec(mine.values(status=status, body=body)).rowcount == 1


def give_back(session: Session, answer_id: int, taken_by: str) -> None:
    """Nothing was done: the key is free again."""
    session.exec(
        delete(ApiAnswer).where(
            col(ApiAnswer.id) == answer_id,
            col(ApiAnswer.taken_by) == taken_by,
            col(ApiAnswer.status).is_(None),
        )
    )


def _same(wanted: ApiAnswer) -> ColumnElement[bool]:
    return (col(ApiAnswer.token_id) == wanted.token_id) & (col(ApiAnswer.key_hash) == wanted.key_hash)
