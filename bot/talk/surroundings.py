"""What the engine may know of a person and her school at this moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.flow.phrases import phrase
from bot.flow.state import Value
from bot.flow.turn import Here
from bot.people.contacts import known_about
from bot.school import hours
from bot.school.rights import NATION
from bot.store import school_events, schools
from bot.store.contacts import Contact
from bot.store.schools import School
from bot.talk.parts import Talk

FALLBACK_LANGUAGE = "en"
_DAYS = {"today": 0, "tomorrow": 1}
CALENDAR_AHEAD = timedelta(days=120)


def here(talk: Talk, session: Session, contact: Contact, now: datetime) -> Here:
    """The engine's view of the world for one turn of this contact."""
    language = contact.language or FALLBACK_LANGUAGE
    facts = known_about(session, talk.vault, contact)
    own = _own_school(session, facts)
    every = [] if own else schools.every_school(session)
    school = own or (every[0] if every else None)
    known: dict[str, Value] = {
        "program.name": talk.program,
        "contact.language": {"language": language, "value": language},
        "contact.is_new": "" if contact.noticed_at else "yes",
        **{name: value for name, value in facts.items() if name != "contact.language"},
    }
    if talk.jurisdiction != NATION:
        known[f"state.{talk.jurisdiction.replace('-', '_')}"] = "yes"
    if school is not None:
        known |= _about_school(school, language)
        if len(every) > 1:
            known["school.name"] = {"phrase": "at_our_schools"}
        now = now.astimezone(ZoneInfo(school.zone))
        if (opens := _opens_out_of_turn(session, school, now)) is not None:
            known["office.hours"] = _from_then(talk, opens, language)
    known |= {name: {"date": str(now.date() + timedelta(days))} for name, days in _DAYS.items()}
    return Here(
        now=now,
        language=language,
        known=known,
        after_office_hours=lambda moment, amount: office_hours_later(session, school, moment, amount),
        withhold_unreviewed=talk.withhold_unreviewed,
    )


def school_of(session: Session, facts: Mapping[str, object]) -> School | None:
    """The school of the family's children; for a stranger the district's first by name."""
    own = _own_school(session, facts)
    every = [] if own else schools.every_school(session)
    return own or (every[0] if every else None)


def _own_school(session: Session, facts: Mapping[str, object]) -> School | None:
    listed = str(facts.get("family.school") or facts.get("family.schools", "")).split(",")[0]
    return schools.by_source_id(session, listed) if listed else None


def _opens_out_of_turn(session: Session, school: School, now: datetime) -> datetime | None:
    """When the office opens next, where its regular hours would be a wrong promise: a holiday, a break."""
    week = hours.office_hours(school.hours)
    usual = hours.next_opening(week, now, ())
    if usual is None:
        return None
    today, school_id = now.date(), school.id or 0
    if not school_events.between(session, school_id, usual.date(), usual.date()):
        return None
    return hours.out_of_turn(
        week, now, school_events.between(session, school_id, today, today + CALENDAR_AHEAD)
    )


def _from_then(talk: Talk, opens: datetime, language: str) -> str:
    known: dict[str, Value] = {
        "day": {"date": opens.date().isoformat()},
        "time": {"time": opens.time().isoformat("minutes")},
    }
    return phrase(talk.library.book, "answers_from", language, known)


def _about_school(school: School, language: str) -> dict[str, Value]:
    return {
        "school.name": school.name,
        "school.phone": {"phone": school.phone},
        "office.hours": hours.said(school.hours, language),
    }


def office_hours_later(session: Session, school: School | None, moment: datetime, amount: float) -> datetime:
    """The moment, in the school's zone, by which its office will have been open for so many hours."""
    if school is None:
        return moment + timedelta(hours=amount)
    today = moment.date()
    events = school_events.between(session, school.id or 0, today, today + CALENDAR_AHEAD)
    return hours.after_office_hours(school.hours, moment, amount, events)
