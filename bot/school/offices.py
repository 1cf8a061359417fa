"""The offices of a school as flows show them: front office, attendance, buses."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from bot.flow.state import Value
from bot.school import hours
from bot.school.directory import chosen_schools
from bot.store import school_events
from bot.store.schools import School


def find_offices(session: Session, where: Mapping[str, str], limit: int, today: date) -> list[Value]:
    """The `office` (office, attendance or bus) of `school`, with hours in words of `language`.

    Each {school_name, phone, address, hours, today}; where the school does not tell one, a phrase says
    what to do instead. A school without a number of its own for attendance is called at the front
    office; one without a number for buses has no bus office.
    """
    kind = where.get("office", "office")
    found: list[Value] = []
    for school in chosen_schools(session, where).values():
        phone = _phone(school, kind)
        if phone is not None:
            shown = _office(session, school, phone, today, where.get("language", "en"))
            found.append(shown)
    return found[:limit]


def _phone(school: School, kind: str) -> str | None:
    numbers = {
        "office": school.phone,
        "attendance": school.attendance_phone or school.phone,
        "bus": school.bus_phone,
    }
    return numbers.get(kind)


def _office(session: Session, school: School, phone: str, today: date, language: str) -> Value:
    week = hours.said(school.hours, language)
    events = school_events.between(session, school.id or 0, today, today)
    spans = hours.spans_on(hours.office_hours(school.hours), today, events)
    now: Value = hours.spans_said(spans, language) if spans else {"phrase": "office_closed"}
    return {
        "school_name": school.name,
        "phone": {"phone": phone},
        "address": school.address or {"phrase": "office_call"},
        "hours": week or {"phrase": "no_office_hours"},
        "today": now if week else {"phrase": "office_call"},
    }
