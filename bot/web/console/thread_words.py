"""Threads in words for the pages: how long a family waits in office hours, states, badges, who is who."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask_babel import LazyString, format_timedelta, gettext
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.carrier.twilio.errors import verdict
from bot.school import hours
from bot.school.hours import Hours
from bot.store import accounts, school_events, schools
from bot.store.accounts import NAME
from bot.store.inbox import Row
from bot.store.outbox import POISON
from bot.store.school_events import SchoolEvent
from bot.store.schools import School, Staff
from bot.store.threads import Thread
from bot.store.vault import Vault
from bot.web.console import delivery_facts, said_of_people

_LONGEST: Final = timedelta(days=60)
_A_DAY: Final = timedelta(days=1)
STATES: Final = {
    "pending": (_("waits to go out"), "neutral"),
    "claimed": (_("goes out now"), "neutral"),
    "submitting": (_("goes out now"), "neutral"),
    "accepted": (_("on its way"), "neutral"),
    "sent": (_("on its way"), "neutral"),
    "delivered": (_("arrived"), "good"),
    "read": (_("read"), "good"),
    "undelivered": (_("did not arrive"), "bad"),
    "failed": (_("could not be sent"), "bad"),
    "skipped": (_("not sent"), "bad"),
    "unknown": (_("nobody knows"), "warning"),
    "held": (_("waits for a translation"), "warning"),
    "dropped": (_("not sent"), "bad"),
}
ORIGINS: Final = {
    "machine": _("machine translation"),
    "human": _("translated by a person"),
    "canned": _("ready-made reply"),
}
REASONS: Final = {
    "no_machine": _("no machine translates here"),
    "asked": _("a person was asked for"),
    "private": _("it is private"),
    "rights": _("it is about rights"),
    "away": _("the machine did not answer"),
    "language": _("the machine does not know the language"),
    "checks": _("the machine changed what must stay"),
    "unreviewed": _("a person must read it first"),
}
TO: Final = {
    "liaison": _("liaison"),
    "teacher": _("teacher"),
    "office": _("school office"),
    "district_office": _("district office"),
}
WHY: Final = {
    "wrote": _("The family answers what this person wrote."),
    "speaks": _("Speaks the language, and has the fewest open threads of those who do."),
    "present": _("Nobody who speaks the language is there; of the others, has the fewest open threads."),
    "given": _("Given by a colleague."),
    "answered": _("Answered first."),
}
BEST_TIMES: Final = said_of_people.BEST_TIMES
SUBJECTS: Final = said_of_people.SUBJECTS
subject = said_of_people.subject
HINDRANCES: Final = {
    "stopped": _("This family asked for no more texts. Call, or write a letter."),
    "erased": _("This family asked to be forgotten. No text goes to it."),
    "dead_number": _("This number gets no texts. Ask the family for another one."),
    "empty": _("Write something first."),
}
_WRITE_AGAIN: Final = _("Write it again.")
GONE: Final = _("The thread is closed meanwhile. Open it again to write.")


@dataclass(frozen=True, slots=True)
class Line:
    """One thread in the list."""

    row: Row
    name: str | None
    waits: str | None
    """How long the office was open since the family asked; None: it waits for nothing"""
    is_late: bool
    assignee: str | None
    writer: str | None
    """Who writes an answer at this moment"""


def is_late(row: Row, now: datetime) -> bool:
    """Whether the promised time has passed."""
    return row.escalated_at is not None or (row.promised_at is not None and row.promised_at <= now)


def writes(row: Row, now: datetime) -> int | None:
    """The account that writes an answer at this moment."""
    return row.claimed_by if row.claimed_until is not None and row.claimed_until > now else None


def lines(session: Session, vault: Vault, rows: Iterable[Row], now: datetime) -> list[Line]:
    """The list as people read it."""
    found = list(rows)
    people = {one for row in found for one in (row.account_id, row.claimed_by) if one}
    names = names_of(session, vault, people)
    here = {row.school_id for row in found}
    offices = {one.id: _office(session, one, now) for one in schools.every_school(session) if one.id in here}
    return [
        Line(
            row,
            vault.open(row.name, "contact.name") if row.name else None,
            _waited(offices.get(row.school_id), row.asked_at, now),
            is_late(row, now),
            assignee(session, names, row),
            names.get(writes(row, now) or 0),
        )
        for row in found
    ]


def waited(session: Session, school: School | None, since: datetime | None, now: datetime) -> str | None:
    """How long a school's office was open since then, in words; by the clock where it has no hours."""
    return _waited(_office(session, school, now) if school is not None else None, since, now)


@dataclass(frozen=True, slots=True)
class _Office:
    week: Hours
    zone: ZoneInfo
    days: Sequence[SchoolEvent]
    """What the calendar says of all the days that count"""


def _office(session: Session, school: School, now: datetime) -> _Office | None:
    """When a school's office is open, read once for all its threads; None where it has no hours."""
    week = hours.office_hours(school.hours)
    if not week.regular:
        return None
    first, last = (now - _LONGEST - _A_DAY).date(), (now + _A_DAY).date()
    return _Office(week, ZoneInfo(school.zone), school_events.between(session, school.id or 0, first, last))


def _waited(office: _Office | None, since: datetime | None, now: datetime) -> str | None:
    if since is None:
        return None
    passed = now - since
    if office is not None:
        begins, ends = (moment.astimezone(office.zone) for moment in (max(since, now - _LONGEST), now))
        passed = hours.office_time(office.week, begins, ends, office.days)
    minutes = int(passed.total_seconds()) // 60
    whole = timedelta(minutes=minutes if minutes < 60 else minutes - minutes % 60)
    if whole < timedelta(days=1):
        return str(format_timedelta(whole, threshold=1.2, granularity="minute"))
    return str(_in_hours(minutes // 60))


def _in_hours(number: int) -> LazyString:
    # A day of the clock is no day of an office: hours stay hours
    return _("%(num)s office hours", num=number)


def why_lost(code: int | None, reason: str | None = None) -> str:
    """Why a text did not arrive, and what to do."""
    if reason == POISON:
        return f"{delivery_facts.REASONS[POISON]} {_WRITE_AGAIN}"
    told = verdict(code)
    return f"{gettext(told.staff_words)} {gettext(told.to_do)}".strip()


def language_name(code: str | None) -> str:
    """A language in the words of the page."""
    return said_of_people.language_name(code)


def assignee(session: Session, names: Mapping[int, str], thread: Thread | Row) -> str | None:
    """Who answers it: by account, else as the roster calls somebody who answers by phone alone."""
    if thread.account_id is not None:
        return names.get(thread.account_id)
    person = session.get(Staff, thread.staff_id) if thread.staff_id is not None else None
    return person.name if person is not None else None


def names_of(session: Session, vault: Vault, ids: Collection[int] | None = None) -> dict[int, str]:
    """The names of these accounts; None: of all."""
    found = accounts.every(session) if ids is None else accounts.by_ids(session, ids)
    return {one.id or 0: vault.open(one.name, NAME) for one in found}
