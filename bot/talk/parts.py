"""What a talk needs of the house: database, words, look-ups, actions and settings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from sqlmodel import Session

from bot.flow.book import Book
from bot.flow.state import Value
from bot.hear.understand import Hearing
from bot.people.staff_texts import StaffLane
from bot.ports import Clock, Notifier, Queue, Translator
from bot.school.rights import RightsLibrary
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.vault import Vault
from bot.words.glossary import Glossary

SERVED = frozenset({"US", "CA", "PR", "GU", "VI", "AS", "MP"})
"""The United States with their territories, and Canada: one dialling plan, one price"""

LookUps = Callable[[Session, Vault, str, Mapping[str, str], int, date], Sequence[Value]]
"""(session, vault, look-up, where, limit, today) -> results"""


class Library(Protocol):
    """The flows and words in force; they may be exchanged while the service runs."""

    @property
    def book(self) -> Book:
        """Flows, phrases and catalogs."""

    @property
    def hearing(self) -> Hearing:
        """What parents say."""

    @property
    def glossary(self) -> Glossary:
        """The agreed words for what schools say often, by language."""

    @property
    def rights(self) -> RightsLibrary:
        """Facts about rights, told or not."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What an action may work with: one transaction, one contact, what the conversation knows."""

    session: Session
    vault: Vault
    contact: Contact
    values: Mapping[str, Value]
    known: Mapping[str, Value]
    now: datetime
    """Aware; in the school's zone where the person has a school"""
    mails: bool = False
    """Whether staff can be told by e-mail"""
    asked: Callable[[str, str], str] = lambda _flow, _step: ""
    """The version of a question's wording as this person read it, by flow and step; for proof"""


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of an action; the conversation goes on with done or failed."""

    done: bool
    values: Mapping[str, Value] = field(default_factory=dict)


Action = Callable[[Doing], Done]


@dataclass(frozen=True, slots=True)
class Talk:
    """The parts of every conversation with a family."""

    db: Database
    vault: Vault
    clock: Clock
    queue: Queue
    library: Library
    look_up: LookUps
    actions: Mapping[str, Action]
    program: str
    """The program's name as families read it, e.g. Ally of Cedar Valley Schools"""
    stop_by: Literal["carrier", "advanced", "us"] = "carrier"
    withhold_unreviewed: bool = False
    jurisdiction: str = "us"
    """Whose law holds here beside the nation's: us-ca; a flow asks for it as `state.us_ca`"""
    countries: frozenset[str] = SERVED
    """Regions (ISO 3166-1) whose numbers are answered also where nobody knows them"""
    notifier: Notifier | None = None
    """Takes e-mails to staff; None where no mail server is set"""
    translator: Translator | None = None
    """Takes to a machine what may be translated by one (`bot.talk.translating`); None: people translate"""
    pages: str = ""
    """Where the staff's pages are reached, with no / at its end; empty: they are named alone"""
    staff_lanes: Sequence[StaffLane] = ()
    """Who knows what to do with texts that staff write from their own phones, in the order of asking"""
