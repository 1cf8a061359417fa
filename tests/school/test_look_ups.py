"""What flows are given when they look something up in the demo district."""

from datetime import date
from typing import Any

import pytest

from bot.school import look_ups
from bot.school.district import DEMO, load_district
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

SCHOOL = "org-maple-grove"
TODAY = date(2026, 11, 24)


@pytest.fixture
def look_up(sqlite_db: Database, vault: Vault, clock: SettableClock) -> Any:
    """Asks the loaded demo district."""
    load_district(sqlite_db, vault, DEMO, clock)

    def ask(name: str, limit: int = 5, **where: str) -> list[Any]:
        with sqlite_db.read() as session:
            return list(look_ups.run(session, vault, name, where, limit, TODAY))

    return ask


def test_the_next_days_without_school_come_as_values_and_a_phrase(look_up: Any) -> None:
    found = look_up("calendar.dates", 2, school=SCHOOL, kind="no_school")
    assert [one["days"] for one in found] == [
        {"span": ["2026-11-25", "2026-11-27"]},
        {"span": ["2026-12-21", "2027-01-04"]},
    ]
    assert {one["name"]["phrase"] for one in found} == {"date_no_school"}
    assert found[0]["school_name"] == "Maple Grove Elementary"


def test_no_english_title_reaches_a_family(look_up: Any) -> None:
    found = look_up("calendar.dates", 50, school=SCHOOL)
    assert found
    assert "Thanksgiving" not in repr(found)
    assert "Book fair" not in repr(found)
    assert all(one["kind"] != "other" for one in found)


def test_an_early_release_tells_the_time_at_school(look_up: Any) -> None:
    [found] = look_up("calendar.dates", 1, school=SCHOOL, kind="early_release")
    assert found["days"] == {"date": "2026-12-18"}
    assert found["starts_at"] == {"time": "12:30"}


def test_a_date_that_has_begun_is_told_and_one_that_is_over_is_not(look_up: Any) -> None:
    days = [one["first_day"]["date"] for one in look_up("calendar.dates", 50, school=SCHOOL)]
    assert days == sorted(days)
    assert min(days) == "2026-11-25"


def test_several_kinds_may_be_asked_for_and_an_unknown_one_gives_nothing(look_up: Any) -> None:
    found = look_up("calendar.dates", 50, school=SCHOOL, kind="testing, conference")
    assert {one["kind"] for one in found} == {"testing", "conference"}
    assert look_up("calendar.dates", 50, school=SCHOOL, kind="picnic") == []
    assert look_up("calendar.dates", 50, school="org-nowhere") == []


def test_a_liaison_is_found_by_school_and_language(look_up: Any) -> None:
    [found] = look_up("directory.liaisons", school=SCHOOL, speaks="es")
    assert found["name"] == "Carmen Ortiz"
    assert found["phone"] == {"phone": "+15125550141"}
    assert found["languages"] == [{"language": "es"}, {"language": "en"}]
    assert found["school"] == "Maple Grove Elementary"
    assert [one["name"] for one in look_up("directory.liaisons", school=SCHOOL, speaks="ht")] == [
        "Nadia Toussaint"
    ]


def test_a_language_that_nobody_speaks_finds_nobody(look_up: Any) -> None:
    assert look_up("directory.liaisons", school=SCHOOL, speaks="zh_Hans") == []
    assert look_up("directory.liaisons", school="org-nowhere", speaks="es") == []


def test_without_a_school_every_school_counts(look_up: Any) -> None:
    assert len(look_up("directory.liaisons")) == 2
    assert [one["name"] for one in look_up("directory.staff", role="teacher")] == ["Olivia Bennett"]


@pytest.mark.parametrize(
    "text",
    [
        "Maple Grove Elementary",
        "maple grove",
        "mapel grov",
        "Maplegrove",
        "la escuela Maple Grove",
        "my son goes to Maple",
        SCHOOL,
    ],
)
def test_a_school_is_found_as_parents_write_it(look_up: Any, text: str) -> None:
    [found] = look_up("directory.schools", text=text, typos="yes")
    assert (found["value"], found["name"]) == (SCHOOL, "Maple Grove Elementary")


@pytest.mark.parametrize("text", ["Lincoln", "school", "elementary", "hola", "🎒", "a" * 5000])
def test_what_is_no_school_of_the_district_finds_none(look_up: Any, text: str) -> None:
    assert look_up("directory.schools", text=text, typos="yes") == []


def test_misspellings_count_only_where_the_flow_allows_them(look_up: Any) -> None:
    assert look_up("directory.schools", text="mapel grov", typos="no") == []


def test_a_look_up_that_does_not_exist_is_an_error(look_up: Any) -> None:
    with pytest.raises(KeyError):
        look_up("directory.everything")
