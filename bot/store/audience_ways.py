"""Who belongs to an audience, as conditions of SQL: what is chosen, for each way in which it is reached."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.sql.elements import True_
from sqlmodel import SQLModel

from bot.store import tables

_CONTACTS: Final = SQLModel.metadata.tables["contact"]
_FAMILIES: Final = SQLModel.metadata.tables["family"]
_LINKS: Final = SQLModel.metadata.tables["family_contact"]
_CHILDREN: Final = SQLModel.metadata.tables["student"]
_IN_CLASS: Final = SQLModel.metadata.tables["student_class"]
_CLASSES: Final = SQLModel.metadata.tables["school_class"]
_TEACH: Final = SQLModel.metadata.tables["class_teacher"]
_TAUGHT: Final = SQLModel.metadata.tables["student_teacher"]
_TAGS: Final = SQLModel.metadata.tables["family_tag"]
if not tables.TABLES:
    raise RuntimeError("no tables: importing them is what fills the metadata")


@dataclass(frozen=True, slots=True)
class Within:
    """Whose families somebody may write to: of children at schools, in languages there, or taught."""

    schools: frozenset[int] | None = frozenset()
    """All families with a child there; None: every school"""
    liaison_at: frozenset[int] | None = frozenset()
    """Families with a child there who read one of `speaks`; None: every school"""
    speaks: frozenset[str] = frozenset()
    staff_id: int | None = None
    """Families of the children whom this person teaches"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is meant. Schools, grades, classes, groups and languages narrow each other; single families,
    contacts and students (those families for the sake of these children alone) come on top.
    """

    everyone: bool = False
    schools: frozenset[int] = frozenset()
    grades: frozenset[str] = frozenset()
    classes: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    families: frozenset[int] = frozenset()
    contacts: frozenset[int] = frozenset()
    students: frozenset[int] = frozenset()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but single families, contacts and students is named."""
        named = (self.schools, self.grades, self.classes, self.tags, self.languages)
        return self.everyone or any(named)


def is_member(chosen: Chosen, within: Within, *, each: bool = False) -> ColumnElement[bool]:
    """Whether a contact belongs to the audience: asked of each in turn, or against those found first."""
    some: list[ColumnElement[bool]] = []
    for child, reader in ways(chosen, within):
        linked = (
            select(_LINKS.c.contact_id)
            .join(_CHILDREN, _CHILDREN.c.family_id == _LINKS.c.family_id)
            .where(_LINKS.c.unlinked_at.is_(None), _CHILDREN.c.left_at.is_(None), child)
        )
        if each:
            theirs: ColumnElement[bool] = exists(linked.where(_LINKS.c.contact_id == _CONTACTS.c.id))
        else:
            theirs = _CONTACTS.c.id.in_(linked)
        some.append(and_(theirs, reader))
    return or_(*some) if some else ~true()


Way = tuple[ColumnElement[bool], ColumnElement[bool]]
"""What must hold of a child, and of who reads"""


def ways(chosen: Chosen, within: Within, *, families: bool = False) -> list[Way]:
    """How a contact may come into the audience: what is chosen, for each way in which it may be reached.

    `families`: of families alone, whoever reads.
    """
    c, k = _CONTACTS.c, _CHILDREN.c
    meant: list[Way] = []
    if chosen.is_narrowed:
        speaks = c.language.in_(sorted(chosen.languages)) if chosen.languages and not families else true()
        meant.append((_narrowed(chosen), speaks))
    if chosen.families:
        meant.append((_is_one_of(chosen.families), true()))
    if chosen.students:
        meant.append((k.id.in_(sorted(chosen.students)), true()))
    if chosen.contacts and not families:
        meant.append((true(), c.id.in_(sorted(chosen.contacts))))
    return [
        (and_(child, reached), and_(reader, speaks))
        for child, reader in meant
        for reached, speaks in _reached(within, families=families)
    ]


def _is_one_of(families: frozenset[int]) -> ColumnElement[bool]:
    """A child of these families; of one that was put together with another since, a child of that one."""
    named = sorted(families)
    f = _FAMILIES.c
    went = select(f.merged_into).where(f.id.in_(named), f.merged_into.is_not(None))
    return or_(_CHILDREN.c.family_id.in_(named), _CHILDREN.c.family_id.in_(went))


def is_reached(within: Within) -> ColumnElement[bool]:
    """Whether there is a way to a child; to one of whom nobody reads a liaison's languages there is none."""
    some: list[ColumnElement[bool]] = []
    for child, reader in _reached(within, families=False):
        linked = (
            select(_LINKS.c.contact_id)
            .join(_CONTACTS, _CONTACTS.c.id == _LINKS.c.contact_id)
            .where(_LINKS.c.family_id == _CHILDREN.c.family_id, _LINKS.c.unlinked_at.is_(None), reader)
        )
        some.append(child if isinstance(reader, True_) else and_(child, exists(linked)))
    return or_(*some) if some else ~true()


def _reached(within: Within, *, families: bool) -> list[Way]:
    k = _CHILDREN.c
    if within.schools is None:
        return [(true(), true())]
    own: list[ColumnElement[bool]] = []
    if within.schools:
        own.append(k.school_id.in_(sorted(within.schools)))
    if within.staff_id is not None:
        taught = (
            select(_IN_CLASS.c.student_id)
            .join(_TEACH, _TEACH.c.class_id == _IN_CLASS.c.class_id)
            .join(_CLASSES, _CLASSES.c.id == _IN_CLASS.c.class_id)
            .where(_TEACH.c.staff_id == within.staff_id, _CLASSES.c.gone_at.is_(None))
        )
        at_home = select(_TAUGHT.c.student_id).where(_TAUGHT.c.staff_id == within.staff_id)
        own.append(k.id.in_(taught.union(at_home)))
    ways: list[Way] = [(or_(*own), true())] if own else []
    if within.liaison_at != frozenset():
        there = true() if within.liaison_at is None else k.school_id.in_(sorted(within.liaison_at))
        speaks = true() if families else _CONTACTS.c.language.in_(sorted(within.speaks))
        ways.append((there, speaks))
    return ways


def _narrowed(chosen: Chosen) -> ColumnElement[bool]:
    k = _CHILDREN.c
    all_of: list[ColumnElement[bool]] = []
    if chosen.schools:
        all_of.append(k.school_id.in_(sorted(chosen.schools)))
    if chosen.grades:
        all_of.append(k.grade.in_(sorted(chosen.grades)))
    if chosen.classes:
        living = (
            select(_IN_CLASS.c.student_id)
            .join(_CLASSES, _CLASSES.c.id == _IN_CLASS.c.class_id)
            .where(_IN_CLASS.c.class_id.in_(sorted(chosen.classes)), _CLASSES.c.gone_at.is_(None))
        )
        all_of.append(k.id.in_(living))
    if chosen.tags:
        tagged = select(_TAGS.c.family_id).where(_TAGS.c.tag.in_(sorted(chosen.tags)))
        all_of.append(k.family_id.in_(tagged))
    return and_(true(), *all_of)
