"""Starts, watches, restarts and stops the processes of `ally run`.

On Linux they are forked, so that what the parent has loaded is loaded once; macOS starts them anew.
Each stands in a process group of its own: Ctrl-C reaches the parent alone, which stops all in order.
"""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess, SpawnProcess
from typing import Final

import click

from bot.cli.roles import Start

HERE: Final = "127.0.0.1"
RESTART_AFTER = 1.0
PATIENCE = 15.0
"""Seconds a process may take to finish what is under way before it is killed"""
COMES_UP = 20.0
"""Seconds a server may take to listen on its port"""


class NotUp(Exception):
    """A server did not listen on its port in time; the message names both."""


@dataclass
class Supervised:
    """One process by its name and what it runs."""

    name: str
    target: Callable[[], None]
    process: ForkProcess | SpawnProcess


@dataclass
class Supervisor:
    """A handful of processes that live and die together."""

    start: Start = "fork" if sys.platform == "linux" else "spawn"
    supervised: list[Supervised] = field(default_factory=list)

    def add(self, name: str, target: Callable[[], None], *, port: int | None = None) -> None:
        """Start a process and keep it running. Returns once its port, if it has one, takes connections.

        Raises NotUp when it never does.
        """
        self.supervised.append(Supervised(name, target, self._started(name, target)))
        if port is not None:
            self._wait_for(name, port)

    def watch(self) -> None:
        """Start again whatever ends by itself, until an exception (Ctrl-C, SIGTERM) ends the watch."""
        while True:
            time.sleep(0.3)
            for one in self.supervised:
                if not one.process.is_alive():
                    click.echo(f"{one.name} ended ({one.process.exitcode}); starting it again", err=True)
                    time.sleep(RESTART_AFTER)
                    one.process = self._started(one.name, one.target)

    def stop(self) -> None:
        """End all of them, last started first, each with time to finish what it has under way."""
        running = [one.process for one in reversed(self.supervised)]
        for process in running:
            process.terminate()
        end = time.monotonic() + PATIENCE
        for process in running:
            process.join(max(0.0, end - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def _started(self, name: str, target: Callable[[], None]) -> ForkProcess | SpawnProcess:
        kind = ForkProcess if self.start == "fork" else SpawnProcess
        process = kind(target=_alone, args=(target, os.getpid()), name=f"ally-{name}")
        process.start()
        return process

    def _wait_for(self, name: str, port: int) -> None:
        process = self.supervised[-1].process
        end = time.monotonic() + COMES_UP
        while not _listens(port):
            if not process.is_alive() or time.monotonic() > end:
                raise NotUp(f"{name} did not come up on port {port}.")
            time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((HERE, port)) == 0


def is_free(port: int) -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except OSError:
            return False
    return True


def _alone(target: Callable[[], None], parent: int) -> None:
    os.setpgrp()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    target()


def _end_with(parent: int) -> None:
    """A parent that was killed cannot stop us: notice it and go too."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
