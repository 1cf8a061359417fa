"""Quiet hours: no text of our own accord outside 8:00 to 20:00 at the school, wherever clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.outbox.quiet import (
    CLOSES,
    JUST_WROTE,
    OPENS,
    belongs_to_talk,
    is_quiet,
    read_hours,
    window,
    write_hours,
)
from tests.faults.scale import read_scale

ZONES = (
    "America/New_York",
    "America/Detroit",
    "America/Indiana/Indianapolis",
    "America/Kentucky/Louisville",
    "America/Chicago",
    "America/North_Dakota/Beulah",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Shiprock",  # the Navajo Nation changes its clocks, Arizona around it does not
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/St_Thomas",
    "Pacific/Guam",
    "Pacific/Saipan",
    "Pacific/Pago_Pago",
    *("America/Indiana/Knox", "America/Indiana/Marengo", "America/Indiana/Petersburg"),
    *("America/Indiana/Tell_City", "America/Indiana/Vevay", "America/Indiana/Vincennes"),
    *("America/Indiana/Winamac", "America/Kentucky/Monticello", "America/Menominee"),
    *("America/North_Dakota/Center", "America/North_Dakota/New_Salem", "America/Juneau", "America/Sitka"),
    *("America/Metlakatla", "America/Yakutat", "America/Nome"),
)
"""Every zone of the tz database's zone.tab for US, PR, VI, GU, MP and AS, and the Navajo Nation"""
SPRING, AUTUMN = datetime(2027, 3, 14, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


def wall(moment: datetime, zone: str) -> time:
    return moment.astimezone(ZoneInfo(zone)).time()


def moments() -> list[tuple[datetime, str]]:
    """Half over a year and a half, half within two days of the nights when clocks change.

    100,000 in the long form; some thousands every day, and then others each time.
    """
    scale = read_scale()
    random, half = scale.random(), scale.of(2_000, 50_000)
    anywhere = [SPRING - timedelta(seconds=random.uniform(0, 500 * 86_400)) for _ in range(half)]
    nights = [
        random.choice((SPRING, AUTUMN)) + timedelta(seconds=random.uniform(-86_400, 2 * 86_400))
        for _ in range(half)
    ]
    return [(moment, random.choice(ZONES)) for moment in anywhere + nights]


def test_of_all_times_in_every_zone_of_the_country_none_is_outside_the_hours() -> None:
    for moment, zone in moments():
        found = window(moment, zone)
        goes = max(moment, found.opens)
        last = found.closes - timedelta(microseconds=1)
        assert goes < found.closes
        assert OPENS <= wall(goes, zone) < CLOSES, (moment, zone)
        assert OPENS <= wall(last, zone) < CLOSES, (moment, zone)
        assert is_quiet(moment, zone) == (not OPENS <= wall(moment, zone) < CLOSES), (moment, zone)
        assert goes - moment <= timedelta(hours=13), "the night has 12 hours, 13 when clocks go back"


@pytest.mark.parametrize(
    ("local", "waits"),
    [
        ("2026-10-13T07:59:59", "2026-10-13T08:00:00"),
        ("2026-10-13T08:00:00", "2026-10-13T08:00:00"),
        ("2026-10-13T19:59:59", "2026-10-13T19:59:59"),
        ("2026-10-13T20:00:00", "2026-10-14T08:00:00"),
        ("2026-10-31T23:00:00", "2026-11-01T08:00:00"),
        ("2027-03-13T23:00:00", "2027-03-14T08:00:00"),
    ],
)
def test_a_text_goes_at_once_by_day_and_at_eight_after_the_night(local: str, waits: str) -> None:
    zone = ZoneInfo("America/Chicago")
    moment = datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)
    goes = max(moment, window(moment, zone.key).opens)
    assert goes.astimezone(zone).replace(tzinfo=None) == datetime.fromisoformat(waits)


def test_an_opening_hour_that_comes_twice_counts_the_second_time() -> None:
    """No zone of the country changes its clocks at 8; half past one stands in for it."""
    moment = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)  # midnight in Chicago; 1:30 is at 6:30 and 7:30 UTC
    found = window(moment, "America/Chicago", opens=time(1, 30))
    assert found.opens == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_a_closing_hour_that_comes_twice_counts_the_first_time() -> None:
    moment = datetime(2026, 11, 1, 5, 15, tzinfo=UTC)
    found = window(moment, "America/Chicago", opens=time(0, 10), closes=time(1, 40))
    assert found.closes == datetime(2026, 11, 1, 6, 40, tzinfo=UTC)


def test_an_hour_that_never_comes_opens_after_the_gap_and_closes_before_it() -> None:
    moment = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)  # 1:00 in Chicago; 2:00 to 3:00 is left out at 8:00 UTC
    late = window(moment, "America/Chicago", opens=time(2, 20))
    assert late.opens == datetime(2026, 3, 8, 8, 20, tzinfo=UTC)
    early = window(moment, "America/Chicago", opens=time(0, 20), closes=time(2, 40))
    assert early.closes == datetime(2026, 3, 8, 7, 40, tzinfo=UTC)


def test_a_day_whose_hours_the_gap_leaves_empty_is_passed_over() -> None:
    moment = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)  # 2:20 comes at 3:20 that day, when it closes
    found = window(moment, "America/Chicago", opens=time(2, 20), closes=time(3, 20))
    assert found.opens == datetime(2026, 3, 9, 7, 20, tzinfo=UTC)


def test_eight_sharp_is_no_longer_quiet_and_eight_in_the_evening_is() -> None:
    for at, quiet in (("07:59:59", True), ("08:00:00", False), ("19:59:59", False), ("20:00:00", True)):
        moment = datetime.fromisoformat(f"2026-10-13T{at}").replace(tzinfo=ZoneInfo("America/Chicago"))
        assert is_quiet(moment.astimezone(UTC), "America/Chicago") is quiet, at


def test_a_text_soon_after_the_persons_own_belongs_to_the_talk() -> None:
    assert timedelta(hours=1) == JUST_WROTE
    now = datetime(2026, 10, 13, 4, 0, tzinfo=UTC)
    assert belongs_to_talk(now - JUST_WROTE, now)
    assert not belongs_to_talk(now - JUST_WROTE - timedelta(seconds=1), now)
    assert not belongs_to_talk(None, now)


def test_a_school_may_choose_fewer_hours_and_never_more() -> None:
    assert write_hours(time(9), time(18)) == "09:00-18:00"
    assert write_hours(OPENS, CLOSES) is None
    for opens, closes in ((time(7), time(18)), (time(9), time(21)), (time(18), time(9)), (time(9), time(9))):
        with pytest.raises(ValueError, match="8:00"):
            write_hours(opens, closes)
    morning = datetime(2026, 11, 30, 14, 30, tzinfo=UTC)  # 8:30 in Chicago
    assert not is_quiet(morning, "America/Chicago")
    assert is_quiet(morning, "America/Chicago", "09:00-18:00")


@pytest.mark.parametrize("written", ["00:00-23:59", "21:00-23:00", "20:00-21:00", None, ""])
def test_whatever_a_row_says_nothing_goes_out_beyond_the_hours_of_all(written: str | None) -> None:
    assert read_hours(written) == (OPENS, CLOSES)
