"""Whether there is school on a day, and when: from the school year, the calendar and the school's hours."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from bot.flow.state import Value
from bot.school import hours
from bot.school.directory import chosen_schools
from bot.school.hours import CalendarDay, Span
from bot.store import school_events
from bot.store.schools import School

_BACK, _AHEAD = 14, 120
"""Days around today that are told; farther ones are more likely a slip of the pen"""
_NEXT_WITHIN = 120


def find_days(session: Session, where: Mapping[str, str], limit: int, today: date) -> list[Value]:
    """What `day` (2026-11-25) is at `school` (source id, or several joined by commas).

    Each {day, name, school, school_name} with `is_open` or `is_closed` (yes), or `ends_at` where it ends
    early; `next_day`, the next with school, where it is closed; `several` where more than one school was
    asked for. Nothing for a day that is no day, or more than 14 days back or 120 ahead.
    """
    try:
        day = date.fromisoformat(where.get("day", ""))
    except ValueError:
        return []
    if not -_BACK <= (day - today).days <= _AHEAD:
        return []
    chosen = list(chosen_schools(session, where).values())[:limit]
    shared: dict[str, Value] = {"several": "yes"} if len(chosen) > 1 else {}
    return [_told(session, school, day) | shared for school in chosen]


def _told(session: Session, school: School, day: date) -> dict[str, Value]:
    until = day + timedelta(days=_NEXT_WITHIN)
    events = school_events.between(session, school.id or 0, day, until)
    told: dict[str, Value] = {
        "day": {"date": day.isoformat()},
        "school": school.source_id,
        "school_name": school.name,
    }
    if not has_school(school, day, events):
        following = next_school_day(school, day, events)
        told |= {"is_closed": "yes", "name": {"phrase": "date_no_school"}}
        return told | ({"next_day": {"date": following.isoformat()}} if following else {})
    if hours.kind_of_day(day, events) == "early_release":
        spans = lessons(school, day, events)
        told |= {"name": {"phrase": "date_early_release"}}
        # Without a time there is nothing to go by, and the flow tells the kind of day alone.
        return told | ({"ends_at": _time(spans[-1])} if spans else {})
    return told | {"is_open": "yes", "name": {"phrase": "date_with_school"}}


def has_school(school: School, day: date, events: Sequence[CalendarDay]) -> bool:
    """Whether there are lessons on a day; Monday to Friday where the school does not tell its hours."""
    if school.first_day is not None and day < school.first_day:
        return False
    if school.last_day is not None and day > school.last_day:
        return False
    if hours.kind_of_day(day, events) == "no_school":
        return False
    return bool(lessons(school, day, events)) if "school_day" in school.hours else day.weekday() < 5


def next_school_day(school: School, day: date, events: Sequence[CalendarDay]) -> date | None:
    """The first day with lessons after `day`; None when not within 120 days."""
    following = (day + timedelta(days=ahead) for ahead in range(1, _NEXT_WITHIN))
    return next((one for one in following if has_school(school, one, events)), None)


def lessons(school: School, day: date, events: Sequence[CalendarDay]) -> tuple[Span, ...]:
    """When lessons are on a day; empty where there are none or the school does not say."""
    known = hours.school_day(school.hours)
    return hours.spans_on(known, day, events) if known is not None else ()


def _time(span: Span) -> Value:
    return {"time": span.closes.strftime("%H:%M")}


def find_hours(session: Session, where: Mapping[str, str], limit: int, today: date) -> list[Value]:
    """The lesson hours of `school` in words of `language`: today's first, then by kind of day.

    Each {name, hours, school_name}; nothing where the school does not tell its hours.
    """
    language = where.get("language", "en")
    found: list[Value] = []
    for school in chosen_schools(session, where).values():
        known = hours.school_day(school.hours)
        if known is None:
            continue
        events = school_events.between(session, school.id or 0, today, today)
        spans = lessons(school, today, events) if has_school(school, today, events) else ()
        now: Value = hours.spans_said(spans, language) if spans else {"phrase": "date_no_school"}
        lines: list[tuple[str, Value]] = [("hours_today", now)]
        lines.append(("hours_regular", hours.week_said(known.regular, language)))
        if known.early_release != known.regular:
            lines.append(("hours_early_release", hours.week_said(known.early_release, language)))
        found += [
            {"name": {"phrase": phrase}, "hours": said, "school_name": school.name}
            for phrase, said in lines
            if said
        ]
    return found[:limit]
