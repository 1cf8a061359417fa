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

TIMED = ("conference", "meeting")
"""Kinds for which a family must know from when to when"""


def find_dates(session: Session, where: Mapping[str, str], limit: int, today: date) -> list[Value]:
    """The next dates of `school` (source id, or several joined by commas), of `kind` (one or several).

    Each {kind, name, when, days, first_day, last_day, school, school_name, at}, and {starts_at, ends_at}
    for those with a time. `when` is the days, with times where a family needs them. A span that has begun
    is told whole. At several schools the same span of the same kind is told once; `at` names the
    schools, `several` is there. Nothing without a school.
    """
    chosen = {school.id: school for school in chosen_schools(session, where).values()}
    kinds = _kinds(where)
    if not chosen or not kinds:
        return []
    ids = [id_ for id_ in chosen if id_ is not None]
    events: dict[tuple[object, ...], list[SchoolEvent]] = {}
    for event in school_events.upcoming(session, ids, today, limit * len(chosen), kinds):
        mark = (event.kind, event.first_day, event.last_day, event.starts_at, event.ends_at)
        events.setdefault(mark, []).append(event)
    return [_told(same, chosen) for same in list(events.values())[:limit]]


def _told(same: list[SchoolEvent], chosen: Mapping[int | None, School]) -> Value:
    """One date, which may be that of several schools."""
    shown = _date(same[0], chosen[same[0].school_id])
    if len(chosen) == 1:
        return shown | {"at": shown["school_name"]}
    names: list[Value] = [chosen[id_].name for id_ in dict.fromkeys(event.school_id for event in same)]
    everywhere = len(names) == len(chosen)
    return shown | {"several": "yes", "at": {"phrase": "at_all_schools"} if everywhere else names}


def _kinds(where: Mapping[str, str]) -> list[str]:
    said = [part.strip() for part in where.get("kind", "").split(",") if part.strip()]
    return [kind for kind in TOLD if kind in said or not said]


def _date(event: SchoolEvent, school: School) -> dict[str, Value]:
    first, last = event.first_day.isoformat(), event.last_day.isoformat()
    days: Value = {"date": first} if first == last else {"span": [first, last]}
    shown: dict[str, Value] = {
        "kind": event.kind,
        "name": {"phrase": f"date_{event.kind}"},
        "when": days,
        "days": days,
        "first_day": {"date": first},
        "last_day": {"date": last},
        "school": school.source_id,
        "school_name": school.name,
    }
    if event.starts_at is not None and event.ends_at is not None:
        starts, ends = _clock(event.starts_at, school.zone), _clock(event.ends_at, school.zone)
        shown |= {"starts_at": {"time": starts}, "ends_at": {"time": ends}}
        if event.kind == "early_release":
            # Children leave when it begins; when the buses are all gone interests nobody.
            shown["when"] = {"timed": [first, starts]}
        elif event.kind in TIMED and first == last:
            shown["when"] = {"timed": [first, starts, ends]}
    return shown


def _clock(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
