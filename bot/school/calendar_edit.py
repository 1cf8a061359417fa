"""Staff change a school's calendar: a file is looked at before it counts, and each change can be taken back.

Where the district's files name the school they no longer decide its calendar then, until it is given back.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot.school.calendar import CalendarDate, store_calendar
from bot.school.calendar_diff import BY_HAND, Difference, difference, merged
from bot.store import audit, calendar_changes, school_events, schools
from bot.store.audit import Deed
from bot.store.calendar_changes import DATES, CalendarChange
from bot.store.schools import School
from bot.store.vault import Vault

CALENDAR: Final = "calendar"
"""In School.kept: staff decide the calendar, no longer the district's files"""
_AHEAD: Final = timedelta(days=400)
_MOMENTS: Final = ("starts_at", "ends_at")
_DAYS: Final = ("first_day", "last_day")


class ChangedMeanwhile(Exception):
    """The calendar is no longer the one that was shown; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that waits for somebody's word, beside the calendar as it is now."""

    file: str
    difference: Difference
    seen: str
    """The mark of the calendar as it is now"""


def year_of(school: School, today: date) -> tuple[date, date]:
    """The days for which a file is read: the school year, else from last July on."""
    if school.first_day is not None and school.last_day is not None:
        return school.first_day, school.last_day
    july = date(today.year if today.month >= 7 else today.year - 1, 7, 1)
    return july, july + _AHEAD


def dates_by_id(session: Session, school_id: int) -> dict[int, CalendarDate]:
    """The calendar as it is, in order, by the ids of its rows."""
    held = school_events.of_school(session, school_id)
    return {event.id or 0: CalendarDate(**event.model_dump(exclude={"id", "school_id"})) for event in held}


def dates_of(session: Session, school_id: int) -> list[CalendarDate]:
    """The same without the ids."""
    return list(dates_by_id(session, school_id).values())


def mark_of(dates: Iterable[CalendarDate]) -> str:
    """The same for the same dates, so that two people at once lose nothing of each other."""
    return hashlib.sha256(json.dumps(sorted(map(_plain, dates), key=str)).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class CalendarEditor:
    """Who changes a calendar, in one transaction."""

    session: Session
    vault: Vault
    account_id: int | None
    now: datetime

    def want(self, school_id: int, file: str, dates: list[CalendarDate]) -> int:
        """Keep what was uploaded until somebody has looked at what it would change. Returns its number."""
        told = {"file": file, "after": [_plain(one) for one in dates]}
        return self._add(school_id, "wanted", told)

    def wanted(self, school_id: int, change_id: int) -> Wanted | None:
        """What an uploaded file would change now; None where it waits no longer."""
        change = calendar_changes.by_id(self.session, school_id, change_id)
        if change is None or change.state != "wanted":
            return None
        told, now = self._told(change), dates_of(self.session, school_id)
        after = merged(map(_read, told["after"]), now)
        return Wanted(told["file"], difference(now, after), mark_of(now))

    def take(self, school_id: int, change_id: int, seen: str) -> int | None:
        """Let an uploaded file hold. None where it waits no longer; raises ChangedMeanwhile."""
        school = self._locked(school_id)
        change = calendar_changes.by_id(self.session, school_id, change_id)
        if change is None or change.state != "wanted":
            return None
        now = dates_of(self.session, school_id)
        if mark_of(now) != seen:
            raise ChangedMeanwhile
        told = self._told(change)
        calendar_changes.drop(self.session, change)
        after = merged(map(_read, told["after"]), now)
        return self._make(school, now, after, "calendar_uploaded", told["file"])

    def change(self, school_id: int, old: CalendarDate | None, new: CalendarDate | None) -> int:
        """Change a date by hand; `old` none: add one, `new` none: take it out.

        Returns the number of the change. Raises ChangedMeanwhile where the old one is no longer there.
        """
        school, now = self._locked(school_id), dates_of(self.session, school_id)
        if old is not None and old not in now:
            raise ChangedMeanwhile
        after = list(now)
        if old is not None:
            after.remove(old)
        if new is not None:
            uid = old.uid if old is not None else BY_HAND + secrets.token_hex(6)
            after.append(replace(new, uid=uid))
        return self._make(school, now, after, "calendar_changed", "")

    def undo(self, school_id: int, change_id: int) -> bool:
        """Take a change back. False where the calendar was changed again since, or it is another's."""
        school = self._locked(school_id)
        change = calendar_changes.by_id(self.session, school_id, change_id)
        if change is None or change.state != "made":
            return False
        told = self._told(change)
        if mark_of(dates_of(self.session, school_id)) != mark_of(map(_read, told["after"])):
            return False
        store_calendar(self.session, school_id, [_read(one) for one in told["before"]])
        school.kept = _with(school, is_kept=told["was_kept"])
        change.state = "undone"
        self._write_down("calendar_undone", school_id, difference([], []))
        return True

    def give_back(self, school_id: int) -> bool:
        """Let the district's files decide the calendar, from their next load on."""
        school = self._locked(school_id)
        if CALENDAR not in school.kept:
            return False
        school.kept = _with(school, is_kept=False)
        self._write_down("calendar_given_back", school_id, difference([], []))
        return True

    def _make(
        self, school: School, before: list[CalendarDate], after: list[CalendarDate], action: str, file: str
    ) -> int:
        school_id = school.id or 0
        store_calendar(self.session, school_id, after)
        told = {
            "file": file,
            "before": [_plain(one) for one in before],
            "after": [_plain(one) for one in after],
            "was_kept": CALENDAR in school.kept,
        }
        school.kept = _with(school, is_kept=school.told is not None)
        self._write_down(action, school_id, difference(before, after))
        return self._add(school_id, "made", told)

    def _add(self, school_id: int, state: str, told: dict[str, Any]) -> int:
        change = CalendarChange(
            school_id=school_id,
            account_id=self.account_id,
            at=self.now,
            state=state,
            dates=self.vault.seal(json.dumps(told), DATES),
        )
        return calendar_changes.add(self.session, change)

    def _told(self, change: CalendarChange) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.vault.open(change.dates, DATES))
        return told

    def _locked(self, school_id: int) -> School:
        school = schools.locked(self.session, school_id)
        if school is None:
            raise KeyError(school_id)
        return school

    def _write_down(self, action: str, school_id: int, made: Difference) -> None:
        """How many dates, never which."""
        counts = {"added": len(made.added), "changed": len(made.changed), "gone": len(made.gone)}
        detail = {name: number for name, number in counts.items() if number}
        deed = Deed(action, self.account_id, f"school:{school_id}", school_id, detail)
        audit.append(self.session, self.vault, self.now, deed)


def _with(school: School, *, is_kept: bool) -> list[str]:
    others = [name for name in school.kept if name != CALENDAR]
    return sorted([*others, CALENDAR]) if is_kept else others


def _plain(one: CalendarDate) -> dict[str, str | None]:
    values = asdict(one).items()
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def _read(plain: dict[str, Any]) -> CalendarDate:
    days = {name: date.fromisoformat(plain[name]) for name in _DAYS}
    moments = {name: datetime.fromisoformat(plain[name]) if plain[name] else None for name in _MOMENTS}
    return CalendarDate(**{**plain, **days, **moments})
