"""A day's budget that runs out is told to whoever is on call: once for each alarm, and at once."""

from bot.outbox.budget import ESSENTIAL
from bot.school import reach
from bot.store import marks
from bot.talk.tell_budget import tell_budget
from tests.fixtures.installation import Installation


def alarm(house: Installation, per_cent: int) -> None:
    with house.bot.db.write() as session:
        marks.put(session, f"budget_{per_cent}", house.clock())


def test_each_alarm_is_told_once(house: Installation) -> None:
    assert tell_budget(house.bot.talk) == 0
    alarm(house, 80)
    assert tell_budget(house.bot.talk) == 1
    assert tell_budget(house.bot.talk) == 0
    house.clock.move(hours=1)
    alarm(house, 100)
    assert tell_budget(house.bot.talk) == 1
    house.clock.move(days=1)
    alarm(house, 80)
    assert tell_budget(house.bot.talk) == 1, "another day"


def test_its_text_goes_out_beyond_the_budget(house: Installation) -> None:
    alarm(house, 100)
    tell_budget(house.bot.talk)
    (told,) = house.answers_and_kinds(on_call(house))
    assert told[0].startswith("Ally: 100% of today's budget")
    assert len(told[0]) <= 160
    assert told[1] in ESSENTIAL


def on_call(house: Installation) -> str:
    with house.bot.db.read() as session:
        found = reach.on_call(session, house.bot.vault).text
    assert found
    return found
