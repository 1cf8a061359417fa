"""`ally whatsapp`: pushes, tells what WhatsApp says, and what that means for families."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.whatsapp import whatsapp
from tests.servers.house import TOKEN, house_at_work
from tests.servers.local_carrier import ACCOUNT, NUMBER, Local, carrier_at_work

ROOT = Path(__file__).parents[2]
Command = Callable[..., tuple[int, str]]


@pytest.fixture
def there() -> Iterator[Local]:
    with house_at_work() as house, carrier_at_work(house) as local:
        yield local


@pytest.fixture
def command(there: Local, sqlite_url: str, keys: tuple[str, str]) -> Command:
    """Runs the command on an installation whose carrier is the one on this machine."""

    def run(*words: str) -> tuple[int, str]:
        environment = {
            "DATABASE_URL": sqlite_url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": NUMBER,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_BASE_URL": there.url,
            "ALLY_FLOWS": str(ROOT / "flows"),
            "ALLY_MESSAGES": str(ROOT / "messages"),
            "COLUMNS": "160",
        }
        done = CliRunner(env=environment).invoke(whatsapp, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


def test_push_then_status(there: Local, command: Command) -> None:
    code, told = command("status")
    assert code == 1
    assert "ally whatsapp push" in told
    there.misbehave(approval="pending")
    code, told = command("push")
    assert code == 0
    assert "ht: no template (WhatsApp has none in it)" in told
    assert "ru: no template (its wording is not translated)" in told
    _, told = command("status")
    assert "pending" in told
    assert "not sent, goes by SMS" in told
    assert "needs no approval" in told
