"""`ally consent`: what people said on paper or aloud about our texts, written down by staff."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from sqlmodel import select

from bot.cli.consent import consent
from bot.outbox.put import put
from bot.store import contacts
from bot.store.database import Database
from bot.store.outbox import OutboxRow
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

Command = Callable[..., tuple[int, str]]
WHO = ("--how", "paper", "--by", "Ana Cruz, office")


@pytest.fixture
def district(demo_db: Database) -> Database:
    """The demo district's database."""
    return demo_db


@pytest.fixture
def command(demo_url: str, keys: tuple[str, str]) -> Command:
    """Runs the command on the demo district."""

    def run(*words: str) -> tuple[int, str]:
        environment = {
            "DATABASE_URL": demo_url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": "+15125550100",
            "REDIS_URL": "",
        }
        done = CliRunner(env=environment).invoke(consent, list(words), terminal_width=200)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


def _state(district: Database, vault: Vault, number: str) -> str:
    with district.read() as session:
        found = contacts.by_number_hash(session, vault.fingerprint(number))
    return found.consent if found else "unknown"


def test_a_stop_on_paper_holds_at_once_and_takes_back_what_waits(
    command: Command, district: Database, vault: Vault, clock: SettableClock
) -> None:
    with district.write() as session:
        contact = contacts.find_or_create(session, vault, "+15125550103", clock())
        put(
            session,
            vault,
            contact_id=contact.id or 0,
            body="Picture day is on Friday.",
            channel="sms",
            lane="broadcasts",
            kind="tip",
            now=clock(),
            zone="America/Chicago",
        )
    assert command("stop", "512-555-0103", *WHO) == (0, "No more texts go to this number.\n")
    assert _state(district, vault, "+15125550103") == "stopped"
    with district.read() as session:
        assert [row.state for row in session.exec(select(OutboxRow))] == ["skipped"]


def test_a_number_that_was_never_texted_can_opt_out(
    command: Command, district: Database, vault: Vault
) -> None:
    assert command("stop", "512-555-0188", *WHO)[0] == 0
    assert _state(district, vault, "+15125550188") == "stopped"


def test_who_wrote_it_down_and_how_it_was_said_is_kept(command: Command) -> None:
    command("stop", "512-555-0103", "--how", "spoken", "--by", "Ana Cruz", "--on", "2026-08-14")
    command("start", "512-555-0103", "--how", "email", "--by", "Ben Reed")
    code, said = command("show", "512-555-0103")
    assert code == 0
    assert "Now: given" in said
    for word in ("2026-08-14", "spoken", "stopped", "Ana Cruz", "started", "email", "Ben Reed"):
        assert word in said


def test_twice_is_said_and_is_no_fault(command: Command) -> None:
    command("stop", "512-555-0103", *WHO)
    assert command("stop", "512-555-0103", *WHO) == (0, "This number had opted out already.\n")
    assert command("start", "512-555-0103", *WHO)[0] == 0
    assert command("start", "512-555-0103", *WHO) == (0, "This number had not opted out.\n")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("stop", "12", *WHO), "write it with area code"),
        (("stop", "512-555-0103", "--how", "paper"), "--by"),
        (("stop", "512-555-0103", *WHO, "--on", "2126-01-01"), "has not come yet"),
        (("show", "512-555-0189"), "Nothing is held"),
    ],
)
def test_what_cannot_be_is_said_plainly(command: Command, words: tuple[str, ...], why: str) -> None:
    code, said = command(*words)
    assert code != 0
    assert why in said
