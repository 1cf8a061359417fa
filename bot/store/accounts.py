"""People of the school who sign in to the console, and what each may do where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import BigInteger, Column, delete, func, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.schools import Staff

NAME: Final = "account.name"
EMAIL: Final = "account.email"
TEXT: Final = "account.text"
TOTP: Final = "account.totp"


class Account(SQLModel, table=True):
    """One person who may sign in."""

    id: int | None = Field(default=None, primary_key=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    """The person of the roster that this is, where the roster has them: a teacher's classes come from it"""
    name: bytes
    """Sealed, context account.name"""
    email: bytes
    """Sealed, context account.email"""
    email_hash: str = Field(unique=True, max_length=64)
    """Keyed hash of the address in small letters"""
    text: bytes | None = None
    """Sealed E.164, context account.text: where links are sent where there is no mail server, and the own
    phone from which this person may write (see store.own_phones)"""
    text_hash: str | None = Field(default=None, index=True, max_length=64)
    """Keyed hash of that number"""
    password: str | None = None
    """argon2id in the PHC string format; None until the invitation is taken"""
    totp: bytes | None = None
    """Sealed base32 secret of RFC 6238, context account.totp; None until it was proved once"""
    totp_step: int | None = Field(default=None, sa_column=Column(BigInteger))
    """The last time step that was used: a code counts once (RFC 6238, 5.2)"""
    subject: str | None = Field(default=None, unique=True, max_length=64)
    """Keyed hash of issuer and sub of the district's sign-on, bound at the first one"""
    language: str = Field(max_length=16)
    """Locale of the pages"""
    state: str = Field(max_length=16)
    """invited, active or deactivated"""
    created_at: datetime


class RoleGrant(SQLModel, table=True):
    """What one account may do at one school, or in the whole district."""

    __tablename__ = "role_grant"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: str = Field(max_length=16)
    """teacher, liaison, administrator or auditor"""
    school_id: int | None = Field(default=None, foreign_key="school.id")
    """None: every school of the district"""


class RecoveryCode(SQLModel, table=True):
    """A code that stands in once for a lost telephone."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    """Keyed hash of account and code"""
    account_id: int = Field(foreign_key="account.id", index=True)


def add(session: Session, account: Account) -> Account:
    """Keep a new account; it has an id afterwards."""
    session.add(account)
    session.flush()
    return account


def by_id(session: Session, account_id: int) -> Account | None:
    """The account of this id."""
    return session.get(Account, account_id)


def locked(session: Session, account_id: int) -> Account | None:
    """As `by_id`; nobody else changes it until this transaction ends."""
    chosen = select(Account).where(col(Account.id) == account_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def by_email(session: Session, email_hash: str) -> Account | None:
    """The account with this address, by its keyed hash."""
    return session.exec(select(Account).where(col(Account.email_hash) == email_hash)).first()


def by_subject(session: Session, subject: str) -> Account | None:
    """The account that this identity of the district's sign-on is bound to."""
    return session.exec(select(Account).where(col(Account.subject) == subject)).first()


def every(session: Session) -> list[Account]:
    """All accounts, oldest first."""
    return list(session.exec(select(Account).order_by(col(Account.id))))


def by_ids(session: Session, ids: Collection[int]) -> list[Account]:
    """Those of these ids, oldest first."""
    if not ids:
        return []
    return list(session.exec(select(Account).where(col(Account.id).in_(ids)).order_by(col(Account.id))))


def grants_of(session: Session, account_ids: Collection[int]) -> dict[int, list[RoleGrant]]:
    """What each of these accounts may do."""
    found: dict[int, list[RoleGrant]] = {account_id: [] for account_id in account_ids}
    chosen = select(RoleGrant).where(col(RoleGrant.account_id).in_(account_ids))
    for grant in session.exec(chosen.order_by(col(RoleGrant.id))):
        found[grant.account_id].append(grant)
    return found


@dataclass(frozen=True, slots=True)
class Speaker:
    """A liaison who signs in and of whom the roster says which languages they speak."""

    account_id: int
    staff_id: int
    schools: frozenset[int] | None
    """Where; None: at every school"""
    languages: frozenset[str]
    """es, not es_MX: script and region do not matter to the ear"""
    away: list[list[str]]
    """Days on which nobody finds this person, see Staff.away"""

    def is_away(self, day: date) -> bool:
        """Whether nobody finds this person on a day."""
        return any(first <= day.isoformat() <= last for first, last in self.away)


