"""What the tests of the engine share: everything that is shipped, read once."""

from pathlib import Path

import pytest

from bot.flow.book import Book
from bot.hear.understand import Hearing
from bot.school import rights
from bot.talk.library import FileLibrary, Folders

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def library() -> FileLibrary:
    """The shipped flows, texts, facts and sentences."""
    return FileLibrary(Folders(ROOT / "flows", ROOT / "messages", Path(rights.__file__).parent / "facts"))


@pytest.fixture(scope="session")
def shipped(library: FileLibrary) -> Book:
    """The shipped flows with all they need to speak."""
    return library.book


@pytest.fixture(scope="session")
def hearing(library: FileLibrary) -> Hearing:
    """What parents say."""
    return library.hearing
