"""Toll fraud: numbers abroad whose holders earn by our answers get no more than the budget of the day."""

from collections.abc import Callable

import pytest

from bot.outbox.caps import Budget, day_of
from bot.outbox.doorbell import NoDoorbell
from bot.outbox.drain import drain
from bot.outbox.parts import Parts
from bot.outbox.prices import estimate
from bot.store import spending
from tests.faults.scale import Scale
from tests.fixtures.installation import Install
from tests.outbox.fake_carrier import FakeCarrier

pytestmark = pytest.mark.faults
CAP = 3_000_000
"""Millionths of a dollar"""
PREFIXES = ("+52551", "+52333", "+22570", "+37256", "+88213", "+25261", "+99364", "+24177")
"""Mexico, which this school serves, and places that are known for such numbers"""
WORDS = ("Hello", "menu", "1", "help", "I need the code please", "START", "When is there no school?")


def test_a_flood_from_abroad_spends_no_more_than_the_budget(
    install: Install, scale: Scale, report: Callable[[str], None]
) -> None:
    """The long form: 100,000 texts from 10,000 numbers."""
    house = install(ALLY_COUNTRIES="us,mx", ALLY_STOP_BY="us")
    bot, budget = house.bot, Budget("MG1", micros=CAP)
    carrier = FakeCarrier(house.clock)
    parts = Parts(bot.db, bot.vault, carrier, house.clock, NoDoorbell(), budget=budget)
    began = house.clock()
    texts, random = scale.of(300, 100_000), scale.random()
    numbers = [f"{PREFIXES[one % len(PREFIXES)]}{one:07}"[:13] for one in range(max(1, texts // 10))]
    for turn in range(texts):
        house.clock.move(seconds=random.uniform(0, 0.5))
        house.text(random.choice(WORDS), random.choice(numbers))
        if turn % 500 == 499:
            drain(parts, "replies")
    drain(parts, "replies")
    costs = sum(estimate(one.to, 1, "sms") for one in carrier.accepted)
    with bot.db.read() as session:
        days = spending.days(session, day_of(began))
    report(f"{texts} texts from {len(numbers)} numbers: {len(carrier.accepted)} answers, days {days}")
    assert carrier.accepted, "numbers of a served country are answered"
    assert {one.to[:3] for one in carrier.accepted if one.to in numbers} == {"+52"}
    told = {one.to for one in carrier.accepted} - set(numbers)
    assert all(to.startswith("+1512555") for to in told), "else only our own liaisons and who is on call"
    assert costs <= sum(micros for _, _, _, micros in days)
    assert all(micros <= CAP for _, _, _, micros in days)
