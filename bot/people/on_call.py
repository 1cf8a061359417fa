"""Who may be on call at a school: its own people and the district's. An unknown number is an office's."""

from collections.abc import Collection

from sqlmodel import Session

from bot.people.desk import email_hash
from bot.store import accounts, own_phones, schools
from bot.store.accounts import Account
from bot.store.schools import STAFF_EMAIL, Staff
from bot.store.vault import Vault


def is_number_of_another_school(session: Session, vault: Vault, school_id: int | None, number: str) -> bool:
    """Whether we know whose number this is, and they work neither here nor for the district."""
    people, some = own_phones.known(session, vault.fingerprint(number))
    return _are_elsewhere(session, school_id, people, some)


def is_email_of_another_school(session: Session, vault: Vault, school_id: int | None, email: str) -> bool:
    """The same of an address."""
    account = accounts.by_email(session, email_hash(vault, email))
    people = [
        one
        for one in schools.every_staff(session).values()
        if one.email and vault.open(one.email, STAFF_EMAIL).casefold() == email.casefold()
    ]
    return _are_elsewhere(session, school_id, people, [account] if account is not None else [])


def _are_elsewhere(
    session: Session, school_id: int | None, people: Collection[Staff], some: Collection[Account]
) -> bool:
    if not people and not some:
        return False
    ids = {one.id or 0 for one in people} | {one.staff_id for one in some if one.staff_id is not None}
    grants = accounts.grants_of(session, [one.id or 0 for one in some]).values()
    places: set[int | None] = {grant.school_id for held in grants for grant in held}
    places |= {place for held in schools.places_of(session, ids).values() for place in held}
    return None not in places and school_id not in places
