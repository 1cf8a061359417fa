"""What broadcasts work with: handed over once by wiring, the same in every process."""

from dataclasses import dataclass
from typing import Protocol

from bot.flow.book import Book
from bot.ports import Clock, Queue
from bot.store.database import Database
from bot.store.vault import Vault


class Library(Protocol):
    """The words in force; they may be exchanged while the service runs."""

    @property
    def book(self) -> Book:
        """Flows, phrases and catalogs."""


@dataclass(frozen=True, slots=True)
class Broadcasting:
    """The parts of every broadcast."""

    db: Database
    vault: Vault
    clock: Clock
    queue: Queue
    library: Library
    program: str
    """The program's name as families read it"""
    withhold_unreviewed: bool = False
    """Whether a translation that nobody has read is treated as if it were not there"""
    approval_above: int | None = None
    """To more people than this a second person must agree; None: never"""
    segments_per_second: float | None = None
    """The rate of the sender; None: as fast as the carrier takes them"""
