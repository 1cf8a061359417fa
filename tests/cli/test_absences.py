"""`ally absences`: the attendance office sees what parents reported, and marks it as seen."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from bot.cli.absences import absences
from bot.people import absences as people
from bot.store import contacts, families
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock


@pytest.fixture
def command(
    demo_url: str, demo_db: Database, vault: Vault, keys: tuple[str, str], clock: SettableClock
) -> Callable[..., tuple[int, str]]:
    """Runs the command on a demo district in which one absence was reported."""
    with demo_db.write() as session:
        dana = contacts.by_number_hash(session, vault.fingerprint("+15125550103"))
        assert dana is not None
        child = families.children_of(session, dana.id or 0)[0]
        people.report(session, vault, dana, child.id, clock().date(), "sick", clock())

    def run(*words: str) -> tuple[int, str]:
        environment = {
            "DATABASE_URL": demo_url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": "+15125550100",
            "REDIS_URL": "",
            "COLUMNS": "160",
        }
        done = CliRunner(env=environment).invoke(absences, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


def test_a_report_is_listed_until_it_is_seen(command: Callable[..., tuple[int, str]]) -> None:
    code, listed = command("list")
    assert code == 0
    for word in ("Noah", "2026-10-13", "sick", "Maple Grove Elementary"):
        assert word in listed
    assert "555" not in listed, "no phone number"
    assert command("seen", "1")[0] == 0
    assert "No absence waits" in command("list")[1]


def test_one_school_sees_its_own(command: Callable[..., tuple[int, str]]) -> None:
    assert "Noah" in command("list", "--school", "org-maple-grove")[1]
    assert "No absence waits" in command("list", "--school", "org-pecan-creek")[1]


def test_a_report_that_does_not_wait_is_said_so(command: Callable[..., tuple[int, str]]) -> None:
    code, said = command("seen", "77")
    assert code == 1
    assert "Report 77 does not wait" in said
