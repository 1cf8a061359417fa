"""Real workers as processes, against the carrier on this machine, whose ledger is the judge."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

import worker as program
from bot.outbox.doorbell import RqDoorbell
from bot.outbox.reconcile import reconcile
from bot.outbox.status import record_status
from bot.records import now
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.outbox.conftest import Desk
from tests.servers import forked
from tests.servers.house import TOKEN, house_at_work
from tests.servers.local_carrier import ACCOUNT, NUMBER, Local, carrier_at_work, wait_until
from tests.servers.redis import RedisServer

pytestmark = pytest.mark.redis
ROOT = Path(__file__).parents[1]
READING = "broadcast flow hear talk"
"""Rooms of the program that read texts of families, or write to many"""


@pytest.fixture(scope="module")
def carrier_process() -> Iterator[Local]:
    """A carrier and a house that takes its receipts."""
    with house_at_work() as house, carrier_at_work(house) as local:
        yield local


@pytest.fixture
def local(carrier_process: Local) -> Local:
    """The carrier with an empty ledger and good manners."""
    wait_until(lambda: carrier_process.counts()["waiting"] == 0)
    carrier_process.reset()
    carrier_process.house.forget()
    return carrier_process


@pytest.fixture
def desk(db: Database, vault: Vault, local: Local, redis_url: str) -> Desk:
    """A desk whose bell real workers hear and whose carrier is the local one; real time."""
    desk = Desk(db, vault, SettableClock(now()))
    desk.parts = replace(desk.parts, carrier=local.carrier(), bell=RqDoorbell(redis_url))
    return desk


@dataclass(frozen=True)
class Worker:
    """`worker.py` as a process."""

    process: ForkServerProcess
    log: Path

    def end(self) -> None:
        """Ask it to end, as a new release does, which it does in good order."""
        self.process.terminate()
        self.process.join(60)
        assert self.process.exitcode == 0, self.log.read_text()

    def kill(self) -> None:
        """As a crash would: at once, and the process that runs the job with it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        running = [int(pid) for pid in children.read_text().split()] if children.exists() else []
        for pid in [self.process.pid or 0, *running]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.join()


Start = Callable[[str], Worker]


@pytest.fixture
def settings(database_url: str, redis_url: str, keys: tuple[str, str], local: Local) -> dict[str, str]:
    """What a worker is told."""
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_BASE_URL": local.url,
        "ALLY_NUMBER": NUMBER,
        "ALLY_PUBLIC_URL": local.house.url,
        "ALLY_FLOWS": str(ROOT / "flows"),
        "ALLY_MESSAGES": str(ROOT / "messages"),
    }


