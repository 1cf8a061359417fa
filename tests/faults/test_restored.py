"""A backup comes back beside workers that are at work: nothing leaves before a person arms it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.outbox.doorbell import RqDoorbell
from bot.outbox.sweep import HEARTBEAT
from bot.store import arming, marks
from bot.store.copies import read_manifest, restore_copy, write_copy
from tests.faults.books import Books, now
from tests.faults.plant import Plant
from tests.faults.scale import Scale
from tests.servers.local_carrier import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.redis]


def heard(books: Books) -> datetime | None:
    """When the sweeper last ended a round."""
    with books.db.read() as session:
        return marks.get(session, HEARTBEAT)


def test_a_restored_backup_sends_nothing_until_it_is_armed(
    books: Books, plant: Plant, scale: Scale, report: Callable[[str], None], tmp_path: Path
) -> None:
    people, path = books.people(scale.of(30, 1_000)), tmp_path / "ally.zip"
    for name in [name for name in plant.running if name != "web"]:
        plant.kill(name)
    books.want(people, "broadcasts")
    write_copy(books.db, path, taken_at=now(), version="test")
    restore_copy(books.db, path, read_manifest(path), books.vault)
    plant.up("web", "sweep", "broadcasts", "replies")
    bell = RqDoorbell(plant.redis_url)
    for _ in range(3):
        bell.ring("broadcasts")
        before = heard(books)
        wait_until(lambda before=before: heard(books) not in (None, before), 90)  # type: ignore[misc]
    before_arming = plant.local.counts()["sent"]
    with books.db.write() as session:
        arming.arm(session)
    bell.ring("broadcasts")
    books.settle(120)
    verdict = books.judge()
    report(f"sent before it was armed: {before_arming}; {verdict}")
    verdict.holds()
    assert before_arming == 0
    assert verdict.states == {"delivered": len(people)}
