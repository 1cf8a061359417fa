"""Which reminders come next at a school, with their words: shown before any of them goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.broadcast.parts import Broadcasting
from bot.broadcast.reminders import Due, due_within, texts_of
from bot.broadcast.templates import Filled
from bot.broadcast.wording import Fields, render
from bot.store import broadcasts, reminders
from bot.store.reminders import ReminderRule
from bot.store.school_events import SchoolEvent
from bot.store.schools import School

SHOWN: Final = timedelta(days=60)
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Coming:
    """One reminder that comes."""

    rule: ReminderRule
    event: SchoolEvent
    sends_at: datetime
    """Local time of the school, without a zone"""
    state: str
    """planned: not written yet; skipped; or the state of its broadcast"""
    broadcast_id: int | None
    texts: Mapping[str, Filled]
    """By locale, with the name of the school; no text: those families read the English"""


def coming(session: Session, parts: Broadcasting, school: School) -> Sequence[Coming]:
    """The next reminders of a school, the soonest first."""
    found = due_within(session, school, parts.clock(), SHOWN)[:MOST]
    return [_coming(session, parts, one) for one in found]


def _coming(session: Session, parts: Broadcasting, due: Due) -> Coming:
    held = reminders.of_date(session, due.rule.id or 0, due.event.uid, due.event.first_day)
    row = broadcasts.by_id(session, held.broadcast_id) if held and held.broadcast_id else None
    state = "planned" if held is None else row.state if row is not None else "skipped"
    local = due.sends_at.astimezone(ZoneInfo(due.school.zone)).replace(tzinfo=None)
    fields = Fields(school=due.school.name)
    texts = {
        locale: Filled(one.state, render(one.body, fields, locale) if one.is_fit else "")
        for locale, one in texts_of(session, parts, due).items()
    }
    return Coming(
        due.rule,
        due.event,
        local,
        "skipped" if state == "cancelled" else state,
        row.id if row is not None else None,
        texts,
    )
