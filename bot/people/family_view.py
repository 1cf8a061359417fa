"""One family as staff read it, opened: its people, children's schools, texts, and what colleagues noted.

A teacher gets a part of it: no number, no text, no consent, no note, and of the children the own pupils.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.people.retention import KEPT
from bot.store import (
    broadcast_moves,
    consents,
    contacts,
    family_notes,
    family_texts,
    inbound,
    outbox,
    subscriptions,
    thread_texts,
)
from bot.store.consents import ConsentEvent
from bot.store.contacts import Contact
from bot.store.families import FamilyContact
from bot.store.family_notes import NOTE
from bot.store.family_sight import Sight
from bot.store.family_texts import Got, Line, Pupil
from bot.store.inbox import Scope
from bot.store.thread_texts import OWN, TRANSLATED, WROTE
from bot.store.threads import Thread
from bot.store.vault import Vault, opened
from bot.words.phone import mask

BEST_TIMES: Final = ("morning", "midday", "afternoon", "evening", "weekend")
MOST_TEXTS: Final = 40
_MOST: Final = 20
_AHEAD: Final = timedelta(days=1)
NOT_THE_FAMILYS: Final = ("from_staff", "order")
"""What a text was taken for that somebody wrote as one of the staff; a parent may be a liaison too"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who belongs to a family, or did."""

    id: int
    name: str | None = field(repr=False)
    number: str | None = field(repr=False)
    """Masked; None where the reader need not know it, or it is erased"""
    contact: Contact = field(repr=False)
    link: FamilyContact
    events: tuple[ConsentEvent, ...] = ()
    is_beyond: bool = False
    tips: tuple[str, ...] = ()

    @property
    def best_times(self) -> tuple[str, ...]:
        """When this person likes to be reached."""
        return tuple((self.contact.best_times or "").split(",")) if self.contact.best_times else ()

    @property
    def standing(self) -> str:
        """Whether texts reach this person: erased, stopped, dead, unclear, given, noticed or none."""
        one = self.contact
        if one.erased_at is not None:
            return "erased"
        if one.consent == "stopped":
            return "stopped"
        if one.dead_at is not None:
            return "dead"
        if one.wants == contacts.UNCLEAR:
            return "unclear"
        return "noticed" if one.consent == "none" and one.noticed_at else one.consent


@dataclass(frozen=True, slots=True)
class Meant:
    """The same in another language: of a family's text its translation, of a colleague's what was written."""

    text: str | None = field(repr=False)
    language: str | None
    origin: str
    """How one came to be the other: machine, human or canned"""
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One text, opened."""

    line: Line
    text: str | None = field(repr=False)
    """None: not kept (any more)"""
    language: str | None
    meant: tuple[Meant, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, opened."""

    id: int
    account_id: int | None
    text: str | None = field(repr=False)
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A family as one reader may see it."""

    id: int
    sight: Sight
    people: tuple[Person, ...]
    former: tuple[Person, ...]
    """Whose link was ended"""
    pupils: tuple[Pupil, ...]
    texts: tuple[Said, ...] = ()
    notes: tuple[Noted, ...] = ()
    threads: tuple[Thread, ...] = ()
    broadcasts: tuple[tuple[Got, str], ...] = ()
    """Each with its title"""

    @property
    def names(self) -> dict[int, str]:
        """The name of each of its people, by contact."""
        return {one.id: one.name for one in (*self.people, *self.former) if one.name}

    @property
    def school_id(self) -> int | None:
        """The school under which its lines stand in the log."""
        return self.pupils[0].school_id if self.pupils else None


def seen(
    session: Session,
    vault: Vault,
    family_id: int,
    sight: Sight,
    scope: Scope,
    now: datetime,
    before: datetime | None = None,
) -> Seen:
    """All that this reader may see; `before`: texts ahead of that moment."""
    links = family_texts.links_of(session, [family_id])
    everybody = _people(session, vault, links, with_numbers=sight == "whole")
    people = tuple(one for one in everybody if one.link.unlinked_at is None)
    if sight == "taught":
        pupils = family_texts.pupils(session, [family_id], taught_by=scope.staff_id or 0)
        return Seen(family_id, sight, people, (), tuple(pupils))
    ids = [one.id for one in people]
    return Seen(
        family_id,
        sight,
        people,
        tuple(one for one in everybody if one.link.unlinked_at is not None),
        tuple(family_texts.pupils(session, [family_id])),
        tuple(_texts(session, vault, people, now, before)),
        tuple(_notes(session, vault, family_id)),
        tuple(family_texts.threads_of(session, ids, _MOST)),
        tuple(
            (one, opened(vault, one.title, broadcast_moves.TITLE) or "")
            for one in family_texts.broadcasts_to(session, ids, _MOST)
        ),
    )


def people_of(
    session: Session, vault: Vault, family_id: int
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Who belongs to a family, and who did; numbers masked."""
    links = family_texts.links_of(session, [family_id])
    every = _people(session, vault, links, with_numbers=True)
    here = tuple(one for one in every if one.link.unlinked_at is None)
    return here, tuple(one for one in every if one.link.unlinked_at is not None)


