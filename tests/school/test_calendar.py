"""Reading iCalendar files as school districts publish them."""

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.school.calendar import CalendarDate, CalendarRefused, read_calendar, store_calendar
from bot.store import school_events, schools
from bot.store.database import Database

AUGUST, JULY = date(2026, 8, 1), date(2027, 7, 31)


def calendar(path: Path, *events: str, head: str = "") -> Path:
    """A file with these events, each given by its inner lines."""
    body = "".join(
        f"BEGIN:VEVENT\nUID:{number}\n{event}\nEND:VEVENT\n" for number, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{head}{body}END:VCALENDAR\n"
    file = path / "school.ics"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    return file


def read(path: Path) -> list[CalendarDate]:
    return read_calendar(path, "America/Chicago", AUGUST, JULY)


def errors_of(path: Path) -> list[str]:
    with pytest.raises(CalendarRefused) as refused:
        read(path)
    return refused.value.errors


def test_the_end_of_an_all_day_event_is_exclusive(tmp_path: Path) -> None:
    found = read(
        calendar(
            tmp_path, "DTSTART;VALUE=DATE:20261125\nDTEND;VALUE=DATE:20261128\nSUMMARY:Thanksgiving Break"
        )
    )
    assert [(one.first_day, one.last_day, one.kind) for one in found] == [
        (date(2026, 11, 25), date(2026, 11, 27), "no_school")
    ]
    assert found[0].starts_at is None


def test_an_all_day_event_without_an_end_is_one_day(tmp_path: Path) -> None:
    [found] = read(calendar(tmp_path, "DTSTART;VALUE=DATE:20260907\nSUMMARY:No School"))
    assert found.first_day == found.last_day == date(2026, 9, 7)


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        ("DTSTART;TZID=America/Chicago:20261022T130000", datetime(2026, 10, 22, 18, tzinfo=UTC)),
        ("DTSTART:20261022T130000", datetime(2026, 10, 22, 18, tzinfo=UTC)),
        ("DTSTART:20261022T180000Z", datetime(2026, 10, 22, 18, tzinfo=UTC)),
        ("DTSTART;TZID=America/New_York:20261022T140000", datetime(2026, 10, 22, 18, tzinfo=UTC)),
        ("DTSTART;TZID=Central Standard Time:20261022T130000", datetime(2026, 10, 22, 18, tzinfo=UTC)),
        ("DTSTART;TZID=America/Chicago:20261202T130000", datetime(2026, 12, 2, 19, tzinfo=UTC)),
    ],
    ids=["IANA name without VTIMEZONE", "floating", "UTC", "another zone", "Windows name", "winter time"],
)
def test_a_time_is_understood_in_its_zone(tmp_path: Path, start: str, utc: datetime) -> None:
    [found] = read(calendar(tmp_path, f"{start}\nDURATION:PT1H\nSUMMARY:Conferences"))
    assert found.starts_at == utc


def test_a_late_event_in_utc_belongs_to_the_day_at_school(tmp_path: Path) -> None:
    [found] = read(calendar(tmp_path, "DTSTART:20261106T010000Z\nDTEND:20261106T030000Z\nSUMMARY:PTA"))
    assert found.first_day == found.last_day == date(2026, 11, 5)


def test_an_event_until_midnight_does_not_touch_the_next_day(tmp_path: Path) -> None:
    [found] = read(calendar(tmp_path, "DTSTART:20261106T180000\nDTEND:20261107T000000\nSUMMARY:PTA"))
    assert found.last_day == date(2026, 11, 6)


def test_repetitions_exceptions_moves_and_cancellations_are_followed(tmp_path: Path) -> None:
    series = (
        "DTSTART;TZID=America/Chicago:20260901T180000\nDTEND;TZID=America/Chicago:20260901T190000\n"
        "RRULE:FREQ=MONTHLY;COUNT=5\nEXDATE;TZID=America/Chicago:20261001T180000\nSUMMARY:PTA meeting"
    )
    file = calendar(tmp_path, series)
    moved = (
        "BEGIN:VEVENT\nUID:0\nRECURRENCE-ID;TZID=America/Chicago:20261101T180000\n"
        "DTSTART;TZID=America/Chicago:20261103T180000\nSUMMARY:PTA meeting\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:0\nRECURRENCE-ID;TZID=America/Chicago:20261201T180000\n"
        "DTSTART;TZID=America/Chicago:20261201T180000\nSTATUS:CANCELLED\nSUMMARY:PTA\nEND:VEVENT\n"
    )
    file.write_text(file.read_text().replace("END:VCALENDAR", moved + "END:VCALENDAR"))
    days = [(one.first_day.month, one.first_day.day) for one in read(file)]
    assert days == [(9, 1), (11, 3), (1, 1)]


def test_a_cancelled_event_is_left_out(tmp_path: Path) -> None:
    assert read(calendar(tmp_path, "DTSTART;VALUE=DATE:20261106\nSTATUS:CANCELLED\nSUMMARY:No school")) == []


