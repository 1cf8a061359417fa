"""What the calendar reminds of: written once, seen by a person, moved and cancelled with its date."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.broadcast import approvals, reminders
from bot.broadcast.drafts import opened
from bot.broadcast.reminders import begin_rules, look_at_calendars
from bot.store import broadcasts, school_events
from bot.store import reminders as kept
from bot.store.broadcasts import Broadcast
from tests.broadcast.conftest import Campus

FRIDAY = date(2026, 12, 4)
EARLY = {
    "uid": "early-1",
    "kind": "early_release",
    "summary": "Early release",
    "first_day": FRIDAY,
    "last_day": FRIDAY,
    "starts_at": datetime(2026, 12, 4, 18, 30, tzinfo=UTC),
    "ends_at": datetime(2026, 12, 4, 21, 0, tzinfo=UTC),
}
THURSDAY_EVENING = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)
"""17:30 in Chicago"""


def calendar(campus: Campus, *events: dict[str, Any]) -> None:
    """Make these the school's dates, as reading its file does."""
    with campus.db.write() as session:
        school_events.replace(session, campus.school, list(events))


def at(campus: Campus, moment: datetime) -> int:
    """Look into the calendars at a moment."""
    campus.clock.set(moment)
    return look_at_calendars(campus.parts)


def waiting(campus: Campus) -> list[Broadcast]:
    with campus.db.read() as session:
        found = [broadcasts.by_id(session, number) for number in range(1, 20)]
        return [one for one in found if one is not None]


MONDAY = datetime(2026, 11, 30, 23, 31, tzinfo=UTC)


def test_an_early_release_is_told_the_evening_before_once_a_person_has_seen_it(campus: Campus) -> None:
    ana, luis = campus.contact("en"), campus.contact("es")
    campus.family(ana, luis)
    calendar(campus, EARLY)
    assert at(campus, MONDAY) == 1
    (row,) = waiting(campus)
    assert (row.state, row.starts_at, row.template) == (
        "waiting_approval",
        THURSDAY_EVENING,
        "reminder_early_release",
    )
    campus.out()
    assert campus.states() == []
    with campus.db.write() as session:
        approvals.approve(session, campus.parts, campus.principal, row.id or 0)
    campus.out()
    assert campus.states() == []
    campus.clock.set(THURSDAY_EVENING + timedelta(minutes=1))
    campus.out()
    assert "Friday, December 4, 12:30 PM" in campus.bodies(ana)[0]
    assert "salida temprana" in campus.bodies(luis)[0]
    assert "viernes, 4 de diciembre" in campus.bodies(luis)[0]


def test_nothing_doubles_however_often_one_looks(campus: Campus) -> None:
    calendar(campus, EARLY)
    for minutes in range(0, 30, 2):
        at(campus, MONDAY + timedelta(minutes=minutes))
        calendar(campus, {**EARLY, "summary": f"Early release {minutes}"})
    assert len(waiting(campus)) == 1


def test_a_school_may_let_them_go_out_by_themselves(campus: Campus) -> None:
    ana = campus.contact("en")
    campus.family(ana)
    calendar(campus, EARLY)
    with campus.db.write() as session:
        begin_rules(session, campus.school)
        rule = next(one for one in kept.rules_of(session, campus.school) if one.kind == "early_release")
        kept.change_rule(session, rule.id or 0, at="18:00", by_itself=True, is_on=True)
    at(campus, MONDAY)
    at(campus, THURSDAY_EVENING + timedelta(minutes=31))
    campus.out()
    assert len(campus.bodies(ana)) == 1


@pytest.mark.parametrize("moved", [True, False])
def test_a_date_that_moves_or_is_gone_takes_its_reminder_along(campus: Campus, *, moved: bool) -> None:
    calendar(campus, EARLY)
    at(campus, MONDAY)
    a_day = timedelta(days=1)
    later = {name: value + a_day if isinstance(value, date) else value for name, value in EARLY.items()}
    calendar(campus, *([later] if moved else []))
    at(campus, MONDAY + timedelta(days=1))
    states = [(row.state, row.reason) for row in waiting(campus)]
    assert states[0] == ("cancelled", "calendar_changed")
    assert len(states) == (2 if moved else 1)
    calendar(campus, EARLY)
    at(campus, MONDAY + timedelta(days=1, hours=1))
    assert [row.state for row in waiting(campus)][-1] == "waiting_approval"


def test_one_that_nobody_agreed_to_ends_with_its_day(campus: Campus) -> None:
    calendar(campus, EARLY)
    at(campus, MONDAY)
    at(campus, THURSDAY_EVENING + timedelta(hours=20))
    assert [(row.state, row.reason) for row in waiting(campus)] == [("expired", "nobody_agreed")]


def test_a_break_of_several_entries_is_told_once(campus: Campus) -> None:
    days = [FRIDAY, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)]
    off = [
        {**EARLY, "uid": f"off-{n}", "kind": "no_school", "first_day": day, "last_day": day}
        | {"starts_at": None, "ends_at": None}
        for n, day in enumerate(days)
    ]
    calendar(campus, *off)
    at(campus, MONDAY)
    at(campus, THURSDAY_EVENING)
    assert len(waiting(campus)) == 1


def test_conferences_are_told_a_week_and_a_day_before(campus: Campus) -> None:
    calendar(campus, {**EARLY, "kind": "conference"})
    at(campus, MONDAY - timedelta(days=6))
    at(campus, MONDAY)
    found = [row.starts_at.isoformat()[:10] for row in waiting(campus) if row.starts_at]
    assert found == ["2026-11-27", "2026-12-03"]
    with campus.db.read() as session:
        text = opened(session, campus.parts, waiting(campus)[0]).texts["en"].body
    assert "12:30 PM - 3:00 PM" in text


def test_unread_translations_are_withheld_where_the_district_says_so(campus: Campus) -> None:
    luis = campus.contact("es")
    campus.family(luis)
    campus.set(withhold_unreviewed=True)
    calendar(campus, EARLY)
    at(campus, MONDAY)
    with campus.db.read() as session:
        found = opened(session, campus.parts, waiting(campus)[0])
    assert set(found.texts) == {"en"}
    assert found.missing["es"] == "english"


def test_rules_that_are_off_write_nothing(campus: Campus) -> None:
    calendar(campus, EARLY)
    with campus.db.write() as session:
        begin_rules(session, campus.school)
        for rule in kept.rules_of(session, campus.school):
            kept.change_rule(session, rule.id or 0, at=rule.at, by_itself=False, is_on=False)
    assert at(campus, MONDAY) == 0
    assert reminders.LOOKED == "reminders"
