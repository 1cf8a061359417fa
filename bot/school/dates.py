"""The dates of a school's calendar as flows show them: kind as a phrase, days and times as values."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.flow.state import Value
from bot.school.calendar_kinds import KINDS
from bot.school.directory import chosen_schools
from bot.store import school_events
from bot.store.school_events import SchoolEvent
from bot.store.schools import School

TOLD = tuple(kind for kind in KINDS if kind != "other")
"""Kinds with a reviewed phrase; a date of another kind has only an English title and is not told"""


def find_dates(session: Session, where: Mapping[str, str], limit: int, today: date) -> list[Value]:
    """The next dates of `school` (source id, or several joined by commas), of `kind` (one or several).

    Each {kind, name, days, first_day, last_day, school, school_name}, and {starts_at, ends_at} for
    those with a time. A span that has begun is told whole. At several schools the same span of the
    same kind is told once.
    """
    chosen = {school.id: school for school in chosen_schools(session, where).values()}
    kinds = _kinds(where)
    if not chosen or not kinds:
        return []
    wanted = limit * len(chosen)
    ids = [id_ for id_ in chosen if id_ is not None]
    told: dict[tuple[object, ...], Value] = {}
    for event in school_events.upcoming(session, ids, today, wanted, kinds):
        mark = (event.kind, event.first_day, event.last_day, event.starts_at, event.ends_at)
        told.setdefault(mark, _date(event, chosen[event.school_id]))
    return list(told.values())[:limit]


def _kinds(where: Mapping[str, str]) -> list[str]:
    said = [part.strip() for part in where.get("kind", "").split(",") if part.strip()]
    return [kind for kind in TOLD if kind in said or not said]


def _date(event: SchoolEvent, school: School) -> Value:
    first, last = event.first_day.isoformat(), event.last_day.isoformat()
    days: Value = {"date": first} if first == last else {"span": [first, last]}
    shown: dict[str, Value] = {
        "kind": event.kind,
        "name": {"phrase": f"date_{event.kind}"},
        "days": days,
        "first_day": {"date": first},
        "last_day": {"date": last},
        "school": school.source_id,
        "school_name": school.name,
    }
    if event.starts_at is not None and event.ends_at is not None:
        shown["starts_at"] = _time(event.starts_at, school.zone)
        shown["ends_at"] = _time(event.ends_at, school.zone)
    return shown


def _time(moment: datetime, zone: str) -> Value:
    return {"time": moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")}
