"""The fixtures themselves: real servers, really empty, and no way out of this machine."""

import socket
from collections.abc import Callable

import pytest
import redis
from playwright.sync_api import Page
from sqlalchemy import inspect

from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrations import is_current
from tests.fixtures.household import SettableClock
from tests.fixtures.machine import OutsideNetwork
from tests.servers.redis import RedisServer


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_a_database_with_the_schema_and_nothing_else(db: Database, turn: str) -> None:
    assert is_current(db)
    with db.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO count (day, name, language, times) VALUES ('2026-10-13', 'x', 'en', 1)"
        )


def test_a_database_without_a_schema_can_be_had_too(
    empty_url: str, open_database: Callable[[str], Database]
) -> None:
    assert inspect(open_database(empty_url).engine).get_table_names() == []


def test_redis_can_be_taken_away_and_brought_back(redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        client.set("a", "b")
        redis_server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("a")
        redis_server.start()
        assert client.get("a") is None


@pytest.mark.browser
def test_chromium_shows_a_page(page: Page) -> None:
    page.set_content("<h1>Hola</h1>")
    assert page.inner_text("h1") == "Hola"


@pytest.mark.parametrize("host", ["198.51.100.7", "school.example"])
def test_a_test_cannot_leave_this_machine(host: str) -> None:
    with pytest.raises(OutsideNetwork):
        socket.create_connection((host, 80), timeout=1)


def test_the_clock_moves_only_when_told(clock: SettableClock) -> None:
    before = clock()
    assert (clock.move(hours=2) - before).total_seconds() == 7200
    assert clock() == clock()


def test_settings_are_made_without_the_environment(make_settings: Callable[..., Settings]) -> None:
    assert make_settings(ALLY_NUMBER="+15125550100").number == "+15125550100"
