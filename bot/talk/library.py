"""The flows and words in force: read whole or refused whole, exchanged while the service runs.

A broken file never replaces a good one: the last good version stays until every file is right again.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import structlog

from bot.flow.book import Book, FactText
from bot.flow.load import Flow, load_flow
from bot.flow.shelf import read_shelf
from bot.hear.heard import read_heard
from bot.hear.understand import Hearing
from bot.ports import Clock
from bot.school.rights import NATION, Fact, RightsLibrary, read_rights
from bot.store import revisions
from bot.store.database import Database
from bot.words import catalogs
from bot.words.glossary import Glossary, agreed_words
from bot.words.yaml_tree import Collected, Fault, FilesBroken

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the words of an installation live."""

    flows: Path
    messages: Path
    facts: Path
    jurisdiction: str = NATION
    """The facts of this state hold beside those of the nation"""


@dataclass(frozen=True, slots=True)
class Shelves:
    """Everything read from the folders at one moment."""

    book: Book
    hearing: Hearing
    rights: RightsLibrary
    texts: catalogs.Catalogs
    glossary: Glossary


class FileLibrary:
    """Keeps bot.talk.parts.Library with files; `reload` takes a new version if it is whole."""

    def __init__(self, folders: Folders) -> None:
        """Read everything. Raises FilesBroken with every fault of every file."""
        self._folders = folders
        self._older: dict[tuple[str, str], Flow] = {}
        self._stamp = _stamp(folders)
        self._now = _read(folders, self._older)

    @property
    def book(self) -> Book:
        """Flows, phrases and catalogs."""
        return self._now.book

    @property
    def hearing(self) -> Hearing:
        """What parents say."""
        return self._now.hearing

    @property
    def stamp(self) -> tuple[tuple[str, int], ...]:
        """Of the files as they were last looked at; equal stamps: nothing has changed since."""
        return self._stamp

    @property
    def rights(self) -> RightsLibrary:
        """Facts, told or not, for those who look after them."""
        return self._now.rights

    @property
    def texts(self) -> catalogs.Catalogs:
        """The catalogs, for those who look after translations."""
        return self._now.texts

    @property
    def glossary(self) -> Glossary:
        """The agreed words for what schools say often, by language."""
        return self._now.glossary

    def remember_revisions(self, db: Database, clock: Clock) -> None:
        """Keep today's flows for conversations that will outlive them, and fetch those of the past."""
        with db.write() as session:
            for flow in self.book.flows.values():
                revisions.remember(session, flow.revision, flow.name, flow.source, clock())
            for kept in revisions.every(session):
                self._keep_older(kept.flow, kept.revision, kept.source)

    def _keep_older(self, name: str, revision: str, source: str) -> None:
        try:
            self._older[name, revision] = load_flow(source, f"{name}@{revision}")
        except FilesBroken:
            _log.warning("old_revision_unreadable", flow=name, revision=revision)

    def watch(
        self, tell: Callable[[Fault], None], remember: Callable[[], None], *, every: float = 1.0
    ) -> threading.Event:
        """Look for changed files from a thread of its own, in this process.

        `tell` hears every fault, `remember` is called when a new version is in force. Set the
        event that is returned to end it.
        """
        stop = threading.Event()

        def look() -> None:
            while not stop.wait(every):
                before = self._now
                for fault in self.reload_if_changed():
                    tell(fault)
                if self._now is not before:
                    remember()

        threading.Thread(target=look, name="library", daemon=True).start()
        return stop

    def reload_if_changed(self) -> list[Fault]:
        """Take a new version when a file has changed; the faults where it is broken and the old one stays."""
        stamp = _stamp(self._folders)
        if stamp == self._stamp:
            return []
        self._stamp = stamp
        try:
            fresh = _read(self._folders, self._older)
        except FilesBroken as broken:
            _log.error("files_broken_keeping_last_good", faults=len(broken.faults))
            return broken.faults
        for flow in self.book.flows.values():
            self._older[flow.name, flow.revision] = flow
        self._now = fresh
        return []


def _read(folders: Folders, older: dict[tuple[str, str], Flow]) -> Shelves:
    collected = Collected()
    shelf = collected(read_shelf, folders.flows)
    heard = collected(read_heard, folders.messages / "heard")
    texts = collected(catalogs.load, folders.messages)
    rights = collected(lambda folder: read_rights(folder, folders.jurisdiction), folders.facts)
    glossary = collected(agreed_words, folders.messages)
    if (
        collected.faults
        or shelf is None
        or heard is None
        or texts is None
        or rights is None
        or glossary is None
    ):
        raise FilesBroken(sorted(collected.faults))
    book = Book(
        flows=shelf.flows,
        always=shelf.always,
        phrases=shelf.phrases,
        texts=texts,
        facts=_facts(rights),
        words=heard.answer_words,
        older=older,
    )
    return Shelves(book, Hearing(heard), rights, texts, glossary)


def _facts(rights: RightsLibrary) -> Callable[[str, date], FactText | None]:
    def tell(name: str, today: date) -> FactText | None:
        fact = rights.fact(name, today)
        if not isinstance(fact, Fact):
            return None
        return FactText(fact.plain, fact.source_words, fact.verified_on, bool(fact.written.reviewer))

    return tell


def _stamp(folders: Folders) -> tuple[tuple[str, int], ...]:
    """Names and times of every file that counts; equal stamps mean nothing has changed."""
    files = [*folders.flows.glob("*.yaml"), *folders.facts.glob("*.yaml"), *folders.messages.rglob("*.*")]
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in files))
