"""`ally delivery`: the list of numbers for the office, and faults of our own."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from bot.cli.delivery import delivery
from bot.store import broadcasts, contacts, failing, troubles
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def database(demo_db: Database) -> Database:
    """The demo district."""
    return demo_db


@pytest.fixture
def command(demo_url: str, keys: tuple[str, str]) -> Command:
    """Runs the command on it."""

    def run(*words: str) -> tuple[int, str]:
        environment = {
            "DATABASE_URL": demo_url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": "+15125550100",
            "REDIS_URL": "",
            "COLUMNS": "200",
        }
        done = CliRunner(env=environment).invoke(delivery, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


def fail(database: Database, vault: Vault, clock: SettableClock, code: int, *, dead: bool) -> None:
    with database.write() as session:
        found = contacts.find_or_create(session, vault, "+15125550103", clock())
        failing.note(session, found.id or 0, code, dead=dead, sent_at=clock())


@pytest.mark.usefixtures("database")
def test_nothing_is_said_to_be_wrong_where_nothing_is(command: Command) -> None:
    assert command("problems") == (0, "Nothing keeps texts from arriving.\n")


def test_a_dead_number_is_listed_masked_with_school_reason_and_remedy(
    command: Command, database: Database, vault: Vault, clock: SettableClock
) -> None:
    fail(database, vault, clock, 30005, dead=True)
    code, said = command("problems")
    assert code == 0
    for words in ("+1 ••• ••• •103", "Maple Grove", "2026-10-13", "stopped", "no longer in use", "roster"):
        assert words in said, words
    assert "5550103" not in said
    assert "Dana" not in said
    assert "+15125550103" in command("problems", "--names")[1]
    assert "Dana" in command("problems", "--names")[1]


def test_a_phone_out_of_reach_is_the_offices_work_only_after_three_days(
    database: Database, vault: Vault, clock: SettableClock
) -> None:
    fail(database, vault, clock, 30003, dead=False)
    with database.read() as session:
        assert list(failing.to_mend(session, clock.move(days=2))) == []
        (one,) = failing.to_mend(session, clock.move(days=2))
    assert (one.code, one.is_dead) == (30003, False)


def test_a_number_that_works_after_all_is_taken_off_the_list(
    command: Command, database: Database, vault: Vault, clock: SettableClock
) -> None:
    fail(database, vault, clock, 30005, dead=True)
    assert command("mended", "512-555-0103") == (0, "It gets texts again.\n")
    assert command("problems")[1] == "Nothing keeps texts from arriving.\n"
    assert command("mended", "512-555-0103")[0] == 1
    assert command("mended", "maple")[0] == 1


def test_a_fault_of_our_own_says_why_broadcasts_wait_and_how_they_go_on(
    command: Command, database: Database, clock: SettableClock
) -> None:
    with database.write() as session:
        troubles.note(session, 30034, clock())
    said = command("problems")[1]
    assert "not registered for texting" in said
    assert "ally delivery go-on" in said
    assert command("go-on") == (0, "Broadcasts go on.\n")
    assert command("go-on") == (0, "Nothing held them.\n")
    assert command("problems")[1] == "Nothing keeps texts from arriving.\n"


def test_a_broadcast_that_a_fault_stopped_goes_on_and_one_that_a_person_paused_does_not(
    command: Command, database: Database, clock: SettableClock
) -> None:
    with database.write() as session:
        stopped, paused = (broadcasts.create(session, created_by="x", now=clock()).id or 0 for _ in range(2))
        broadcasts.stop(session, stopped, "configuration/30034")
        broadcasts.pause(session, paused)
    assert command("go-on") == (0, "Broadcasts go on.\n")
    with database.read() as session:
        assert [one.id for one in broadcasts.held(session)] == [paused]
