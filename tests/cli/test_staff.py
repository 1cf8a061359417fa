"""`ally staff`: the first administrator, who there is, the end of an account; the demo invites its own."""

import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from bot.cli.demo_administrator import demo_invitation
from bot.cli.staff import staff
from bot.store import accounts, schools
from bot.web.application import create_application
from tests.fixtures.installation import Install, Installation

Run = Callable[..., str]
PUBLIC = "https://texts.example.org"
LINK = re.compile(rf"{re.escape(PUBLIC)}(/staff/link/[\w-]+)")
INVITE = ("invite", "dana@school.example", "--name", "Dana Carter")


@pytest.fixture
def backend() -> str:
    """SQLite alone: the store's own tests run on both."""
    return "sqlite"


@pytest.fixture
def run(house: Installation, keys: tuple[str, str]) -> Run:
    """Runs `ally staff ...` on the house."""
    environment = {
        "DATABASE_URL": house.bot.settings.database_url,
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "ALLY_NUMBER": "+15125550100",
        "ALLY_PUBLIC_URL": PUBLIC,
        "REDIS_URL": "",
        "COLUMNS": "200",
    }

    def run(*arguments: str, fails: bool = False) -> str:
        done = CliRunner(env=environment).invoke(staff, arguments)
        assert (done.exit_code != 0) == fails, done.output
        return done.output

    return run


def opens(house: Installation, said: str) -> bool:
    """Whether the link that was printed opens."""
    found = LINK.search(said)
    assert found is not None
    client = create_application(house.bot).test_client()
    return client.get(found.group(1), base_url=PUBLIC).status_code == 200


def test_the_first_administrator_is_invited_by_a_link_to_hand_over(house: Installation, run: Run) -> None:
    assert "The first: ally staff invite" in run("list")
    first = run(*INVITE)
    assert opens(house, first)
    assert "Dana Carter" in run("list")
    assert "administrator, every school" in run("list")
    second = run(*INVITE)
    assert opens(house, second)
    assert not opens(house, first), "the earlier link is void"


def test_with_a_number_the_link_goes_by_text(house: Installation, run: Run) -> None:
    assert "on its way" in run(*INVITE, "--text", "512-555-0171")
    assert "staff/link/" in house.answers("+15125550171")[0]


def test_a_role_at_a_school_needs_a_school_that_is_there(run: Run) -> None:
    assert "There are:" in run(*INVITE, "--role", "liaison", "--school", "nowhere", fails=True)
    assert "not an e-mail address" in run("invite", "dana", "--name", "Dana", fails=True)
    assert "not a telephone number" in run(*INVITE, "--text", "12", fails=True)


def test_a_closed_account_is_closed(house: Installation, run: Run) -> None:
    said = run(*INVITE)
    assert "Closed." in run("deactivate", "DANA@school.example")
    assert not opens(house, said)
    assert "sign in already" in run(*INVITE, fails=True)
    assert "Nobody has this address" in run("deactivate", "nobody@school.example", fails=True)


def test_the_demo_invites_its_administrator_until_somebody_comes(install: Install) -> None:
    demo = install()
    first, second = demo_invitation(demo.bot), demo_invitation(demo.bot)
    assert first is not None
    assert second is not None
    assert not opens(demo, first)
    assert opens(demo, second)
    with demo.bot.db.write() as session:
        (account,) = accounts.every(session)
        account.state = "active"
        session.add(account)
    assert demo_invitation(demo.bot) is None


def test_where_texts_are_real_nobody_is_invited_by_itself(install: Install) -> None:
    twilio = {"TWILIO_BASE_URL": "https://api.twilio.com", "TWILIO_ACCOUNT_SID": "AC" + "5" * 32}
    assert demo_invitation(install(**twilio).bot) is None


def test_an_account_is_linked_to_a_person_of_the_roster(house: Installation, run: Run) -> None:
    run(*INVITE)
    with house.bot.db.read() as session:
        person = schools.staff_at(session, "teacher")[0]
    assert "Nobody at a school" in run("link", "dana@school.example", "nobody", fails=True)
    for source_id, kept in ((person.source_id, person.id), (None, None)):
        run("link", "dana@school.example", *([source_id] if source_id else []))
        with house.bot.db.read() as session:
            assert accounts.every(session)[0].staff_id == kept
