"""Who is signed in where, links that open a door once, and how often somebody tried in vain.

Tokens are kept as SHA-256 only: 256 random bits need no slow hash, and a copy of the table opens nothing.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Index, delete, func, update
from sqlmodel import Field, Session, SQLModel, col, select

WHOLE: Final = "whole"
SECOND: Final = "second"
"""The password was right; the code of the second factor is due"""
ENROLLING: Final = "enrolling"
"""The password was right; a second factor is to be set up first"""


class SignIn(SQLModel, table=True):
    """One browser in which somebody is signed in, or on the way to it."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    stage: str = Field(max_length=16)
    """whole, second or enrolling"""
    browser: str = Field(default="", max_length=64)
    """What the browser calls itself, in a few words, so that its owner knows it again"""
    began_at: datetime
    seen_at: datetime
    """To the minute or so: not every look is a write"""
    proved_at: datetime
    """When its owner last proved who they are"""
    expires_at: datetime


class OneTimeLink(SQLModel, table=True):
    """A link to set a password: an invitation or a reset."""

    __tablename__ = "one_time_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str = Field(max_length=16)
    """invitation or reset"""
    made_at: datetime
    expires_at: datetime


class Attempt(SQLModel, table=True):
    """One failed try: of an account, or from an address."""

    __table_args__ = (Index("ix_attempt_who_at", "who", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    who: str = Field(max_length=64)
    """Keyed hash of what is counted"""
    at: datetime


def begin(session: Session, row: SignIn) -> SignIn:
    """Keep a new sign-in; it has an id afterwards."""
    session.add(row)
    session.flush()
    return row


def by_token(session: Session, token_hash: str, now: datetime) -> SignIn | None:
    """The sign-in of this token, unless its time is over."""
    chosen = select(SignIn).where(col(SignIn.token_hash) == token_hash, col(SignIn.expires_at) > now)
    return session.exec(chosen).first()


def of_account(session: Session, account_id: int, now: datetime) -> list[SignIn]:
    """Where somebody is signed in, latest first."""
    chosen = select(SignIn).where(
        col(SignIn.account_id) == account_id, col(SignIn.expires_at) > now, col(SignIn.stage) == WHOLE
    )
    return list(session.exec(chosen.order_by(col(SignIn.seen_at).desc(), col(SignIn.id).desc())))


def seen(session: Session, sign_in_id: int, now: datetime, expires_at: datetime) -> None:
    """Note that a sign-in is in use."""
    session.exec(
        update(SignIn).where(col(SignIn.id) == sign_in_id).values(seen_at=now, expires_at=expires_at)
    )


def proved(session: Session, sign_in_id: int, now: datetime) -> None:
    """Note that its owner has just proved who they are."""
    session.exec(update(SignIn).where(col(SignIn.id) == sign_in_id).values(proved_at=now))


def end(session: Session, sign_in_id: int, account_id: int) -> bool:
    """End one sign-in of this account. False where it has none such."""
    ending = delete(SignIn).where(col(SignIn.id) == sign_in_id, col(SignIn.account_id) == account_id)
    return session.exec(ending).rowcount == 1


def end_all(session: Session, account_id: int, *, but: int | None = None) -> int:
    """End every sign-in of an account, but for one. Returns how many."""
    ending = delete(SignIn).where(col(SignIn.account_id) == account_id)
    if but is not None:
        ending = ending.where(col(SignIn.id) != but)
    return session.exec(ending).rowcount


def end_expired(session: Session, now: datetime) -> None:
    """Forget sign-ins and links whose time is over."""
    session.exec(delete(SignIn).where(col(SignIn.expires_at) <= now))
    session.exec(delete(OneTimeLink).where(col(OneTimeLink.expires_at) <= now))


def add_link(session: Session, link: OneTimeLink) -> None:
    """Keep a link; an earlier one of its kind for this account is void."""
    earlier = delete(OneTimeLink).where(
        col(OneTimeLink.account_id) == link.account_id, col(OneTimeLink.kind) == link.kind
    )
    session.exec(earlier)
    session.add(link)
    session.flush()


def link_by_token(session: Session, token_hash: str, now: datetime) -> OneTimeLink | None:
    """The link of this token, unless it was used or its time is over."""
    chosen = select(OneTimeLink).where(
        col(OneTimeLink.token_hash) == token_hash, col(OneTimeLink.expires_at) > now
    )
    return session.exec(chosen).first()


def use_link(session: Session, token_hash: str, now: datetime) -> bool:
    """Use a link up. False where somebody was faster, or its time is over."""
    using = delete(OneTimeLink).where(
        col(OneTimeLink.token_hash) == token_hash, col(OneTimeLink.expires_at) > now
    )
    return session.exec(using).rowcount == 1


def void_links(session: Session, account_id: int) -> None:
    """No link of this account opens anything any more."""
    session.exec(delete(OneTimeLink).where(col(OneTimeLink.account_id) == account_id))


def add_attempt(session: Session, who: str, now: datetime, forget_before: datetime) -> None:
    """Count a failed try, and forget those of long ago."""
    session.exec(delete(Attempt).where(col(Attempt.at) < forget_before))
    session.add(Attempt(who=who, at=now))
    session.flush()


def attempts(session: Session, who: str, since: datetime) -> int:
    """How many tries failed since then."""
    mine = (col(Attempt.who) == who) & (col(Attempt.at) >= since)
    return session.exec(select(func.count()).select_from(Attempt).where(mine)).one()
