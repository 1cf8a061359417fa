"""Going live: each step is looked at over HTTP at a carrier, and says what is left to whom."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.golive import golive
from bot.cli.live import registration, steps
from bot.cli.live.registration import entries
from bot.cli.live.steps import Step
from bot.settings import Settings
from bot.store.database import Database
from bot.talk.library import FileLibrary
from bot.words import opt_out
from tests.fixtures.installation import Installation
from tests.servers.house import TOKEN, house_at_work
from tests.servers.local_carrier import ACCOUNT, NUMBER, Local, carrier_at_work

SERVICE = "MG" + "1" * 32
INBOUND = "https://texts.example.org/twilio/inbound"
RETRY = "#rc=3&rp=all&rt=4000"
KNOWN = {"program.name": "Ally, Cedar Valley Schools", "school.name": "Maple Grove Elementary"}


@pytest.fixture(scope="module")
def there() -> Iterator[Local]:
    """A carrier with a Messaging Service."""
    with house_at_work() as house, carrier_at_work(house, "--service-sid", SERVICE) as local:
        yield local


@pytest.fixture
def at(
    there: Local, make_settings: Callable[..., Settings], sqlite_db: Database
) -> Callable[..., dict[str, tuple[str, str, str]]]:
    """What each step but the way in says: `at(campaign="none", ALLY_NUMBER="...")`, by what it is about."""
    there.reset()

    def look(**changes: str) -> dict[str, tuple[str, str, str]]:
        switches = {name: value for name, value in changes.items() if name.islower()}
        there.misbehave(**{"inbound_url": INBOUND + RETRY, **switches})
        public = {"ALLY_NUMBER": NUMBER, "ALLY_PUBLIC_URL": "https://texts.example.org"}
        settings = make_settings(**{**public, **_settings(there, changes)})
        return {
            one.about: (one.state, one.says, one.fix)
            for step in steps.steps(settings, sqlite_db)
            if step.title != "Way in"
            for one in steps.look(step)
        }

    return look


def _settings(there: Local, changes: dict[str, str]) -> dict[str, str]:
    usual = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_BASE_URL": there.url,
        "TWILIO_MESSAGING_SERVICE_SID": SERVICE,
    }
    return usual | {name: value for name, value in changes.items() if name.isupper()}


def test_with_all_in_place_only_the_first_text_and_the_templates_are_left(
    at: Callable[..., dict[str, tuple[str, str, str]]],
) -> None:
    found = at()
    left = {about for about, (state, _, _) in found.items() if state == "broken"}
    assert left == {"a text in", "a text out", "templates"}
    assert found["templates"][2] == "ally whatsapp push"
    assert found["stop"][0] == "warning", "no API tells who answers STOP: a person looks"


@pytest.mark.parametrize(
    ("changes", "about", "state", "says"),
    [
        ({"ALLY_NUMBER": "+15125550199"}, "number", "broken", "does not have"),
        ({"ALLY_NUMBER": "+15125550199"}, "messaging service", "broken", "not among"),
        ({"TWILIO_MESSAGING_SERVICE_SID": ""}, "messaging service", "broken", "none is set"),
        ({"TWILIO_MESSAGING_SERVICE_SID": "MG" + "2" * 32}, "messaging service", "broken", "no such"),
        ({"campaign": "none"}, "A2P 10DLC campaign", "broken", "not begun"),
        ({"campaign": "IN_PROGRESS"}, "A2P 10DLC campaign", "warning", "under review"),
        ({"campaign": "FAILED"}, "A2P 10DLC campaign", "broken", "not approved"),
        ({"inbound_url": "https://elsewhere.example.org/"}, "webhook", "broken", "elsewhere"),
        ({"inbound_url": INBOUND}, "webhook", "warning", "no tries again"),
        ({"whatsapp_sender": "none"}, "whatsapp sender", "warning", "none"),
        ({"whatsapp_sender": "CREATING"}, "whatsapp sender", "warning", "not send yet"),
        ({"TWILIO_AUTH_TOKEN": "wrong"}, "registration", "broken", "does not tell"),
    ],
)
def test_what_is_left_is_named_with_its_fix(
    at: Callable[..., dict[str, tuple[str, str, str]]],
    changes: dict[str, str],
    about: str,
    state: str,
    says: str,
) -> None:
    found = at(**changes)[about]
    assert found[0] == state
    assert says in found[1]
    assert found[2], "a fix is named"


def test_both_ways_hold_once_a_text_came_and_one_arrived(house: Installation) -> None:
    house.text("menu")
    step = Step("First text", lambda: steps.first_text(house.bot.db, house.bot.settings))
    assert [one.state for one in steps.look(step)] == ["ok", "broken"]


def test_the_registration_fits_its_form_and_says_what_families_get(library: FileLibrary) -> None:
    found = entries(library.book, "Ally, Cedar Valley Schools", KNOWN)
    assert [one.name for one in found if one.fault] == []
    by_name = {one.name: one.text for one in found}
    samples = [one.text for one in found if one.kind == "sample"]
    assert 2 <= len(samples) <= 5
    assert all("{" not in one.text for one in found)
    assert "HELP" in by_name["Opt-in message"] or "STOP" in by_name["Opt-in message"]
    assert by_name["Help message"].startswith("Ally, Cedar Valley Schools")
    for word in by_name["Opt-out keywords"].split(", "):
        assert opt_out.keyword(word, stopped=False) == "stop", word
    for word in by_name["Help keywords"].split(", "):
        assert opt_out.keyword(word, stopped=False) == "help", word
    for word in by_name["Opt-in keywords"].split(", "):
        assert opt_out.keyword(word, stopped=True) == "start", word


def test_a_text_that_no_form_takes_is_told() -> None:
    assert registration.Entry("x", "sample", "short").fault == "5 characters; 20 to 1024 are taken"


def test_the_command_ends_with_one_while_something_is_left(
    there: Local, tmp_path: Path, keys: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = Path(__file__).parents[2]
    there.reset()
    environment = _settings(there, {}) | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'ally.db'}",
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "ALLY_NUMBER": NUMBER,
        "ALLY_PUBLIC_URL": there.house.url,
        "ALLY_FLOWS": str(root / "flows"),
        "ALLY_MESSAGES": str(root / "messages"),
    }
    walked = CliRunner().invoke(golive, [], env=environment)
    assert walked.exit_code == 1, walked.output
    assert "1. Account\n   done" in walked.output
    assert "   TO DO   templates" in walked.output
    assert "Then: ally golive" in walked.output
    told = CliRunner().invoke(golive, ["texts"], env=environment)
    assert told.exit_code == 0, told.output
    assert "Sample message 5" in told.output
