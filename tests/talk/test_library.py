"""Flows and words are read whole or refused whole; a running service keeps the last good version."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.talk.library import FileLibrary, Folders
from bot.words.yaml_tree import FilesBroken
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import ROOT
from tests.servers.local_carrier import wait_until

BROKEN = {
    "flows/menu.yaml": "flow: menu\nsteps: {a: {sya: Hi}}\n",
    "flows/always.yaml": "always: everywhere\n",
    "messages/heard/es.yaml": "heard: es\ntopics: [",
    "messages/es/LC_MESSAGES/ally.po": 'msgid "unfinished\n',
}


@pytest.fixture
def words(tmp_path: Path) -> Folders:
    """A copy of what is shipped, in two languages: they are read often here."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    shutil.copytree(ROOT / "messages/es", tmp_path / "messages/es")
    (tmp_path / "messages/heard").mkdir()
    for file in ("ally.pot", "heard/en.yaml", "heard/es.yaml"):
        shutil.copyfile(ROOT / "messages" / file, tmp_path / "messages" / file)
    shutil.copytree(ROOT / "bot/school/facts", tmp_path / "facts")
    return Folders(tmp_path / "flows", tmp_path / "messages", tmp_path / "facts")


def greet(words: Folders, text: str) -> None:
    path = words.flows / "welcome.yaml"
    path.write_text(
        f'flow: welcome\nabout: Hello\nfirst: hello\nsteps:\n  hello: {{say: "{text}", end: yes}}\n'
    )


def greeting(library: FileLibrary) -> str:
    said = library.book.flows["welcome"].steps["hello"].say
    assert said is not None
    return said.other


@pytest.mark.parametrize(("file", "content"), BROKEN.items())
def test_a_broken_file_is_refused_at_the_start(
    words: Folders, tmp_path: Path, file: str, content: str
) -> None:
    (tmp_path / file).write_text(content)
    with pytest.raises(FilesBroken) as refused:
        FileLibrary(words)
    assert file.rsplit("/", maxsplit=1)[-1] in str(refused.value)


def test_the_faults_of_every_file_are_told_together(words: Folders, tmp_path: Path) -> None:
    for file, content in BROKEN.items():
        (tmp_path / file).write_text(content)
    with pytest.raises(FilesBroken) as refused:
        FileLibrary(words)
    told = str(refused.value)
    assert [file for file in BROKEN if file.split("/")[-1] not in told] == []


@pytest.mark.parametrize(("file", "content"), BROKEN.items())
def test_a_running_service_keeps_the_last_good_version(
    words: Folders, tmp_path: Path, file: str, content: str
) -> None:
    library = FileLibrary(words)
    book, good = library.book, (tmp_path / file).read_text()
    (tmp_path / file).write_text(content)
    assert library.reload_if_changed(), "the faults are told"
    assert library.book is book
    assert library.reload_if_changed() == [], "once, not every second"
    (tmp_path / file).write_text(good)
    assert library.reload_if_changed() == []
    assert library.book is not book, "right again, and in force again"


def test_two_files_changed_together_come_into_force_together_or_not_at_all(words: Folders) -> None:
    library = FileLibrary(words)
    before = greeting(library)
    greet(words, "Good day")
    (words.flows / "menu.yaml").write_text("flow: menu\n")
    assert library.reload_if_changed()
    assert greeting(library) == before


def test_a_watched_library_takes_a_new_version_and_says_so(words: Folders) -> None:
    library = FileLibrary(words)
    told: list[object] = []
    remembered: list[bool] = []
    stop = library.watch(told.append, lambda: remembered.append(True), every=0.01)
    greet(words, "Good day")
    wait_until(lambda: remembered)
    assert greeting(library) == "Good day"
    (words.flows / "welcome.yaml").write_text("flow: welcome\n")
    wait_until(lambda: told)
    stop.set()
    assert greeting(library) == "Good day"


def test_old_revisions_outlive_a_restart(
    words: Folders, db: Database, clock: SettableClock, open_database: Callable[[str], Database]
) -> None:
    """A conversation that stands on yesterday's flow goes on with it in a process started today."""
    greet(words, "Yesterday")
    library = FileLibrary(words)
    library.remember_revisions(db, clock)
    old = library.book.flows["welcome"].revision
    greet(words, "Today")
    fresh = FileLibrary(words)
    assert ("welcome", old) not in fresh.book.older
    fresh.remember_revisions(db, clock)
    said = fresh.book.older["welcome", old].steps["hello"].say
    assert said is not None
    assert said.other == "Yesterday"
    assert greeting(fresh) == "Today"
