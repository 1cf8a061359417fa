"""Hours as staff write them in a form: back and forth, in their language, and what is wrong with a line."""

import pytest

from bot.school import hours_written
from bot.school.hours import read_hours
from bot.school.hours_written import HoursUnread, read_week, write_week

WEEK = {"monday to thursday": "7:30 to 16:00", "friday": "7:30 to 12:00, 13:00 to 15:00"}


@pytest.mark.parametrize("locale", ["en", "es", "ar", "ht", "zh_Hans"])
def test_what_is_shown_is_read_back_as_the_same(locale: str) -> None:
    regular = read_hours({"regular": WEEK}).regular
    assert read_week(write_week(regular, locale), locale) == WEEK


@pytest.mark.parametrize(
    ("written", "locale"),
    [
        ("Monday - Friday: 7:30 - 16:00", "en"),
        ("monday to friday: 7:30 to 16:00", "en"),
        ("MON\u2013FRI 7:30\u201316:00\n", "en"),
        ("lunes a viernes: 7:30 a 16:00", "es"),
        ("Lun. - Vie. 7:30-16:00", "es"),
        ("Monday - Friday: 7:30 - 16:00", "es"),
    ],
)
def test_people_write_it_in_many_ways(written: str, locale: str) -> None:
    assert read_week(written, locale) == {"monday to friday": "7:30 to 16:00"}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("whenever", "line"),
        ("Someday: 7:30 - 16:00", "days"),
        ("Friday - Monday: 7:30 - 16:00", "days"),
        ("Friday: 7:30", "times"),
        ("Friday: 16:00 - 7:30", "times"),
        ("Friday: 25:00 - 26:00", "times"),
        ("Friday: 7:30 - 12:00, 11:00 - 13:00", "times"),
        ("Monday - Friday: 7:30 - 16:00\nFriday: 8:00 - 9:00", "twice"),
    ],
)
def test_a_line_that_makes_no_sense_is_named_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(HoursUnread) as unread:
        read_week(written, "en")
    assert unread.value.why == why
    assert unread.value.line == written.splitlines()[-1]


def test_a_dash_alone_is_closed_and_an_empty_field_follows_another() -> None:
    assert read_week("-", "en") == "closed"
    hours = hours_written.put_together({("office", "regular"): WEEK, ("office", "early_release"): "closed"})
    assert hours == {"office": {"regular": WEEK, "early_release": "closed"}}
    texts = hours_written.write_all(hours, "en")
    assert texts["office", "early_release"] == "-"
    assert texts["office", "no_school"] == ""
    assert texts["school_day", "regular"] == ""
