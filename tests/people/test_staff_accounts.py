"""Who may give and take which roles, and what stays written down of it."""

from collections.abc import Callable

import pyotp
import pytest

from bot.people import second_factor, staff_accounts
from bot.people.access import Grant, Who
from bot.people.desk import Desk, who_of
from bot.people.staff_accounts import AlreadyThere, Invited, LastOne, NotAllowed
from bot.store import accounts, audit
from bot.store.database import Database
from bot.store.schools import School, save_school
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

Invite = Callable[..., int]


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    """Where accounts are kept, on each kind of database, beside two schools."""
    with db.write() as session:
        for source_id in ("a", "b"):
            save_school(
                session,
                {
                    "source_id": source_id,
                    "name": source_id,
                    "zone": "America/Chicago",
                    "phone": "+15125550140",
                },
            )
    return Desk(db, vault, clock)


def school(desk: Desk, source_id: str) -> int:
    with desk.db.read() as session:
        found = session.get(School, 1 if source_id == "a" else 2)
    assert found is not None
    return found.id or 0


def invite(desk: Desk, *grants: Grant, by: Who | None = None) -> int:
    with desk.db.read() as session:
        number = len(accounts.every(session))
    account_id, _ = staff_accounts.invite(
        desk, by, Invited(f"Person {number}", f"p{number}@school.example", grants)
    )
    with desk.db.write() as session:
        account = accounts.locked(session, account_id)
        assert account is not None
        account.state = "active"
    return account_id


def who(desk: Desk, account_id: int) -> Who:
    with desk.db.read() as session:
        account = accounts.by_id(session, account_id)
        assert account is not None
        return who_of(desk.vault, account, accounts.grants_of(session, [account_id])[account_id])


def test_an_administrator_of_a_school_gives_roles_there_and_nowhere_else(desk: Desk) -> None:
    here, there = school(desk, "a"), school(desk, "b")
    boss = who(desk, invite(desk, Grant("administrator", here)))
    teacher = invite(desk, Grant("teacher", here), by=boss)
    for grant in (Grant("teacher", there), Grant("teacher"), Grant("administrator")):
        with pytest.raises(NotAllowed):
            invite(desk, grant, by=boss)
        with pytest.raises(NotAllowed):
            staff_accounts.set_roles(desk, boss, teacher, [Grant("teacher", here), grant])
    staff_accounts.set_roles(desk, boss, teacher, [Grant("liaison", here), Grant("auditor", here)])
    assert who(desk, teacher).may(["liaison"], here)
    assert not who(desk, teacher).may(["liaison"], there)
    assert not who(desk, teacher).may(["teacher"])


def test_who_is_no_administrator_gives_nothing(desk: Desk) -> None:
    for role in ("teacher", "liaison", "auditor"):
        somebody = who(desk, invite(desk, Grant(role)))
        with pytest.raises(NotAllowed):
            invite(desk, Grant("teacher", school(desk, "a")), by=somebody)
        with pytest.raises(NotAllowed):
            invite(desk, by=somebody)
        with pytest.raises(NotAllowed):
            staff_accounts.deactivate(desk, somebody, somebody.account_id)


def test_an_administrator_of_a_school_reaches_nobody_who_has_roles_elsewhere(desk: Desk) -> None:
    here, there = school(desk, "a"), school(desk, "b")
    boss = who(desk, invite(desk, Grant("administrator", here)))
    other = invite(desk, Grant("teacher", here), Grant("teacher", there))
    for deed in (
        lambda: staff_accounts.deactivate(desk, boss, other),
        lambda: staff_accounts.reset_by(desk, boss, other, second_factor_too=True),
        lambda: staff_accounts.set_roles(desk, boss, other, []),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_the_last_administrator_of_the_district_cannot_be_shut_out_from_the_pages(desk: Desk) -> None:
    first = invite(desk, Grant("administrator"))
    boss = who(desk, first)
    with pytest.raises(LastOne):
        staff_accounts.deactivate(desk, boss, first)
    with pytest.raises(LastOne):
        staff_accounts.set_roles(desk, boss, first, [Grant("teacher")])
    assert who(desk, first).may(["administrator"]), "nothing was changed"
    invite(desk, Grant("administrator"))
    staff_accounts.deactivate(desk, boss, first)


def test_a_closed_account_opens_again_as_it_was(desk: Desk) -> None:
    account_id = invite(desk, Grant("teacher"))
    staff_accounts.deactivate(desk, None, account_id)
    staff_accounts.reactivate(desk, None, account_id)
    with desk.db.read() as session:
        account = accounts.by_id(session, account_id)
    assert account is not None
    assert account.state == "invited", "who never had a password is invited"


def test_an_address_belongs_to_one_account_in_large_and_small_letters(desk: Desk) -> None:
    staff_accounts.invite(desk, None, Invited("Dana", "Dana@School.example", ()))
    with pytest.raises(AlreadyThere):
        staff_accounts.invite(desk, None, Invited("Dana", "dana@school.EXAMPLE ", ()))


def test_every_change_is_written_down_without_a_name(desk: Desk) -> None:
    boss = who(desk, invite(desk, Grant("administrator")))
    account_id = invite(desk, Grant("teacher"), by=boss)
    staff_accounts.set_roles(desk, boss, account_id, [Grant("liaison")])
    staff_accounts.deactivate(desk, boss, account_id)
    with desk.db.read() as session:
        lines = audit.latest(session, 10)
        assert audit.first_broken(session, desk.vault) is None
    told = [(line.action, line.account_id, line.subject) for line in reversed(lines)]
    subject = f"account:{account_id}"
    assert told[1:] == [
        ("invited", boss.account_id, subject),
        ("roles_changed", boss.account_id, subject),
        ("deactivated", boss.account_id, subject),
    ]
    assert lines[1].detail == {"came": ["liaison"], "went": ["teacher"]}
    assert "Person" not in str([line.detail for line in lines])


def test_codes_fit_half_a_minute_early_or_late_in_digits_of_any_script(clock: SettableClock) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    now = clock()
    step = int(now.timestamp()) // 30
    code = pyotp.TOTP(secret).at(now)
    arabic = code.translate({ord("0") + n: chr(0x660 + n) for n in range(10)})
    for spelled in (code, f" {code[:3]} {code[3:]} ", arabic):
        assert second_factor.step_of(secret, spelled, now) == step
    clock.move(seconds=30)
    assert second_factor.step_of(secret, code, clock()) == step
    clock.move(seconds=60)
    assert second_factor.step_of(secret, code, clock()) is None
    assert second_factor.step_of(secret, "", clock()) is None
