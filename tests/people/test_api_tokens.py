"""Tokens of the HTTP API: what is left of their account's roles, when they end, how often they may ask."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.people import api_tokens, staff_accounts
from bot.people.access import Grant, Who
from bot.people.api_tokens import NotAllowed, Wanted, narrowed
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited
from bot.store import accounts
from bot.store import api_tokens as kept
from bot.store.database import Database
from bot.store.schools import School
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

ALL = ("broadcasts:read", "broadcasts:send")


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    with db.write() as session:
        session.add_all(
            School(id=id_, source_id=f"s{id_}", name=f"School {id_}", zone="UTC", phone="+15125550140")
            for id_ in (1, 2)
        )
    return Desk(db, vault, clock)


def account(desk: Desk, *grants: Grant) -> Who:
    """Somebody who may sign in."""
    invited = Invited("Rosa Alvarez", f"rosa{len(grants)}@school.example", grants)
    account_id, _ = staff_accounts.invite(desk, None, invited)
    with desk.db.write() as session:
        found = accounts.locked(session, account_id)
        assert found is not None
        found.state = "active"
    return Who(account_id, "Rosa Alvarez", "en", grants)


def make(desk: Desk, who: Who, schools: frozenset[int] | None = None) -> str:
    return api_tokens.make(desk, who, Wanted("SIS", ALL, schools, 90))


def test_it_ends_with_a_change_of_roles_and_with_the_account(desk: Desk) -> None:
    who = account(desk, Grant("administrator"))
    token = make(desk, who)
    found = api_tokens.caller_of(desk, token)
    assert found is not None
    assert found.who.grants == who.grants
    staff_accounts.set_roles(desk, None, who.account_id, [Grant("liaison", 1)])
    assert api_tokens.caller_of(desk, token) is None
    second = make(desk, Who(who.account_id, "", "en", (Grant("liaison", 1),)))
    assert api_tokens.caller_of(desk, second)
    staff_accounts.deactivate(desk, None, who.account_id)
    staff_accounts.reactivate(desk, None, who.account_id)
    assert api_tokens.caller_of(desk, second) is None


def test_it_is_narrowed_to_its_schools(desk: Desk) -> None:
    who = account(desk, Grant("administrator"), Grant("teacher"))
    found = api_tokens.caller_of(desk, make(desk, who, frozenset({2})))
    assert found is not None
    assert found.who.schools(["administrator"]) == frozenset({2})
    assert not found.who.may(["teacher"])


def test_what_an_account_has_not_no_token_gives() -> None:
    who = Who(1, "", "en", (Grant("administrator", 1), Grant("liaison", 2), Grant("auditor")), 7)
    assert narrowed(who, frozenset({1, 3})).grants == (Grant("administrator", 1),)
    assert narrowed(who, None) == who


def test_nobody_makes_one_beyond_their_own(desk: Desk) -> None:
    local = account(desk, Grant("administrator", 1))
    for who, schools in ((local, {2}), (local, set[int]()), (Who(1, "", "en", (Grant("auditor"),)), None)):
        with pytest.raises(NotAllowed):
            make(desk, who, None if schools is None else frozenset(schools))
    with pytest.raises(NotAllowed):
        api_tokens.make(desk, local, Wanted("SIS", ("everything",), None, 90))


def test_so_many_at_once_and_then_one_after_the_other(desk: Desk, clock: SettableClock) -> None:
    caller = api_tokens.caller_of(desk, make(desk, account(desk, Grant("administrator"))))
    assert caller is not None

    def take(_: int = 0) -> timedelta | None:
        with desk.db.write() as session:
            return kept.take(session, caller.token_id, clock(), each=timedelta(seconds=1), burst=10)

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, range(16)))
    assert taken.count(None) == 10
    assert {one for one in taken if one} == {timedelta(seconds=1)}
    clock.move(seconds=1)
    assert take() is None
    assert take() == timedelta(seconds=1)
