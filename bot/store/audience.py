"""Whom a broadcast goes to, as SQL: counted by language in one statement, or read page by page.

A contact counts once, in however many families and with however many children it is. Nothing is opened here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, exists, func, or_, select
from sqlmodel import Session, SQLModel

from bot.store.audience_ways import Chosen, Within, is_member, is_reached, ways

_CONTACTS: Final = SQLModel.metadata.tables["contact"]
_LINKS: Final = SQLModel.metadata.tables["family_contact"]
_CHILDREN: Final = SQLModel.metadata.tables["student"]
_IN_CLASS: Final = SQLModel.metadata.tables["student_class"]
_CLASSES: Final = SQLModel.metadata.tables["school_class"]
_TEACH: Final = SQLModel.metadata.tables["class_teacher"]
_CONSENTS: Final = SQLModel.metadata.tables["consent_event"]
_PRIME: Final = 2_147_483_647
_FACTOR: Final = 48_271
"""A Lehmer step: which contacts they are shows in a sum of such numbers, in whatever order they come"""


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides who is left out of a broadcast."""

    unwanted: tuple[str, ...] = ()
    """Wishes of a contact that such a text does not suit"""
    asked_only: bool = False
    """Only those who asked expressly for texts beyond the school's mission"""
    landlines: Collection[int] = ()
    """Codes of the carrier that mean a landline"""


@dataclass(frozen=True, slots=True)
class Group:
    """The contacts of an audience that read one language, and sums that say which they are."""

    language: str | None
    contacts: int
    """That get the text"""
    new: int
    """Of them those to whom it is the first"""
    whatsapp: int
    """Of them those who write there"""
    left_out: dict[str, int]
    """By reason"""
    every: int
    ids: int
    """Sum of the ids of every one"""
    mixed: int
    """Sum of a number made of each id"""


