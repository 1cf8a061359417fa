"""Whose phone a number is: one person's, as long as the account is open."""

import pytest

from bot.people import own_phone, staff_accounts
from bot.people.access import Grant, Who
from bot.people.desk import Desk
from bot.people.own_phone import NoNumber, OthersPhone
from bot.people.staff_accounts import Invited, NotAllowed
from bot.store import accounts, own_phones
from bot.store.accounts import TEXT, Account
from bot.store.database import Database
from bot.store.schools import STAFF_TEXT, Staff
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

ROSA, IMAN = "+15125550111", "+15125550112"


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    """Where accounts are kept."""
    return Desk(db, vault, clock)


def joined(desk: Desk, email: str, **more: object) -> int:
    """Somebody who has taken the invitation."""
    told = Invited(email, email, (Grant("teacher"),), **more)  # type: ignore[arg-type]
    account_id, token = staff_accounts.invite(desk, None, told)
    staff_accounts.take_link(desk, token, "correct horse battery staple", browser="a browser")
    return account_id


def owner(desk: Desk, number: str) -> int | None:
    with desk.db.read() as session:
        found = own_phones.account_of(session, desk.vault.fingerprint(number))
        return found.id if found else None


def test_a_number_belongs_to_the_open_account_that_it_was_enrolled_for(desk: Desk) -> None:
    rosa = joined(desk, "rosa@school.example")
    assert owner(desk, ROSA) is None
    own_phone.enrol(desk, None, rosa, "(512) 555-0111")
    assert owner(desk, ROSA) == rosa
    staff_accounts.deactivate(desk, None, rosa)
    assert owner(desk, ROSA) is None
    staff_accounts.reactivate(desk, None, rosa)
    own_phone.enrol(desk, None, rosa, None)
    assert owner(desk, ROSA) is None


def test_the_files_number_counts_only_where_the_account_has_none(desk: Desk) -> None:
    with desk.db.write() as session:
        vault = desk.vault
        person = Staff(
            source_id="t-1",
            name="Rosa",
            role="teacher",
            text=vault.seal(ROSA, STAFF_TEXT),
            text_hash=vault.fingerprint(ROSA),
        )
        session.add(person)
        session.flush()
        staff_id = person.id
    rosa = joined(desk, "rosa@school.example", staff_id=staff_id)
    assert owner(desk, ROSA) == rosa
    own_phone.enrol(desk, None, rosa, IMAN)
    assert (owner(desk, ROSA), owner(desk, IMAN)) == (None, rosa)


def test_a_phone_of_two_says_nothing_of_who_writes(desk: Desk) -> None:
    joined(desk, "rosa@school.example", text=ROSA)
    iman = joined(desk, "iman@school.example")
    with pytest.raises(OthersPhone):
        own_phone.enrol(desk, None, iman, ROSA)
    joined(desk, "third@school.example", text=ROSA)
    assert owner(desk, ROSA) is None


def test_only_whoever_administers_enrols(desk: Desk) -> None:
    rosa = joined(desk, "rosa@school.example")
    with pytest.raises(NotAllowed):
        own_phone.enrol(desk, Who(rosa, "Rosa", "en", (Grant("teacher"),)), rosa, ROSA)
    with pytest.raises(NoNumber):
        own_phone.enrol(desk, None, rosa, "12")


def test_numbers_kept_before_are_found_after_the_next_start(desk: Desk) -> None:
    rosa = joined(desk, "rosa@school.example", text=ROSA)
    with desk.db.write() as session:
        account = accounts.by_id(session, rosa)
        assert account is not None
        assert account.text is not None
        account.text_hash = None
        session.add(account)
    assert owner(desk, ROSA) is None
    with desk.db.write() as session:
        assert own_phones.lacks_some(session)
        assert own_phones.fill(session, desk.vault) == 1
        assert not own_phones.lacks_some(session)
    assert owner(desk, ROSA) == rosa
    with desk.db.read() as session:
        kept = session.get(Account, rosa)
        assert kept is not None
        assert kept.text is not None
        assert desk.vault.open(kept.text, TEXT) == ROSA
