"""What the tests of hearing share: the shipped sentences, read once."""

from pathlib import Path

import pytest

from bot.hear.heard import Heard, read_heard
from bot.hear.understand import Hearing

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def heard() -> Heard:
    """The words of every language."""
    return read_heard(ROOT / "messages" / "heard")


@pytest.fixture(scope="session")
def hearing(heard: Heard) -> Hearing:
    """Hearing with the shipped sentences."""
    return Hearing(heard)
