"""The web process of `ally run`; in production gunicorn is started by its own command (README)."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from bot.talk.ready import make_ready
from bot.web.application import create_application
from bot.wiring import Bot

THREADS = 16


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn with one process and some threads, bound to loopback."""

    def __init__(self, bot: Bot, port: int) -> None:
        self._bot = bot
        self._options: dict[str, Any] = {
            "bind": [f"127.0.0.1:{port}"],
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "keepalive": 75,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Only our own options: no file, no GUNICORN_CMD_ARGS."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, inside the worker."""
        self._bot.after_fork()
        self._bot.watch_files(lambda _fault: None)
        make_ready(self._bot.library)
        return create_application(self._bot)
