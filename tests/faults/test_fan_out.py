"""Whoever puts a broadcast into the outbox dies at any moment: each family has its text there, once."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.outbox.doorbell import RqDoorbell
from tests.faults.books import Books
from tests.faults.plant import Plant
from tests.faults.scale import Scale
from tests.faults.sender import Sender

pytestmark = pytest.mark.faults
FILLERS = ("chores", "sweep")


def test_a_broadcast_whose_fillers_are_killed_is_in_the_outbox_once_for_everybody(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None]
) -> None:
    """The long form: 75,000 families, as many as have numbers here, 100 kills.

    Nothing is sent: only the putting is looked at.
    """
    random, kills, people = scale.random(), scale.of(4, 100), books.people(scale.of(4_000, 75_000))
    bell = RqDoorbell(plant.redis_url)
    sender = Sender(books.db, books.vault, bell, "No school on Friday.")
    plant.up(*FILLERS)
    draft_id = sender.draft()
    sender.send(draft_id, sender.look(draft_id).token)
    killed = 0
    while not _is_filled(books, draft_id):
        time.sleep(random.uniform(0, 0.4))
        if killed < kills:
            plant.kill(random.choice(FILLERS))
            killed += 1
        plant.up(*FILLERS)
        bell.ring("chores")
    put = _put(books, draft_id)
    report(f"{killed} kills, {len(people)} families: {len(put)} texts for {len(set(put))} people")
    assert sorted(put) == people


def _is_filled(books: Books, draft_id: int) -> bool:
    question = text("SELECT filled_at IS NOT NULL FROM broadcast WHERE id = :id")
    with books.db.read() as session:
        return bool(session.connection().execute(question, {"id": draft_id}).scalar())


def _put(books: Books, draft_id: int) -> list[int]:
    with books.db.read() as session:
        rows = text("SELECT contact_id FROM outbox WHERE broadcast_id = :id")
        return list(session.connection().execute(rows, {"id": draft_id}).scalars())
