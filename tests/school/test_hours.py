"""When an office is open, and how long four office hours last across nights, holidays and summer time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.school import hours
from bot.school.hours import HoursWrong, read_hours

CHICAGO = ZoneInfo("America/Chicago")
WRITTEN = {
    "regular": {"monday to thursday": "7:30 to 16:00", "friday": "7:30 to 12:00, 13:00 to 15:00"},
    "early_release": {"monday to friday": "7:30 to 13:00"},
    "no_school": "closed",
}
OFFICE = read_hours(WRITTEN)
HOURS = timedelta(hours=1)


@dataclass
class Day:
    """A date of the calendar."""

    kind: str
    first_day: date
    last_day: date


THANKSGIVING = Day("no_school", date(2026, 11, 25), date(2026, 11, 27))
EARLY = Day("early_release", date(2026, 11, 24), date(2026, 11, 24))
DAYS = [THANKSGIVING, EARLY]


def at(day: int, clock: str, month: int = 11) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, month, day, int(hour), int(minute), tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(23, "7:29"), False),
        (at(23, "7:30"), True),
        (at(23, "15:59"), True),
        (at(23, "16:00"), False),
        (at(24, "12:59"), True),
        (at(24, "13:00"), False),
        (at(26, "10:00"), False),
        (at(28, "10:00"), False),
        (at(20, "12:30"), False),
        (at(20, "13:00"), True),
    ],
)
def test_an_office_is_open_by_weekday_and_kind_of_day(moment: datetime, is_open: bool) -> None:  # noqa: FBT001
    assert hours.is_open(OFFICE, moment, DAYS) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at(23, "10:00"), at(23, "10:00")),
        (at(23, "6:00"), at(23, "7:30")),
        (at(20, "12:15"), at(20, "13:00")),
        (at(24, "13:00"), at(30, "7:30")),
    ],
    ids=["while open", "before it opens", "at lunch", "over a holiday and a weekend"],
)
def test_the_next_opening_skips_nights_lunch_weekends_and_holidays(
    moment: datetime, opening: datetime
) -> None:
    assert hours.next_opening(OFFICE, moment, DAYS) == opening


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        (at(23, "9:00"), at(23, "13:00")),
        (at(23, "14:00"), at(24, "9:30")),
        (at(24, "11:00"), at(30, "9:30")),
        (at(21, "12:00"), at(23, "11:30")),
        (at(23, "12:00"), at(23, "16:00")),
    ],
    ids=["same day", "next morning", "over a holiday", "from a weekend", "to the minute it closes"],
)
def test_four_office_hours_count_only_while_it_is_open(moment: datetime, after: datetime) -> None:
    assert hours.office_hours_after(OFFICE, moment, 4 * HOURS, DAYS) == after


def test_the_clock_change_does_not_shift_the_opening() -> None:
    """On 1 November 2026 clocks in Chicago go back."""
    after = hours.office_hours_after(OFFICE, at(30, "14:30", month=10), HOURS, [])
    assert after == at(2, "8:00")


def test_an_office_that_never_opens_counts_by_the_clock() -> None:
    stored = {"office": {"regular": "closed"}}
    assert hours.next_opening(read_hours(stored["office"]), at(23, "9:00"), []) is None
    assert hours.after_office_hours(stored, at(23, "9:00"), 4) == at(23, "13:00")
    assert hours.after_office_hours({"office": WRITTEN}, at(23, "14:00"), 4, DAYS) == at(24, "9:30")


@given(
    st.integers(0, 60 * 24 * 30).map(lambda minutes: at(1, "0:00", month=10) + timedelta(minutes=minutes)),
    st.integers(1, 60 * 40).map(lambda minutes: timedelta(minutes=minutes)),
)
def test_the_hours_until_a_moment_are_those_that_were_added(moment: datetime, amount: timedelta) -> None:
    end = hours.office_hours_after(OFFICE, moment, amount, DAYS)
    assert end is not None
    minutes = int((end - moment) / timedelta(minutes=1))
    passed = (moment + timedelta(minutes=minute) for minute in range(minutes))
    assert timedelta(minutes=sum(hours.is_open(OFFICE, minute, DAYS) for minute in passed)) == amount


@pytest.mark.parametrize(
    "written",
    [
        {"regular": {"monday": "16:00 to 7:30"}},
        {"regular": {"monday": "7:30-16:00"}},
        {"regular": {"monday": "25:00 to 26:00"}},
        {"regular": {"friday to monday": "7:30 to 16:00"}},
        {"regular": {"someday": "7:30 to 16:00"}},
        {"regular": {"monday": "7:30 to 12:00, 11:00 to 16:00"}},
        {"regular": {"monday": "7:30 to 16:00", "monday to friday": "8:00 to 9:00"}},
        {"regular": "open"},
        {"holiday": "closed"},
    ],
)
def test_hours_that_make_no_sense_are_refused(written: dict[str, object]) -> None:
    with pytest.raises(HoursWrong):
        read_hours(written)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "Monday to Friday 7:30 AM - 4:00 PM"),
        ("es", "lunes a viernes 7:30 a.m. - 4:00 p.m."),
        ("ar", "الاثنين إلى الجمعة 7:30 ص - 4:00 م"),
        ("zh_Hans", "星期一至星期五 07:30 - 16:00"),
        ("ht", "lendi jiska vandredi 7:30 AM - 4:00 PM"),
    ],
)
def test_hours_are_said_in_the_readers_words(locale: str, said: str) -> None:
    assert hours.said({"office": {"regular": {"monday to friday": "7:30 to 16:00"}}}, locale) == said


def test_days_that_differ_are_said_apart_and_none_at_all_as_nothing() -> None:
    assert hours.said({"office": WRITTEN}, "en") == (
        "Monday to Thursday 7:30 AM - 4:00 PM and Friday 7:30 AM - 12:00 PM and 1:00 PM - 3:00 PM"
    )
    assert hours.said({}, "en") == ""


def test_office_hours_are_those_of_the_world_on_the_night_clocks_change() -> None:
    always = read_hours({"regular": {"monday to sunday": "0:00 to 23:59"}})
    for before, name in ((datetime(2026, 10, 31, 23, 0, tzinfo=CHICAGO), "back"),
                         (datetime(2027, 3, 13, 23, 0, tzinfo=CHICAGO), "forward")):  # fmt: skip
        due = hours.office_hours_after(always, before, timedelta(hours=5), [])
        assert due is not None
        waited = due.astimezone(UTC) - before.astimezone(UTC)
        assert timedelta(hours=5) <= waited <= timedelta(hours=5, minutes=2), name
        assert hours.office_time(always, before, due, []) == timedelta(hours=5), name


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(23, "6:00"), None),
        (at(23, "10:00"), None),
        (at(21, "10:00"), None),
        (at(24, "17:00"), at(30, "7:30")),
        (at(25, "10:00"), at(30, "7:30")),
        (at(27, "23:00"), None),
        (at(28, "10:00"), None),
    ],
)
def test_a_holiday_breaks_what_the_week_would_promise(moment: datetime, opens: datetime | None) -> None:
    assert hours.out_of_turn(OFFICE, moment, DAYS) == opens
