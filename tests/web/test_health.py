"""Health tells the truth to a load balancer; the first page says what is set up."""

from typing import Any

from bot.outbox.put import put
from tests.fixtures.installation import Install
from tests.web.conftest import Door


def test_all_is_well(door: Door) -> None:
    answer = door.app.test_client().get("/health")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "database": "answers",
        "doorbell": "none: the sweeper sends",
        "oldest_due_seconds": {"replies": 0.0, "broadcasts": 0.0},
        "due": {"replies": 0, "broadcasts": 0},
        "unknown": 0,
    }


def test_a_text_that_nobody_sends_for_minutes_is_not_well(door: Door) -> None:
    door.knock(door.form("Hello"))
    door.house.clock.move(minutes=4)
    assert door.app.test_client().get("/health").status_code == 200
    door.house.clock.move(minutes=2)
    answer = door.app.test_client().get("/health")
    assert answer.status_code == 503
    assert answer.get_json()["oldest_due_seconds"]["replies"] == 360


def test_a_text_for_later_is_not_late(door: Door) -> None:
    house = door.house
    house.text("Hello")
    house.clock.move(days=1)
    with house.bot.db.write() as session:
        put(
            session,
            house.bot.vault,
            contact_id=house.contact().id or 0,
            body="Later",
            channel="sms",
            lane="broadcasts",
            kind="notice",
            now=house.clock(),
            due_at=house.clock.move(hours=2),
        )
    house.clock.move(hours=-2)
    assert door.app.test_client().get("/health").get_json()["due"]["broadcasts"] == 0


def test_a_database_that_is_away_is_said_plainly(install: Install, door_of: Any) -> None:
    house = install()
    door = door_of(house)
    house.bot.db.close()
    object.__setattr__(house.bot, "db", type(house.bot.db)("sqlite:////nowhere/at/all.db"))
    answer = door.app.test_client().get("/health")
    assert (answer.status_code, answer.get_json()) == (503, {"database": "away"})


def test_the_first_page_names_the_program_and_its_schools(door: Door) -> None:
    page = door.app.test_client().get("/").get_data(as_text=True)
    assert "Maple Grove Elementary" in page
    assert "Ally, Cedar Valley Schools" in page
