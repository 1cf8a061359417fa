"""Who at school can be told something, and where: one after the other until somebody is reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from bot.school.directory import away_until, is_spoken
from bot.store import accounts, own_phones, schools, teachers
from bot.store.accounts import Account
from bot.store.schools import School, Staff
from bot.store.vault import Vault

ATTENDANCE = "attendance"
ON_CALL = "on_call"
LIAISON = "liaison"
OFFICE = "office"
TEACHER = "teacher"
DISTRICT_OFFICE = "district_office"
ACCOUNT = "account"
"""Whoever signs in: told what is for them alone, such as links that open the account"""
SECOND_PERSON = "second_person"
"""Another administrator, told of what one of them did; nobody is told in their place"""


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
    """Who is told of danger, and where nobody else can be: this school's, else the district's, else any."""
    every = sorted(
        schools.every_school(session), key=lambda one: (one.id != school_id, not _has_districts(one))
    )
    return _first_on_call(vault, every)


def on_call_for_child(session: Session, vault: Vault, school_id: int) -> Reach:
    """The same for what names a child: this school's or else the district's; nobody of another school."""
    every = schools.every_school(session)
    own = [one for one in every if one.id == school_id]
    return _first_on_call(vault, [*own, *(one for one in every if _has_districts(one))])


def _has_districts(school: School) -> bool:
    """Whether its on call is as the district's file says, and not somebody of this school alone."""
    return school.told is not None and not {"on_call_text", "on_call_email"} & {*school.kept}


def _first_on_call(vault: Vault, every: Sequence[School]) -> Reach:
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
    people = [[_person(session, vault, one) for one in group] for group in groups]
    return [*people, [on_call(session, vault, family.school_id)]]


def person(session: Session, vault: Vault, staff_id: int) -> Reach | None:
    """One person of the school, there or away; None where the roster does not have them any more."""
    found = session.get(Staff, staff_id)
    return _person(session, vault, found) if found is not None else None


def signed_in(session: Session, vault: Vault, account: Account) -> Reach:
    """Somebody who signs in: on the own phone, else by the address with which they sign in."""
    text = own_phones.of_account(session, vault, account)
    return Reach(ACCOUNT, account.staff_id, text, vault.open(account.email, accounts.EMAIL))


def _person(session: Session, vault: Vault, person: Staff) -> Reach:
    text = own_phones.number_of(session, vault, person)
    return Reach(person.role, person.id, text, _opened(vault, person.email, schools.STAFF_EMAIL))


def _opened(vault: Vault, sealed: bytes | None, context: str) -> str | None:
    return vault.open(sealed, context) if sealed else None
