"""When it goes out: the school's time, refusals at their field, rules that skip holidays, what comes late."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.broadcast import approvals, sending
from bot.broadcast.fan_out import fill_due
from bot.broadcast.refused import (
    BadCanary,
    InPast,
    InQuietHours,
    NeedsApproval,
    NoDay,
    NoTime,
    NotWaiting,
    TooFar,
)
from bot.broadcast.sending import Order
from bot.broadcast.when import moment_of, read_rule
from bot.store import broadcasts
from bot.store.broadcasts import Broadcast
from bot.store.school_events import SchoolEvent
from tests.broadcast.conftest import Campus

CHICAGO = "America/Chicago"
TOMORROW = datetime.fromisoformat("2026-10-14T09:30")


local = datetime.fromisoformat


def told(campus: Campus, broadcast_id: int) -> Broadcast:
    with campus.db.read() as session:
        found = broadcasts.by_id(session, broadcast_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("at", "utc"),
    [
        (local("2026-11-01T01:30"), "2026-11-01T06:30:00+00:00"),
        (local("2027-03-14T02:30"), "2027-03-14T08:30:00+00:00"),
        (local("2026-11-02T09:00"), "2026-11-02T15:00:00+00:00"),
    ],
)
def test_a_time_that_comes_twice_or_never_is_what_rfc_5545_says(at: datetime, utc: str) -> None:
    assert moment_of(at, CHICAGO).isoformat() == utc


def test_it_goes_out_at_its_local_time(campus: Campus) -> None:
    campus.family(campus.contact())
    made = campus.send(campus.draft(), Order(at=TOMORROW))
    assert made.state == "scheduled"
    campus.clock.set(TOMORROW.replace(tzinfo=ZoneInfo(CHICAGO)) - timedelta(minutes=1))
    campus.out()
    assert campus.states() == []
    campus.clock.move(minutes=1)
    campus.out()
    assert campus.states() == [("accepted", None)]


@pytest.mark.parametrize(
    ("order", "refused", "field"),
    [
        (Order(at=local("2026-10-13T09:59")), InPast, "when"),
        (Order(at=local("2026-10-14T20:00")), InQuietHours, "when"),
        (Order(at=local("2026-10-14T07:59")), InQuietHours, "when"),
        (Order(at=local("2029-10-14T09:00")), TooFar, "when"),
        (Order(rule="FREQ=WEEKLY"), NoTime, "when"),
        (Order(at=TOMORROW, rule="FREQ=HOURLY"), NoTime, "when"),
        (Order(at=TOMORROW, rule="every monday"), NoTime, "when"),
        (Order(at=TOMORROW, rule="FREQ=WEEKLY;BYDAY=XX"), NoTime, "when"),
        (Order(canary=0), BadCanary, "canary"),
        (Order(at=TOMORROW, rule="FREQ=WEEKLY;UNTIL=20261001"), NoDay, "until"),
        (Order(lives=timedelta(days=30)), NoTime, "when"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(
    campus: Campus, order: Order, refused: type[Exception], field: str
) -> None:
    campus.family(campus.contact())
    draft = campus.draft()
    with pytest.raises(refused) as told_so:
        campus.send(draft, order)
    assert getattr(told_so.value, "field", "") == field
    assert told(campus, draft).state == "draft"


def test_nothing_is_sent_at_night_but_in_an_emergency_of_an_administrator(campus: Campus) -> None:
    campus.family(campus.contact())
    campus.clock.move(hours=12)
    with pytest.raises(InQuietHours):
        campus.send(campus.draft())
    with pytest.raises(NeedsApproval):
        campus.draft(emergency="the boiler burst")
    campus.sent(campus.principal, emergency="the boiler burst")
    assert campus.states() == [("accepted", None)]


def test_what_begins_too_late_expires_and_says_so(campus: Campus) -> None:
    campus.family(campus.contact())
    made = campus.send(campus.draft(), Order(at=TOMORROW, lives=timedelta(hours=1)))
    campus.clock.move(days=2)
    fill_due(campus.parts)
    assert (told(campus, made.broadcast_id).state, told(campus, made.broadcast_id).reason) == (
        "expired",
        "late",
    )


def test_a_series_skips_holidays_and_each_occurrence_is_a_broadcast(campus: Campus) -> None:
    mother = campus.contact()
    campus.family(mother)
    campus.add(
        SchoolEvent(
            school_id=campus.school,
            uid="h",
            kind="no_school",
            summary="Fall break",
            first_day=date(2026, 10, 21),
            last_day=date(2026, 10, 21),
        )
    )
    made = campus.send(campus.draft(), Order(at=TOMORROW, rule="RRULE:FREQ=WEEKLY;COUNT=3"))
    assert made.state == "series"
    for _ in range(30):
        campus.out()
        campus.clock.move(days=1)
    with campus.db.read() as session:
        found = session.exec(select(Broadcast).where(Broadcast.series_id == made.broadcast_id)).all()
    days = [one.starts_at.astimezone(ZoneInfo(CHICAGO)).isoformat() for one in found if one.starts_at]
    assert days == ["2026-10-14T09:30:00-05:00", "2026-10-28T09:30:00-05:00"]
    assert campus.bodies(mother) == ["No school on Friday."] * 2
    assert told(campus, made.broadcast_id).state == "done"


def test_a_rule_is_the_schools_time_all_year(campus: Campus) -> None:
    del campus
    rule: Any = read_rule("FREQ=WEEKLY;COUNT=2", local("2026-10-28T09:30"))
    moments = [moment_of(one, CHICAGO).hour for one in rule]
    assert moments == [14, 15]


def test_after_a_canary_it_waits_for_somebody(campus: Campus) -> None:
    for _ in range(5):
        campus.family(campus.contact())
    made = campus.send(campus.draft(), Order(canary=2)).broadcast_id
    campus.out()
    assert (told(campus, made).state, told(campus, made).reason) == ("paused", "canary")
    assert len(campus.states()) == 2
    with campus.db.write() as session:
        assert sending.resume(session, campus.parts, campus.teacher, made)
    campus.out()
    assert campus.states() == [("accepted", None)] * 5


def test_to_many_a_second_person_agrees_and_of_two_one_decides(campus: Campus) -> None:
    campus.set(approval_above=1)
    campus.family(campus.contact(), campus.contact())
    made = campus.send(campus.draft(who=campus.principal), who=campus.principal)
    assert made.state == "waiting_approval"
    campus.out()
    assert campus.states() == []
    with pytest.raises(NeedsApproval), campus.db.write() as session:
        approvals.approve(session, campus.parts, campus.principal, made.broadcast_id)
    second = campus.account("administrator", None)
    with campus.db.write() as session:
        assert approvals.approve(session, campus.parts, second, made.broadcast_id).state == "running"
    third = campus.account("administrator", campus.school)
    with pytest.raises(NotWaiting), campus.db.write() as session:
        approvals.refuse(session, campus.parts, third, made.broadcast_id, "too_many")
    campus.out()
    assert campus.states() == [("accepted", None)] * 2


def test_what_is_refused_or_withdrawn_never_goes_out(campus: Campus) -> None:
    campus.set(approval_above=1)
    campus.family(campus.contact(), campus.contact())
    first, second = campus.send(campus.draft()), campus.send(campus.draft())
    with campus.db.write() as session:
        approvals.refuse(session, campus.parts, campus.principal, first.broadcast_id, "not_now")
    with campus.db.write() as session:
        sending.withdraw(session, campus.parts, campus.teacher, second.broadcast_id)
    campus.out()
    assert campus.states() == []
    assert told(campus, first.broadcast_id).state == "refused"
    assert told(campus, second.broadcast_id).reason == "withdrawn"
