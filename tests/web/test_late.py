"""Texts that came while we were down are fetched from the carrier's own list, over real HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.records import now
from bot.talk.receive import receive
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import Install
from tests.servers.house import TOKEN, house_at_work
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local, carrier_at_work


@pytest.fixture(scope="module")
def carrier() -> Iterator[Local]:
    """A carrier whose webhooks nobody of ours hears: the house is down."""
    with house_at_work() as nobody, carrier_at_work(nobody) as local:
        yield local


def environment(carrier: Local) -> dict[str, Any]:
    return {
        "TWILIO_BASE_URL": carrier.url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "ALLY_NUMBER": NUMBER,
    }


def test_late_texts_are_taken_once_in_their_order_and_answered(
    install: Install, carrier: Local, clock: SettableClock
) -> None:
    carrier.reset()
    house = install(**environment(carrier))
    carrier.type(body="Hello")
    carrier.type(body="1")
    clock.set(now() + timedelta(minutes=2))
    house.bot.sweeper.sweep_once()
    assert house.bodies() == ["Hello", "1"]
    sent = [text["body"] for text in carrier.ledger()["sent"]]
    assert sent == house.answers(HER)
    clock.move(minutes=2)
    house.bot.sweeper.sweep_once()
    assert house.bodies() == ["Hello", "1"]
    assert len(carrier.ledger()["sent"]) == 2


def test_a_late_stop_stops(install: Install, carrier: Local, clock: SettableClock) -> None:
    carrier.reset()
    house = install(ALLY_STOP_BY="us", **environment(carrier))
    carrier.type(body="ALTO")
    clock.set(now() + timedelta(minutes=2))
    house.bot.sweeper.sweep_once()
    assert house.contact(HER).consent == "stopped"
    assert [kind for _, kind in house.answers_and_kinds(HER)] == ["opt_out_confirmation"]


def test_one_text_that_breaks_us_keeps_no_other_out(
    install: Install, carrier: Local, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier.reset()
    house = install(**environment(carrier))

    def breaks(talk: Any, text: Any) -> Any:
        if text.body == "poison":
            raise ValueError("a fault of ours")
        return receive(talk, text)

    monkeypatch.setattr("bot.wiring.receive", breaks)
    carrier.type(body="poison")
    carrier.type(body="Hello")
    clock.set(now() + timedelta(minutes=2))
    house.bot.sweeper.sweep_once()
    assert house.bodies() == ["Hello"]
