"""The threads that one person may see, in the order in which they are to be answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, true
from sqlmodel import Session, col, select

from bot.store import contacts, teachers
from bot.store.contacts import Contact
from bot.store.families import FamilyContact
from bot.store.name_words import named
from bot.store.schools import School
from bot.store.thread_texts import ThreadSeen
from bot.store.threads import URGENT, Thread

Show = Literal["open", "snoozed", "closed"]
SHOWN: Final[tuple[Show, ...]] = ("open", "snoozed", "closed")


@dataclass(frozen=True, slots=True)
class Place:
    """Schools at which somebody sees all but some languages."""

    school_ids: frozenset[int | None]
    """None among them: threads of which no school is known"""
    hidden: frozenset[str]
    """Languages (es, not es_MX) that are left to colleagues who speak them"""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see; their own threads are always among it."""

    account_id: int
    staff_id: int | None = None
    everywhere: bool = False
    places: tuple[Place, ...] = ()
    teaches: bool = False
    """Whether threads for a teacher of a child whom they teach are theirs"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see of it."""

    show: Show = "open"
    school_id: int | None = None
    language: str | None = None
    topic: str | None = None
    mine: bool = False
    unread: bool = False
    number_hash: str | None = None
    """Only threads of the number with this keyed hash"""
    name_words: tuple[str, ...] = ()
    """Only of contacts whose names have all these words; each as its keyed hash"""
    thread_id: int | None = None
    broadcast_id: int | None = None
    """Only threads that answer this broadcast, closed ones too"""

    @property
    def narrows(self) -> bool:
        """Whether it leaves out threads that wait."""
        chosen = (self.school_id, self.language, self.topic)
        return self.show != "open" or self.mine or self.unread or any(one is not None for one in chosen)

    @property
    def is_search(self) -> bool:
        """Whether somebody or something is looked for: then what is put off or closed is found too."""
        return bool(self.name_words) or any(
            one is not None for one in (self.number_hash, self.thread_id, self.broadcast_id)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One thread in the list."""

    id: int
    contact_id: int
    name: bytes | None
    """Sealed, context contact.name"""
    language: str | None
    school_id: int | None
    school: str | None
    topic: str
    to: str
    state: str
    opened_at: datetime
    asked_at: datetime | None
    promised_at: datetime | None
    escalated_at: datetime | None
    answered_at: datetime | None
    snoozed_until: datetime | None
    account_id: int | None
    staff_id: int | None
    claimed_by: int | None
    claimed_until: datetime | None
    last_inbound_id: int | None
    last_reply_id: int | None
    is_unread: bool
    is_listed: bool
    """Whether the contact belongs to a family; else the school is only that whose people look after it"""


_COLUMNS: Final = (
    "id", "contact_id", "school_id", "topic", "to", "state", "opened_at", "asked_at", "promised_at",
    "escalated_at", "answered_at", "snoozed_until", "account_id", "staff_id", "claimed_by", "claimed_until",
    "last_inbound_id", "last_reply_id",
)  # fmt: skip


def rows(
    session: Session, scope: Scope, filters: Filters, now: datetime, *, limit: int = 50, offset: int = 0
) -> list[Row]:
    """One page: danger first, then who has waited longest for an answer, then what was answered.

    Never by what changed last: a thread does not sink when somebody touches it.
    """
    first = case((col(Thread.topic) == URGENT, 0), else_=1)
    waits = case((col(Thread.state) == "closed", 2), (col(Thread.asked_at).is_(None), 1), else_=0)
    latest = filters.show == "closed"
    order: list[Any] = (
        [col(Thread.closed_at).desc(), col(Thread.id).desc()]
        if latest
        else [first, waits, col(Thread.asked_at), col(Thread.id)]
    )
    columns = [getattr(Thread, name) for name in _COLUMNS]
    found = (
        _threads(scope, filters, now)
        .with_only_columns(
            col(Contact.name),
            col(Contact.language),
            col(School.name),
            _is_unread(scope),
            _is_listed(),
            *columns,
        )
        .order_by(*order)
    )
    told = session.connection().execute(found.limit(limit).offset(offset))
    return [
        Row(name=name, language=language, school=school, is_unread=bool(unread), is_listed=bool(listed),
            **dict(zip(_COLUMNS, rest, strict=True)))
        for name, language, school, unread, listed, *rest in told
    ]  # fmt: skip


def number(session: Session, scope: Scope, filters: Filters, now: datetime) -> int:
    """How many there are in all."""
    found = _threads(scope, filters, now).with_only_columns(func.count())
    return int(session.connection().execute(found).scalar() or 0)


def may_see(session: Session, scope: Scope, thread_id: int) -> bool:
    """Whether this person may see a thread, open or not."""
    found = select(Thread.id).join(Contact, col(Contact.id) == col(Thread.contact_id))
    mine = found.where(col(Thread.id) == thread_id, visible(scope))
    return session.exec(mine).first() is not None


def choices(session: Session, scope: Scope, now: datetime) -> tuple[list[str], list[str]]:
    """Languages and topics that open threads are in, for the filters."""
    found = _threads(scope, Filters(), now)
    languages = found.with_only_columns(col(Contact.language)).distinct()
    topics = found.with_only_columns(col(Thread.topic)).distinct()
    told = session.connection()
    return (
        sorted(one for one in told.execute(languages).scalars() if one),
        sorted(one for one in told.execute(topics).scalars() if one),
    )


def visible(scope: Scope) -> ColumnElement[bool]:
    """As a condition on Thread joined with Contact."""
    if scope.everywhere:
        return true()
    ways = [col(Thread.account_id) == scope.account_id]
    if scope.staff_id is not None:
        ways.append(col(Thread.staff_id) == scope.staff_id)
        if scope.teaches:
            ways.append(_of_taught(scope.staff_id))
    ways += [_at(place) for place in scope.places]
    return or_(*ways) if ways else false()


def _threads(scope: Scope, filters: Filters, now: datetime) -> Any:
    return (
        select(Thread)
        .join(Contact, col(Contact.id) == col(Thread.contact_id))
        .join(School, col(School.id) == col(Thread.school_id), isouter=True)
        .where(visible(scope), *_wanted(scope, filters, now))
    )


def _wanted(scope: Scope, filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    these = [*_stands(filters, now), *_looked_for(filters)]
    if filters.school_id is not None:
        these.append(col(Thread.school_id) == filters.school_id)
    if filters.language:
        these.append(col(Contact.language) == filters.language)
    if filters.topic:
        these.append(col(Thread.topic) == filters.topic)
    if filters.mine:
        own = [col(Thread.account_id) == scope.account_id]
        own += [col(Thread.staff_id) == scope.staff_id] if scope.staff_id is not None else []
        these.append(or_(*own))
    if filters.unread:
        these.append(_is_unread(scope))
    return these


def _stands(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    """Open, put off or closed; a search among the open ones looks everywhere."""
    asleep = and_(col(Thread.snoozed_until).is_not(None), col(Thread.snoozed_until) > now)
    if filters.show == "closed":
        return [col(Thread.state) == "closed"]
    if filters.show == "snoozed":
        return [col(Thread.state) == "open", asleep]
    return [] if filters.is_search else [col(Thread.state) == "open", ~asleep]


def _looked_for(filters: Filters) -> list[ColumnElement[bool]]:
    these: list[ColumnElement[bool]] = []
    if filters.number_hash is not None:
        these.append(col(Contact.number_hash) == filters.number_hash)
    if filters.name_words:
        these.append(col(Thread.contact_id).in_(named(filters.name_words)))
    if filters.thread_id is not None:
        these.append(col(Thread.id) == filters.thread_id)
    if filters.broadcast_id is not None:
        these.append(col(Thread.broadcast_id) == filters.broadcast_id)
    return these


def _is_unread(scope: Scope) -> ColumnElement[bool]:
    read = exists().where(
        col(ThreadSeen.thread_id) == col(Thread.id),
        col(ThreadSeen.account_id) == scope.account_id,
        col(ThreadSeen.inbound_id) >= func.coalesce(Thread.last_inbound_id, 0),
    )
    return ~read


def _is_listed() -> ColumnElement[bool]:
    return exists().where(
        col(FamilyContact.contact_id) == col(Contact.id), col(FamilyContact.unlinked_at).is_(None)
    )


def _at(place: Place) -> ColumnElement[bool]:
    ids = [one for one in place.school_ids if one is not None]
    here: ColumnElement[bool] = col(Thread.school_id).in_(ids)
    if None in place.school_ids:
        here = or_(here, col(Thread.school_id).is_(None))
    if not place.hidden:
        return here
    return and_(here, or_(col(Contact.language).is_(None), ~contacts.speaks(place.hidden)))


def _of_taught(staff_id: int) -> ColumnElement[bool]:
    return and_(col(Thread.to) == "teacher", col(Thread.contact_id).in_(teachers.families_of(staff_id)))
