"""Reminders from the calendar by rule: each is a broadcast that a person sees before it goes out.

Some days before its time a reminder becomes a broadcast that waits for an administrator of the school, like
one to many; where the school switched that on, it is scheduled by itself. A date that moves or is gone takes
its reminder along: what has not begun is cancelled, and the new date gets its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.broadcast.audience import Audience
from bot.broadcast.parts import Broadcasting
from bot.broadcast.templates import Filled, filled_phrase
from bot.broadcast.when import moment_of
from bot.flow.state import Value
from bot.school.calendar_kinds import KINDS
from bot.school.school_days import lessons
from bot.store import broadcast_moves as moves
from bot.store import broadcast_texts, broadcasts, marks, reminders, school_events, schools
from bot.store.broadcast_moves import TITLE
from bot.store.broadcast_texts import BroadcastText
from bot.store.broadcasts import Broadcast
from bot.store.consents import wording_id
from bot.store.reminders import Reminder, ReminderRule
from bot.store.school_events import SchoolEvent
from bot.store.schools import School
from bot.words.locales import LOCALES

AHEAD: Final = timedelta(days=4)
"""So long before its time a reminder is shown to staff: over a weekend too"""
LOOKED: Final = "reminders"
"""Mark of the last look into the calendars"""
BY_PROGRAM: Final = "program"
WAITING: Final = ("waiting_approval", "scheduled")
_EVERY: Final = timedelta(minutes=1)
_NOON: Final = time(12, 0)
_RULES: Final = (
    ("early_release", 1, "17:30"),
    ("no_school", 1, "17:30"),
    ("conference", 7, "17:00"),
    ("conference", 1, "17:00"),
    ("meeting", 1, "17:00"),
)
"""What a school begins with: kind, days before, time of day"""
_TIMED: Final = ("conference", "meeting")


@dataclass(frozen=True, slots=True)
class Due:
    """One rule for one date of one school."""

    rule: ReminderRule
    school: School
    event: SchoolEvent
    sends_at: datetime
    over_at: datetime
    """When the day itself begins to be over: a reminder after this helps nobody"""


def begin_rules(session: Session, school_id: int) -> None:
    """Give a school the usual rules, if it has none: all of them wait for a person."""
    if not reminders.has_any(session, school_id):
        usual = [
            ReminderRule(school_id=school_id, kind=kind, days_before=days, at=at) for kind, days, at in _RULES
        ]
        reminders.add_rules(session, usual)


def look_at_calendars(parts: Broadcasting) -> int:
    """Write reminders whose time comes near, take back those whose date is gone; at most once a minute.

    Returns how many were written or taken back.
    """
    now = parts.clock()
    with parts.db.read() as session:
        looked = marks.get(session, LOOKED)
        if looked is not None and now - looked < _EVERY:
            return 0
    with parts.db.write() as session:
        marks.put(session, LOOKED, now)
        changed = 0
        for school in schools.every_school(session):
            changed += look_at_school(session, parts, school, now)
    return changed


def look_at_school(session: Session, parts: Broadcasting, school: School, now: datetime) -> int:
    """The same for one school, at once: after somebody changed its rules."""
    begin_rules(session, school.id or 0)
    changed = _take_back(session, school, now)
    return changed + sum(_write(session, parts, due, now) for due in due_within(session, school, now, AHEAD))


def due_within(session: Session, school: School, now: datetime, ahead: timedelta) -> list[Due]:
    """What the rules that are on make of the dates of a school, so far ahead: the soonest first."""
    rules = [
        rule for rule in reminders.rules_of(session, school.id or 0) if rule.is_on and rule.kind in KINDS
    ]
    if not rules:
        return []
    today = now.astimezone(ZoneInfo(school.zone)).date()
    furthest = today + ahead + timedelta(days=max(rule.days_before for rule in rules))
    events = school_events.between(session, school.id or 0, today - timedelta(days=1), furthest)
    found = (_of_rule(rule, school, event) for rule in rules for event in events if event.kind == rule.kind)
    soon = [one for one in found if now <= one.sends_at <= now + ahead and not _goes_on(one.event, events)]
    return sorted(soon, key=lambda one: (one.sends_at, one.event.kind))


def _of_rule(rule: ReminderRule, school: School, event: SchoolEvent) -> Due:
    day = event.first_day - timedelta(days=rule.days_before)
    sends_at = moment_of(datetime.combine(day, time.fromisoformat(rule.at)), school.zone)
    return Due(rule, school, event, sends_at, _over_at(event.first_day, event.starts_at, school.zone))


def _over_at(first_day: date, starts_at: datetime | None, zone: str) -> datetime:
    return starts_at or moment_of(datetime.combine(first_day, _NOON), zone)


def _goes_on(event: SchoolEvent, events: Sequence[SchoolEvent]) -> bool:
    """Whether a day without school follows another: the holidays were told of before they began."""
    before = event.first_day - timedelta(days=1)
    return event.kind == "no_school" and any(
        one.kind == "no_school" and one.uid != event.uid and one.first_day <= before <= one.last_day
        for one in events
    )


def _write(session: Session, parts: Broadcasting, due: Due, now: datetime) -> bool:
    """One reminder as a broadcast; False where it is there already."""
    event = due.event
    if reminders.is_claimed(session, due.rule.id or 0, event.uid, event.first_day):
        return False
    mine = Reminder(
        rule_id=due.rule.id or 0,
        uid=event.uid,
        first_day=event.first_day,
        last_day=event.last_day,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
    )
    taken = reminders.claim(session, mine)
    if taken is None:
        return False
    reminders.bind(session, taken, _broadcast(session, parts, due, now))
    return True


def _broadcast(session: Session, parts: Broadcasting, due: Due, now: datetime) -> int:
    school_id, kind = due.school.id or 0, due.event.kind
    row = broadcasts.create(session, created_by=BY_PROGRAM, now=now, school_id=school_id)
    row.state = "scheduled" if due.rule.by_itself else "waiting_approval"
    row.template = f"reminder_{kind}"
    row.title = parts.vault.seal(f"{due.event.summary} ({due.event.first_day.isoformat()})", TITLE)
    row.audience = Audience(schools=frozenset({school_id})).written()
    row.zone, row.starts_at, row.sent_at = due.school.zone, due.sends_at, now
    row.expires_at = due.over_at
    row.lives = max(1, int((due.over_at - due.sends_at).total_seconds() // 60))
    instead = _write_texts(session, parts, row, due)
    within = {"schools": [school_id], "liaison_at": [], "speaks": [], "staff_id": None}
    row.options = {
        "within": within,
        "schools": [school_id],
        "hours": due.school.text_hours,
        "many": True,
        "missing": dict.fromkeys(instead, "english"),
    }
    session.add(row)
    session.flush()
    return row.id or 0


def texts_of(session: Session, parts: Broadcasting, due: Due) -> dict[str, Filled]:
    """The reviewed phrase of each language with the days in it; merge fields are left as they are."""
    when, book = {"when": _when(session, due)}, parts.library.book
    return {locale: filled_phrase(book, f"reminder_{due.event.kind}", when, locale) for locale in LOCALES}


def _write_texts(session: Session, parts: Broadcasting, row: Broadcast, due: Due) -> list[str]:
    """The reviewed phrases of each language; returns the languages that get the English."""
    found = texts_of(session, parts, due)
    source = wording_id(found["en"].body)
    instead = []
    for locale, text in found.items():
        is_read = text.state == "reviewed"
        if not text.is_fit or (not is_read and parts.withhold_unreviewed):
            instead.append(locale)
            continue
        kept = BroadcastText(
            broadcast_id=row.id or 0,
            language=locale,
            body=b"",
            origin="template",
            reviewed=is_read,
            translates=None if locale == "en" else source,
            written_at=row.created_at,
        )
        broadcast_texts.write(session, parts.vault, kept, text.body)
    return instead


def _when(session: Session, due: Due) -> Value:
    """The days of an event, with the times that a family needs."""
    event, zone = due.event, ZoneInfo(due.school.zone)
    first, last = event.first_day.isoformat(), event.last_day.isoformat()
    if event.kind == "early_release" and first == last:
        if event.starts_at is not None:
            return {"timed": [first, event.starts_at.astimezone(zone).strftime("%H:%M")]}
        same_day = school_events.between(session, due.school.id or 0, event.first_day, event.first_day)
        spans = lessons(due.school, event.first_day, same_day)
        # Without hours of the school, the day alone is told: a guessed time would leave a child waiting.
        return {"timed": [first, spans[-1].closes.strftime("%H:%M")]} if spans else {"date": first}
    if event.kind in _TIMED and first == last and event.starts_at and event.ends_at:
        times = [moment.astimezone(zone).strftime("%H:%M") for moment in (event.starts_at, event.ends_at)]
        return {"timed": [first, *times]}
    return {"date": first} if first == last else {"span": [first, last]}


def _take_back(session: Session, school: School, now: datetime) -> int:
    """Cancel what has not begun and whose date moved or is gone, and what nobody agreed to in time."""
    today = now.astimezone(ZoneInfo(school.zone)).date()
    changed = 0
    for reminder, rule in reminders.coming(session, today - timedelta(days=1)):
        if rule.school_id != school.id or reminder.broadcast_id is None:
            continue
        if not _stands(session, reminder, rule):
            if moves.move(session, reminder.broadcast_id, WAITING, "cancelled", reason="calendar_changed"):
                reminders.drop(session, reminder.id or 0)
                changed += 1
        elif _over_at(reminder.first_day, reminder.starts_at, school.zone) <= now.astimezone(UTC):
            over = moves.move(session, reminder.broadcast_id, WAITING, "expired", reason="nobody_agreed")
            changed += over
    return changed


def _stands(session: Session, reminder: Reminder, rule: ReminderRule) -> bool:
    """Whether the calendar still has the date as the reminder tells it, and the rule is on."""
    events = school_events.between(session, rule.school_id, reminder.first_day, reminder.last_day)
    told = (
        reminder.uid,
        rule.kind,
        reminder.first_day,
        reminder.last_day,
        reminder.starts_at,
        reminder.ends_at,
    )
    has = ((one.uid, one.kind, one.first_day, one.last_day, one.starts_at, one.ends_at) for one in events)
    return rule.is_on and told in has
