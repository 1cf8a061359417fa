"""`ally run` as a person starts it: in a folder of its own, every process real, stopped with Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests

from tests.servers.local_carrier import wait_until

ROOT = Path(__file__).parents[2]
_ALLY = "from bot.cli.main import ally; ally()"
NO_REDIS = f"import bot.cli.run as r; r.find_program = lambda: None; {_ALLY}"
"""The same on a machine that has no Redis"""
ANEW = (
    "import functools, bot.cli.run as r; from bot.cli.processes import Supervisor; "
    f"r.Supervisor = functools.partial(Supervisor, 'spawn'); {NO_REDIS}"
)
"""The same as on macOS, where processes are not forked"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def furnish(folder: Path) -> Path:
    """A folder with links to flows and messages, as a fresh clone has them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("flows", "messages"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    return folder


class AllyRun:
    """One start of everything; call `up`, and `interrupt` at the end."""

    def __init__(self, folder: Path, *, program: str = _ALLY, arguments: tuple[str, ...] = ()) -> None:
        self.folder = furnish(folder)
        self.port, self.phones_port = free_port(), free_port()
        self.log = folder / "output.log"
        ports = ("--port", str(self.port), "--phones-port", str(self.phones_port))
        self._from = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", program, "run", *ports, *arguments],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """All that was printed since this start, by every process."""
        return self.log.read_bytes()[self._from :].decode()

    def up(self) -> "AllyRun":
        """Wait until it says that it runs."""
        wait_until(lambda: "Ally is running" in self.said or self.process.poll() is not None, 60)
        assert self.process.poll() is None, self.said
        return self

    def interrupt(self) -> int:
        """Ctrl-C; the exit code once all is over."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def close(self) -> None:
        """Whatever a failed test has left."""
        if self.process.poll() is None:
            self.interrupt()

    # --- phones ---

    def type(self, sender: str, words: str, **more: Any) -> dict[str, Any]:
        """Somebody writes on a phone of the carrier on this machine."""
        told = {"from": sender, "body": words, **more}
        answer = requests.post(self._carrier("inbound"), json=told, timeout=60)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def answers(self, person: str) -> list[str]:
        """What arrived on a phone, the carrier's own answers included, in the order of arrival."""
        ledger = self.ledger(person)
        texts = sorted(ledger["sent"] + ledger["carrier_replies"], key=lambda text: int(text["number"]))
        return [str(text["body"]) for text in texts]

    def ledger(self, person: str) -> dict[str, Any]:
        """All that the carrier knows of one person."""
        return dict(requests.get(self._carrier("ledger"), params={"person": person}, timeout=60).json())

    def ask(self, sender: str, words: str, **more: Any) -> list[str]:
        """Write, and wait for the answer; the new texts."""
        before = len(self.answers(sender))
        self.type(sender, words, **more)
        wait_until(lambda: len(self.answers(sender)) > before, 30)
        return self.answers(sender)[before:]

    def get(self, path: str) -> requests.Response:
        """A page of the web process."""
        return requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=30)

    def doctor(self) -> str:
        """What `ally doctor` says in its folder."""
        command = [sys.executable, "-c", _ALLY, "doctor"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    def _carrier(self, name: str) -> str:
        return f"http://127.0.0.1:{self.phones_port}/_carrier/{name}"

    # --- processes ---

    def processes(self) -> dict[int, str]:
        """Everything below it, by process id."""
        listed = _listed()
        found: dict[int, str] = {}
        wanted = {self.process.pid}
        while wanted:
            below = {pid: args for pid, (parent, args) in listed.items() if parent in wanted}
            wanted = set(below) - set(found)
            found |= below
        return found

    def roles(self) -> dict[str, int]:
        """The process id of each role; they are started in this order."""
        listed = _listed()
        mine = [pid for pid, (parent, args) in listed.items() if parent == self.process.pid]
        own = sorted(
            pid
            for pid in mine
            if "redis-server" not in listed[pid][1] and "resource_tracker" not in listed[pid][1]
        )
        return dict(zip(("carrier", "web", "sweeper", "replies", "broadcasts", "chores"), own, strict=False))

    def redis(self) -> int | None:
        """The process id of its own Redis, None where it has none."""
        return next((pid for pid, args in self.processes().items() if "redis-server" in args), None)


def _listed() -> dict[int, tuple[int, str]]:
    """Every process of this machine: its parent and its command line."""
    with subprocess.Popen(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], stdout=subprocess.PIPE, text=True
    ) as ps:
        rows = [line.split(maxsplit=2) for line in ps.communicate()[0].splitlines()]
    return {int(row[0]): (int(row[1]), row[2]) for row in rows if len(row) == 3 and int(row[0]) != ps.pid}


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip()) and not told.stdout.strip().startswith("Z")
