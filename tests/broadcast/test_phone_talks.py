"""Every talk of a teacher's phone goes as it is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store.database import Database
from bot.store.vault import Vault
from bot.talk.library import FileLibrary
from tests.broadcast.conftest import Campus
from tests.broadcast.phone_stage import FOLDER, PhoneStage, play, read, written
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import ROOT


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_it_goes_as_it_is_written(
    path: Path,
    sqlite_db: Database,
    vault: Vault,
    clock: SettableClock,
    library: FileLibrary,
    make_settings: Callable[..., Settings],
) -> None:
    talk = read(path)
    settings = make_settings(ALLY_MESSAGES=str(ROOT / "messages"))
    went = play(PhoneStage(Campus(sqlite_db, vault, clock, library), library, settings), talk)
    source = path.read_text("utf-8")
    assert went == talk.turns, f"When it is right as it goes now, write:\n{written(source, went)}"
