"""Where a broadcast belongs: its schools, their zone, and the hours in which all of them let texts out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.broadcast.audience import Audience, reached_schools
from bot.outbox.quiet import read_hours, write_hours
from bot.store import audience_students, classes, schools
from bot.store.audience_ways import Within
from bot.store.schools import School


@dataclass(frozen=True, slots=True)
class Place:
    """The schools of an audience, as far as they can be told without counting."""

    schools: Sequence[School]
    zone: str
    """IANA, of the first of them"""
    hours: str | None
    """The narrowest of their hours; None: 8 to 20"""

    @property
    def only(self) -> School | None:
        """The school, where it is one."""
        return self.schools[0] if len(self.schools) == 1 else None

    @property
    def name(self) -> str:
        """Of the school, where it is one."""
        return self.only.name if self.only else ""

    @property
    def zones(self) -> list[str]:
        """Their time zones, each once: `zone` and, where they are far apart, more."""
        return list(dict.fromkeys([self.zone, *(one.zone for one in self.schools)]))

    @property
    def is_spread(self) -> bool:
        """Whether they have several: then each family's text goes by its own school's clock."""
        return len(self.zones) > 1

    @property
    def ids(self) -> list[int]:
        """Of the schools."""
        return sorted(one.id or 0 for one in self.schools)


def place_of(session: Session, audience: Audience, within: Within) -> Place:
    """The schools that are named, else those of the classes or students, else all within reach."""
    every = schools.every_school(session)
    named = _named(session, audience)
    if named is None:
        at = reached_schools(within)
        named = set(at) if at is not None else {one.id or 0 for one in every}
        if within.staff_id is not None:
            named |= {one.school_id for one in classes.listed(session, staff_id=within.staff_id)}
    here = [one for one in every if one.id in named] or every
    zone = here[0].zone if here else "UTC"
    return Place(here, zone, _narrowest([one.text_hours for one in here]))


def _named(session: Session, audience: Audience) -> set[int] | None:
    """None where it does not say which schools it is for."""
    if audience.schools:
        named = set(audience.schools)
    elif audience.families or audience.contacts:
        return None
    elif audience.classes:
        named = {one.school_id for one in classes.by_ids(session, audience.classes).values()}
    elif audience.everyone or audience.grades or audience.languages or audience.tags:
        return None
    else:
        named = set()
    return named | audience_students.schools_of(session, audience.students) or None


def _narrowest(written: Sequence[str | None]) -> str | None:
    spans = [read_hours(one) for one in written]
    if not spans:
        return None
    opens, closes = max(first for first, _ in spans), min(last for _, last in spans)
    return write_hours(opens, closes) if opens < closes else None
