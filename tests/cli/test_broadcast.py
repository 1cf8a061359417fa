"""`ally broadcast`: from a draft to its families, as one account, and plain words when it cannot be."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from bot.cli.broadcast import broadcast
from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited
from bot.store import accounts, audit
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import ROOT


class District:
    """The demo district with an administrator, and the command on it."""

    def __init__(
        self, db: Database, url: str, vault: Vault, keys: tuple[str, str], clock: SettableClock
    ) -> None:
        self.db, self.vault = db, vault
        self.desk = Desk(db, vault, clock)
        self.account("dana@school.example", "administrator")
        self.environment = {
            "DATABASE_URL": url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": "+15125550100",
            "ALLY_FLOWS": str(ROOT / "flows"),
            "ALLY_MESSAGES": str(ROOT / "messages"),
            "REDIS_URL": "",
            "COLUMNS": "160",
        }

    def account(self, email: str, role: str) -> None:
        """Somebody who signs in."""
        grants = (Grant(role),)
        account_id, _ = staff_accounts.invite(self.desk, None, Invited("Dana Lee", email, grants))
        with self.db.write() as session:
            account = accounts.locked(session, account_id)
            assert account is not None
            account.state = "active"

    def run(self, *words: str, email: str = "dana@school.example") -> tuple[int, str]:
        """The command with these words, as an account."""
        told = [words[0], "--as", email, *words[1:]]
        done = CliRunner(env=self.environment).invoke(broadcast, told)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output


@pytest.fixture
def district(
    demo_url: str, demo_db: Database, vault: Vault, keys: tuple[str, str], clock: SettableClock
) -> District:
    """On SQLite: it says nothing about the database."""
    return District(demo_db, demo_url, vault, keys, clock)


def test_a_draft_is_looked_at_sent_once_and_watched(district: District) -> None:
    code, shown = district.run(
        "draft", "--to", "Luna", "--template", "picture_day", "--set", "day", "2026-12-04"
    )
    assert code == 0
    for word in ("Spanish", "unreviewed", "GSM-7", "families", "A photographer comes to Maple Grove"):
        assert word in shown
    assert "555" not in shown, "no phone number"
    assert "Not yet: No text in Vietnamese, Portuguese, Somali." in shown
    assert "--token" not in shown
    shown = district.run("change", "1", "--missing", "all", "wait")[1]
    draft_id, token = re.findall(r"send (\d+) --token (\S+)", shown)[0]
    at = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d} 10:00"
    first = district.run("send", draft_id, "--token", token, "--at", at)
    assert first[1].startswith("It is planned for ")
    assert "scheduled: 0%" in district.run("watch", draft_id, "--once")[1]
    listed = district.run("list")[1]
    assert "picture_day" in listed
    assert "scheduled" in listed
    assert district.run("pause", draft_id)[0] == 1
    assert district.run("cancel", draft_id) == (0, "Cancelled.\n")
    assert district.run("watch", draft_id)[1].startswith("cancelled (by_hand): 100%")
    with district.db.read() as session:
        done = {line.action for line in audit.latest(session, 20)}
    assert {"broadcast_sent", "broadcast_by_command", "broadcast_cancelled"} <= done


def test_what_is_missing_is_said_with_what_to_do(district: District) -> None:
    ours = ("draft", "--to", "grade 3")
    assert "picture_day lacks its day: --set day DATE" in district.run(*ours, "--template", "picture_day")[1]
    code, said = district.run(*ours, "--text", "en", "Hello {name}")
    assert code == 1
    assert "{name} is no field" in said


def test_an_account_acts_within_its_roles_alone(district: District) -> None:
    assert "No open account has this address" in district.run("list", email="nobody@school.example")[1]
    district.account("log@school.example", "auditor")
    assert "has no role that writes to families" in district.run("list", email="log@school.example")[1]
    district.account("iman@school.example", "teacher")
    said = district.run("draft", "--to", "Luna", "--text", "en", "Hi", email="iman@school.example")[1]
    assert "Classes here: none" in said
    assert "Nothing yet" in district.run("list", email="iman@school.example")[1]
    with district.db.read() as session:
        assert audit.first_broken(session, district.vault) is None
