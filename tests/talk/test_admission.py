"""Which texts cost an answer: long talks do, floods, machines and unknown numbers from abroad do not."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlmodel import select

from bot.settings import Settings
from bot.store import contacts, counts, families
from bot.store.inbound import TurnedAway
from bot.talk.guard import HOURLY
from bot.talk.receive import receive
from bot.talk.taken import Text
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER, Install, Installation

ABROAD = "+525512345678"
MACHINE = "+15125550188"


def all_answers(house: Installation, number: str) -> int:
    return len(house.answers(number))


def turned_away(house: Installation) -> int:
    with house.bot.db.read() as session:
        return len(session.exec(select(TurnedAway)).all())


def test_an_unknown_number_from_abroad_leaves_its_sid_and_a_count_and_gets_nothing(
    house: Installation,
) -> None:
    sid = house.sid()
    assert house.text("Hello", ABROAD, sid=sid) == "quiet"
    assert house.text("Hello", ABROAD, sid=sid) == "quiet"
    assert house.received() == []
    assert turned_away(house) == 1
    with house.bot.db.read() as session:
        assert contacts.by_number_hash(session, house.bot.vault.fingerprint(ABROAD)) is None
        today = house.clock().date()
        counted = [one.times for one in counts.between(session, today, today)]
    assert counted == [1]


def test_a_family_with_a_number_from_abroad_is_answered(house: Installation) -> None:
    with house.bot.db.write() as session:
        family = next(iter(families.every_family(session).values()))
        parent = contacts.find_or_create(session, house.bot.vault, ABROAD, house.clock())
        families.add_links(session, [(family, parent.id or 0)])
    assert house.text("Hello", ABROAD) == "answered"


def test_danger_is_heard_from_everywhere_and_stop_counts_also_abroad(house: Installation) -> None:
    assert house.text("I want to kill myself", ABROAD) == "answered"
    assert house.thread(ABROAD) is not None
    assert house.text("STOP", ABROAD) in ("answered", "quiet")
    assert house.contact(ABROAD).consent == "stopped"


def test_a_country_can_be_served(install: Install) -> None:
    house = install(ALLY_COUNTRIES="us, mx")
    assert house.text("Hola", ABROAD) == "answered"


@pytest.mark.parametrize("told", ["ZZ", "US,Mexico", "1"])
def test_a_country_that_is_none_is_said_at_the_start(
    make_settings: Callable[..., Settings], told: str
) -> None:
    with pytest.raises(ValueError, match="no country"):
        make_settings(ALLY_COUNTRIES=told)


def test_forty_different_answers_in_an_hour_are_a_talk_and_go_through(house: Installation) -> None:
    said = ["menu", "1", "menu", "2", "menu", "3", "0", "hola", "When is there no school?", "yes"]
    for turn in range(40):
        house.clock.move(seconds=80)
        assert house.text(said[turn % len(said)] if turn % 3 else "menu", SPANISH) != "repeat"
    assert all(row.heard_as not in ("loop", "too_many", "automatic") for row in house.received())


def test_a_flood_from_one_number_gets_a_last_word_with_the_offices_number_and_then_nothing(
    house: Installation,
) -> None:
    for turn in range(HOURLY + 25):
        house.clock.move(seconds=20)
        house.text(str(turn % 3), STRANGER)
    heard = [row.heard_as for row in house.received()]
    assert heard.count("last_word") == 1
    assert heard.index("last_word") >= HOURLY - 10
    after = heard[heard.index("last_word") + 1 :]
    assert after
    assert set(after) == {"too_many"}
    assert "+1 (512) 555-01" in house.answers(STRANGER)[-1].replace("512-555", "+1 (512) 555")

    house.clock.move(hours=1, minutes=1)
    assert house.text("menu", STRANGER) == "answered"


def test_stop_and_danger_count_beyond_every_limit(house: Installation) -> None:
    for turn in range(HOURLY + 3):
        house.clock.move(seconds=20)
        house.text(str(turn % 3), STRANGER)
    before = all_answers(house, STRANGER)
    assert house.text("I want to kill myself", STRANGER) == "answered"
    assert all_answers(house, STRANGER) > before
    assert house.text("STOP", STRANGER) == "quiet", "no more texts, not even this one"
    assert house.contact(STRANGER).consent == "stopped"


def test_stop_and_start_in_turns_cost_no_more_than_the_limit(install: Install) -> None:
    house = install(ALLY_STOP_BY="us")
    for turn in range(2 * HOURLY):
        house.text("STOP" if turn % 2 else "START", STRANGER)
    assert all_answers(house, STRANGER) <= HOURLY
    assert house.contact(STRANGER).consent == "stopped"


def test_texts_of_an_hour_that_come_at_once_after_we_were_down_are_all_answered(house: Installation) -> None:
    said = "I wrote to you before about the bus and nobody answered"
    for turn in range(6):
        assert house.text(f"{said} {turn}", STRANGER, came_at=house.clock()) != "repeat"
    assert all(row.heard_as != "loop" for row in house.received())


@pytest.mark.parametrize("step", [0, 5])
def test_an_automatic_answer_is_never_answered(house: Installation, step: float) -> None:
    house.clock.move(seconds=step)
    assert house.text("Auto-Reply: I'm driving with Do Not Disturb turned on.", ENGLISH) == "quiet"
    assert house.received()[-1].heard_as == "automatic"


@dataclass
class Line:
    """Two installations that get each other's texts, each under the other's number."""

    here: Installation
    clock: SettableClock
    passed_on: dict[str, int] = field(default_factory=dict)

    def new_words(self, number: str) -> list[str]:
        """What was said to this number since the last look."""
        said = self.here.answers(number)
        fresh = said[self.passed_on.get(number, 0) :]
        self.passed_on[number] = len(said)
        return fresh


@pytest.mark.parametrize("seconds", [0, 3, 8])
@pytest.mark.parametrize("first", ["Hello", "When is there no school this year?", "menu"])
def test_two_instances_that_text_each_other_end_within_three(
    house: Installation, seconds: float, first: str
) -> None:
    # One database serves both: each side is a number of its own, greeted before, so no notice gives it away.
    left, right = MACHINE, "+15125550189"
    for number in (left, right):
        house.text("Hello", number)
    line = Line(house, house.clock)
    for number in (left, right):
        line.new_words(number)
    house.clock.move(hours=2)
    waiting, to = [first], left
    rounds = {left: 0, right: 0}
    while waiting and rounds[to] < 20:
        house.clock.move(seconds=seconds)
        for words in waiting:
            receive(house.bot.talk, Text(house.sid(), to, words))
        waiting = line.new_words(to)
        rounds[to] += bool(waiting)
        to = right if to == left else left
    assert max(rounds.values()) <= 3, rounds


def test_a_thousand_foreign_numbers_cost_nothing(house: Installation) -> None:
    for turn in range(1000):
        house.text("Hello, send me a code", f"+5255{12340000 + turn % 100:08}")
    assert turned_away(house) == 1000
    assert house.received() == []
