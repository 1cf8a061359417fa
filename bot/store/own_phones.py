"""Whose own phone a number is: of people who sign in, and of those of them whom the district's files name."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, union_all
from sqlmodel import Session, col, select

from bot.store.accounts import TEXT, Account
from bot.store.schools import STAFF_TEXT, Staff
from bot.store.vault import Vault


def account_of(session: Session, number_hash: str) -> Account | None:
    """The active account whose own phone this is; the account's own number counts before the files'.

    None also where two people share it: then nobody knows who writes.
    """
    found = _accounts(session, number_hash)
    return found[0] if len(found) == 1 else None


def number_of(session: Session, vault: Vault, person: Staff) -> str | None:
    """Where somebody of the roster is texted: the phone enrolled with the account, else the files' number."""
    chosen = select(Account.text).where(
        col(Account.staff_id) == person.id, col(Account.state) == "active", col(Account.text).is_not(None)
    )
    enrolled = session.exec(chosen.order_by(col(Account.id))).first()
    if enrolled:
        return vault.open(enrolled, TEXT)
    return vault.open(person.text, STAFF_TEXT) if person.text else None


def known(session: Session, number_hash: str) -> tuple[Sequence[Staff], Sequence[Account]]:
    """Everybody of whom this number is known: in the roster, and among those who sign in."""
    people = session.exec(select(Staff).where(col(Staff.text_hash) == number_hash)).all()
    mine = select(Account).where(col(Account.text_hash) == number_hash, col(Account.state) == "active")
    return people, session.exec(mine).all()


def of_account(session: Session, vault: Vault, account: Account) -> str | None:
    """Where somebody who signs in is texted: the phone enrolled with the account, else the files' number."""
    if account.text:
        return vault.open(account.text, TEXT)
    person = session.get(Staff, account.staff_id) if account.staff_id else None
    return number_of(session, vault, person) if person is not None else None


def others(session: Session, number_hash: str, account_id: int) -> bool:
    """Whether it is the phone of another active account."""
    return any(one.id != account_id for one in _accounts(session, number_hash))


def _accounts(session: Session, number_hash: str) -> Sequence[Account]:
    found: Sequence[Account] = session.exec(_of_number(), params={"number_hash": number_hash}).all()
    return found


def accounts_at(number_hash: ColumnElement[Any]) -> CompoundSelect[Any]:
    """Ids of the accounts whose own phone a number is, of those that ended too."""
    mine = select(col(Account.id)).where(col(Account.text_hash) == number_hash)
    by_files = (
        select(col(Account.id))
        .join(Staff, col(Staff.id) == col(Account.staff_id))
        .where(col(Staff.text_hash) == number_hash, col(Account.text_hash).is_(None))
    )
    return union_all(mine, by_files)


@cache
def _of_number() -> Any:
    these = accounts_at(bindparam("number_hash"))
    return select(Account).where(col(Account.id).in_(these), col(Account.state) == "active").limit(2)


def fill(session: Session, vault: Vault) -> int:
    """Give numbers that were kept before they were looked for their keyed hash. Returns how many."""
    people = session.exec(select(Staff).where(col(Staff.text).is_not(None), col(Staff.text_hash).is_(None)))
    some = session.exec(
        select(Account).where(col(Account.text).is_not(None), col(Account.text_hash).is_(None))
    )
    rows: list[tuple[Staff | Account, str]] = [(one, STAFF_TEXT) for one in people]
    rows += [(one, TEXT) for one in some]
    for row, context in rows:
        row.text_hash = vault.fingerprint(vault.open(row.text or b"", context))
        session.add(row)
    return len(rows)


def lacks_some(session: Session) -> bool:
    """Whether `fill` has anything to do."""
    staff = select(col(Staff.id)).where(col(Staff.text).is_not(None), col(Staff.text_hash).is_(None))
    some = select(col(Account.id)).where(col(Account.text).is_not(None), col(Account.text_hash).is_(None))
    return any(session.exec(one.limit(1)).first() is not None for one in (staff, some))