def test_different_events_with_the_same_uid_are_all_kept(tmp_path: Path) -> None:
    file = calendar(
        tmp_path,
        "DTSTART;VALUE=DATE:20260907\nSUMMARY:No school",
        "DTSTART;VALUE=DATE:20261012\nSUMMARY:No school",
    )
    file.write_text(file.read_text().replace("UID:1", "UID:0"))
    assert [one.first_day.month for one in read(file)] == [9, 10]


def test_a_newer_sequence_of_the_same_event_replaces_the_older(tmp_path: Path) -> None:
    file = calendar(
        tmp_path,
        "DTSTART;VALUE=DATE:20260907\nSEQUENCE:0\nSUMMARY:No school",
        "DTSTART;VALUE=DATE:20260908\nSEQUENCE:1\nSUMMARY:No school",
    )
    file.write_text(file.read_text().replace("UID:1", "UID:0"))
    assert [one.first_day.day for one in read(file)] == [8]


@given(st.text(alphabet="aé学校🎒ß, ;", min_size=1, max_size=120))
def test_folding_may_split_any_character(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    raw = b"SUMMARY:x" + title.replace(",", "\\,").replace(";", "\\;").encode()
    folded = b"\r\n ".join(raw[start : start + 74] for start in range(0, len(raw), 74))
    file = calendar(tmp_path_factory.mktemp("fold"), "DTSTART;VALUE=DATE:20260907\n@")
    file.write_bytes(file.read_bytes().replace(b"@", folded))
    assert read(file)[0].summary == " ".join(f"x{title}".split())


def test_dates_outside_the_school_year_are_left_out(tmp_path: Path) -> None:
    assert read(calendar(tmp_path, "DTSTART;VALUE=DATE:20250907\nSUMMARY:No school")) == []


def test_every_error_is_listed_with_its_line(tmp_path: Path) -> None:
    errors = errors_of(
        calendar(
            tmp_path,
            "DTSTART:2026-10-13\nSUMMARY:a",
            "SUMMARY:b",
            "DTSTART;TZID=Foo/Bar:20261013T080000\nSUMMARY:c",
            "DTSTART;VALUE=DATE:20261013\nDTEND;VALUE=DATE:20261010\nSUMMARY:d",
            "DTSTART;VALUE=DATE:20261013\nRRULE:FREQ=SECONDLY\nSUMMARY:e",
            "DTSTART;VALUE=DATE:20261013\nRRULE:FREQ=NEVER\nSUMMARY:f",
            "DTSTART;VALUE=DATE:20261013\nX-ALLY-KIND:holliday\nSUMMARY:g",
        )
    )
    assert [line.split(": ")[0] for line in errors] == [
        "school.ics:6",
        "school.ics:9",
        "school.ics:15",
        "school.ics:21",
        "school.ics:27",
        "school.ics:33",
        "school.ics:39",
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "does not begin with BEGIN:VCALENDAR"),
        (b"<html>", "does not begin with BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "END:VCALENDAR closes nothing"),
        (b"BEGIN:VCALENDAR\r\nnot a line\r\nEND:VCALENDAR\r\n", "school.ics:2: this is no iCalendar line"),
        (b"BEGIN:VCALENDAR\r\nX:\xff\r\nEND:VCALENDAR\r\n", "school.ics:2: this is not UTF-8"),
    ],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    file = tmp_path / "school.ics"
    file.write_bytes(raw)
    assert any(said in line for line in errors_of(file))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert errors_of(tmp_path / "school.ics") == ["school.ics:1: cannot be read (No such file or directory)."]


@given(st.binary(max_size=300))
def test_nonsense_is_refused_and_never_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = tmp_path_factory.mktemp("nonsense") / "school.ics"
    body = b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260907\r\n" + raw + b"\r\nEND:VEVENT\r\n"
    file.write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + body + b"END:VCALENDAR\r\n")
    with suppress(CalendarRefused):
        read(file)


def test_a_stored_calendar_is_replaced_in_one_go_and_a_second_time_changes_nothing(
    tmp_path: Path, db: Database
) -> None:
    first = read(calendar(tmp_path, "DTSTART:20261022T130000\nDURATION:PT1H\nSUMMARY:Conferences"))
    second = read(calendar(tmp_path, "DTSTART;VALUE=DATE:20261225\nSUMMARY:No school"))
    with db.write() as session:
        school, _ = schools.save_school(
            session,
            {"source_id": "s", "name": "S", "zone": "America/Chicago", "phone": "+15125550140", "hours": {}},
        )
        id_ = school.id or 0
        assert store_calendar(session, id_, first)
        assert not store_calendar(session, id_, first)
        assert store_calendar(session, id_, second)
    with db.read() as session:
        held = school_events.between(session, id_, AUGUST, JULY)
    assert [(one.kind, one.first_day) for one in held] == [("no_school", date(2026, 12, 25))]
