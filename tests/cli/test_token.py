"""`ally token`: made in an account's name and shown once, listed without its secret, ended at once."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from bot.cli.token import token
from bot.people import api_tokens
from bot.people.access import Grant
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited, invite
from bot.store import accounts, audit, schools
from tests.fixtures.installation import Installation

Run = Callable[..., Result]
ROSA = "rosa@school.example"


@pytest.fixture
def backend() -> str:
    """SQLite alone: the store's own tests run on both."""
    return "sqlite"


@pytest.fixture
def run(house: Installation, keys: tuple[str, str]) -> Run:
    """Runs `ally token ...` on the house, where Rosa administers the first school."""
    bot = house.bot
    with bot.db.read() as session:
        here = schools.every_school(session)[0]
    invited = Invited("Rosa Alvarez", ROSA, (Grant("administrator", here.id),))
    account_id, _ = invite(Desk(bot.db, bot.vault, bot.clock), None, invited)
    with bot.db.write() as session:
        row = accounts.locked(session, account_id)
        assert row is not None
        row.state = "active"
    environment = {
        "DATABASE_URL": bot.settings.database_url,
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "REDIS_URL": "",
        "COLUMNS": "200",
    }

    def run(*arguments: str, fails: bool = False) -> Result:
        done = CliRunner(env=environment).invoke(token, arguments)
        assert (done.exit_code != 0) == fails, done.output
        return done

    return run


def test_a_token_is_shown_once_opens_what_its_account_may_and_is_ended(house: Installation, run: Run) -> None:
    desk = Desk(house.bot.db, house.bot.vault, house.bot.clock)
    assert "ally token create" in run("list").output
    with house.bot.db.read() as session:
        here = schools.every_school(session)[0]
    made = run("create", "PowerSchool", "--as", ROSA, "--may", "send", "--school", here.source_id)
    secret = made.stdout.strip()
    assert "shown once" in made.stderr
    assert secret not in made.stderr
    caller = api_tokens.caller_of(desk, secret)
    assert caller is not None
    assert caller.who.name == "Rosa Alvarez"
    assert caller.scopes == {"broadcasts:send"}
    assert list(caller.schools or ()) == [here.id]
    shown = run("list").output
    assert secret not in shown
    assert secret[:11] in shown
    assert "PowerSchool" in shown
    assert "no more" not in run("revoke", "1").output
    assert api_tokens.caller_of(desk, secret) is None
    assert "had ended before" in run("revoke", "1").output
    with house.bot.db.read() as session:
        deeds = [(one.action, one.account_id) for one in audit.latest(session, 5)]
    assert {("token_made", None), ("token_ended", None)} <= set(deeds)


def test_what_is_wrong_is_said_at_its_option(house: Installation, run: Run) -> None:
    with house.bot.db.read() as session:
        here, there = (one.source_id for one in schools.every_school(session)[:2])
    usual = ("create", "PowerSchool", "--as", ROSA, "--may", "read")
    for told, field in (
        (("create", " ", "--as", ROSA, "--may", "read"), "NAME"),
        (("create", "SIS", "--as", "nobody@school.example", "--may", "read"), "--as"),
        (("create", "SIS", "--as", ROSA, "--may", "erase"), "--may"),
        ((*usual, "--days", "9999"), "--days"),
        ((*usual, "--school", there), "--school"),
    ):
        said = run(*told, fails=True).stderr
        assert f"Invalid value for {field}" in said.replace("'", "")
    assert here in run(*usual, "--school", there, fails=True).stderr
    assert "no token with this id" in run("revoke", "7", fails=True).stderr
