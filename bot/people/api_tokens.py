"""Tokens of the HTTP API: who may make one, what it opens, and when it ends.

A token opens what its account may do at this moment, narrowed to scopes and schools; it ends by itself with
its time, and with the account or its roles.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.people.access import Grant, Who
from bot.people.desk import Desk, new_token, token_hash, who_of
from bot.store import accounts, api_tokens, audit, sign_ins
from bot.store.api_tokens import NAME, ApiToken
from bot.store.audit import Deed

READ: Final = "broadcasts:read"
SEND: Final = "broadcasts:send"
SCOPES: Final = (READ, SEND)
LASTS: Final = (30, 90, 365)
"""Days that a token may last"""
MAKERS: Final = ("administrator", "liaison", "teacher")
"""Roles that write to families"""
_AT_SCHOOL: Final = ("administrator", "liaison")
_BEGINS: Final = "ally_"
"""So that whoever finds one in a file, a program that looks for secrets too, knows what it is"""
_SHOWN: Final = 11


class NotAllowed(Exception):
    """Whoever asks may not make or end this token."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token to be made."""

    name: str
    """Which program gets it"""
    scopes: tuple[str, ...]
    schools: frozenset[int] | None
    """None: wherever the account may"""
    days: int


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever speaks with a token."""

    token_id: int
    who: Who
    """With what the token leaves of the account's roles"""
    scopes: frozenset[str]
    schools: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as people see it."""

    id: int
    name: str
    prefix: str
    owner: str
    is_mine: bool
    scopes: Sequence[str]
    schools: Sequence[int] | None
    expires_at: datetime
    used_at: datetime | None


def make(desk: Desk, who: Who, wanted: Wanted, *, by_command: bool = False) -> str:
    """Make a token for oneself; it is told this once. Raises NotAllowed.

    `by_command`: on the server, by whoever may type commands there, in this account's name.
    """
    mine = places(who)
    beyond = wanted.schools is not None and mine is not None and not wanted.schools <= mine
    if not who.may(MAKERS) or beyond or wanted.schools == frozenset() or wanted.days not in LASTS:
        raise NotAllowed
    if not wanted.scopes or set(wanted.scopes) - set(SCOPES):
        raise NotAllowed
    now = desk.clock()
    token = _BEGINS + new_token()[0]
    row = ApiToken(
        account_id=who.account_id,
        token_hash=token_hash(token),
        prefix=token[:_SHOWN],
        name=desk.vault.seal(wanted.name, NAME),
        scopes=sorted(wanted.scopes),
        schools=None if wanted.schools is None else sorted(wanted.schools),
        made_at=now,
        expires_at=now + timedelta(days=wanted.days),
    )
    with desk.db.write() as session:
        token_id = api_tokens.add(session, row)
        detail = {"scopes": row.scopes, "schools": row.schools, "days": wanted.days}
        if by_command:
            detail["account"] = who.account_id
        by = None if by_command else who.account_id
        deed = Deed("token_made", by, f"api_token:{token_id}", detail=detail)
        audit.append(session, desk.vault, now, deed)
    return token


def end_all(session: Session, account_id: int, now: datetime) -> None:
    """An account may do other things than before: people sign in anew, programs need a new token."""
    sign_ins.end_all(session, account_id)
    api_tokens.revoke_all(session, account_id, now)


def places(who: Who) -> frozenset[int] | None:
    """Schools that a token may be narrowed to; None: any. A teacher's classes are no school."""
    return who.schools(_AT_SCHOOL)


def revoke(desk: Desk, who: Who | None, token_id: int) -> bool:
    """End a token of one's own, or of somebody whom one administers. False where it had ended.

    `who`: None for the command line. Raises NotAllowed.
    """
    now = desk.clock()
    with desk.db.write() as session:
        row = api_tokens.by_id(session, token_id)
        grants = accounts.grants_of(session, [row.account_id]) if row else {}
        if row is None or not _may_end(who, row.account_id, grants):
            raise NotAllowed
        done = api_tokens.revoke(session, token_id, now)
        if done:
            deed = Deed("token_ended", who.account_id if who else None, f"api_token:{token_id}")
            audit.append(session, desk.vault, now, deed)
        return done


def listed(desk: Desk, who: Who | None) -> list[Listed]:
    """Tokens that stand, one's own first, then those of whomever one administers.

    `who`: None for the command line, which sees all.
    """
    now = desk.clock()
    with desk.db.read() as session:
        every = api_tokens.standing(session, now)
        grants = accounts.grants_of(session, {row.account_id for row in every})
        mine = [row for row in every if _may_end(who, row.account_id, grants)]
        owners = {row.account_id: accounts.by_id(session, row.account_id) for row in mine}
    names = {id_: desk.vault.open(one.name, accounts.NAME) if one else "" for id_, one in owners.items()}
    found = [
        Listed(
            row.id or 0,
            desk.vault.open(row.name, NAME),
            row.prefix,
            names[row.account_id],
            who is not None and row.account_id == who.account_id,
            row.scopes,
            row.schools,
            row.expires_at,
            row.used_at,
        )
        for row in mine
    ]
    return sorted(found, key=lambda one: not one.is_mine)


def caller_of(desk: Desk, token: str) -> Caller | None:
    """Whoever speaks with this token; None where it opens nothing (any more)."""
    if not token.startswith(_BEGINS):
        return None
    with desk.db.read() as session:
        row = api_tokens.by_hash(session, token_hash(token), desk.clock())
        account = accounts.by_id(session, row.account_id) if row else None
        if row is None or account is None or account.state != "active":
            return None
        grants = accounts.grants_of(session, [row.account_id])[row.account_id]
    schools = None if row.schools is None else frozenset(row.schools)
    who = narrowed(who_of(desk.vault, account, grants), schools)
    return Caller(row.id or 0, who, frozenset(row.scopes), schools)


def narrowed(who: Who, schools: frozenset[int] | None) -> Who:
    """Somebody with what is left of their roles at some schools alone.

    A teacher reaches classes wherever they are: nothing of that is left.
    """
    if schools is None:
        return who
    left = tuple(
        Grant(grant.role, school_id)
        for grant in who.grants
        if grant.role in _AT_SCHOOL
        for school_id in sorted(schools)
        if grant.school_id in (None, school_id)
    )
    return Who(who.account_id, who.name, who.language, left, who.staff_id)


def _may_end(who: Who | None, account_id: int, grants: dict[int, list[accounts.RoleGrant]]) -> bool:
    if who is None:
        return True
    theirs: Collection[Grant] = [Grant(one.role, one.school_id) for one in grants.get(account_id, [])]
    return account_id == who.account_id or (who.may(["administrator"]) and who.may_grant(theirs))
