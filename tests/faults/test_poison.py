"""Rows that break whoever takes them: three tries, then set aside, and everybody else's texts go out."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pytest
from sqlalchemy import text

from bot.outbox import drain, written
from bot.outbox.doorbell import JOB_SECONDS, RqDoorbell
from bot.outbox.hand_over import Letter, write
from bot.store import claims
from bot.store.outbox import BODY
from tests.faults.books import Books
from tests.faults.plant import Plant
from tests.faults.scale import Scale

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
WORKERS: Final = ("broadcasts", "broadcasts-2", "sweep")
ENDLESS: Final = "This text never ends"
SOON: Final = 1.0
"""Seconds for writing the texts of a claim in the short form"""


def endless() -> None:
    """Writing one text never ends."""

    def write_or_hang(*told: Any) -> Letter:
        letter = write(*told)
        while letter.message.body == ENDLESS:
            time.sleep(0.1)
        return letter

    setattr(written, "write", write_or_hang)  # noqa: B010 - a plain assignment would be of another type


def endless_and_soon_noticed() -> None:
    """The same, and whoever writes it is not given as long as in production."""
    endless()
    setattr(drain, "write_all", partial(_with_seconds, SOON))  # noqa: B010


def _with_seconds(given: float, *told: Any, seconds: float) -> written.Written:
    assert seconds > given
    return written.write_all(*told, seconds=given)


def test_poison_is_set_aside_after_three_tries_and_the_rest_goes_out(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    people = books.people(scale.of(60, 2_000))
    poisoned = {
        people[3]: b"no seal",
        people[7]: books.vault.seal("\ud800", BODY),
        people[11]: books.vault.seal(ENDLESS, BODY),
    }
    books.want(people, "broadcasts")
    with books.db.write() as session:
        for contact_id, body in poisoned.items():
            told = {"body": body, "contact": contact_id}
            session.connection().execute(
                text("UPDATE outbox SET body = :body WHERE contact_id = :contact"), told
            )
    # Whoever was started before writes everything
    plant.kill_all()
    plant.poison = endless if scale.is_long else endless_and_soon_noticed
    begun = time.monotonic()
    try:
        plant.up("web", *WORKERS)
        RqDoorbell(plant.redis_url).ring("broadcasts")
        rest = len(people) - len(poisoned)
        while plant.local.counts()["sent"] < rest and time.monotonic() < begun + 4 * JOB_SECONDS:
            time.sleep(0.1)
        delayed = time.monotonic() - begun
        books.settle(4 * JOB_SECONDS)
    finally:
        plant.poison = None
        for name in WORKERS:
            plant.kill(name)
    verdict = books.judge()
    with books.db.read() as session:
        found = session.connection().execute(
            text("SELECT stumbles, reason FROM outbox WHERE state = 'failed'")
        )
        aside = [(stumbles, reason) for stumbles, reason in found]
    report(f"{verdict}; the rest was out after {delayed:.0f} s (a job's time-out: {JOB_SECONDS} s)")
    verdict.holds()
    assert verdict.states == {"delivered": rest, "failed": len(poisoned)}
    assert aside == [(claims.STUMBLES, "poison")] * len(poisoned)
    assert delayed < JOB_SECONDS