@dataclass(frozen=True, slots=True)
class Listed:
    """One family in a list."""

    id: int
    names: tuple[str, ...] = field(repr=False)
    languages: tuple[str, ...]
    pupils: tuple[Pupil, ...]


def listed(session: Session, vault: Vault, sights: Mapping[int, Sight], scope: Scope) -> list[Listed]:
    """Families with the names of their people, and schools and grades of the children."""
    family_ids = list(sights)
    links = [one for one in family_texts.links_of(session, family_ids) if one.unlinked_at is None]
    rows = contacts.by_ids(session, {one.contact_id for one in links})
    whole = [one for one, sight in sights.items() if sight == "whole"]
    pupils = family_texts.pupils(session, whole)
    pupils += family_texts.pupils(session, set(family_ids) - set(whole), scope.staff_id or 0)
    found = []
    for family_id in family_ids:
        mine = [rows[one.contact_id] for one in links if one.family_id == family_id]
        names = [opened(vault, one.name, contacts.NAME) for one in mine]
        languages = dict.fromkeys(one.language for one in mine if one.language)
        own = tuple(one for one in pupils if one.family_id == family_id)
        found.append(Listed(family_id, tuple(one for one in names if one), tuple(languages), own))
    return found


def _people(
    session: Session, vault: Vault, links: Collection[FamilyContact], *, with_numbers: bool
) -> list[Person]:
    rows = contacts.by_ids(session, {one.contact_id for one in links})
    beyond = consents.beyond_school(session, list(rows)) if with_numbers else set()
    return [
        _person(session, vault, rows[link.contact_id], link, beyond, with_numbers=with_numbers)
        for link in links
    ]


def _person(
    session: Session,
    vault: Vault,
    contact: Contact,
    link: FamilyContact,
    beyond: Collection[int],
    *,
    with_numbers: bool,
) -> Person:
    contact_id, name = contact.id or 0, opened(vault, contact.name, contacts.NAME)
    if not with_numbers:
        return Person(contact_id, name, None, contact, link)
    number = opened(vault, contact.number, contacts.NUMBER)
    return Person(
        contact_id,
        name,
        mask(number) if number else None,
        contact,
        link,
        tuple(consents.of_contact(session, contact_id)),
        contact_id in beyond,
        tuple(one.band for one in subscriptions.of_contact(session, contact_id)),
    )


def _texts(
    session: Session, vault: Vault, people: Collection[Person], now: datetime, before: datetime | None
) -> list[Said]:
    languages = {one.id: one.contact.language for one in people}
    lines = family_texts.between(
        session, list(languages), now - KEPT, before or now + _AHEAD, MOST_TEXTS, NOT_THE_FAMILYS
    )
    meant = _meant(session, vault, lines)
    return [
        Said(
            one,
            opened(vault, one.body, inbound.BODY if one.is_theirs else outbox.BODY),
            one.language or languages.get(one.contact_id),
            meant.get((one.is_theirs, one.id), ()),
        )
        for one in lines
    ]


def _meant(
    session: Session, vault: Vault, lines: Collection[Line]
) -> dict[tuple[bool, int], tuple[Meant, ...]]:
    """What texts are in another language, by (whether it is theirs, row)."""
    theirs = thread_texts.translations_of(session, [one.id for one in lines if one.is_theirs])
    ours = thread_texts.replies_at(session, [one.id for one in lines if not one.is_theirs])
    found = {
        (True, row): tuple(
            Meant(opened(vault, one.body, TRANSLATED), one.locale, one.origin, one.is_reviewed)
            for one in several
        )
        for row, several in theirs.items()
    }
    for row, one in ours.items():
        if one.origin != OWN:
            wrote = Meant(opened(vault, one.wrote, WROTE), one.language, one.origin, one.is_reviewed)
            found[False, row] = (wrote,)
    return found


def _notes(session: Session, vault: Vault, family_id: int) -> list[Noted]:
    return [
        Noted(one.id or 0, one.account_id, opened(vault, one.body, NOTE), one.created_at, one.changed_at)
        for one in family_notes.of_family(session, family_id)
    ]