def speakers(session: Session) -> list[Speaker]:
    """Every liaison with an active account and a row in the roster."""
    chosen = (
        select(Account.id, Staff, RoleGrant.school_id)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .join(Staff, col(Staff.id) == col(Account.staff_id))
        .where(col(Account.state) == "active", col(RoleGrant.role) == "liaison")
        .order_by(col(Account.id))
    )
    people: dict[int, tuple[Staff, set[int | None]]] = {}
    for account_id, person, school_id in session.exec(chosen):
        people.setdefault(account_id or 0, (person, set()))[1].add(school_id)
    return [
        Speaker(
            account_id,
            person.id or 0,
            None if None in places else frozenset(one for one in places if one is not None),
            frozenset(one.partition("_")[0] for one in person.languages),
            person.away,
        )
        for account_id, (person, places) in people.items()
    ]


def active_of(session: Session, staff_id: int) -> int | None:
    """The account of a person of the roster, where that signs in."""
    chosen = select(Account.id).where(col(Account.staff_id) == staff_id, col(Account.state) == "active")
    return session.exec(chosen.order_by(col(Account.id))).first()


def active_at(session: Session, role: str, school_id: int | None) -> list[Account]:
    """Active accounts with a role at a school, those of the whole district among them; None: only those."""
    place = or_(col(RoleGrant.school_id).is_(None), col(RoleGrant.school_id) == school_id)
    chosen = (
        select(Account)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(col(Account.state) == "active", col(RoleGrant.role) == role, place)
    )
    return sorted({one.id: one for one in session.exec(chosen)}.values(), key=lambda one: one.id or 0)


def replace_grants(
    session: Session, account_id: int, wanted: Collection[tuple[str, int | None]]
) -> tuple[list[tuple[str, int | None]], list[tuple[str, int | None]]]:
    """Let these (role, school id) be all that an account may do. Returns what came and what went."""
    held = {(grant.role, grant.school_id): grant for grant in grants_of(session, [account_id])[account_id]}
    gone = [pair for pair in held if pair not in set(wanted)]
    new = [pair for pair in dict.fromkeys(wanted) if pair not in held]
    if gone:
        ids = [held[pair].id for pair in gone]
        session.exec(delete(RoleGrant).where(col(RoleGrant.id).in_(ids)))
    session.add_all(RoleGrant(account_id=account_id, role=role, school_id=school) for role, school in new)
    session.flush()
    return new, gone


def administering(session: Session, school_ids: Collection[int] | None) -> list[Account]:
    """Every active account that administers all of these schools (None: the whole district), by account."""
    chosen = (
        select(Account, RoleGrant.school_id)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(col(Account.state) == "active", col(RoleGrant.role) == "administrator")
        .order_by(col(Account.id))
    )
    people: dict[int, tuple[Account, set[int | None]]] = {}
    for account, school_id in session.exec(chosen):
        people.setdefault(account.id or 0, (account, set()))[1].add(school_id)
    return [
        account
        for account, at in people.values()
        if None in at or (school_ids is not None and set(school_ids) <= at)
    ]


def active_with(session: Session, role: str, school_id: int | None) -> int:
    """How many active accounts hold a role at exactly this place (None: the whole district)."""
    place = col(RoleGrant.school_id).is_(None) if school_id is None else col(RoleGrant.school_id) == school_id
    chosen = select(func.count(func.distinct(col(Account.id)))).join(
        RoleGrant, col(RoleGrant.account_id) == col(Account.id)
    )
    return session.exec(
        chosen.where(col(Account.state) == "active", col(RoleGrant.role) == role, place)
    ).one()


def any_with(session: Session, roles: Collection[str]) -> bool:
    """Whether somebody who signs in holds one of these roles, anywhere."""
    chosen = select(Account.id).join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
    these = chosen.where(col(Account.state) == "active", col(RoleGrant.role).in_(roles))
    return session.exec(these.limit(1)).first() is not None


def use_totp_step(session: Session, account_id: int, step: int) -> bool:
    """Note that the code of a time step was used. False where it, or a later one, was before."""
    free = (col(Account.totp_step).is_(None)) | (col(Account.totp_step) < step)
    using = update(Account).where(col(Account.id) == account_id, free)
    return session.exec(using.values(totp_step=step)).rowcount == 1


def set_codes(session: Session, account_id: int, hashes: Collection[str]) -> None:
    """Let these be the recovery codes of an account; all earlier ones are void."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    session.add_all(RecoveryCode(code_hash=one, account_id=account_id) for one in hashes)
    session.flush()


def use_code(session: Session, account_id: int, code_hash: str) -> bool:
    """Use a recovery code up. False where there is none such."""
    using = delete(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id, col(RecoveryCode.code_hash) == code_hash
    )
    return session.exec(using).rowcount == 1


def codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes an account has left."""
    mine = col(RecoveryCode.account_id) == account_id
    return session.exec(select(func.count()).select_from(RecoveryCode).where(mine)).one()
