"""Is there school on a day, and from when to when: by the school year, the calendar and the hours."""

from datetime import date
from typing import Any

import pytest

from bot.school import look_ups
from bot.store import schools
from bot.store.database import Database
from bot.store.vault import Vault

MAPLE, CREEK = "org-maple-grove", "org-pecan-creek"


@pytest.fixture
def ask(demo_db: Database, vault: Vault) -> Any:
    """Asks about a day, on that day."""

    def run(name: str, today: str, **where: str) -> list[Any]:
        with demo_db.read() as session:
            return list(look_ups.run(session, vault, name, where, 5, date.fromisoformat(today)))

    return run


@pytest.mark.parametrize(
    ("day", "kind", "ends", "following"),
    [
        ("2026-11-24", "is_open", None, None),
        ("2026-12-18", "ends_at", {"time": "12:30"}, None),
        ("2026-11-26", "is_closed", None, "2026-11-30"),
        ("2026-11-28", "is_closed", None, "2026-11-30"),
        ("2026-12-24", "is_closed", None, "2027-01-05"),
        ("2026-08-11", "is_closed", None, "2026-08-12"),
        ("2027-05-28", "is_closed", None, None),
    ],
    ids=["open", "early", "holiday", "saturday", "break", "before the first day", "after the last day"],
)
def test_a_day_is_open_early_or_closed(
    ask: Any, day: str, kind: str, ends: object, following: str | None
) -> None:
    [found] = ask("calendar.day", day, school=MAPLE, day=day)
    assert {"is_open", "ends_at", "is_closed"} & set(found) == {kind}
    assert found.get("ends_at") == ends
    assert found.get("next_day") == ({"date": following} if following else None)
    assert found["school_name"] == "Maple Grove Elementary"


def test_several_schools_are_told_each_for_itself(ask: Any) -> None:
    found = ask("calendar.day", "2026-12-02", school=f"{MAPLE},{CREEK}", day="2026-12-02")
    assert [one["name"]["phrase"] for one in found] == ["date_with_school", "date_early_release"]
    assert all(one["several"] == "yes" for one in found)


@pytest.mark.parametrize("day", ["2026-11-09", "2027-03-25", "", "soon", "2026-13-01"])
def test_days_far_away_and_no_days_find_nothing(ask: Any, day: str) -> None:
    assert ask("calendar.day", "2026-11-24", school=MAPLE, day=day) == []


def test_hours_begin_with_today(ask: Any) -> None:
    found = ask("school.hours", "2026-12-18", school=MAPLE, language="en")
    assert [one["name"]["phrase"] for one in found] == [
        "hours_today", "hours_regular", "hours_early_release"
    ]  # fmt: skip
    assert found[0]["hours"] == "7:50 AM - 12:30 PM"
    assert found[1]["hours"] == "Monday to Friday 7:50 AM - 3:10 PM"


def test_on_a_day_without_school_today_says_so(ask: Any) -> None:
    [today, *_] = ask("school.hours", "2026-11-26", school=MAPLE, language="en")
    assert today["hours"] == {"phrase": "date_no_school"}


def test_a_school_that_does_not_tell_its_hours_is_open_on_weekdays(ask: Any, demo_db: Database) -> None:
    with demo_db.write() as session:
        schools.save_school(session, {"source_id": MAPLE, "hours": {}})
    assert ask("school.hours", "2026-11-24", school=MAPLE) == []
    assert "is_open" in ask("calendar.day", "2026-11-24", school=MAPLE, day="2026-11-24")[0]
    assert "is_closed" in ask("calendar.day", "2026-11-24", school=MAPLE, day="2026-11-28")[0]
    [early] = ask("calendar.day", "2026-12-18", school=MAPLE, day="2026-12-18")
    assert not {"is_open", "is_closed", "ends_at"} & set(early)
    assert early["name"] == {"phrase": "date_early_release"}
