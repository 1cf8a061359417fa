"""Pages that look for news share a part of the process, and are told that nothing is new beyond it."""

import pytest

from bot.web.console.turns import Turns
from tests.web.console.conftest import BASE, Console
from tests.web.console.test_thread_news import HTMX
from tests.web.console.test_threads import opened


class Hands:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_looks_that_cost_little_always_have_their_turn() -> None:
    clock = Hands()
    turns = Turns(clock, chance=lambda: 0.99)
    for _ in range(100):
        assert turns.begin()
        turns.end(0.01)
        clock.at += 0.1


def test_looks_have_their_share_of_the_processor_and_no_more() -> None:
    clock = Hands()
    turns = Turns(clock, chance=lambda: 0.0)
    taken = 0.0
    for _ in range(10_000):
        if turns.begin():
            turns.end(0.03)
            taken += 0.03
        clock.at += 0.01
    assert 0.14 < taken / clock.at < 0.17


def test_a_look_waits_for_the_one_before_it_and_then_goes_without() -> None:
    turns = Turns()
    assert turns.begin()
    assert not turns.begin()
    turns.end(0)
    assert turns.begin()


def test_pages_that_look_once_after_a_while_are_never_told_to_wait(console: Console) -> None:
    """Told nothing, they would not look again."""
    client = console.signed_in("administrator")
    told = {client.get("/staff/delivery/now", base_url=BASE, headers=HTMX).status_code for _ in range(200)}
    assert told == {200}


def test_every_look_has_its_turn_while_there_is_plenty() -> None:
    clock = Hands()
    turns = Turns(clock, chance=lambda: 1.0)
    for _ in range(5):
        assert turns.begin()
        turns.end(0.099)


def test_pages_of_people_are_shown_also_where_looks_had_their_share(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However busy the machine: nothing comes back of what the looks take
    monkeypatch.setattr("bot.web.console.turns._SHARE", 0.0)
    opened(console)
    client = console.signed_in("administrator")
    told = [200]
    while told[-1] == 200 and len(told) < 10_000:
        look = client.get("/staff/threads/news?mark=another", base_url=BASE, headers=HTMX)
        told.append(look.status_code)
    assert len(told) > 2
    assert told[-1] == 204, "at some time there is no turn, though the list is another one"
    assert console.get(client, "/staff/threads/").status_code == 200
