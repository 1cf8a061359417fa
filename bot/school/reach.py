"""Who at school can be told something, and where: one after the other until somebody is reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from bot.school.directory import away_until, is_spoken
from bot.store import schools, teachers
from bot.store.schools import School, Staff
from bot.store.vault import Vault

ATTENDANCE = "attendance"
ON_CALL = "on_call"
LIAISON = "liaison"
OFFICE = "office"
TEACHER = "teacher"
DISTRICT_OFFICE = "district_office"
ACCOUNT = "account"
"""Whoever signs in: told links that open the account, which nobody else may read"""


@dataclass(frozen=True, slots=True)
class Reach:
    """One reader, a person or an office."""

    to: str
    """attendance, on_call, or the role of the person"""
    staff_id: int | None = None
    text: str | None = field(default=None, repr=False)
    """E.164"""
    email: str | None = field(default=None, repr=False)


def attendance(vault: Vault, school: School) -> Reach:
    """The attendance office of a school."""
    return Reach(
        ATTENDANCE,
        None,
        _opened(vault, school.attendance_text, schools.ATTENDANCE_TEXT),
        _opened(vault, school.attendance_email, schools.ATTENDANCE_EMAIL),
    )


def on_call(session: Session, vault: Vault, school_id: int | None = None) -> Reach:
    """Who is told of danger, and where nobody else can be: whom this school states, else any school."""
    every = sorted(schools.every_school(session), key=lambda one: one.id != school_id)
    school = next((one for one in every if one.on_call_text or one.on_call_email), None)
    if school is None:
        return Reach(ON_CALL)
    return Reach(
        ON_CALL,
        None,
        _opened(vault, school.on_call_text, schools.ON_CALL_TEXT),
        _opened(vault, school.on_call_email, schools.ON_CALL_EMAIL),
    )


@dataclass(frozen=True, slots=True)
class Family:
    """What of a family decides who is told."""

    contact_id: int
    language: str | None
    school_id: int | None


def for_family(
    session: Session, vault: Vault, to: str, family: Family, today: date
) -> Sequence[Sequence[Reach]]:
    """Readers in the order in which they are tried; each group is told together.

    A liaison who speaks the language and is there comes before one who only is there, then the school's
    office, then whoever is on call. A teacher stands for the teachers of the family's children; the
    district's office is whoever is on call.
    """
    at = [family.school_id] if family.school_id else []
    liaisons = [one for one in schools.staff_at(session, LIAISON, at) if away_until(one, today) is None]
    speaking = [one for one in liaisons if family.language and is_spoken(family.language, one.languages)]
    office = schools.staff_at(session, OFFICE, at)
    groups = {
        TEACHER: [teachers.of_contact(session, family.contact_id), office, speaking, liaisons],
        OFFICE: [office, speaking, liaisons],
        DISTRICT_OFFICE: [],
    }.get(to, [speaking, liaisons, office])
    people = [[_person(vault, one) for one in group] for group in groups]
    return [*people, [on_call(session, vault, family.school_id)]]


def _person(vault: Vault, person: Staff) -> Reach:
    text = _opened(vault, person.text, schools.STAFF_TEXT)
    return Reach(person.role, person.id, text, _opened(vault, person.email, schools.STAFF_EMAIL))


def _opened(vault: Vault, sealed: bytes | None, context: str) -> str | None:
    return vault.open(sealed, context) if sealed else None
