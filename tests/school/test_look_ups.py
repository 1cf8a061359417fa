"""What flows are given when they look something up in the demo district."""

from datetime import date
from typing import Any, get_args

import pytest

from bot.school import look_ups
from bot.school.look_up_words import look_up_words
from bot.school.partners_file import Need
from bot.store.database import Database
from bot.store.vault import Vault

SCHOOL = "org-maple-grove"
TODAY = date(2026, 11, 24)


@pytest.fixture
def look_up(demo_db: Database, vault: Vault) -> Any:
    """Asks the loaded demo district."""

    def ask(name: str, limit: int = 5, **where: str) -> list[Any]:
        with demo_db.read() as session:
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
    assert len(look_up("directory.liaisons", 20)) == 5
    assert "Olivia Bennett" in [one["name"] for one in look_up("directory.staff", 20, role="teacher")]


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


@pytest.mark.parametrize("text", ["Lincoln", "school", "mi escuela", "hola", "🎒", "a" * 5000])
def test_what_is_no_school_of_the_district_finds_none(look_up: Any, text: str) -> None:
    assert look_up("directory.schools", text=text, typos="yes") == []


def test_misspellings_count_only_where_the_flow_allows_them(look_up: Any) -> None:
    assert look_up("directory.schools", text="mapel grov", typos="no") == []


def test_dates_of_several_schools_say_where_and_the_same_one_comes_once(look_up: Any) -> None:
    found = look_up("calendar.dates", 5, school="org-maple-grove,org-pecan-creek", kind="no_school")
    assert found[0]["days"] == {"span": ["2026-11-25", "2026-11-27"]}
    assert found[0]["at"] == {"phrase": "at_all_schools"}
    early = look_up("calendar.dates", 3, school="org-maple-grove,org-pecan-creek", kind="early_release")
    assert [one["at"] for one in early][:2] == [["Pecan Creek Middle School"], ["Maple Grove Elementary"]]
    assert all(one["several"] == "yes" for one in [*found, *early])


def test_a_conference_says_from_when_to_when_and_an_early_day_when_it_ends(look_up: Any) -> None:
    [conference] = look_up("calendar.dates", 1, school=SCHOOL, kind="conference")
    [early] = look_up("calendar.dates", 1, school=SCHOOL, kind="early_release")
    assert conference["when"] == {"timed": ["2026-12-03", "13:00", "19:00"]}
    assert early["when"] == {"timed": ["2026-12-18", "12:30"]}


def test_somebody_who_is_away_is_named_only_where_nobody_else_is_there(look_up: Any) -> None:
    [nadia] = look_up("directory.liaisons", school=SCHOOL, speaks="ht")
    assert nadia["away_until"] == {"date": "2026-11-27"}
    everyone = look_up("directory.liaisons", 20, school=SCHOOL)
    assert "Nadia Toussaint" not in [one["name"] for one in everyone]
    assert not any("away_until" in one for one in everyone)


def test_who_has_no_number_of_their_own_is_called_at_school(look_up: Any) -> None:
    [lorena] = look_up("directory.liaisons", school="org-cedar-valley-high", speaks="es")
    assert "phone" not in lorena
    assert lorena["call"] == {"phone": "+15125550136"}


def test_offices_have_their_own_numbers_and_fall_back_on_the_front_office(look_up: Any) -> None:
    def call(school: str, office: str) -> list[Any]:
        return [one["phone"] for one in look_up("directory.offices", school=school, office=office)]

    assert call(SCHOOL, "office") == [{"phone": "+15125550140"}]
    assert call(SCHOOL, "attendance") == [{"phone": "+15125550143"}]
    assert call(SCHOOL, "bus") == [{"phone": "+15125550144"}]
    assert call("org-cedar-valley-high", "attendance") == [{"phone": "+15125550136"}]
    assert call("org-cedar-valley-high", "bus") == []
    assert call(SCHOOL, "kitchen") == []


def test_an_office_tells_its_hours_in_the_language_of_the_reader(look_up: Any) -> None:
    [office] = look_up("directory.offices", school=SCHOOL, office="office", language="es")
    assert office["hours"].startswith("lunes a viernes 7:30")
    assert office["today"].startswith("7:30")


def test_partners_come_by_need_those_of_her_language_and_near_her_school_first(look_up: Any) -> None:
    food = [one["value"] for one in look_up("directory.partners", need="food", speaks="so")]
    assert food[0] == "open-table"
    english = look_up("directory.partners", need="english", speaks="es", school="org-cedar-valley-high")
    assert english[0]["value"] == "community-college"
    assert english[0]["cost"] == {"phrase": "partner_may_cost"}
    assert look_up("directory.partners", need="money") == []


def test_every_need_but_one_has_a_partner_in_the_demo(look_up: Any) -> None:
    empty = [need for need in get_args(Need) if not look_up("directory.partners", need=need)]
    assert empty == ["interpreting"]


def test_every_result_has_the_fields_that_ally_check_promises(look_up: Any) -> None:
    """The list that flows are held against is true of what really comes."""
    asked = {
        "calendar.dates": {"school": SCHOOL},
        "calendar.day": {"school": SCHOOL, "day": "2026-11-25"},
        "directory.children": {"contact": "1"},
        "directory.offices": {"school": SCHOOL, "office": "bus"},
        "directory.partners": {"need": "food"},
        "directory.schools": {},
        "directory.liaisons": {},
        "directory.staff": {"role": "nurse"},
        "school.hours": {"school": SCHOOL},
    }
    assert set(asked) == set(look_up_words()) == set(look_ups.look_ups())
    for name, where in asked.items():
        words = look_up_words()[name]
        found = look_up(name, 50, **where)
        assert found, name
        for one in found:
            assert words.gives <= set(one) <= words.gives | words.sometimes, name


def test_a_look_up_that_does_not_exist_is_an_error(look_up: Any) -> None:
    with pytest.raises(KeyError):
        look_up("directory.everything")
