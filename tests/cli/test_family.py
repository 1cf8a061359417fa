"""`ally family`: all that is held for one number, opened; or erased."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.family import family
from bot.store import contacts, media, pictures, threads
from bot.store.database import Database
from bot.store.inbound import Inbound
from bot.store.pictures import Picture
from bot.store.vault import Vault


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


def test_pictures_of_both_sides_are_written_out(
    command: Callable[..., tuple[int, str]], demo_db: Database, vault: Vault, tmp_path: Path
) -> None:
    """What the family sent, and what the school sent along."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with demo_db.write() as session:
        contact = contacts.by_number_hash(session, vault.fingerprint("+15125550103"))
        assert contact is not None
        thread_id = threads.open_new(
            session, contact.id or 0, to="office", topic="question", school_id=None, now=now
        )
        text = Inbound(
            sid="SM1", contact_id=contact.id or 0, channel="sms", thread_id=thread_id, received_at=now
        )
        session.add(text)
        session.flush()
        media.want(session, text.id or 0, 1, now, keep=True)
        (errand,) = media.due(session, now, 1)
        sealed = vault.seal_bytes(b"theirs", media.CONTENT)
        media.keep(session, errand.waiting[0], sealed, "image/png", 6)
        ours = vault.seal_bytes(b"ours", pictures.CONTENT)
        told: dict[str, Any] = {"thread_id": thread_id, "digest": "d", "kind": "image/jpeg", "size": 4}
        pictures.add(session, Picture(content=ours, created_at=now, **told))
    folder = tmp_path / "files"
    assert command("show", "512-555-0103", "--files", str(folder))[0] == 0
    assert sorted(file.read_bytes() for file in folder.iterdir()) == [b"ours", b"theirs"]
    assert sorted(file.suffix for file in folder.iterdir()) == [".jpeg", ".png"]
