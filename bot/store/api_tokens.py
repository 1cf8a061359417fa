"""Tokens with which other programs of a school use the HTTP API in somebody's name; kept as hashes only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import JSON, Column, update
from sqlmodel import Field, Session, SQLModel, col, select

NAME: Final = "api_token.name"
_NOTE_EVERY: Final = timedelta(minutes=1)


class ApiToken(SQLModel, table=True):
    """One token. It opens what its account may do, narrowed to its scopes and schools."""

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    """Who made it, and in whose name it speaks"""
    token_hash: str = Field(unique=True, max_length=64)
    """SHA-256: 256 random bits need no slow hash"""
    prefix: str = Field(max_length=16)
    """How it begins, so that its owner knows it again"""
    name: bytes
    """Sealed, context api_token.name: which program has it"""
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """broadcasts:read, broadcasts:send"""
    schools: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """School ids that it is narrowed to; None: all that its account has"""
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    """To the minute or so"""
    revoked_at: datetime | None = None
    """When somebody ended it, or its account lost what it stood on"""
    full_at: datetime | None = None
    """When its allowance of requests is whole again"""


def add(session: Session, row: ApiToken) -> int:
    """Keep a new token; returns its id."""
    session.add(row)
    session.flush()
    return row.id or 0


def by_hash(session: Session, token_hash: str, now: datetime) -> ApiToken | None:
    """The token of this hash, unless it was ended or its time is over."""
    chosen = select(ApiToken).where(
        col(ApiToken.token_hash) == token_hash,
        col(ApiToken.revoked_at).is_(None),
        col(ApiToken.expires_at) > now,
    )
    return session.exec(chosen).first()


def by_id(session: Session, token_id: int) -> ApiToken | None:
    """The token of this id."""
    return session.get(ApiToken, token_id)


def standing(session: Session, now: datetime) -> Sequence[ApiToken]:
    """Every token that opens something now, latest first."""
    chosen = select(ApiToken).where(col(ApiToken.revoked_at).is_(None), col(ApiToken.expires_at) > now)
    return session.exec(chosen.order_by(col(ApiToken.id).desc())).all()


def revoke(session: Session, token_id: int, now: datetime) -> bool:
    """End a token for good. False where it had ended."""
    mine = update(ApiToken).where(col(ApiToken.id) == token_id, col(ApiToken.revoked_at).is_(None))
    return session.exec(mine.values(revoked_at=now)).rowcount == 1


def revoke_all(session: Session, account_id: int, now: datetime) -> int:
    """End every token of an account. Returns how many that were."""
    theirs = update(ApiToken).where(
        col(ApiToken.account_id) == account_id, col(ApiToken.revoked_at).is_(None)
    )
    return session.exec(theirs.values(revoked_at=now)).rowcount


def take(session: Session, token_id: int, now: datetime, *, each: timedelta, burst: int) -> timedelta | None:
    """Count a request: after `burst` of them at once there is one more after every `each`.

    Returns None where there was one left, else how long to wait. Call it in a transaction that writes.
    """
    chosen = select(ApiToken).where(col(ApiToken.id) == token_id)
    row = session.exec(chosen.with_for_update().execution_options(populate_existing=True)).one()
    full_at = max(row.full_at or now, now) + each
    if full_at - now > burst * each:
        return full_at - now - burst * each
    row.full_at = full_at
    if row.used_at is None or now - row.used_at >= _NOTE_EVERY:
        row.used_at = now
    session.add(row)
    return None
