"""Metrics tell how many and how long, to whoever may read them, and never who or what."""

import re
from typing import Any

import pytest

from bot.outbox.caps import day_of
from bot.store import arming, spending
from bot.store.database import Database
from tests.fixtures.installation import ENGLISH, SPANISH, Install
from tests.web.conftest import Door

KNOWN = re.compile(r"replies|broadcasts|chores|sweeper|sms|whatsapp|pending|skipped")


def read(door: Door, **more: Any) -> str:
    """The page as Prometheus gets it."""
    answer = door.app.test_client().get("/metrics", **more)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def value(page: str, series: str) -> float:
    """The value of one series, e.g. ally_armed."""
    (found,) = re.findall(rf"^{re.escape(series)} (\S+)$", page, re.MULTILINE)
    return float(found)


def test_a_text_that_came_in_and_its_answer_are_counted(door: Door) -> None:
    door.knock(door.form("Hello"))
    door.house.clock.move(seconds=42)
    page = read(door)
    assert value(page, 'ally_inbound_texts_total{channel="sms"}') == 1
    assert value(page, 'ally_due_texts{lane="replies"}') == value(
        page, 'ally_outbox_rows{lane="replies",state="pending"}'
    )
    assert value(page, 'ally_oldest_due_seconds{lane="replies"}') == 42
    assert value(page, 'ally_oldest_due_seconds{lane="broadcasts"}') == 0
    assert value(page, "ally_database_up") == 1
    assert value(page, "ally_armed") == 1


def test_no_label_holds_a_number_a_name_or_a_word(door: Door) -> None:
    for sender, words in ((ENGLISH, "My son Noah is sick"), (SPANISH, "necesito ayuda con la renta")):
        door.knock(door.form(words, sender))
    page = read(door)
    labels = re.findall(r'="([^"]*)"', page)
    assert labels
    assert [label for label in labels if not KNOWN.fullmatch(label)] == []
    for secret in ("Noah", "renta", "5550103", "Maple"):
        assert secret not in page


def test_the_budget_of_the_day_shows(door: Door, install: Install, door_of: Any) -> None:
    assert "ally_budget" not in read(door)
    door = door_of(install(ALLY_DAILY_SEGMENTS=10))
    budget, day = door.house.bot.outbox.budget, day_of(door.house.clock())
    assert budget
    with door.house.bot.db.write() as session:
        spending.locked(session, budget.brand, day)
        spending.add(session, budget.brand, day, segments=8, micros=0)
        spending.tell(session, budget.brand, day, 80)
    assert value(read(door), "ally_budget_used_ratio") == 0.8
    assert value(read(door), "ally_budget_alarm") == 80


def test_a_disarmed_database_shows(door: Door) -> None:
    with door.house.bot.db.write() as session:
        arming.disarm(session, door.house.clock())
    assert value(read(door), "ally_armed") == 0


def test_a_database_that_is_away_is_the_only_thing_told(install: Install, door_of: Any) -> None:
    house = install()
    door = door_of(house)
    house.bot.db.close()
    object.__setattr__(house.bot, "db", Database("sqlite:////nowhere/at/all.db"))
    page = read(door)
    assert value(page, "ally_database_up") == 0
    assert "ally_due_texts" not in page


def test_without_a_token_only_this_machine_may_read_and_no_proxy_on_it(door: Door) -> None:
    client = door.app.test_client()
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic eDp5", "Bearer"])
def test_with_a_token_nobody_reads_without_it(install: Install, door_of: Any, header: str | None) -> None:
    door = door_of(install(ALLY_METRICS_TOKEN="read-only"))
    headers = {"Authorization": header} if header else {}
    assert door.app.test_client().get("/metrics", headers=headers).status_code == 404
    read(
        door,
        headers={"Authorization": "Bearer read-only", "X-Forwarded-For": "192.0.2.7"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