@dataclass(frozen=True, slots=True)
class Member:
    """One contact of an audience."""

    contact_id: int
    language: str | None
    reason: str | None
    is_new: bool
    channel: str
    name: bytes | None


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a contact who is the reason for the text, with its name still sealed."""

    contact_id: int
    student_id: int
    name: bytes
    school_id: int


def groups(session: Session, chosen: Chosen, within: Within, terms: Terms) -> list[Group]:
    """The audience by language. Sums of one pass: a group for each reason would have all of them sorted."""
    c = _CONTACTS.c
    whens = _reasons(terms)
    over = [(when, 0) for when, _ in whens]
    known = cast(c.id, BigInteger)
    sums = [
        func.count(),
        func.sum(known),
        func.sum((known * _FACTOR) % _PRIME),
        func.sum(case(*over, (c.noticed_at.is_(None), 1), else_=0)),
        func.sum(case(*over, (c.channel == "whatsapp", 1), else_=0)),
    ]
    for place, (when, _) in enumerate(whens):
        sums.append(func.sum(case(*over[:place], (when, 1), else_=0)))
    wanted = select(c.language, *sums).where(is_member(chosen, within)).group_by(c.language)
    found = []
    for language, every, ids, mixed, new, whatsapp, *numbers in session.connection().execute(wanted):
        left_out = {name: int(number) for (_, name), number in zip(whens, numbers, strict=True) if number}
        gets = every - sum(left_out.values())
        found.append(Group(language, gets, int(new), int(whatsapp), left_out, every, int(ids), int(mixed)))
    return found


def families(session: Session, chosen: Chosen, within: Within) -> tuple[int, int]:
    """How many families are meant, and how many of these have no number at all."""
    theirs = [child for child, _ in ways(chosen, within, families=True)]
    if not theirs:
        return 0, 0
    here = _CHILDREN.c.left_at.is_(None)
    some = select(_CHILDREN.c.family_id).where(here, or_(*theirs)).distinct().subquery()
    link = exists(
        select(_LINKS.c.family_id).where(
            _LINKS.c.family_id == some.c.family_id, _LINKS.c.unlinked_at.is_(None)
        )
    )
    ask = session.connection().execute
    if session.get_bind().dialect.name == "sqlite":
        both = select(func.count(), func.count(case((~link, 1)))).select_from(some)
        every, without = ask(both).one()
        return int(every), int(without)
    # PostgreSQL looks each family up for a CASE, and joins for a WHERE.
    count = select(func.count()).select_from(some)
    return int(ask(count).scalar_one()), int(ask(count.where(~link)).scalar_one())


def family_ids(session: Session, chosen: Chosen, within: Within, *, after: int = 0, limit: int) -> list[int]:
    """The next families that are meant, by id, with a number or without."""
    theirs = [child for child, _ in ways(chosen, within, families=True)]
    if not theirs:
        return []
    k = _CHILDREN.c
    here = k.left_at.is_(None), k.family_id > after, or_(*theirs)
    some = select(k.family_id).where(*here).distinct().order_by(k.family_id).limit(limit)
    return list(session.connection().execute(some).scalars())


def child_names(session: Session, within: Within, family_ids: Collection[int]) -> dict[int, list[bytes]]:
    """Names of the children of these families to whom there is a way, sealed, context student.name."""
    k = _CHILDREN.c
    some = select(k.family_id, k.name).where(
        k.family_id.in_(family_ids), k.left_at.is_(None), is_reached(within)
    )
    found: dict[int, list[bytes]] = {}
    for family_id, name in session.connection().execute(some.order_by(k.id)):
        found.setdefault(family_id, []).append(name)
    return found


def page(
    session: Session, chosen: Chosen, within: Within, terms: Terms, *, after: int, limit: int, many: bool
) -> list[Member]:
    """The next contacts of the audience by id. `many`: a good part of all contacts are in it.

    For many each contact is looked at in turn; for few they are found first and put in order.
    """
    c = _CONTACTS.c
    wanted = (
        select(c.id, c.language, _reason(terms), c.noticed_at.is_(None), _channel(), c.name)
        .where(is_member(chosen, within, each=many), c.id > after)
        .order_by(c.id)
        .limit(limit)
    )
    return [
        Member(id_, language, reason, bool(new), channel, name)
        for id_, language, reason, new, channel, name in session.connection().execute(wanted)
    ]


def members(session: Session, terms: Terms, contact_ids: Collection[int]) -> list[Member]:
    """These contacts as they are now, by id; who belongs to no family any more is left out as no_number."""
    c = _CONTACTS.c
    linked = exists(
        select(_LINKS.c.family_id).where(_LINKS.c.contact_id == c.id, _LINKS.c.unlinked_at.is_(None))
    )
    reason = case((~linked, "no_number"), else_=_reason(terms))
    wanted = select(c.id, c.language, reason, c.noticed_at.is_(None), _channel(), c.name)
    found = session.connection().execute(wanted.where(c.id.in_(contact_ids)).order_by(c.id))
    return [Member(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in found]


def children(
    session: Session, chosen: Chosen, within: Within, contact_ids: Collection[int]
) -> dict[int, list[Child]]:
    """For whose sake each of these contacts is written to, oldest row first."""
    theirs = [child for child, _ in ways(chosen, within)]
    if not theirs or not contact_ids:
        return {}
    k = _CHILDREN.c
    wanted = (
        select(_LINKS.c.contact_id, k.id, k.name, k.school_id)
        .join(_LINKS, _LINKS.c.family_id == k.family_id)
        .where(
            _LINKS.c.contact_id.in_(contact_ids),
            _LINKS.c.unlinked_at.is_(None),
            k.left_at.is_(None),
            or_(*theirs),
        )
        .distinct()
        .order_by(k.id)
    )
    found: dict[int, list[Child]] = {}
    for row in session.connection().execute(wanted):
        found.setdefault(row[0], []).append(Child(*row))
    return found


def read_about(session: Session, chosen: Chosen, within: Within, terms: Terms) -> set[int]:
    """Ids of the children for whose sake somebody gets the text."""
    k, c = _CHILDREN.c, _CONTACTS.c
    wanted = (
        select(k.id)
        .join(_LINKS, _LINKS.c.family_id == k.family_id)
        .join(_CONTACTS, c.id == _LINKS.c.contact_id)
        .where(
            _LINKS.c.unlinked_at.is_(None),
            k.left_at.is_(None),
            _reason(terms).is_(None),
            or_(*(and_(child, reader) for child, reader in ways(chosen, within))),
        )
        .distinct()
    )
    return set(session.connection().execute(wanted).scalars())


def classes_of(
    session: Session, student_ids: Collection[int], among: Collection[int]
) -> dict[int, list[str]]:
    """Titles of the classes, among these, that each of these children is in."""
    wanted = (
        select(_IN_CLASS.c.student_id, _CLASSES.c.title)
        .join(_CLASSES, _CLASSES.c.id == _IN_CLASS.c.class_id)
        .where(_IN_CLASS.c.student_id.in_(student_ids), _CLASSES.c.id.in_(among))
        .order_by(_CLASSES.c.title)
    )
    found: dict[int, list[str]] = {}
    for student_id, title in session.connection().execute(wanted):
        found.setdefault(student_id, []).append(title)
    return found


def contacts_in_all(session: Session) -> int:
    """How many contacts there are."""
    return int(session.connection().execute(select(func.count()).select_from(_CONTACTS)).scalar_one())


def _channel() -> ColumnElement[Any]:
    return case((_CONTACTS.c.channel == "whatsapp", "whatsapp"), else_="sms")


def _reason(terms: Terms) -> ColumnElement[Any]:
    return case(*_reasons(terms), else_=None)


def _reasons(terms: Terms) -> list[tuple[ColumnElement[bool], str]]:
    """Why somebody gets nothing, the weightiest first."""
    c = _CONTACTS.c
    whens: list[tuple[ColumnElement[bool], str]] = [
        (c.erased_at.is_not(None), "no_number"),
        (c.consent == "stopped", "opted_out"),
        (and_(c.dead_at.is_not(None), c.failing_code.in_(terms.landlines)), "landline"),
        (c.dead_at.is_not(None), "dead_number"),
    ]
    if terms.unwanted:
        whens.append((c.wants.in_(terms.unwanted), "not_wanted"))
    if terms.asked_only:
        whens.append((c.id.not_in(_asked()), "no_consent"))
    return whens


def _asked() -> Select[Any]:
    """Whose latest word on texts beyond the school's mission is yes."""
    e = _CONSENTS.c
    kinds = ("beyond_on", "beyond_off", "stopped", "wrong_number")
    last = select(func.max(e.id)).where(e.kind.in_(kinds)).group_by(e.contact_id)
    return select(e.contact_id).where(e.id.in_(last), e.kind == "beyond_on")


def taught_classes(session: Session, staff_id: int) -> Sequence[int]:
    """Ids of the classes that a person teaches now."""
    mine = (
        select(_TEACH.c.class_id)
        .join(_CLASSES, _CLASSES.c.id == _TEACH.c.class_id)
        .where(_TEACH.c.staff_id == staff_id, _CLASSES.c.gone_at.is_(None))
    )
    return session.connection().execute(mine).scalars().all()
