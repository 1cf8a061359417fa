"""One text to schools in several time zones: each family gets it by the clock of its own school."""

from datetime import datetime, timedelta

import pytest

from bot.broadcast import approvals
from bot.broadcast.audience import Audience
from bot.broadcast.refused import InPast, InQuietHours
from bot.broadcast.sending import NOW, Order, Sent
from bot.people.access import Who
from tests.broadcast.conftest import Campus
from tests.outbox.rows import rows_of

local = datetime.fromisoformat
NEW_YORK, CHICAGO = "America/New_York", "America/Chicago"
EVERYBODY = Audience(everyone=True)


class Apart:
    """Maple in Chicago and Oak in New York, a family at each, and one who writes to both."""

    def __init__(self, campus: Campus) -> None:
        self.campus = campus
        self.oak = campus.add_school("Oak", NEW_YORK)
        self.chief: Who = campus.account("administrator", None)
        self.west, self.east = campus.contact(), campus.contact()
        campus.family(self.west)
        campus.family(self.east, school_id=self.oak, class_id=campus.school_class("1A", school=self.oak))

    def send(self, order: Order = NOW) -> Sent:
        """From the district to all."""
        draft = self.campus.draft(self.chief, audience=EVERYBODY)
        return self.campus.send(draft, order, self.chief)

    def out(self, at: str) -> None:
        """Whatever is due at a moment of UTC goes out."""
        self.campus.clock.set(local(f"{at}+00:00"))
        self.campus.out()

    def has(self) -> tuple[int, int]:
        """How many texts went out: at Oak, at Maple."""
        east, west = (self.campus.states(one) for one in (self.east, self.west))
        return east.count(("accepted", None)), west.count(("accepted", None))


@pytest.fixture
def apart(campus: Campus) -> Apart:
    """The two schools on each kind of database."""
    return Apart(campus)


def test_a_time_is_each_schools_own(apart: Apart) -> None:
    made = apart.send(Order(at=local("2026-10-14T09:30"), lives=timedelta(minutes=10)))
    assert made.starts_at == local("2026-10-14T13:30+00:00")
    apart.out("2026-10-14T13:29")
    assert apart.has() == (0, 0)
    apart.out("2026-10-14T13:30")
    assert apart.has() == (1, 0)
    apart.out("2026-10-14T14:29")
    assert apart.has() == (1, 0)
    apart.out("2026-10-14T14:30")
    assert apart.has() == (1, 1)
    zones = [rows_of(apart.campus.db, one, lane="broadcasts")[-1].zone for one in (apart.east, apart.west)]
    assert zones == [NEW_YORK, CHICAGO]


def test_what_is_sent_now_waits_only_where_it_is_quiet(apart: Apart) -> None:
    apart.campus.clock.set(local("2026-10-14T12:30+00:00"))
    assert apart.send().state == "running"
    apart.out("2026-10-14T12:59")
    assert apart.has() == (1, 0), "8:59 at Oak, 7:59 at Maple"
    apart.out("2026-10-14T13:00")
    assert apart.has() == (1, 1)


def test_where_it_is_quiet_everywhere_it_is_refused_with_the_first_hour(apart: Apart) -> None:
    apart.campus.clock.set(local("2026-10-14T02:00+00:00"))
    with pytest.raises(InQuietHours) as told:
        apart.send()
    assert told.value.opens_at == local("2026-10-14T12:00+00:00")
    with pytest.raises(InQuietHours):
        apart.send(Order(at=local("2026-10-14T20:00")))
    with pytest.raises(InPast):
        apart.send(Order(at=local("2026-10-13T21:30")))


def test_each_time_of_a_series_is_each_schools_own(apart: Apart) -> None:
    made = apart.send(Order(at=local("2026-10-29T09:30"), rule="FREQ=WEEKLY;COUNT=2"))
    assert made.state == "series"
    for at, has in (
        ("2026-10-29T13:30", (1, 0)),
        ("2026-10-29T14:30", (1, 1)),
        ("2026-11-05T14:30", (2, 1)),
        ("2026-11-05T15:30", (2, 2)),
    ):
        apart.out(at)
        assert apart.has() == has, at


def test_who_agrees_late_sends_it_by_each_clock_that_is_still_to_come(apart: Apart) -> None:
    apart.campus.set(approval_above=1)
    made = apart.send(Order(at=local("2026-10-14T09:30")))
    second = apart.campus.account("administrator", None)
    apart.campus.clock.set(local("2026-10-14T13:45+00:00"))
    with apart.campus.db.write() as session:
        approvals.approve(session, apart.campus.parts, second, made.broadcast_id)
    apart.out("2026-10-14T13:45")
    assert apart.has() == (1, 0)
    apart.out("2026-10-14T14:30")
    assert apart.has() == (1, 1)


def test_a_parent_with_children_at_both_gets_one_text(apart: Apart) -> None:
    campus = apart.campus
    campus.family(apart.west, school_id=apart.oak, class_id=campus.school_class("2A", school=apart.oak))
    apart.send(Order(at=local("2026-10-14T09:30")))
    apart.out("2026-10-14T14:30")
    assert apart.has() == (1, 1)


def test_one_zone_stays_one_clock(campus: Campus) -> None:
    campus.family(campus.contact())
    place = campus.look(campus.draft(campus.principal, audience=EVERYBODY), campus.principal).place
    assert not place.is_spread
