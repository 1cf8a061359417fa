"""A plant for the fault tests: carrier, web process and workers, each a process of its own.

Its database and Redis are handed in and may be stopped under it. The carrier's ledger is the judge.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import requests

from bot.carrier.twilio.account import RETRY
from tests.servers import forked
from tests.servers.ally_run import ROOT, free_port
from tests.servers.house import TOKEN, House
from tests.servers.local_carrier import ACCOUNT, NUMBER, Local, carrier_at_work, wait_until

COMES_UP = 300.0
"""Seconds a process may take to begin on a busy machine"""


@dataclass
class Plant:
    """Processes by name; `replies`, `replies-2` and so on work the same queue."""

    database_url: str
    redis_url: str
    keys: tuple[str, str]
    folder: Path
    port: int = field(default_factory=free_port)
    running: dict[str, ForkServerProcess] = field(default_factory=dict)
    orphans: list[tuple[int, str]] = field(default_factory=list)
    """Jobs whose worker was killed, each with the time it began; they work on alone"""
    poison: Callable[[], None] | None = None
    """Breaks something in each process that is started from now on"""
    _open: ExitStack = field(default_factory=ExitStack)
    _local: Local | None = None

    @property
    def url(self) -> str:
        """Where the carrier reaches us."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def local(self) -> Local:
        """The carrier; started when it is first asked for."""
        if self._local is None:
            house = House(url=self.url)
            inbound = f"/twilio/inbound{RETRY}"
            self._local = self._open.enter_context(carrier_at_work(house, inbound=inbound))
        return self._local

    def up(self, *names: str) -> "Plant":
        """Start those that do not run, side by side, and wait until all of them are at work."""
        started = [name for name in names if name not in self.running or not self.is_up(name)]
        for name in started:
            self.start(name)
        for name in started:
            self._wait(name)
        return self

    def start(self, name: str) -> None:
        """Start one process at once, without waiting for it."""
        role, log = name.partition("-")[0], self.folder / f"{name}.log"
        self.running[name] = forked.start(role, self.port, self.environment(), log, self.poison)

    def is_up(self, name: str) -> bool:
        """Whether it runs and has begun its work."""
        if not self.running[name].is_alive():
            return False
        if name == "web":
            with suppress(requests.RequestException):
                return requests.get(f"{self.url}/health", timeout=2).status_code in (200, 503)
            return False
        return hears_sigterm(self.running[name].pid or 0)

    def kill(self, name: str) -> None:
        """As a crash would: at once, and the process that runs its job with it."""
        process = self.running[name]
        for pid in self.family(name):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.join()

    def kill_horse(self, name: str) -> bool:
        """Kill the process that runs its job and leave the worker; False when no job runs."""
        horses = self.family(name)[1:]
        for pid in horses:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return bool(horses)

    def kill_parent(self, name: str) -> None:
        """Kill the worker and leave the process that runs its job, which then finishes alone."""
        self.orphans += [(pid, begun) for pid in self.family(name)[1:] if (begun := begun_at(pid))]
        self.running[name].kill()
        self.running[name].join()

    def processes(self) -> list[int]:
        """The ids of all that may hold a row."""
        return [pid for name in self.running for pid in self.family(name)] + [
            pid for pid, begun in self.orphans if begun_at(pid) == begun
        ]

    def family(self, name: str) -> list[int]:
        """The process of this name and the one that runs its job."""
        process = self.running[name]
        return [process.pid, *below(process.pid)] if process.pid and process.is_alive() else []

    def end(self, name: str, seconds: float = 120.0) -> int:
        """Ask it to end, as a new release does, and wait for it; its exit code."""
        process = self.running.pop(name)
        process.terminate()
        process.join(seconds)
        assert process.exitcode is not None, f"{name} does not end"
        return process.exitcode

    def kill_all(self) -> None:
        """All that runs but the carrier."""
        for name in list(self.running):
            self.kill(name)
        for pid, begun in self.orphans:
            if begun_at(pid) == begun:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def down(self) -> None:
        """Kill all that runs, the carrier last."""
        self.kill_all()
        self._open.close()

    def said(self) -> str:
        """All that the processes wrote, for the reader of a failed test."""
        return "\n".join(f"--- {log.name}\n{log.read_text()[-4000:]}" for log in self.logs())

    def logs(self) -> Iterator[Path]:
        """The file of each process's output."""
        yield from sorted(self.folder.glob("*.log"))

    def _wait(self, name: str) -> None:
        process = self.running[name]
        wait_until(lambda: self.is_up(name) or not process.is_alive(), COMES_UP)
        assert process.is_alive(), self.said()

    def environment(self) -> dict[str, str]:
        """What each of its processes is told."""
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "ALLY_KEYS": self.keys[0],
            "ALLY_FINGERPRINT_KEY": self.keys[1],
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_BASE_URL": self.local.url,
            "ALLY_NUMBER": NUMBER,
            "ALLY_PUBLIC_URL": self.url,
            "ALLY_FLOWS": str(ROOT / "flows"),
            "ALLY_MESSAGES": str(ROOT / "messages"),
        }


def below(pid: int) -> list[int]:
    """The processes that this one started; Linux tells at once."""
    if Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
        return [child for thread in Path(f"/proc/{pid}/task").glob("*") for child in _begun_by(thread)]
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout.split()
    return [int(child) for child, parent in zip(listed[::2], listed[1::2], strict=True) if int(parent) == pid]


def _begun_by(thread: Path) -> list[int]:
    """The processes that one thread started; none where it is over."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for child in (thread / "children").read_text().split()]
    return []


def hears_sigterm(pid: int) -> bool:
    """Whether a process has come so far that it can be asked to end; Linux tells."""
    with suppress(FileNotFoundError):
        told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        return bool(int(told["SigCgt"], 16) >> signal.SIGTERM - 1 & 1)
    return sys.platform != "linux"


def begun_at(pid: int) -> str:
    """When the process of this id began, empty without one: an id is given again to somebody else."""
    told = ["ps", "-o", "lstart=", "-p", str(pid)]
    return subprocess.run(told, capture_output=True, text=True, check=False).stdout.strip()
