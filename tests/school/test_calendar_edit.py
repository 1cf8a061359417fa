"""What differs between two calendars, and how staff change one: files, by hand, undone, given back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.school.calendar import CalendarDate
from bot.school.calendar_diff import BY_HAND, difference, merged
from bot.school.calendar_edit import CALENDAR, CalendarEditor, ChangedMeanwhile, dates_of, mark_of
from bot.school.district import DEMO, load_district
from bot.store import calendar_changes, schools
from bot.store.calendar_changes import KEPT
from bot.store.schools import School
from tests.fixtures.installation import Installation


def day(number: int, kind: str = "no_school", uid: str = "", **more: str) -> CalendarDate:
    first = date(2026, 12, number)
    return CalendarDate(first, first, kind, more.get("title", kind), uid or f"{number}@file")


def test_dates_are_paired_by_what_they_say_then_by_uid_then_by_day() -> None:
    moved, renamed = (
        replace(day(4), first_day=date(2026, 12, 5), last_day=date(2026, 12, 5)),
        day(7, uid="n@x"),
    )
    before = [day(1), day(4), day(7, title="Pupil holiday"), day(9)]
    after = [day(1, uid="new@file"), moved, renamed, day(11, "meeting")]
    found = difference(before, after)
    assert found.same == 1
    assert found.changed == ((day(4), moved), (day(7, title="Pupil holiday"), renamed))
    assert (found.added, found.gone) == ((day(11, "meeting"),), (day(9),))
    assert difference(before, list(reversed(before))).is_nothing


def test_a_file_keeps_what_was_given_by_hand_unless_it_has_it_too() -> None:
    own, also = day(3, uid=f"{BY_HAND}1"), day(4, uid=f"{BY_HAND}2")
    assert merged([day(4)], [own, also, day(1)]) == [day(4), own]


@pytest.fixture
def desk(house: Installation) -> tuple[Installation, int]:
    with house.bot.db.read() as session:
        return house, next(one.id or 0 for one in schools.every_school(session))


def editor(house: Installation, session: object) -> CalendarEditor:
    return CalendarEditor(session, house.bot.vault, None, house.clock())  # type: ignore[arg-type]


def held(house: Installation, school_id: int) -> list[CalendarDate]:
    with house.bot.db.read() as session:
        return dates_of(session, school_id)


def kept(house: Installation, school_id: int) -> bool:
    with house.bot.db.read() as session:
        school = session.get(School, school_id)
        return school is not None and CALENDAR in school.kept


def test_a_file_counts_only_once_it_is_taken_and_can_be_undone(desk: tuple[Installation, int]) -> None:
    house, school_id = desk
    before = held(house, school_id)
    timed = replace(day(3, "meeting"), starts_at=datetime(2026, 12, 3, 23, tzinfo=UTC))
    with house.bot.db.write() as session:
        number = editor(house, session).want(school_id, "new.ics", [day(1), timed])
    assert held(house, school_id) == before
    with house.bot.db.write() as session:
        wanted = editor(house, session).wanted(school_id, number)
        assert wanted is not None
        assert (wanted.file, len(wanted.difference.gone)) == ("new.ics", len(before))
        change = editor(house, session).take(school_id, number, wanted.seen)
    assert held(house, school_id) == [day(1), timed]
    assert kept(house, school_id)
    load_district(house.bot.db, house.bot.vault, DEMO, house.clock)
    assert held(house, school_id) == [day(1), timed], "the district's file decides no longer"
    with house.bot.db.write() as session:
        assert editor(house, session).take(school_id, number, wanted.seen) is None, "only once"
        assert editor(house, session).undo(school_id, change or 0)
        assert not editor(house, session).undo(school_id, change or 0), "only once"
    assert held(house, school_id) == before
    assert not kept(house, school_id)


def test_whoever_comes_second_changes_nothing_unseen(desk: tuple[Installation, int]) -> None:
    house, school_id = desk
    with house.bot.db.write() as session:
        number = editor(house, session).want(school_id, "new.ics", [day(1)])
        seen = mark_of(dates_of(session, school_id))
        first = editor(house, session).change(school_id, None, day(2))
        with pytest.raises(ChangedMeanwhile):
            editor(house, session).take(school_id, number, seen)
        [own] = [one for one in dates_of(session, school_id) if one.uid.startswith(BY_HAND)]
        editor(house, session).change(school_id, own, day(3))
        assert not editor(house, session).undo(school_id, first), "it was changed again since"
        with pytest.raises(ChangedMeanwhile):
            editor(house, session).change(school_id, own, None)


def test_given_back_the_next_load_of_the_files_decides(
    desk: tuple[Installation, int], tmp_path: Path
) -> None:
    house, school_id = desk
    before = held(house, school_id)
    with house.bot.db.write() as session:
        editor(house, session).change(school_id, before[0], None)
        assert editor(house, session).give_back(school_id)
        assert not editor(house, session).give_back(school_id)
    load_district(house.bot.db, house.bot.vault, DEMO, house.clock)
    assert held(house, school_id) == before


def test_of_many_changes_the_newest_are_kept(desk: tuple[Installation, int]) -> None:
    house, school_id = desk
    with house.bot.db.write() as session:
        made = [editor(house, session).change(school_id, None, day(2)) for _ in range(KEPT + 2)]
        stale = editor(house, session).want(school_id, "old.ics", [])
        assert calendar_changes.by_id(session, school_id, made[0]) is None
        assert calendar_changes.by_id(session, school_id, made[-1]) is not None
    house.clock.move(days=2)
    with house.bot.db.write() as session:
        editor(house, session).want(school_id, "new.ics", [])
        assert editor(house, session).wanted(school_id, stale) is None
