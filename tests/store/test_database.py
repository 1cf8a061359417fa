"""Transactions under load: nobody's change is lost and nobody is turned away."""

import threading
from datetime import date

from sqlmodel import select

from bot.store import counts
from bot.store.counts import CountShare
from bot.store.database import Database

DAY = date(2026, 10, 13)


def test_of_800_read_then_updates_at_once_all_800_count(db: Database) -> None:
    with db.write() as session:
        counts.bump(session, "texts", day=DAY, times=0)
    faults: list[Exception] = []

    def work() -> None:
        for _ in range(100):
            try:
                with db.write() as session:
                    row = session.exec(select(CountShare).with_for_update()).one()
                    row.times += 1
            except Exception as fault:  # noqa: BLE001 - told by the assertion below
                faults.append(fault)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with db.read() as session:
        assert session.exec(select(CountShare)).one().times == 800


def test_a_reader_never_waits_for_a_writer_and_sees_no_half_of_its_work(db: Database) -> None:
    with db.write() as session:
        counts.bump(session, "texts", day=DAY)
    with db.write() as writing:
        counts.bump(writing, "texts", day=DAY)
        with db.read() as reading:
            assert reading.exec(select(CountShare)).one().times == 1
    with db.read() as reading:
        assert reading.exec(select(CountShare)).one().times == 2
