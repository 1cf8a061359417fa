"""Processes of ours, forked from one that has imported and read everything, so that each begins at once."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Final

from gunicorn.app import wsgiapp

import worker

_CONTEXT: Final[ForkServerContext] = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.servers.forked", "app", "tests.servers.primed"])


def start(
    role: str, port: int, environment: dict[str, str], log: Path, poison: Callable[[], None] | None
) -> ForkServerProcess:
    """A process as `python worker.py ROLE` or gunicorn begins it; `poison` breaks something in it first."""
    process = _CONTEXT.Process(target=_run, args=(role, port, environment, log, poison))
    process.start()
    return process


def _run(
    role: str, port: int, environment: dict[str, str], log: Path, poison: Callable[[], None] | None
) -> None:
    # A group of its own: a Ctrl-C for the tests is not one for the plant
    os.setpgid(0, 0)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(log.parent)
    os.environ.clear()
    os.environ.update(environment)
    if poison is not None:
        poison()
    if role != "web":
        sys.exit(worker.main([role]))
    sys.argv = ["gunicorn", "app:create_app()", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    sys.argv += ["--worker-class", "gthread", "--threads", "16", "--log-level", "error"]
    sys.argv += ["--keep-alive", "75", "--no-control-socket"]
    wsgiapp.run()
