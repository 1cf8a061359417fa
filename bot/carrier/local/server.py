"""Runs a local carrier under gunicorn: one process that holds the ledger, many threads."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication


class CarrierServer(BaseApplication):  # type: ignore[misc]
    """gunicorn without its command line; bound to loopback and nothing else."""

    def __init__(
        self, build: Callable[[], Flask], port: int, threads: int, *, tells_address: bool = False
    ) -> None:
        self._build = build
        self._options: dict[str, Any] = {
            "bind": [f"127.0.0.1:{port}"],
            "worker_class": "gthread",
            "workers": 1,
            "threads": threads,
            "worker_connections": threads + 400,
            "backlog": 1024,
            # Longer than our own client keeps an idle connection, so it never meets a closed one.
            "keepalive": 75,
            "timeout": 120,
            "graceful_timeout": 1,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        if tells_address:
            self._options["when_ready"] = _tell_address
        super().__init__()

    def load_config(self) -> None:
        """Only our own options: no file, no GUNICORN_CMD_ARGS."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Builds the carrier inside the one worker, whose threads it needs."""
        return self._build()


def _tell_address(arbiter: Any) -> None:
    """Whoever started us on port 0 reads the real one here."""
    for listener in arbiter.LISTENERS:
        host, port = listener.sock.getsockname()[:2]
        click.echo(f"local carrier on http://{host}:{port}")
