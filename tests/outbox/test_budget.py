"""The day's budget: families who write are answered longest, danger always, nothing is lost in silence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.outbox.caps import Budget, day_of, next_day
from bot.outbox.costs import by_kind
from bot.outbox.drain import drain
from bot.outbox.prices import estimate, is_home, region_of
from bot.ports import NotAccepted
from bot.store import marks, spending
from bot.store.contacts import find_or_create
from tests.outbox.conftest import Desk

BRAND = "MG1"
MEXICO = "+525512345678"


def with_budget(desk: Desk, segments: int | None = None, micros: int | None = None) -> None:
    desk.parts = replace(desk.parts, budget=Budget(BRAND, segments, micros), senders={})


def fill(desk: Desk, lane: str, count: int, **more: object) -> list[int]:
    return [desk.want(desk.person(number), "Hola", lane, **more) for number in range(count)]


def spent(desk: Desk) -> spending.Day:
    with desk.db.read() as session:
        return spending.so_far(session, BRAND, day_of(desk.clock()))


def test_texts_to_many_stop_at_four_fifths_and_answers_at_all_of_it(desk: Desk) -> None:
    with_budget(desk, segments=10)
    many = fill(desk, "broadcasts", 20)
    assert drain(desk.parts, "broadcasts") == 8
    answers = fill(desk, "replies", 20)
    assert drain(desk.parts, "replies") == 2
    waiting = [desk.row(row_id) for row_id in [*many[8:], *answers[2:]]]
    assert {(row.state, row.reason) for row in waiting} == {("pending", "budget")}
    assert {row.due_at for row in waiting} == {next_day(desk.clock())}
    assert spent(desk).segments == 10


def test_what_nobody_may_wait_for_goes_out_beyond_the_budget_but_not_abroad(desk: Desk) -> None:
    with_budget(desk, segments=1)
    fill(desk, "replies", 3)
    drain(desk.parts, "replies")
    essential = ("opt_out_confirmation", "help", "danger")
    for number, kind in enumerate(essential):
        desk.want(desk.person(50 + number), kind, kind=kind)
    with desk.db.write() as session:
        abroad = find_or_create(session, desk.vault, MEXICO, desk.clock()).id or 0
    desk.want(abroad, "help", kind="help")
    drain(desk.parts, "replies")
    assert sorted(desk.carrier.bodies()) == sorted(["Hola", *essential])


def test_what_waits_goes_out_on_the_next_day(desk: Desk) -> None:
    with_budget(desk, segments=2)
    rows = fill(desk, "replies", 3, expires_at=desk.clock() + timedelta(days=2))
    drain(desk.parts, "replies")
    desk.clock.set(next_day(desk.clock()) - timedelta(seconds=1))
    assert drain(desk.parts, "replies") == 0
    desk.clock.move(seconds=1)
    assert drain(desk.parts, "replies") == 1
    assert desk.row(rows[2]).state == "accepted"


def test_a_text_whose_time_is_over_by_the_next_day_ends_with_that_reason(desk: Desk) -> None:
    with_budget(desk, segments=1)
    rows = fill(desk, "broadcasts", 1, kind="broadcast", zone="America/Chicago")
    drain(desk.parts, "broadcasts")
    assert (desk.row(rows[0]).state, desk.row(rows[0]).reason) == ("skipped", "budget")


def test_each_alarm_is_raised_once_a_day_without_a_number_in_it(desk: Desk) -> None:
    with_budget(desk, segments=10)
    with capture_logs() as lines:
        for number in range(12):
            desk.want(desk.person(number), "Hola")
            drain(desk.parts, "replies")
    alarms = [line for line in lines if line["event"] == "budget_reached"]
    assert [line["per_cent"] for line in alarms] == [80, 100]
    assert not any("+1" in str(value) or BRAND in str(value) for line in alarms for value in line.values())
    with desk.db.read() as session:
        assert marks.get(session, "budget_80") == marks.get(session, "budget_100") == desk.clock()


def test_a_broadcast_that_has_to_wait_raises_the_first_alarm(desk: Desk) -> None:
    with_budget(desk, segments=10)
    desk.want(desk.person(1), "x" * 1000, "broadcasts")
    with capture_logs() as lines:
        drain(desk.parts, "broadcasts")
        desk.want(desk.person(2), "x" * 1400, "broadcasts")
        drain(desk.parts, "broadcasts")
    assert [line["per_cent"] for line in lines if line["event"] == "budget_reached"] == [80]


def test_dollars_end_the_day_where_they_are_fewer(desk: Desk) -> None:
    home = estimate("+15125550101", 1, "sms")
    with_budget(desk, segments=1000, micros=3 * home)
    fill(desk, "replies", 5)
    assert drain(desk.parts, "replies") == 3
    assert spent(desk).micros == 3 * home


def test_what_the_carrier_refused_costs_nothing(desk: Desk) -> None:
    with_budget(desk, segments=10)
    desk.carrier.script = [NotAccepted(20429, "busy", retry_after=1.0), NotAccepted(21614, "landline")]
    fill(desk, "replies", 3)
    drain(desk.parts, "replies")
    assert len(desk.carrier.accepted) == 1
    assert spent(desk).segments == 1


def test_a_hundred_numbers_abroad_spend_no_more_than_the_budget(desk: Desk) -> None:
    with_budget(desk, micros=1_000_000)
    for number in range(100):
        with desk.db.write() as session:
            person = find_or_create(session, desk.vault, f"+52551234{number:04}", desk.clock()).id or 0
        for kind in ("reply", "help"):
            desk.want(person, "Hola", kind=kind)
    drain(desk.parts, "replies")
    assert 0 < spent(desk).micros <= 1_000_000
    assert len(desk.carrier.accepted) * estimate(MEXICO, 1, "sms") <= 1_000_000


@pytest.mark.parametrize(
    ("number", "region", "home"),
    [
        ("+15125550101", "US", True),
        ("+17875550101", "US", True),
        (MEXICO, "MX", False),
        ("nothing", "", False),
    ],
)
def test_a_number_has_its_country(number: str, region: str, home: bool) -> None:  # noqa: FBT001 - a case
    assert (region_of(number), is_home(number)) == (region, home)


def test_a_text_costs_by_country_and_segments_and_more_where_nothing_is_known() -> None:
    assert estimate("+15125550101", 3, "sms") == 3 * estimate("+15125550101", 1, "sms")
    assert estimate("nothing", 1, "sms") >= estimate(MEXICO, 1, "sms") > estimate("+15125550101", 1, "sms")
    assert estimate(MEXICO, 5, "whatsapp") == estimate("+15125550101", 1, "whatsapp")


def test_what_texts_took_is_summed_by_country_language_and_encoding(desk: Desk) -> None:
    with_budget(desk)
    with desk.db.write() as session:
        abroad = find_or_create(session, desk.vault, MEXICO, desk.clock())
        abroad.language = "es"
        abroad_id = abroad.id or 0
    for person, words in ((desk.person(1), "x" * 200), (desk.person(2), "Hola"), (abroad_id, "学" * 80)):
        desk.want(person, words)
    desk.carrier.script = [None, NotAccepted(21614, "landline")]
    object.__setattr__(desk.parts, "senders", {"replies": 1})
    drain(desk.parts, "replies")
    with desk.db.read() as session:
        taken = spending.by_contact(session, desk.clock() - timedelta(hours=1))
        assert spending.by_contact(session, desk.clock() + timedelta(hours=1)) == []
    sums = by_kind(desk.vault, taken)
    assert {kind: (cost.texts, cost.segments) for kind, cost in sums.items()} == {
        ("US", "?", "GSM-7"): (1, 2),
        ("MX", "es", "UCS-2"): (1, 2),
    }
    assert sum(cost.micros for cost in sums.values()) == spent(desk).micros


def test_a_day_begins_at_midnight_in_california_also_when_clocks_change() -> None:
    west = ZoneInfo("America/Los_Angeles")
    night = datetime(2026, 11, 1, 6, 59, tzinfo=UTC)
    assert day_of(night).isoformat() == "2026-10-31"
    assert next_day(night) == datetime(2026, 11, 1, 0, 0, tzinfo=west)
    assert next_day(next_day(night)) - next_day(night) == timedelta(hours=25)
