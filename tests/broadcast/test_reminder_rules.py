"""Rules of reminders are added, changed, removed and restored; one date is left out; what comes is shown."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.broadcast import approvals
from bot.broadcast.coming import coming
from bot.broadcast.refused import InQuietHours, NotWaiting, NotYours
from bot.broadcast.reminder_rules import RuleDesk, RuleRefused, ThereAlready
from bot.broadcast.reminders import look_at_calendars
from bot.store import audit, schools
from bot.store import reminders as kept
from tests.broadcast.conftest import Campus
from tests.broadcast.test_reminders import EARLY, MONDAY, at, calendar, waiting

LATER = {**EARLY, "uid": "early-2", "first_day": date(2026, 12, 18), "last_day": date(2026, 12, 18)}
LATER |= {"starts_at": None, "ends_at": None}


def change(campus: Campus, name: str, *told: Any, **more: Any) -> Any:
    """Do something to the rules of the school."""
    with campus.db.write() as session:
        school = schools.by_id(session, campus.school)
        assert school is not None
        return getattr(RuleDesk(session, campus.parts, campus.principal, school), name)(*told, **more)


def next_ones(campus: Campus) -> list[tuple[str, str]]:
    """The day and state of each early release that comes."""
    with campus.db.read() as session:
        school = schools.by_id(session, campus.school)
        assert school is not None
        found = coming(session, campus.parts, school)
        assert all(one.texts["en"].body.startswith("A reminder from Maple") for one in found)
        return [(f"{one.sends_at:%m-%d %H:%M}", one.state) for one in found]


def rule_id(campus: Campus, kind: str = "early_release") -> int:
    with campus.db.read() as session:
        rules = kept.rules_of(session, campus.school)
        return next(one.id or 0 for one in rules if one.kind == kind)


def test_what_comes_is_shown_before_it_is_written(campus: Campus) -> None:
    calendar(campus, EARLY, LATER)
    at(campus, MONDAY)
    assert next_ones(campus) == [("12-03 17:30", "waiting_approval"), ("12-17 17:30", "planned")]


def test_a_new_time_takes_back_what_was_agreed_to_and_writes_it_anew(campus: Campus) -> None:
    calendar(campus, EARLY)
    at(campus, MONDAY)
    [row] = waiting(campus)
    with campus.db.write() as session:
        approvals.approve(session, campus.parts, campus.principal, row.id or 0)
    change(campus, "change", rule_id(campus), "18:00", by_itself=False, is_on=True)
    assert [one.state for one in waiting(campus)] == ["cancelled", "waiting_approval"]
    assert next_ones(campus) == [("12-03 18:00", "waiting_approval")]


def test_a_removed_rule_stays_away_until_that_is_taken_back(campus: Campus) -> None:
    calendar(campus, EARLY)
    at(campus, MONDAY)
    removed = rule_id(campus)
    change(campus, "remove", removed)
    assert next_ones(campus) == []
    at(campus, MONDAY + timedelta(minutes=2))
    assert next_ones(campus) == []
    change(campus, "restore", removed)
    assert next_ones(campus) == [("12-03 17:30", "waiting_approval")]
    with campus.db.read() as session:
        said = [line.action for line in audit.latest(session, 9)]
    assert said == ["reminder_rule_restored", "reminder_rule_removed"]


def test_without_any_rule_the_usual_ones_do_not_come_back(campus: Campus) -> None:
    at(campus, MONDAY)
    with campus.db.read() as session:
        every = [one.id or 0 for one in kept.rules_of(session, campus.school)]
    for one in every:
        change(campus, "remove", one)
    at(campus, MONDAY + timedelta(minutes=2))
    with campus.db.read() as session:
        assert kept.rules_of(session, campus.school) == []


def test_one_date_is_left_out_and_comes_back(campus: Campus) -> None:
    calendar(campus, EARLY, LATER)
    at(campus, MONDAY)
    rule = rule_id(campus)
    for one in (EARLY, LATER):
        change(campus, "skip", rule, one["uid"], one["first_day"])
    assert [state for _, state in next_ones(campus)] == ["skipped", "skipped"]
    campus.clock.move(minutes=2)
    look_at_calendars(campus.parts)
    assert [state for _, state in next_ones(campus)] == ["skipped", "skipped"]
    for one in (EARLY, LATER):
        change(campus, "unskip", rule, one["uid"], one["first_day"])
    assert [state for _, state in next_ones(campus)] == ["waiting_approval", "planned"]


def test_what_went_out_cannot_be_left_out(campus: Campus) -> None:
    calendar(campus, EARLY)
    campus.family(campus.contact("en"))
    at(campus, MONDAY)
    [row] = waiting(campus)
    with campus.db.write() as session:
        approvals.approve(session, campus.parts, campus.principal, row.id or 0)
    campus.clock.set(row.starts_at + timedelta(minutes=1) if row.starts_at else MONDAY)
    campus.out()
    with pytest.raises(NotWaiting):
        change(campus, "skip", rule_id(campus), "early-1", EARLY["first_day"])


def test_what_is_no_rule_is_refused(campus: Campus) -> None:
    at(campus, MONDAY)
    for told, wrong in (
        (("other", 1, "17:00"), RuleRefused),
        (("testing", 5, "17:00"), RuleRefused),
        (("testing", 1, "soon"), RuleRefused),
        (("testing", 1, "21:00"), InQuietHours),
        (("early_release", 1, "17:00"), ThereAlready),
    ):
        with pytest.raises(wrong):
            change(campus, "add", *told, by_itself=False)
    with pytest.raises(NotYours):
        change(campus, "remove", 999)
    made = change(campus, "add", "testing", 2, "17:00", by_itself=True)
    assert rule_id(campus, "testing") == made
