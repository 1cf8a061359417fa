"""What follows from each refusal: again later, or the end."""

from datetime import timedelta
from random import Random

import pytest

from bot.carrier.twilio.errors import known_codes, verdict
from bot.outbox.decide import Again, Ended, Instead, backoff, decide
from bot.ports import NotAccepted


def decided(code: int | None, retry_after: float | None = None, attempts: int = 1) -> Again | Ended | Instead:
    return decide(NotAccepted(code, "no", retry_after=retry_after), attempts, Random(3))


def test_a_carrier_that_cannot_be_reached_is_tried_again_and_so_would_be_everybody() -> None:
    then = decided(None, retry_after=1.0)
    assert isinstance(then, Again)
    assert (then.reason, then.everybody) == ("unreachable", True)


def test_a_text_that_never_left_and_never_will_has_failed() -> None:
    assert decided(None) == Ended("failed", "refused")


def test_only_an_opt_out_silences_the_contact() -> None:
    for code in known_codes():
        then = decided(code)
        silences = isinstance(then, Ended) and then.opted_out
        assert silences == (verdict(code).decision == "opted_out"), code


@pytest.mark.parametrize("code", known_codes())
def test_every_known_code_leads_to_what_the_table_says(code: int) -> None:
    then = decided(code)
    match verdict(code).decision:
        case "retry":
            assert isinstance(then, Again)
            assert not then.everybody
        case "configuration":
            assert isinstance(then, Again)
            assert then.everybody
            assert then.wait >= timedelta(minutes=1)
        case "opted_out":
            assert then == Ended("skipped", "opted_out", code, opted_out=True)
        case decision:
            assert then == Ended("failed", decision, code)


def test_a_code_nobody_knows_is_never_tried_again_unless_the_carrier_says_so() -> None:
    assert decided(99999) == Ended("failed", "failed", 99999)
    assert isinstance(decided(99999, retry_after=2.0), Again)


def test_the_carriers_own_wait_is_never_cut_short() -> None:
    then = decided(20429, retry_after=120.0)
    assert isinstance(then, Again)
    assert then.wait >= timedelta(seconds=120)


def test_waits_grow_up_to_ten_minutes_and_differ_from_text_to_text() -> None:
    chance = Random(1)
    waits = [backoff(tries, chance) for tries in range(1, 40)]
    assert waits[0] <= timedelta(seconds=3)
    assert max(waits) <= timedelta(seconds=601)
    assert min(waits[12:]) >= timedelta(seconds=300)
    assert len({backoff(5, chance) for _ in range(50)}) == 50


class Always(Random):
    """Chance that always gives the upper end of a wait and nothing beside it."""

    def uniform(self, a: float, b: float) -> float:
        return max(a, b)

    def random(self) -> float:
        return 0.0


def test_a_wait_doubles_from_two_seconds_to_ten_minutes() -> None:
    waits = [backoff(tries, Always()).total_seconds() for tries in range(1, 12)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]


def test_a_carrier_that_names_no_time_makes_nobody_wait_longer_and_a_setting_waits_a_minute() -> None:
    busy = decide(NotAccepted(20429, "no"), 1, Always())
    ours = decide(NotAccepted(20003, "no"), 1, Always())
    assert isinstance(busy, Again)
    assert isinstance(ours, Again)
    assert (busy.wait.total_seconds(), ours.wait.total_seconds()) == (2, 60)
