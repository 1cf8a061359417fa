"""A school that lets texts out for fewer hours: they hold when a text is put, and when it has to wait."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.outbox.drain import drain
from bot.outbox.put import ToMany, put_many
from bot.store import broadcasts, outbox, schools
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.outbox.conftest import Desk

ZONE = "America/Chicago"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    """A desk with one person."""
    made = Desk(db, vault, clock)
    made.people = [made.person(0)]
    return made


def put_one(desk: Desk, hours: str | None, *, next_morning: bool = False) -> int:
    """A broadcast of a school with these hours to one person, by a caller who does not name them."""
    with desk.db.write() as session:
        values = {"source_id": "s", "name": "Oak", "zone": ZONE, "phone": "+15125550140", "text_hours": hours}
        school, _ = schools.save_school(session, values)
        made = broadcasts.create(session, created_by="s-1", now=desk.clock(), school_id=school.id)
        shared = ToMany(made, ZONE, desk.clock(), next_morning=next_morning)
        put_many(session, desk.vault, shared, [(desk.people[0], "No school", "sms")], desk.clock())
    with desk.db.read() as session:
        return outbox.to_contact(session, desk.people[0])[-1].id or 0


def test_a_schools_broadcast_keeps_its_hours_also_where_the_caller_forgets_them(desk: Desk) -> None:
    desk.clock.set(local(13, 8, 30))
    row = desk.row(put_one(desk, "10:00-18:00"))
    assert (row.due_at, row.quiet_at) == (local(13, 10), local(13, 18))
    assert drain(desk.parts, "broadcasts") == 0
    desk.clock.set(local(13, 10))
    assert drain(desk.parts, "broadcasts") == 1


def test_what_could_not_go_by_the_evening_waits_for_that_schools_morning(desk: Desk) -> None:
    desk.clock.set(local(13, 17, 59))
    row_id = put_one(desk, "10:00-18:00", next_morning=True)
    desk.clock.set(local(13, 18, 1))
    assert drain(desk.parts, "broadcasts") == 0
    assert desk.row(row_id).due_at == local(14, 10)
    desk.clock.set(local(14, 9))
    assert drain(desk.parts, "broadcasts") == 0
    desk.clock.set(local(14, 10) + timedelta(seconds=1))
    assert drain(desk.parts, "broadcasts") == 1


def test_a_school_that_says_nothing_texts_from_8_to_20(desk: Desk) -> None:
    desk.clock.set(local(13, 7))
    row = desk.row(put_one(desk, None))
    assert (row.due_at, row.quiet_at) == (local(13, 8), local(13, 20))
