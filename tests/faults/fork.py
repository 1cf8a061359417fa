"""What a process of the plant runs: forked from one that has imported everything, it begins at once."""

import multiprocessing
import os
import sys
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Final

from gunicorn.app import wsgiapp

import worker

_CONTEXT: Final[ForkServerContext] = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.fork", "app"])


def start(role: str, port: int, environment: dict[str, str], log: Path) -> ForkServerProcess:
    """A process as `python worker.py ROLE` or gunicorn begins it."""
    process = _CONTEXT.Process(target=_run, args=(role, port, environment, log))
    process.start()
    return process


def _run(role: str, port: int, environment: dict[str, str], log: Path) -> None:
    # A group of its own: a Ctrl-C for the tests is not one for the plant
    os.setpgid(0, 0)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(log.parent)
    os.environ.clear()
    os.environ.update(environment)
    if role != "web":
        sys.exit(worker.main([role]))
    sys.argv = ["gunicorn", "app:create_app()", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    sys.argv += ["--worker-class", "gthread", "--threads", "16", "--log-level", "error"]
    sys.argv += ["--keep-alive", "75", "--no-control-socket"]
    wsgiapp.run()