@pytest.fixture
def start(settings: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts `worker.py` with one argument; what still runs at the end is killed."""
    started: list[Worker] = []

    def begin(argument: str) -> Worker:
        log = tmp_path / "worker.log"
        started.append(Worker(forked.start(argument, 0, os.environ | settings, log, None), log))
        return started[-1]

    yield begin
    for worker in started:
        if worker.process.is_alive():
            worker.kill()


def accepted(local: Local) -> Counter[str]:
    """How often the carrier took each text, by number and body."""
    return Counter(f"{text['to']} {text['body']}" for text in local.ledger()["sent"])


def wanted(desk: Desk, count: int, lane: str = "replies") -> list[int]:
    return [desk.want(desk.person(n), f"{lane} {n}", lane=lane) for n in range(1, count + 1)]


def is_over(desk: Desk, rows: list[int], *states: str) -> bool:
    return {desk.row(row_id).state for row_id in rows} <= set(states)


def test_a_rung_worker_sends_each_text_once_and_ends_when_told(
    desk: Desk, local: Local, start: Start
) -> None:
    worker = start("replies")
    rows = wanted(desk, 30)
    assert desk.parts.bell.ring("replies")
    wait_until(lambda: is_over(desk, rows, "accepted"), 60)
    worker.end()
    assert set(accepted(local).values()) == {1}
    assert len(accepted(local)) == 30


def test_a_worker_killed_between_announcement_and_answer_costs_no_text_and_doubles_none(
    desk: Desk, local: Local, start: Start
) -> None:
    """The carrier takes the text and then says nothing; at that moment the worker dies."""
    local.misbehave(hang_after_accepting=1.0, callbacks=["off"])
    (row_id,) = wanted(desk, 1)
    worker = start("replies")
    desk.parts.bell.ring("replies")
    wait_until(lambda: local.counts()["sent"] == 1, 60)
    worker.kill()
    local.misbehave()
    assert desk.row(row_id).state == "submitting"
    desk.clock.set(now() + timedelta(seconds=46))
    assert reconcile(desk.parts) == 1
    assert desk.row(row_id).state in ("accepted", "sent", "delivered"), "as far as the list tells"
    assert desk.row(row_id).sid == local.ledger()["sent"][0]["sid"]
    assert accepted(local).total() == 1


def test_the_receipt_alone_mends_the_row_of_a_killed_worker(desk: Desk, local: Local, start: Start) -> None:
    local.misbehave(hang_after_accepting=1.0, list_unreadable=True)
    (row_id,) = wanted(desk, 1)
    worker = start("replies")
    desk.parts.bell.ring("replies")
    wait_until(lambda: local.house.at(f"/twilio/status?m={row_id}"), 60)
    worker.kill()
    for knock in local.house.at("/twilio/status"):
        assert knock.signed
        form = knock.form
        with desk.db.write() as session:
            record_status(session, form["MessageSid"], row_id, form["MessageStatus"], None, now())
    assert desk.row(row_id).sid == local.ledger()["sent"][0]["sid"]


def test_the_sweeper_process_sends_what_no_bell_was_rung_for(desk: Desk, local: Local, start: Start) -> None:
    rows = wanted(desk, 5) + wanted(desk, 5, "broadcasts")
    sweeper = start("sweep")
    wait_until(lambda: is_over(desk, rows, "accepted"), 60)
    sweeper.end()
    assert set(accepted(local).values()) == {1}


def test_a_worker_told_to_stop_in_the_middle_leaves_nothing_in_doubt(
    desk: Desk, local: Local, start: Start
) -> None:
    local.misbehave(latency_ms=[40, 60])
    rows = wanted(desk, 50, "broadcasts") + [
        desk.want(desk.person(n), f"again {n}", lane="broadcasts") for n in range(1, 51)
    ]
    worker = start("broadcasts")
    desk.parts.bell.ring("broadcasts")
    wait_until(lambda: local.counts()["sent"] >= 10, 60)
    worker.end()
    assert is_over(desk, rows, "accepted", "pending")
    assert accepted(local).total() == sum(desk.row(row_id).state == "accepted" for row_id in rows)


@pytest.mark.parametrize("arguments", [[], ["everything"], ["replies", "broadcasts"]])
def test_a_wrong_argument_is_answered_with_the_right_ones(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(arguments) == 2
    assert "replies|broadcasts|chores|sweep" in capsys.readouterr().err


def test_the_command_tells_its_caller_that_an_argument_is_wrong() -> None:
    done: Any = subprocess.run(
        [sys.executable, ROOT / "worker.py", "everything"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "replies|broadcasts|chores|sweep" in done.stderr


def test_a_worker_waits_for_redis_to_come_back_and_works_on(
    desk: Desk, redis_server: RedisServer, start: Start
) -> None:
    worker = start("replies")
    (first,) = wanted(desk, 1)
    desk.parts.bell.ring("replies")
    wait_until(lambda: is_over(desk, [first], "accepted"), 60)
    redis_server.stop()
    second = desk.want(desk.person(), "while Redis is away")
    assert desk.parts.bell.ring("replies") is False
    redis_server.start()
    # The bell is deaf for a moment; whoever texts next rings for all.
    wait_until(lambda: desk.parts.bell.ring("replies"), 60)
    wait_until(lambda: is_over(desk, [second], "accepted"), 120)
    assert worker.process.is_alive()


@pytest.mark.parametrize(("lane", "rooms"), [("replies", ""), ("broadcasts", ""), ("chores", READING)])
def test_a_process_that_only_sends_takes_no_memory_for_flows_and_words(
    settings: dict[str, str], lane: str, rooms: str
) -> None:
    """A third of what it took before."""
    ask = (
        "import sys, worker; worker.work = lambda *_: None;"
        "code = worker.main(sys.argv[1:2]);"
        "print(*(room for room in sys.argv[2].split() if f'bot.{room}' in sys.modules)); sys.exit(code)"
    )
    command, environment = [sys.executable, "-c", ask, lane, READING], os.environ | settings
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == rooms
