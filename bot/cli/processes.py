"""Starts, watches, restarts and stops the processes of `ally run`.

On Linux they are forked, so that what the parent has loaded is loaded once; macOS starts them anew.
Each stands in a process group of its own: Ctrl-C reaches the parent alone, which stops all in order.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

import click

RESTART_AFTER = 1.0
PATIENCE = 15.0
"""Seconds a process may take to finish what is under way before it is killed"""


@dataclass
class Supervised:
    """One process by its name and what it runs."""

    name: str
    target: Callable[[], None]
    process: BaseProcess | None = None
    starts: int = 0


@dataclass
class Supervisor:
    """A handful of processes that live and die together."""

    supervised: list[Supervised] = field(default_factory=list)
    stopping: bool = False

    def add(self, name: str, target: Callable[[], None]) -> None:
        """Start a process and keep it running."""
        one = Supervised(name, target)
        self.supervised.append(one)
        self._start(one)

    def watch(self) -> None:
        """Until SIGTERM or Ctrl-C: start again whatever ended by itself."""
        signal.signal(signal.SIGTERM, self._interrupt)
        try:
            while not self.stopping:
                time.sleep(0.3)
                for one in self.supervised:
                    if one.process is not None and not one.process.is_alive():
                        click.echo(f"{one.name} ended ({one.process.exitcode}); starting it again", err=True)
                        time.sleep(RESTART_AFTER)
                        self._start(one)
        except KeyboardInterrupt:
            pass

    def stop(self) -> None:
        """End all of them, last started first, each with time to finish what it has under way."""
        running = [one.process for one in reversed(self.supervised) if one.process is not None]
        for process in running:
            process.terminate()
        end = time.monotonic() + PATIENCE
        for process in running:
            process.join(max(0.0, end - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def _start(self, one: Supervised) -> None:
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        one.process = context.Process(target=_alone, args=(one.target, os.getpid()), name=f"ally-{one.name}")
        one.process.start()
        one.starts += 1

    def _interrupt(self, *_: object) -> None:
        self.stopping = True


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
