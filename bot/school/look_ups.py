"""The look-ups that flows may use, by name; each gives plain values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.flow.state import Value
from bot.school import children, dates, directory, offices, partner_places, school_days
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a flow."""

    session: Session
    vault: Vault
    where: Mapping[str, str]
    """What is looked for; `contact`, who asks, is added by the program"""
    limit: int
    today: date
    """In the school's zone"""


LookUp = Callable[[Asked], Sequence[Value]]
"""Gives the results, best or soonest first"""


def look_ups() -> dict[str, LookUp]:
    """Every look-up by the name that flows call it."""
    return {
        "calendar.dates": lambda a: dates.find_dates(a.session, a.where, a.limit, a.today),
        "calendar.day": lambda a: school_days.find_days(a.session, a.where, a.limit, a.today),
        "directory.children": lambda a: children.find_children(a.session, a.vault, a.where, a.limit),
        "directory.liaisons": lambda a: directory.find_liaisons(a.session, a.where, a.limit, a.today),
        "directory.offices": lambda a: offices.find_offices(a.session, a.where, a.limit, a.today),
        "directory.partners": lambda a: partner_places.find_partners(a.session, a.where, a.limit),
        "directory.schools": lambda a: directory.find_schools(a.session, a.where, a.limit),
        "directory.staff": lambda a: directory.find_staff(a.session, a.where, a.limit, a.today),
        "school.hours": lambda a: school_days.find_hours(a.session, a.where, a.limit, a.today),
    }


def run(
    session: Session,
    vault: Vault,
    look_up: str,
    where: Mapping[str, str],
    limit: int,
    today: date,
) -> Sequence[Value]:
    """Answer one look-up of a flow. Raises KeyError for a name that `ally check` would refuse."""
    return look_ups()[look_up](Asked(session, vault, where, limit, today))
