"""The switches: checked, exact in their shares, the same again with the same seed."""

from collections import Counter

import pytest
import requests

from bot.carrier.local.misbehave import Dice, Misbehaviour, MisbehaviourWrong, read
from tests.servers.local_carrier import Local


def test_what_is_not_named_stays_good() -> None:
    assert read({}) == Misbehaviour()
    assert read({"callbacks": "late", "latency_ms": 50}) == Misbehaviour(
        callbacks=("late",), latency_ms=(50, 50)
    )


def test_switches_survive_being_written_and_read() -> None:
    switches = read({"refuse_429": 0.2, "callbacks": ["late", "doubled"], "seed": 7})

    assert read(switches.as_json()) == switches


def test_every_fault_is_listed() -> None:
    with pytest.raises(MisbehaviourWrong) as wrong:
        read({"refuse_429": 2, "no_such": 1, "callbacks": "never", "latency_ms": [9, 1]})

    lines = str(wrong.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "callbacks", "latency_ms", "no_such", "refuse_429",
    ]  # fmt: skip


@pytest.mark.parametrize("told", [None, [], 5, {"seed": "x"}, {"hang_seconds": -1}, {"late_ms": "x"}])
def test_nonsense_is_refused(told: object) -> None:
    with pytest.raises(MisbehaviourWrong):
        read(told)


def test_shares_after_accepting_may_not_exceed_all_calls() -> None:
    with pytest.raises(MisbehaviourWrong, match="more than 1"):
        read({"hang_after_accepting": 0.6, "truncate_answer": 0.6})


def test_fates_come_in_their_shares_and_repeat_with_the_seed() -> None:
    switches = Misbehaviour(hang_after_accepting=0.2, truncate_answer=0.1, seed=3)
    first, second = Dice(switches), Dice(switches)

    fates = [first.fate() for _ in range(5000)]

    assert fates == [second.fate() for _ in range(5000)]
    counted = Counter(fates)
    assert counted["hang"] == pytest.approx(1000, abs=120)
    assert counted["truncate"] == pytest.approx(500, abs=100)
    assert set(counted) == {"fine", "hang", "truncate"}


def test_wrong_switches_over_http_change_nothing(local: Local) -> None:
    answer = requests.post(f"{local.url}/_carrier/misbehave", json={"refuse_429": 9}, timeout=10)

    assert answer.status_code == 400
    assert "refuse_429" in answer.json()["error"]
