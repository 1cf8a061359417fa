"""What staff did, one line a deed, never changed: each line carries the keyed hash of all before it.

The database refuses to change or delete a line; who does it with other tools breaks the chain, and
whoever has no key cannot mend it. The head tells where the chain ends, so that a missing end is seen.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import JSON, Column, Index, func
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.upserts import insert_into
from bot.store.vault import Vault

_START: Final = "0" * 64
_HEAD: Final = 1
_AT_ONCE: Final = 1000


class AuditLine(SQLModel, table=True):
    """One deed. Ids only: no name, no number, no word of a text."""

    __tablename__ = "audit_line"
    __table_args__ = (
        Index("ix_audit_line_subject", "subject"),
        # The latest of one kind are looked for on several pages, however long the log has grown
        Index("ix_audit_line_action", "action", "id"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """1, 2, 3, ... without a gap"""
    at: datetime
    account_id: int | None = Field(default=None, index=True)
    """Who; None: the command line, or the program itself"""
    action: str = Field(max_length=32)
    """e.g. signed_in, invited, roles_changed, unmasked, exported"""
    subject: str = Field(default="", max_length=64)
    """What it was done to, e.g. account:5, contact:33"""
    school_id: int | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Ids, counts and reasons from a list; never free text about a family"""
    hash: str = Field(max_length=64)
    """Keyed hash of this line and the hash of the one before"""


class AuditHead(SQLModel, table=True):
    """Where the chain ends; the one row of its table, locked by whoever adds a line."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    lines: int
    hash: str = Field(max_length=64)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be written down."""

    action: str
    account_id: int | None = None
    subject: str = ""
    school_id: int | None = None
    detail: dict[str, Any] | None = None


def append(session: Session, vault: Vault, now: datetime, deed: Deed) -> int:
    """Write a deed down, in the transaction that does it. Returns the number of its line."""
    head = _locked_head(session)
    line = AuditLine(
        id=head.lines + 1,
        at=now,
        account_id=deed.account_id,
        action=deed.action,
        subject=deed.subject,
        school_id=deed.school_id,
        detail=deed.detail or {},
        hash="",
    )
    line.hash = _hash(vault, line, head.hash)
    session.add(line)
    head.lines, head.hash = line.id, line.hash
    session.add(head)
    session.flush()
    return line.id


def latest(
    session: Session,
    limit: int,
    *,
    before: int | None = None,
    action: str | None = None,
    school_ids: Collection[int] | None = None,
) -> Sequence[AuditLine]:
    """Lines, latest first; `before`: only those with a lower number; `school_ids`: only of these schools."""
    chosen = select(AuditLine).order_by(col(AuditLine.id).desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(col(AuditLine.id) < before)
    if action:
        chosen = chosen.where(col(AuditLine.action) == action)
    if school_ids is not None:
        chosen = chosen.where(col(AuditLine.school_id).in_(school_ids))
    return session.exec(chosen).all()


def times(
    session: Session,
    action: str,
    account_id: int,
    since: datetime,
    *,
    school_ids: Collection[int] | None = None,
) -> int:
    """How often an account did something since then; `school_ids`: only at these schools."""
    mine = select(func.count(col(AuditLine.id))).where(
        col(AuditLine.action) == action, col(AuditLine.account_id) == account_id, col(AuditLine.at) > since
    )
    if school_ids is not None:
        mine = mine.where(col(AuditLine.school_id).in_(school_ids))
    return int(session.exec(mine).one())


def actions(session: Session, school_ids: Collection[int] | None = None) -> list[str]:
    """Every kind of deed that is written down so far, by name; `school_ids`: only of these schools."""
    chosen = select(AuditLine.action).distinct()
    if school_ids is not None:
        chosen = chosen.where(col(AuditLine.school_id).in_(school_ids))
    return sorted(session.exec(chosen))


def first_broken(session: Session, vault: Vault) -> int | None:
    """The number of the first line that was changed, removed or put in; None while all is as written."""
    before, expected = _START, 1
    for line in _lines(session):
        if line.id != expected or line.hash != _hash(vault, line, before):
            return expected
        before, expected = line.hash, expected + 1
    head = session.get(AuditHead, _HEAD)
    told = (head.lines, head.hash) if head else (0, _START)
    return None if told == (expected - 1, before) else expected


def _lines(session: Session) -> Iterator[AuditLine]:
    last = 0
    while True:
        chosen = select(AuditLine).where(col(AuditLine.id) > last).order_by(col(AuditLine.id)).limit(_AT_ONCE)
        found = session.exec(chosen).all()
        yield from found
        if len(found) < _AT_ONCE:
            return
        last = found[-1].id
        session.expunge_all()


def _locked_head(session: Session) -> AuditHead:
    first = insert_into(session, AuditHead).values(id=_HEAD, lines=0, hash=_START)
    session.connection().execute(first.on_conflict_do_nothing())
    chosen = select(AuditHead).where(col(AuditHead.id) == _HEAD)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).one()


def _hash(vault: Vault, line: AuditLine, before: str) -> str:
    told = [
        before,
        line.id,
        line.at.astimezone(UTC).isoformat(),
        line.account_id,
        line.action,
        line.subject,
        line.school_id,
        line.detail,
    ]
    return vault.fingerprint(json.dumps(told, sort_keys=True, separators=(",", ":")))
