"""The database's volume is full: what cannot be kept is not acknowledged, and goes on once there is room."""

import sys
from collections.abc import Callable
from itertools import count
from typing import Final

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.outbox.doorbell import RqDoorbell
from bot.store import contacts
from tests.faults.books import Books, now, number_of
from tests.faults.conftest import SEGMENT_MB, Machines
from tests.faults.families import Families
from tests.faults.plant import Plant
from tests.faults.scale import Scale
from tests.fixtures.missing import missing

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]
STRANGERS: Final = 5


def fill_up(books: Books, machines: Machines, numbers: "count[int]") -> None:
    """No file may grow any more, as far as it concerns the table of contacts, and that one is full."""
    with books.db.read() as session:
        size = session.connection().execute(text("SELECT pg_relation_size('contact')")).scalar_one()
    machines.postgres.limit_files(max(SEGMENT_MB << 20, int(size)))
    for batch in (250, 20, 1):
        while True:
            rows = [contacts.new_row(books.vault, number_of(next(numbers)), now()) for _ in range(batch)]
            try:
                with books.db.write() as session:
                    contacts.add_new(session, rows)
            except SQLAlchemyError:
                break


def test_a_full_volume_refuses_what_it_cannot_keep_and_loses_nothing(
    books: Books, plant: Plant, machines: Machines, scale: Scale, report: Callable[[str], None]
) -> None:
    if sys.platform != "linux":
        missing("a limit on another program's files", "Linux has it")
    times, numbers = scale.of(1, 20), count(1_000)
    people = books.people(scale.of(30, 1_000))
    plant.up("web", "sweep", "replies", "broadcasts")
    families, while_full = Families(plant), dict[str, int]()
    for time_ in range(times):
        # Before it is full: this test must be able to write what the program is to send
        books.want(people, "broadcasts", label=f"Time {time_}, notice")
        fill_up(books, machines, numbers)
        try:
            RqDoorbell(plant.redis_url).ring("broadcasts")
            strangers = [number_of(70_000 + time_ * STRANGERS + n) for n in range(STRANGERS)]
            sids = [f"SM{time_:016x}{n:016x}" for n in range(STRANGERS)]
            while_full |= {
                sid: families.knock(sender, "Hello", sid) for sid, sender in zip(sids, strangers, strict=True)
            }
        finally:
            machines.postgres.limit_files(None)
        for sender in strangers:
            families.text(sender)
    seconds = books.settle(240)
    verdict = books.judge()
    report(
        f"{times} times full: answers {sorted({*while_full.values()})}, then {len(families.taken)} of "
        f"{times * STRANGERS} taken, {books.unanswered()} unanswered; {verdict}; {seconds:.0f} s"
    )
    verdict.holds()
    assert 503 in while_full.values()
    assert {*while_full.values()} <= {200, 503}
    # One that finds room in a page that somebody left is kept
    kept = {sid for sid, status in while_full.items() if status == 200}
    assert books.received() == {*families.taken, *kept}
    assert len(families.taken) == times * STRANGERS
    assert books.unanswered() == 0
    assert verdict.unknown == 0
