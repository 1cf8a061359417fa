"""A carrier that takes texts and says nothing, refuses, breaks off, and tells of receipts as it likes."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.outbox.doorbell import RqDoorbell
from tests.faults.books import Books
from tests.faults.plant import Plant
from tests.faults.scale import Scale

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
HANGS = 40.0
"""Seconds; our own side gives up after 30. The short form waits only one"""


@pytest.mark.parametrize(
    ("switches", "texts"),
    [
        pytest.param(
            {"reset_after_accepting": 0.01, "hang_after_accepting": 0.01}, 2_000, id="1 % lost answers"
        ),
        pytest.param({"reset_after_accepting": 0.2}, 1_000, id="20 % resets"),
        pytest.param({"hang_after_accepting": 0.2}, 300, id="20 % hang"),
        pytest.param({"refuse_429": 0.2}, 1_000, id="20 % 429"),
        pytest.param({"error_5xx_after_accepting": 0.1}, 1_000, id="10 % 503 after accepting"),
        pytest.param({"truncate_answer": 0.1}, 500, id="10 % cut answers"),
        pytest.param({"callbacks": ["early", "tripled", "shuffled"]}, 500, id="receipts before the answer"),
        pytest.param(
            {"callbacks": ["late", "doubled", "shuffled"], "late_ms": [0, 300]},
            500,
            id="receipts late and twice",
        ),
    ],
)
def test_each_text_is_taken_once_and_known_to_be_delivered(
    books: Books,
    plant: Plant,
    scale: Scale,
    report: Callable[[str], None],
    switches: dict[str, Any],
    texts: int,
) -> None:
    people = books.people(scale.of(30, texts))
    plant.local.misbehave(hang_seconds=HANGS if scale.is_long else 1.0, **switches, seed=scale.seed)
    plant.up("web", "sweep", "broadcasts")
    books.want(people, "broadcasts")
    RqDoorbell(plant.redis_url).ring("broadcasts")
    seconds = books.settle(240)
    verdict = books.judge()
    report(f"{verdict}; settled after {seconds:.0f} s")
    verdict.holds()
    assert verdict.states == {"delivered": len(people)}
