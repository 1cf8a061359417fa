"""Ratings of help stand as counts and means of five families or more; nothing points at one of them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.store.contacts import Contact
from bot.store.thread_ratings import Rated
from bot.store.threads import Thread
from bot.web.console.ratings_counted import Found, spans
from tests.web.console.conftest import Console

CHICAGO = ZoneInfo("America/Chicago")
PAGE = "/staff/threads/ratings/"


def rated(person: int, rating: int, month: int = 9, school: int | None = 1, language: str = "es") -> Rated:
    return Rated(person, school, language, rating, datetime(2026, month, 15, 18, tzinfo=UTC))


def test_a_month_with_fewer_than_five_waits_for_the_next_and_a_month_that_goes_on_is_not_told() -> None:
    september = [rated(one, 4) for one in range(3)]
    october = [rated(one, 5, 10) for one in range(3, 6)]
    november = [rated(one, 1, 11) for one in range(6, 12)]
    found = spans([*september, *october, *november], CHICAGO, date(2026, 11, 30))
    assert [(one.first.month, one.last.month, one.all) for one in found] == [(9, 10, Found(6, 4.5))]
    assert [one.first.month for one in spans(november, CHICAGO, date(2026, 12, 1))] == [11]


def test_who_rates_often_counts_once_with_the_last_word() -> None:
    often = [rated(1, number) for number in (1, 2, 3, 4, 5)]
    assert spans(often, CHICAGO, date(2026, 12, 1)) == []
    others = [rated(one, 5) for one in range(2, 6)]
    (found,) = spans([*often, *others], CHICAGO, date(2026, 12, 1))
    assert found.all == Found(5, 5.0)


def test_no_line_tells_of_fewer_than_five_families_not_even_by_subtraction() -> None:
    those = [rated(one, 5, school=1) for one in range(7)] + [rated(9, 1, school=2)]
    those += [rated(one, 3, school=3) for one in range(10, 16)]
    (found,) = spans(those, CHICAGO, date(2026, 12, 1))
    assert found.by_school == {
        "1": Found(7, 5.0),
        "2": Found(None, None),
        "3": Found(None, None),
        "": Found(14, 54 / 14),
    }


def test_the_last_minute_of_a_month_is_that_of_the_school() -> None:
    late = [Rated(one, 1, "es", 4, datetime(2026, 10, 1, 4, 59, tzinfo=UTC)) for one in range(5)]
    assert spans(late, CHICAGO, date(2026, 10, 1))[0].first == date(2026, 9, 1)


def test_the_page_shows_each_reader_the_own_schools(console: Console) -> None:
    bot, school = console.house.bot, console.school()
    with bot.db.write() as session:
        for number in range(12):
            contact = Contact(
                number=b"", number_hash=f"rater{number}", language="so", created_at=console.house.clock()
            )
            session.add(contact)
            session.flush()
            told: dict[str, Any] = {
                "topic": "",
                "to": "liaison",
                "rating": 5,
                "opened_at": console.house.clock(),
            }
            session.add(
                Thread(
                    contact_id=contact.id or 0,
                    school_id=school,
                    state="closed",
                    rated_at=console.house.clock(),
                    **told,
                )
            )
    liaison = console.signed_in("liaison", school=school)
    assert "There is nothing to show yet" in console.get(liaison, PAGE).text
    console.house.clock.move(days=40)
    page = console.get(console.signed_in("liaison", school=school), PAGE).text
    assert "Somali" in page
    assert ">12<" in page
    assert ">5.0<" in page
    elsewhere = console.signed_in("administrator", school=console.school("Cedar"))
    assert "There is nothing to show yet" in console.get(elsewhere, PAGE).text
    assert PAGE in console.get(console.signed_in("liaison"), "/staff/threads/").text
    assert PAGE not in console.get(console.signed_in("teacher"), "/staff/threads/").text
