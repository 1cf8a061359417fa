"""No text and no number in any log, and none of them open in the database's files."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import log_lines
from bot.talk.closing import close_thread
from bot.talk.parts import Talk
from tests.fixtures.installation import ENGLISH, SPANISH, TOKEN
from tests.web.conftest import Door
from tests.web.test_hooks import broken_commits

SECRET = "Zanahoria"
"""A word that stands nowhere but in the texts of this test"""
NUMBERS = ("5125550101", "512-555-0101", "5125550103", "512-555-0103")


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """What a test sets up of the log is gone with it."""
    yield
    structlog.reset_defaults()


def everything_that_happens(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of texts: answered, refused, repeated, lost and found."""
    for words in ("Hello", SECRET, f"{SECRET} menu", "1", "person", f"{SECRET} is sick", "ALTO", "START"):
        door.knock(door.form(f"{words}"))
        door.knock(door.form(words, SPANISH))
    thread = door.house.thread()
    if thread is not None:
        close_thread(door.house.bot.talk, thread.id or 0)
    door.knock(door.form(SECRET), token="wrong")
    door.knock(door.form(SECRET, Body="x" * 6000))
    door.knock(door.form(SECRET, "FACEBOOK"))
    door.knock(door.form(SECRET, f"{ENGLISH}x"))
    with broken_commits():
        door.knock(door.form(SECRET))
    door.knock({"MessageSid": "SM" + "a" * 32, "MessageStatus": "delivered", "To": ENGLISH}, "/twilio/status")
    door.app.test_client().get("/health")
    door.app.test_client().get(f"/{SECRET}")
    monkeypatch.setattr("bot.web.hooks.receive", _breaks)
    assert door.knock(door.form(SECRET)).status_code == 503


def _breaks(_talk: Talk, text: object) -> None:
    raise ValueError(f"cannot take {text}")


def test_logs_hold_ids_and_no_text_number_or_secret(
    door: Door,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    log_lines.configure(readable=False)
    everything_that_happens(door, monkeypatch)
    out, err = capfd.readouterr()
    logged = out + err + caplog.text
    assert '"event": "inbound"' in logged
    assert "signature_refused" in logged
    assert '"thread": 1, "to": "liaison", "event": "person_asked"' in logged
    assert "unexpected" in logged
    assert SECRET not in logged
    assert TOKEN not in logged
    assert re.findall(r"555.?01\d\d", logged) == []


def test_the_files_of_the_database_hold_no_text_and_no_number(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not door.house.bot.db.is_sqlite:
        return
    everything_that_happens(door, monkeypatch)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    for path in files:
        raw = path.read_bytes()
        for word in (SECRET, "Elena", "Morales", "Dana", *NUMBERS, "Hello! I help"):
            assert word.encode() not in raw, f"{word} in {path.name}"


def test_rows_hold_no_text_and_no_number_on_either_database(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything_that_happens(door, monkeypatch)
    engine = door.house.bot.db.engine
    with engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if door.house.bot.db.is_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).scalars()
        dump = repr([connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in list(tables)])
    for word in (SECRET, "Elena", "Dana", *NUMBERS, "Hello! I help families of"):
        assert word not in dump
