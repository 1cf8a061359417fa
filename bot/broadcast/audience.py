"""Whom a broadcast is for, held against what its sender may reach; and how many that are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from bot.broadcast.refused import OutOfReach
from bot.carrier.twilio.errors import verdict
from bot.outbox.put import LESS
from bot.people.access import Who
from bot.store import audience as selected
from bot.store import classes, schools, tags
from bot.store.audience import Terms
from bot.store.audience_ways import Chosen, Within
from bot.store.broadcasts import Broadcast

SENDERS: Final = ("teacher", "liaison", "administrator")
"""Roles that may write to families"""
UNKNOWN: Final = "?"
"""The language of whoever has not told one: they read English"""
_LANDLINES: Final = tuple(code for code in (21614, 21635, 30006) if verdict(code).decision == "landline")


class Audience(BaseModel):
    """Whom somebody means. Schools, grades, classes, languages and tags narrow each other; single families,
    contacts and students come on top. With nothing named it is empty; `everyone` is all within reach.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    everyone: bool = False
    schools: frozenset[int] = frozenset()
    grades: frozenset[str] = frozenset()
    """CEDS grade levels, e.g. KG, 03, 12"""
    classes: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    families: frozenset[int] = frozenset()
    contacts: frozenset[int] = frozenset()
    students: frozenset[int] = frozenset()
    """Children for whose sake alone their families are written to: {child} names these and no sibling"""

    @property
    def chosen(self) -> Chosen:
        """The same for the store."""
        return Chosen(**dict(self))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return not any(dict(self).values())

    def written(self) -> dict[str, Any]:
        """As a row keeps it."""
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in dict(self).items()
        }


@dataclass(frozen=True, slots=True)
class Counted:
    """How many an audience is."""

    by_language: Mapping[str, int]
    """Contacts that get it, by locale; `?` for those of whom no language is known"""
    left_out: Mapping[str, int]
    """By reason: opted_out, not_wanted, no_consent, landline, dead_number (contacts); no_number (families)"""
    families: int
    contacts: int
    """That get it"""
    new: Mapping[str, int] = field(default_factory=dict)
    """Of them by language those to whom it is the first text: they get the notice with it"""
    whatsapp: Mapping[str, int] = field(default_factory=dict)
    """Of them by language those who write on WhatsApp"""
    mark: str = ""
    """Says who they are, those left out too, without naming anybody: two audiences with one mark are the
    same people. Who texts STOP meanwhile changes a count and not the mark: one text less needs no new look"""


def reach_of(session: Session, who: Who) -> Within:
    """Whom somebody may write to: a teacher to the own classes, a liaison to the own schools and
    languages, an administrator to the own schools; an auditor to nobody.
    """
    own = who.schools(["administrator"])
    at = who.schools(["liaison"])
    speaks = schools.languages_of(session, who.staff_id) if who.staff_id else frozenset[str]()
    if at != frozenset() and not speaks:
        # Where the roster does not say what a liaison speaks, only the schools bound them.
        own = None if own is None or at is None else own | at
        at = frozenset()
    staff_id = who.staff_id if who.may(["teacher"]) else None
    return Within(own, at, speaks, staff_id)


def whole(within: Within) -> bool:
    """Whether this is the whole district."""
    return within.schools is None


def check_reach(session: Session, who: Who, audience: Audience, within: Within) -> None:
    """Raises OutOfReach where it names a school, class or group beyond reach; families and contacts
    beyond it are simply not found.
    """
    if not who.may(SENDERS):
        raise OutOfReach("no role of yours writes to families")
    if whole(within):
        return
    at = reached_schools(within)
    if audience.schools and at is not None and within.staff_id is None and not audience.schools <= at:
        raise OutOfReach("that school is not one of yours")
    if audience.classes:
        named = classes.by_ids(session, audience.classes)
        mine = set(selected.taught_classes(session, within.staff_id)) if within.staff_id else set()
        beyond = [
            one
            for one, row in named.items()
            if one not in mine and at is not None and row.school_id not in at
        ]
        if beyond or set(audience.classes) - set(named):
            raise OutOfReach("that class is not one of yours")


def reached_schools(within: Within) -> frozenset[int] | None:
    """Schools where somebody reaches more than the own classes; None: all."""
    if within.schools is None or within.liaison_at is None:
        return None
    return within.schools | within.liaison_at


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody may choose from."""

    schools: Mapping[int, str]
    classes: Collection[classes.Listed]
    tags: Mapping[str, int]


def choices(session: Session, within: Within) -> Choices:
    """Schools, classes and groups within reach; a teacher chooses among the own classes alone."""
    at = reached_schools(within)
    every = {one.id or 0: one.name for one in schools.every_school(session)}
    mine = {name: one for name, one in every.items() if at is None or name in at}
    found = {one.id: one for one in classes.listed(session, school_ids=at)} if at != frozenset() else {}
    if within.staff_id is not None:
        found |= {one.id: one for one in classes.listed(session, staff_id=within.staff_id)}
    taught_at = {one.school_id for one in found.values()}
    groups = tags.listed(session, None if at is None else at | taught_at)
    return Choices(mine, list(found.values()), groups)


def terms_of(broadcast: Broadcast) -> Terms:
    """What decides who is left out of this broadcast."""
    if broadcast.emergency_by:
        return Terms((), asked_only=False, landlines=_LANDLINES)
    unwanted = ("emergency",) if broadcast.topic != "news" else LESS
    return Terms(unwanted, broadcast.purpose != "school", _LANDLINES)


def counted(session: Session, audience: Audience, within: Within, terms: Terms) -> Counted:
    """How many the audience is, by language and reason."""
    if audience.is_empty:
        return Counted({}, {}, 0, 0)
    found = selected.groups(session, audience.chosen, within, terms)
    families, without = selected.families(session, audience.chosen, within)
    if audience.languages:
        without = 0  # nobody knows what they read
    left_out: dict[str, int] = {}
    for one in found:
        for reason, number in one.left_out.items():
            left_out[reason] = left_out.get(reason, 0) + number
    if without:
        left_out["no_number"] = left_out.get("no_number", 0) + without
    some = sorted(
        (one for one in found if one.contacts), key=lambda one: (-one.contacts, one.language or UNKNOWN)
    )
    marks = zip(*((one.every, one.ids, one.mixed) for one in found), strict=True)
    return Counted(
        {one.language or UNKNOWN: one.contacts for one in some},
        left_out,
        families,
        sum(one.contacts for one in some),
        new={one.language or UNKNOWN: one.new for one in some if one.new},
        whatsapp={one.language or UNKNOWN: one.whatsapp for one in some if one.whatsapp},
        mark=":".join(str(sum(numbers)) for numbers in marks),
    )
