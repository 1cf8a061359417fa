"""Health tells the truth to a load balancer; the first page says what is set up."""

from typing import Any

import pytest

from bot.outbox import heartbeats
from bot.outbox.caps import day_of
from bot.outbox.put import put
from bot.outbox.sweep import HEARTBEAT
from bot.store import arming, marks, spending
from tests.fixtures.installation import Install
from tests.servers.redis import RedisServer
from tests.web.conftest import Door


@pytest.fixture(autouse=True)
def _sweeper(request: pytest.FixtureRequest) -> None:
    """The sweeper is at work."""
    if "door" in request.fixturenames:
        door: Door = request.getfixturevalue("door")
        sweep(door)


def sweep(door: Door) -> None:
    """The sweeper shows a sign of life now."""
    with door.house.bot.db.write() as session:
        marks.put(session, HEARTBEAT, door.house.clock())


def ask(door: Door, path: str = "/health") -> tuple[int, dict[str, Any]]:
    """Status and report."""
    answer = door.app.test_client().get(path)
    return answer.status_code, answer.get_json()


def test_all_is_well(door: Door) -> None:
    assert ask(door) == (
        200,
        {
            "database": "answers",
            "redis": "none: the sweeper sends",
            "problems": [],
            "oldest_due_seconds": {"replies": 0.0, "broadcasts": 0.0},
            "due": {"replies": 0, "broadcasts": 0},
            "unknown": 0,
            "set_aside": 0,
            "heard_seconds_ago": {"sweeper": 0.0, "replies": None, "broadcasts": None, "chores": None},
            "budget_used": None,
            "armed": True,
        },
    )


def test_a_text_that_nobody_sends_for_minutes_is_not_well(door: Door) -> None:
    door.knock(door.form("Hello"))
    door.house.clock.move(minutes=4)
    sweep(door)
    assert ask(door)[0] == 200
    door.house.clock.move(minutes=2)
    sweep(door)
    status, told = ask(door)
    assert status == 503
    assert told["oldest_due_seconds"]["replies"] == 360
    assert told["problems"] == ["replies_late"]


def test_texts_are_still_taken_in_while_they_go_out_late(door: Door) -> None:
    door.knock(door.form("Hello"))
    door.house.clock.move(hours=1)
    assert ask(door)[0] == 503
    assert ask(door, "/health/ready") == (200, {"database": "answers"})
    assert ask(door, "/health/live") == (200, {"alive": True})


def test_a_sweeper_that_is_not_heard_is_a_problem(door: Door) -> None:
    door.house.clock.move(seconds=121)
    assert ask(door)[1]["problems"] == ["sweeper_silent"]


def test_a_restored_database_says_that_it_is_disarmed(door: Door) -> None:
    with door.house.bot.db.write() as session:
        arming.disarm(session, door.house.clock())
    status, told = ask(door)
    assert (status, told["armed"], told["problems"]) == (503, False, ["disarmed_nothing_is_sent"])


def test_a_budget_that_is_spent_wakes_somebody_and_four_fifths_do_not(install: Install, door_of: Any) -> None:
    door = door_of(install(ALLY_DAILY_SEGMENTS=10))
    sweep(door)
    budget, day = door.house.bot.outbox.budget, day_of(door.house.clock())
    for spent, used, problems in ((8, 0.8, []), (2, 1.0, ["budget_spent"])):
        with door.house.bot.db.write() as session:
            spending.locked(session, budget.brand, day)
            spending.add(session, budget.brand, day, segments=spent, micros=0)
            spending.tell(session, budget.brand, day, round(used * 100))
        status, told = ask(door)
        assert (status, told["budget_used"], told["problems"]) == (503 if problems else 200, used, problems)


def test_workers_are_heard_by_their_queue(door: Door) -> None:
    with door.house.bot.db.write() as session:
        heartbeats.beat(session, "chores", door.house.clock())
    door.house.clock.move(seconds=30)
    assert ask(door)[1]["heard_seconds_ago"]["chores"] == 30


def test_redis_that_is_away_is_told_and_is_no_reason_to_wake_anybody(
    install: Install, door_of: Any, redis_server: RedisServer
) -> None:
    door = door_of(install(REDIS_URL=redis_server.url))
    sweep(door)
    assert ask(door)[1]["redis"] == "answers"
    redis_server.stop()
    status, told = ask(door)
    assert (status, told["redis"]) == (200, "away: the sweeper sends")


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
    assert answer.status_code == 503
    assert answer.get_json() == {"database": "away", "problems": ["database_away"]}
    assert ask(door, "/health/ready") == (503, {"database": "away"})
    assert ask(door, "/health/live")[0] == 200


def test_the_first_page_names_the_program_and_its_schools(door: Door) -> None:
    page = door.app.test_client().get("/").get_data(as_text=True)
    assert "Maple Grove Elementary" in page
    assert "Ally, Cedar Valley Schools" in page
