"""`ally family`: all that is held for one number, opened; or erased."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from bot.cli.family import family


@pytest.fixture
def command(demo_url: str, keys: tuple[str, str]) -> Callable[..., tuple[int, str]]:
    """Runs the command on the demo district."""

    def run(*words: str) -> tuple[int, str]:
        environment = {
            "DATABASE_URL": demo_url,
            "ALLY_KEYS": keys[0],
            "ALLY_FINGERPRINT_KEY": keys[1],
            "ALLY_NUMBER": "+15125550100",
            "REDIS_URL": "",
        }
        done = CliRunner(env=environment).invoke(family, list(words))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


def test_everything_that_is_held_is_printed_and_opened(command: Callable[..., tuple[int, str]]) -> None:
    code, said = command("show", "512-555-0103")
    held = json.loads(said)
    assert code == 0
    assert held["contact"][0]["number"] == "+15125550103"
    assert held["contact"][0]["name"] == "Dana"
    assert held["children"] == [
        {"name": "Noah", "grade": held["children"][0]["grade"], "school": "Maple Grove Elementary"}
    ]
    assert list(held) == ["contact", "children", "family_contact", "name_word"]


def test_what_is_erased_is_not_held_any_more(command: Callable[..., tuple[int, str]]) -> None:
    assert command("erase", "512-555-0103", "--yes")[0] == 0
    held = json.loads(command("show", "512-555-0103")[1])
    assert list(held) == ["contact", "children"]
    assert held["children"] == []
    assert held["contact"][0]["number"] is None
    assert held["contact"][0]["consent"] == "stopped"


def test_a_number_of_which_nothing_is_held_is_said_to_be_so(command: Callable[..., tuple[int, str]]) -> None:
    assert "Nothing is held" in command("show", "512-555-0177")[1]
    assert "no telephone number" in command("show", "hello")[1]
